"""A file cut into chunks that are loaded whole: always the same ones for the same file, whoever reads it.

Kinds of which several rows make one thing (the lines of an order) name the column that ties them; such rows stay in
one chunk. That works only while they stand together, so a first look over that column finds those that do not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuke.infra.imports.reading import Batch, Source


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows `row_no` of a file, with those that are broken or damaged; `number` counts chunks from 0."""

    number: int
    table: Any
    row_no: Any
    broken: Mapping[int, str]
    garbled: frozenset[int]

    @property
    def rows(self) -> int:
        return len(self.row_no) + len(self.broken)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a first look finds: how many rows there are, which groups do not stand together (`scattered`), and
    which have a row beside them that could not be read and may have been theirs (`torn`)."""

    rows: int
    scattered: frozenset[str] = frozenset()
    torn: frozenset[str] = frozenset()


def scan(source: Source, group: str | None) -> Scan:
    """`group` is the column that ties rows together, if any."""
    rows = 0
    look = _GroupLook()
    for batch in source.batches([group or source.columns[0]]):
        rows += batch.table.num_rows + len(batch.broken)
        if group is not None:
            look.at(batch, _keys(batch.table[group]))
    return Scan(rows, look.scattered(), frozenset(look.torn))


class _GroupLook:
    def __init__(self) -> None:
        self.torn: set[str] = set()
        self._starts: list[Any] = []
        self._last: str | None = None
        self._tears_next = False

    def at(self, batch: Batch, keys: Any) -> None:
        for row in batch.broken:
            place = int(np.searchsorted(batch.row_no, row))
            self._tear(keys[place - 1].as_py() if place else self._last)
            if place < len(keys):
                self._tear(keys[place].as_py())
        if not len(keys):
            self._tears_next = self._tears_next or bool(batch.broken)
            return
        if self._tears_next:
            self._tear(keys[0].as_py())
        self._tears_next = any(row > batch.row_no[-1] for row in batch.broken)
        first = np.flatnonzero(_starts(keys))
        if keys[0].as_py() == self._last:
            first = first[1:]
        self._starts.append(keys.take(pa.array(first)))
        self._last = keys[-1].as_py()

    def _tear(self, key: str | None) -> None:
        if key:
            self.torn.add(key)

    def scattered(self) -> frozenset[str]:
        if not self._starts:
            return frozenset()
        counts = pc.value_counts(pa.concat_arrays(self._starts))
        doubled = counts.filter(pc.greater(counts.field("counts"), 1)).field("values").to_pylist()
        return frozenset(key for key in doubled if key)


def chunks(source: Source, size: int, group: str | None) -> Iterator[Chunk]:
    """The file in chunks of `size` rows; with `group`, longer by the rows that its last group still needs."""
    number, waiting = 0, _Waiting()
    for batch in source.batches():
        waiting.add(batch)
        while (cut := waiting.cut(size, group)) is not None:
            yield waiting.take(number, cut)
            number += 1
    if waiting.rows or waiting.broken:
        yield waiting.take(number, waiting.rows)


class _Waiting:
    """Rows that were read and not yet handed on."""

    def __init__(self) -> None:
        self.tables: list[Any] = []
        self.row_no: Any = np.array([], dtype=np.int64)
        self.broken: dict[int, str] = {}
        self.garbled: set[int] = set()

    @property
    def rows(self) -> int:
        return len(self.row_no)

    def add(self, batch: Batch) -> None:
        if batch.table.num_rows:
            self.tables.append(batch.table)
            self.row_no = np.concatenate([self.row_no, batch.row_no])
        self.broken.update(batch.broken)
        self.garbled.update(batch.garbled)

    def cut(self, size: int, group: str | None) -> int | None:
        """How many rows may go, None when more must be read first."""
        if self.rows <= size:
            return None
        if group is None:
            return size
        tail = _keys(self._table()[group].slice(size - 1))
        changes = np.flatnonzero(_starts(tail)[1:])
        return size + int(changes[0]) if len(changes) else None

    def take(self, number: int, count: int) -> Chunk:
        table = self._table()
        taken = self.row_no[:count]
        last = int(taken[-1]) if count and count < self.rows else None
        broken = {row: text for row, text in self.broken.items() if last is None or row < last}
        self.tables = [table.slice(count)] if count < self.rows else []
        self.row_no = self.row_no[count:]
        self.broken = {row: text for row, text in self.broken.items() if row not in broken}
        garbled = frozenset(self.garbled.intersection(taken.tolist())) if self.garbled else frozenset()
        self.garbled -= garbled
        return Chunk(number, table.slice(0, count), taken, broken, garbled)

    def _table(self) -> Any:
        if len(self.tables) != 1:
            self.tables = [pa.concat_tables(self.tables)] if self.tables else [pa.table({})]
        return self.tables[0]


def _keys(column: Any) -> Any:
    array = pc.cast(column, pa.string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return pc.utf8_trim_whitespace(array)


def _starts(keys: Any) -> Any:
    """True where a key differs from the one before it."""
    differs = np.ones(len(keys), dtype=np.bool_)
    if len(keys) > 1:
        same = pc.fill_null(pc.equal(keys.slice(1), keys.slice(0, len(keys) - 1)), False)
        differs[1:] = ~same.to_numpy(zero_copy_only=False)
    return differs


def spread(keys: Any, bad: Any) -> Any:
    """`bad`, widened to every row that shares its key with a bad one."""
    touched = pc.unique(keys.filter(pa.array(bad))).drop_null()
    return pc.is_in(keys, value_set=touched).to_numpy(zero_copy_only=False) | bad
