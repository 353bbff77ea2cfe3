"""A file is copied before it is changed: nobody reads one that changes."""

import os
from pathlib import Path
from shutil import copyfile


def copied(one: Path, other: Path) -> Path:
    """`other`, made by the system's own means: where the file system can, both share their blocks. Some cannot even be
    asked."""
    try:
        with one.open("rb") as source, other.open("wb") as sink:
            while os.copy_file_range(source.fileno(), sink.fileno(), 1 << 30):
                pass
    except (AttributeError, OSError):
        copyfile(one, other)
    return other
