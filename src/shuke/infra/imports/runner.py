"""An import from its first look at the file to its last chunk.

Each chunk is one transaction: its rows, its rejects, its events and the note that it is done. Whatever kills the
process, a chunk is either wholly there or not at all, and the next run of the same file goes on with those missing.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.imports import journal
from shuke.infra.imports.chunks import Chunk, Scan, chunks, scan, spread
from shuke.infra.imports.errors import ImportBusy
from shuke.infra.imports.fields import Checked, Field, Mask, check, check_mapping
from shuke.infra.imports.journal import ImportRecord, Reject
from shuke.infra.imports.kinds import Context, Kind, Loader, Outcome, Rows, good_rows
from shuke.infra.imports.reading import Source
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Text

CHUNK_ROWS = 40_000

Progress = Callable[[int, int], None]
"""Told (rows done, rows in all) whenever a chunk is finished."""

_VERSION = 1
"""Part of the fingerprint: raised when chunks are cut or rows are read differently."""

_SPLIT = Text("列数与表头不符", "has not as many cells as the header")
_GARBLED = Text("文字编码损坏（不是有效的 UTF-8）", "holds bytes that are no valid UTF-8")
_SCATTERED = Text(
    "同一单的各行没有排在一起，请按单号排序后重试",
    "the rows of one order do not stand together; sort the file by order",
)
_TORN = Text("旁边有无法读取的行，可能属于本单", "a row beside it cannot be read and may belong to the same order")
_SIBLING = Text("同一单的另一行被拒绝", "another row of the same order was rejected")


@dataclass(frozen=True, slots=True)
class Job:
    """What to import, and how. `mapping` is field → column."""

    kind: Kind
    context: Context
    source: Source
    mapping: Mapping[str, str]
    dry_run: bool = False
    chunk_rows: int = CHUNK_ROWS


def fingerprint(
    kind: Kind, source: Source, origin: str, mapping: Mapping[str, str], chunk_rows: int = CHUNK_ROWS
) -> bytes:
    """The same for the same content, read the same way, from the same system of origin."""
    known = [_VERSION, kind.name, origin, chunk_rows, dict(mapping)]
    return hashlib.sha256(source.digest + json.dumps(known, sort_keys=True).encode()).digest()


def _silent(_done: int, _total: int) -> None:
    """Progress nobody watches."""


_DO_NOT_WAIT = sa.text("SET LOCAL synchronous_commit = off")


class _Rehearsed(Exception):
    """Takes a dry run's transaction back."""


def run(job: Job, progress: Progress | None = None, import_id: UUID | None = None) -> ImportRecord:
    """Import a file, or go on where an earlier run of the same file ended; the record of what was done.

    `import_id` names an import that waits already. Raises WrongMapping, WrongFile, ImportBusy; when anything fails on
    the way the import is marked as failed and can be run again.
    """
    fields = job.kind.fields(job.context.reading)
    mapping = check_mapping(job.mapping, job.source.columns, fields)
    database, principal = job.context.database, job.context.principal
    began = database.clock.now()
    with _alone(job):
        found = scan(job.source, mapping[job.kind.group] if job.kind.group else None)
        with database.unit(principal) as unit:
            import_id = import_id or _resume_or_add(unit, job, mapping)
            done = journal.begin(unit, import_id, found.rows)
            uploaded_at = journal.uploaded_at(unit, import_id) or began
        job = replace(job, context=replace(job.context, uploaded_at=uploaded_at))
        work = _Work(job, fields, mapping, found, import_id, progress or _silent)
        try:
            if job.dry_run:
                work.rehearse()
            else:
                work.load(done)
        except BaseException as error:
            with database.unit(principal) as unit:
                journal.end(unit, import_id, _words(error))
            raise
        with database.unit(principal) as unit:
            journal.end(unit, import_id)
            record = journal.get(unit, import_id)
    assert record is not None
    return record


def _resume_or_add(unit: Unit, job: Job, mapping: Mapping[str, str]) -> UUID:
    known = fingerprint(job.kind, job.source, job.context.source, mapping, job.chunk_rows)
    begun = None if job.dry_run else journal.unfinished(unit, known)
    return begun or journal.add(
        unit,
        kind=job.kind.name,
        file_name=job.source.name,
        fingerprint=known,
        mapping=mapping,
        dry_run=job.dry_run,
    )


def _words(error: BaseException) -> Text:
    if isinstance(error, ShukeError):
        return error.message
    if isinstance(error, KeyboardInterrupt):
        return Text("已中断；重新导入同一文件即可继续。", "Interrupted. Import the same file again to go on.")
    return Text(
        f"意外错误（{type(error).__name__}）；重新导入同一文件即可继续。",
        f"Unexpected error ({type(error).__name__}). Import the same file again to go on.",
    )


@contextmanager
def _alone(job: Job) -> Iterator[None]:
    """One import of a kind at a time for a merchant; the lock goes with the connection, so also with the process."""
    name = f"import:{job.context.principal.merchant_id}:{job.kind.name}"
    with job.context.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"), {"name": name}):
            raise ImportBusy
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))"), {"name": name})


class _Work:
    def __init__(
        self,
        job: Job,
        fields: tuple[Field, ...],
        mapping: Mapping[str, str],
        found: Scan,
        import_id: UUID,
        progress: Progress,
    ) -> None:
        self.job, self.fields, self.mapping, self.found = job, fields, mapping, found
        self.import_id, self.progress = import_id, progress
        self.group = job.kind.group
        self.rows_done = 0

    def load(self, done: frozenset[int]) -> None:
        """Every chunk that is not done, several at a time where the kind allows it."""
        loader = self.job.kind.loader(self.job.context)
        threads = self.job.kind.threads
        with ThreadPoolExecutor(threads) as pool:
            running: set[Future[int]] = set()
            for chunk in self._chunks():
                if chunk.number in done:
                    self._skip(loader, chunk)
                    continue
                running.add(pool.submit(self._load_chunk, loader, chunk))
                while len(running) > threads:
                    running = self._finish_some(running)
            while running:
                running = self._finish_some(running)

    def _chunks(self) -> Iterator[Chunk]:
        tied = self.mapping[self.group] if self.group else None
        return chunks(self.job.source, self.job.chunk_rows, tied)

    def _finish_some(self, running: set[Future[int]]) -> set[Future[int]]:
        finished, rest = wait(running, return_when=FIRST_COMPLETED)
        for one in finished:
            self._advance(one.result())
        return rest

    def _advance(self, rows: int) -> None:
        self.rows_done += rows
        self.progress(self.rows_done, self.found.rows)

    def _skip(self, loader: Loader, chunk: Chunk) -> None:
        rows, _ = self._read(chunk)
        loader.remember(rows)
        self._advance(chunk.rows)

    def _load_chunk(self, loader: Loader, chunk: Chunk) -> int:
        rows, rejects = self._read(chunk)
        with self.job.context.database.unit(self.job.context.principal) as unit:
            # The end of the import is written durably, and everything before it with that; should the machine fail
            # earlier, chunks and the notes that they are done are lost together.
            unit.connection.execute(_DO_NOT_WAIT)
            outcome = loader.load(unit, rows)
            journal.checkpoint(
                unit, self.import_id, chunk.number, chunk.rows, outcome, self._all(chunk, rows, outcome, rejects)
            )
        return chunk.rows

    def rehearse(self) -> None:
        """Everything that `load` does, in one transaction that is taken back; only the report stays."""
        context = self.job.context
        loader = self.job.kind.loader(context)
        total, rejected = Outcome(), list[Reject]()
        try:
            with context.database.unit(context.principal) as unit:
                for chunk in self._chunks():
                    rows, rejects = self._read(chunk)
                    outcome = loader.load(unit, rows)
                    rejected += self._all(chunk, rows, outcome, rejects)
                    _add(total, outcome)
                    self._advance(chunk.rows)
                raise _Rehearsed
        except _Rehearsed:
            pass
        with context.database.unit(context.principal) as unit:
            journal.rehearsed(unit, self.import_id, self.found.rows, total, rejected)

    def _read(self, chunk: Chunk) -> tuple[Rows, dict[int, Text]]:
        """The rows whose fields are well, and the reasons against the others by row number."""
        row_no: list[int] = chunk.row_no.tolist()
        checked = check(chunk.table, self.mapping, self.fields)
        reasons = {row_no[position]: reason for position, reason in checked.reasons.items()}
        bad = checked.bad
        if chunk.garbled:
            reasons |= dict.fromkeys(chunk.garbled, _GARBLED)
            bad = bad | np.isin(chunk.row_no, list(chunk.garbled))
        if self.group is not None:
            bad = self._reject_groups(checked, row_no, bad, reasons)
        positions: list[int] = np.flatnonzero(~bad).tolist()
        return good_rows(checked, row_no, positions), reasons

    def _reject_groups(self, checked: Checked, row_no: list[int], bad: Mask, reasons: dict[int, Text]) -> Mask:
        assert self.group is not None
        keys = checked.columns[self.group]
        for refused, reason in ((self.found.scattered, _SCATTERED), (self.found.torn, _TORN)):
            if refused:
                hit = np.asarray(pa.compute.is_in(keys, value_set=pa.array(sorted(refused), pa.string())))
                reasons |= {row_no[position]: reason for position in np.flatnonzero(hit & ~bad)}
                bad = bad | hit
        if not bad.any():
            return bad
        wider: Mask = spread(keys, bad)
        reasons |= {row_no[position]: _SIBLING for position in np.flatnonzero(wider & ~bad)}
        return wider

    def _all(self, chunk: Chunk, rows: Rows, outcome: Outcome, reasons: Mapping[int, Text]) -> list[Reject]:
        """Every refused row of a chunk with its cells, for the file of rejects."""
        why = dict(reasons) | {rows.row_no[position]: reason for position, reason in outcome.rejects.items()}
        place = {int(number): position for position, number in enumerate(chunk.row_no)} if why else {}
        unkept = {rows.row_no[position] for position in outcome.unkept}
        refused = sorted(why)
        cells = chunk.table.take(pa.array([place[number] for number in refused], pa.int64())).to_pylist()
        found = [
            Reject(
                number, {name: None if number in unkept else _shown(cell) for name, cell in row.items()}, why[number]
            )
            for number, row in zip(refused, cells, strict=True)
        ]
        first = self.job.source.columns[0]
        return found + [Reject(number, {first: text}, _SPLIT) for number, text in chunk.broken.items()]


def _shown(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _add(total: Outcome, outcome: Outcome) -> None:
    total.created += outcome.created
    total.updated += outcome.updated
    total.unchanged += outcome.unchanged
    for code, count in outcome.notes.items():
        total.note(code, count)
