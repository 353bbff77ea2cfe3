"""Where a merchant's lake lies, and which of its files are the present ones.

    <lake>/<merchant>/<dataset>/<after>-<upto>.parquet    what happened in a range of transactions
    <lake>/<merchant>/native/<upto>.duckdb                all of it up to a transaction, ready to be read
    <lake>/<merchant>/native/<upto>-<turn>.duckdb         the same, made once more
    <lake>/<merchant>/native/CURRENT                      the name of the one to read
    <lake>/<merchant>/native/ANEW                         there if the next one is to be made of all partitions
    <lake>/<merchant>/again/<dataset>/                    partitions that are written once more, till all of them are
    <lake>/<merchant>/LOCK                                held by whoever writes any of it

Every file is written beside its place and moved there, and never changed afterwards: who reads, reads whole files. A
partition whose range lies within that of another one is not read: it was put together with others (compacting.py), or
its export was cut off before it was noted.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from shutil import rmtree
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Range:
    """Transactions after one, up to and including another."""

    after: int
    upto: int

    def __str__(self) -> str:
        return f"{self.after:020d}-{self.upto:020d}"


@dataclass(frozen=True, slots=True)
class LakeFolder:
    path: Path

    @classmethod
    def of(cls, root: Path, merchant_id: UUID) -> "LakeFolder":
        return cls(root / merchant_id.hex)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else writes here until the block ends, in this process or another; who reads does not wait."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "LOCK").open("a") as lock:
            flock(lock, LOCK_EX)
            yield

    def partition(self, dataset: str, span: Range) -> Path:
        return self.path / dataset / f"{span}.parquet"

    def partitions(self, dataset: str, upto: int | None = None) -> list[Path]:
        """Files of a dataset, oldest first, of nothing later than the transaction `upto`."""
        files = ((span_of(file), file) for file in (self.path / dataset).glob("*.parquet"))
        wanted = [(span, file) for span, file in files if upto is None or span.upto <= upto]
        found: list[Path] = []
        reached = -1
        for span, file in sorted(wanted, key=lambda each: (each[0].after, -each[0].upto)):
            if span.upto > reached:
                found.append(file)
                reached = span.upto
        return found

    def partitions_since(self, dataset: str, upto: int) -> list[Path]:
        """Files of a dataset, oldest first, of anything later than the transaction `upto`."""
        return [file for file in self.partitions(dataset) if span_of(file).upto > upto]

    def next_native(self, upto: int) -> Path:
        """Where a copy up to a transaction is to be written: whoever has the present one open keeps what it says."""
        first, present = self.path / "native" / f"{upto:020d}.duckdb", self.current()
        if present is None or upto_of(present) != upto:
            return first
        return first.with_stem(f"{first.stem}-{int(present.stem.partition('-')[2] or 0) + 1:06d}")

    def current(self) -> Path | None:
        """The native copy to read; None before the first export."""
        try:
            return self.path / "native" / self._pointer.read_text()
        except FileNotFoundError:
            return None

    def keep(self, dataset: str, spans: Iterable[Range]) -> None:
        """Delete the files of a dataset but those of these ranges."""
        kept = {self.partition(dataset, span) for span in spans}
        for file in set((self.path / dataset).glob("*.parquet")) - kept:
            file.unlink()

    def make_anew(self) -> None:
        """The next native copy is to be made of all partitions: some were written anew."""
        self._anew.parent.mkdir(parents=True, exist_ok=True)
        self._anew.touch()

    @property
    def again(self) -> "LakeFolder":
        """Where partitions are written once more, before they take their places."""
        return LakeFolder(self.path / "again")

    @property
    def to_make_anew(self) -> bool:
        return self._anew.exists()

    def publish(self, native: Path) -> None:
        """Let readers take `native` from now on; the one before it stays for those who still read it, unless it has
        what was taken back. With a copy goes what was reckoned from it, the files of its name; and what was being
        written when somebody was cut off."""
        before = None if self.to_make_anew else self.current()
        with written(self._pointer) as beside:
            beside.write_text(native.name)
        self._anew.unlink(missing_ok=True)
        for old in native.parent.glob("*.duckdb"):
            if old not in (native, before):
                for each in native.parent.glob(f"{old.stem}.*"):
                    each.unlink()
        for left in native.parent.glob(".*.duckdb.*"):
            if left.is_dir():
                rmtree(left)
            else:
                left.unlink()

    @property
    def _anew(self) -> Path:
        return self.path / "native" / "ANEW"

    @property
    def _pointer(self) -> Path:
        return self.path / "native" / "CURRENT"


def span_of(partition: Path) -> Range:
    after, _, upto = partition.stem.partition("-")
    return Range(int(after), int(upto))


def upto_of(native: Path) -> int:
    """The last transaction that is in a native copy."""
    return int(native.stem.partition("-")[0])


def dropped(path: Path) -> Path:
    """`path`, without what was there: also what an engine that was cut off had still to write into it, which the next
    one to open it would."""
    for each in (path, _unwritten(path)):
        each.unlink(missing_ok=True)
    return path


def _unwritten(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; what was written is moved to its place in one step, on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = dropped(path.with_name(f".{path.name}.{os.getpid()}"))
    try:
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        _unwritten(path).unlink(missing_ok=True)
        beside.replace(path)
    finally:
        dropped(beside)
