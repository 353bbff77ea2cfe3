"""Where the traits of a merchant lie.

    <lake>/<merchant>/traits/<number>.duckdb         what a night's run found
    <lake>/<merchant>/traits/<number>-<turn>.duckdb  the same since, with some of the members anew, or without some
    <lake>/<merchant>/traits/<number>.draft          one that is not kept yet

No file changes once it is there: who has one open keeps what it says. The last turn is the one to read.
"""

from pathlib import Path

from shuke.infra.lake.folder import LakeFolder

_KEPT_RUNS = 2
"""The run before stays: somebody may still read it; and so does the turn before."""


def file_of(folder: LakeFolder, number: int) -> Path:
    """The one to read of a run; it may be lost."""
    first = _folder(folder) / f"{number:08d}.duckdb"
    return max(first.parent.glob(f"{first.stem}-*.duckdb"), default=first)


def draft_of(folder: LakeFolder, number: int) -> Path:
    return _folder(folder) / f"{number:08d}.draft"


def publish_run(folder: LakeFolder, draft: Path, number: int) -> None:
    """Let readers take what a night found. What was left of another run of this number was never kept."""
    for left in _folder(folder).glob(f"{number:08d}-*.duckdb"):
        left.unlink(missing_ok=True)
    draft.replace(_folder(folder) / f"{number:08d}.duckdb")
    for old in _folder(folder).glob("*.duckdb"):
        if _number(old) <= number - _KEPT_RUNS:
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
    number, _, turn = file.stem.partition("-")
    return file.with_name(f"{number}-{int(turn or 0) + 1:06d}.duckdb")


def latest(folder: LakeFolder) -> tuple[list[Path], list[Path]]:
    """Of each run the file to read, and those that are no longer to be read."""
    files = set(_folder(folder).glob("*.duckdb"))
    current = {file_of(folder, _number(file)) for file in files}
    return sorted(current), sorted(files - current)


def _folder(folder: LakeFolder) -> Path:
    return folder.path / "traits"


def _number(file: Path) -> int:
    return int(file.stem.partition("-")[0])
