"""Where the traits of a merchant lie.

    <lake>/<merchant>/traits/<number>.<shape>.duckdb         what a night's run found
    <lake>/<merchant>/traits/<number>-<turn>.<shape>.duckdb  the same since, with some of the members anew, or without
    <lake>/<merchant>/traits/<number>.draft                  one that is not kept yet

No file changes once it is there: who has one open keeps what it says. The last turn is the one to read. One of another
shape is as good as lost: the run is made anew.
"""

from itertools import chain
from pathlib import Path
from shutil import rmtree

from shuke.infra.lake.folder import LakeFolder

SHAPE = "3"
"""Of the tables in a file, and of their columns: another one with every change of them."""
_ENDING = f".{SHAPE}.duckdb"
_KEPT_RUNS = 2
"""The run before stays: somebody may still read it; and so does the turn before."""


def file_of(folder: LakeFolder, number: int) -> Path:
    """The one to read of a run; it may be lost."""
    first = _folder(folder) / f"{number:08d}{_ENDING}"
    return max(first.parent.glob(f"{number:08d}-*{_ENDING}"), default=first)


def draft_of(folder: LakeFolder, number: int) -> Path:
    return _folder(folder) / f"{number:08d}.draft"


def publish_run(folder: LakeFolder, draft: Path, number: int) -> None:
    """Let readers take what a night found. What was left of another run of this number was never kept; nor was what
    runs before it left half written."""
    for left in _folder(folder).glob(f"{number:08d}-*.duckdb"):
        left.unlink(missing_ok=True)
    draft.replace(_folder(folder) / f"{number:08d}{_ENDING}")
    for old in chain(_folder(folder).glob("[0-9]*"), _folder(folder).glob(".[0-9]*")):
        half = not old.name.endswith(_ENDING)
        if _place(old)[0] > number - (1 if half else _KEPT_RUNS):
            continue
        if old.is_dir():
            rmtree(old)
        else:
            old.unlink(missing_ok=True)


def publish_turn(folder: LakeFolder, draft: Path, number: int) -> Path:
    """Let readers take what became of a run's file since."""
    before = file_of(folder, number)
    now = next_turn(before)
    draft.replace(now)
    for old in _folder(folder).glob(f"{number:08d}*.duckdb"):
        if old not in (before, now):
            old.unlink(missing_ok=True)
    return now


def next_turn(file: Path) -> Path:
    number, turn = _place(file)
    return file.with_name(f"{number:08d}-{turn + 1:06d}{_ENDING}")


def latest(folder: LakeFolder) -> tuple[list[Path], list[Path]]:
    """Of each run the file to read, and those that are no longer to be read."""
    files = set(_folder(folder).glob("*.duckdb"))
    current = {file_of(folder, _place(file)[0]) for file in files} & files
    return sorted(current), sorted(files - current)


def _folder(folder: LakeFolder) -> Path:
    return folder.path / "traits"


def _place(file: Path) -> tuple[int, int]:
    """The number and the turn, also of what is being written beside a file."""
    number, _, turn = file.name.lstrip(".").partition(".")[0].partition("-")
    return int(number), int(turn or 0)
