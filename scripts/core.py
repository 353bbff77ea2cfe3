"""Compiles the pure settlement with mypyc, as it stands, beside its sources; build.py and wheel.py call it.

    python -m scripts.core

What is compiled is found instead of its source; where there is no C compiler, the source serves, at half the speed.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

SRC = Path(__file__).resolve().parents[1] / "src"
_GROUP = "shuke.settlement"
_AS_WRITTEN = {"__init__.py", "kinds.py"}


def sources() -> list[Path]:
    """What is compiled: the settlement, and the module that rounds for it. Packages themselves hold no code, and closed
    sets of words would lose what is said of them."""
    settlement = (SRC / "shuke/checkout/settlement").rglob("*.py")
    return [SRC / "shuke/kernel/rounding.py", *sorted(file for file in settlement if file.name not in _AS_WRITTEN)]


def compiled() -> list[Path]:
    """The compiled modules that are there."""
    return sorted(SRC.rglob("*.so"))


def build() -> None:
    """Compile. Raises what the compiler's tools raise; then no compiled module is left."""
    for old in compiled():
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        made = _built(Path(folder))
        for module in made.rglob("*.so"):
            shutil.copy2(module, SRC / module.relative_to(made))


def _built(folder: Path) -> Path:
    os.environ["MYPYPATH"] = str(SRC)
    options = ["--config-file=", "--strict", "--explicit-package-bases", f"--cache-dir={folder}/types"]
    modules = mypycify([*options, *map(str, sources())], opt_level="2", group_name=_GROUP, target_dir=str(folder / "c"))
    command = build_ext(Distribution({"name": "shuke", "ext_modules": modules, "package_dir": {"": str(SRC)}}))
    command.build_lib, command.build_temp = str(folder / "built"), str(folder / "objects")
    command.finalize_options()
    command.run()
    return folder / "built"


if __name__ == "__main__":
    try:
        build()
    except BaseException as error:
        sys.exit(f"{type(error).__name__}: {error}")
