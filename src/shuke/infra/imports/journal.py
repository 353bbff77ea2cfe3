"""The SQL of imports: how far each has come, and which rows it refused."""

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.imports.kinds import Outcome
from shuke.infra.imports.tables import import_chunks, import_rejects, imports, uploads
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as stored. `rows_total` is None until the file was looked through once."""

    import_id: UUID
    kind: str
    file_name: str
    status: str
    dry_run: bool
    rows_total: int | None
    rows_done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    notes: Mapping[str, int]
    error: Text | None
    mapping: Mapping[str, str]
    upload_id: UUID | None
    actor_id: UUID
    actor_name: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reject:
    row_no: int
    cells: Mapping[str, str | None]
    reason: Text


_FIELDS = [imports.c[name] for name in ImportRecord.__dataclass_fields__]


def add(
    unit: Unit,
    *,
    kind: str,
    file_name: str,
    fingerprint: bytes,
    mapping: Mapping[str, str],
    dry_run: bool,
    upload_id: UUID | None = None,
) -> UUID:
    """A new import, waiting."""
    import_id = new_id()
    unit.connection.execute(
        imports.insert().values(
            merchant_id=unit.merchant_id,
            import_id=import_id,
            kind=kind,
            file_name=file_name,
            fingerprint=fingerprint,
            upload_id=upload_id,
            mapping=dict(mapping),
            dry_run=dry_run,
            status=WAITING,
            actor_id=unit.principal.id,
            actor_name=unit.principal.name,
            started_at=unit.now(),
        )
    )
    return import_id


def unfinished(unit: Unit, fingerprint: bytes) -> UUID | None:
    """The newest import of the same content that was begun and not finished."""
    table = imports.c
    found: UUID | None = unit.connection.scalar(
        sa.select(table.import_id)
        .where(
            table.merchant_id == unit.merchant_id,
            table.fingerprint == fingerprint,
            table.status.in_([RUNNING, FAILED]),
            sa.not_(table.dry_run),
        )
        .order_by(table.started_at.desc(), table.import_id.desc())
        .limit(1)
    )
    return found


def finished(unit: Unit, kind: str, file_name: str) -> bool:
    """Whether an import of this kind from a file of this name was ever finished."""
    table = imports.c
    found = sa.exists().where(
        table.merchant_id == unit.merchant_id,
        table.kind == kind,
        table.file_name == file_name,
        table.status == DONE,
        sa.not_(table.dry_run),
    )
    return bool(unit.connection.scalar(sa.select(found)))


def first_named(unit: Unit, prefix: str) -> str | None:
    """The file name of the earliest import whose file name starts so."""
    table = imports.c
    found: str | None = unit.connection.scalar(
        sa.select(table.file_name)
        .where(table.merchant_id == unit.merchant_id, sa.func.starts_with(table.file_name, prefix))
        .order_by(table.started_at, table.import_id)
        .limit(1)
    )
    return found


def get(unit: Unit, import_id: UUID) -> ImportRecord | None:
    row = unit.connection.execute(sa.select(*_FIELDS).where(*_this(unit, import_id))).first()
    return _record(row) if row else None


def newest(unit: Unit, before: tuple[datetime, UUID] | None, limit: int) -> list[ImportRecord]:
    table = imports.c
    older = sa.true() if before is None else sa.tuple_(table.started_at, table.import_id) < before
    rows = unit.connection.execute(
        sa.select(*_FIELDS)
        .where(table.merchant_id == unit.merchant_id, older)
        .order_by(table.started_at.desc(), table.import_id.desc())
        .limit(limit)
    )
    return [_record(row) for row in rows]


def begin(unit: Unit, import_id: UUID, rows_total: int) -> frozenset[int]:
    """The import runs (again); the numbers of the chunks that are done."""
    unit.connection.execute(
        imports.update().where(*_this(unit, import_id)).values(status=RUNNING, rows_total=rows_total, error=None)
    )
    table = import_chunks.c
    done = unit.connection.scalars(
        sa.select(table.chunk_no).where(table.merchant_id == unit.merchant_id, table.import_id == import_id)
    )
    return frozenset(done)


def uploaded_at(unit: Unit, import_id: UUID) -> datetime | None:
    """Since when the file has been with us; None for files that are read where they lie."""
    mine = (uploads.c.merchant_id == imports.c.merchant_id, uploads.c.upload_id == imports.c.upload_id)
    found: datetime | None = unit.connection.scalar(
        sa.select(uploads.c.created_at).join_from(imports, uploads, sa.and_(*mine)).where(*_this(unit, import_id))
    )
    return found


def checkpoint(
    unit: Unit, import_id: UUID, chunk_no: int, rows: int, outcome: Outcome, rejects: Sequence[Reject]
) -> None:
    """Write what became of a chunk. Last of all in its transaction: other chunks wait here for the counters."""
    _add_rejects(unit, import_id, rejects)
    unit.connection.execute(
        import_chunks.insert().values(merchant_id=unit.merchant_id, import_id=import_id, chunk_no=chunk_no)
    )
    _count(unit, import_id, rows, outcome, len(rejects))


def rehearsed(unit: Unit, import_id: UUID, rows: int, outcome: Outcome, rejects: Sequence[Reject]) -> None:
    """Write what a dry run found."""
    _add_rejects(unit, import_id, rejects)
    _count(unit, import_id, rows, outcome, len(rejects))


def _count(unit: Unit, import_id: UUID, rows: int, outcome: Outcome, rejected: int) -> None:
    table = imports.c
    this = _this(unit, import_id)
    # NO KEY UPDATE: the chunk just written refers to this row and so holds its key, as do other chunks' transactions;
    # a plain FOR UPDATE would have two of them wait for each other.
    locked = sa.select(table.notes).where(*this).with_for_update(key_share=True)
    notes = dict(unit.connection.scalars(locked).one())
    for code, count in outcome.notes.items():
        notes[code] = notes.get(code, 0) + count
    unit.connection.execute(
        imports.update()
        .where(*this)
        .values(
            rows_done=table.rows_done + rows,
            created=table.created + outcome.created,
            updated=table.updated + outcome.updated,
            unchanged=table.unchanged + outcome.unchanged,
            rejected=table.rejected + rejected,
            notes=notes,
        )
    )


def end(unit: Unit, import_id: UUID, error: Text | None = None) -> None:
    words = None if error is None else json.dumps({"zh": error.zh, "en": error.en}, ensure_ascii=False)
    unit.connection.execute(
        imports.update()
        .where(*_this(unit, import_id))
        .values(status=DONE if error is None else FAILED, error=words, finished_at=unit.now())
    )


def _add_rejects(unit: Unit, import_id: UUID, rejects: Sequence[Reject]) -> None:
    if not rejects:
        return
    unit.connection.execute(
        insert(import_rejects),
        [
            {
                "merchant_id": unit.merchant_id,
                "import_id": import_id,
                "row_no": reject.row_no,
                "row_cipher": unit.seal("import_row", _spelled(reject)),
            }
            for reject in rejects
        ],
    )


def _spelled(reject: Reject) -> str:
    """A reason may quote a cell: it is sealed with the row."""
    said = {"row": dict(reject.cells), "zh": reject.reason.zh, "en": reject.reason.en}
    return json.dumps(said, ensure_ascii=False)


def rejects(unit: Unit, import_id: UUID) -> Generator[Reject]:
    """The refused rows, in the order of the file."""
    table = import_rejects.c
    query = (
        sa.select(table.row_no, table.row_cipher)
        .where(table.merchant_id == unit.merchant_id, table.import_id == import_id)
        .order_by(table.row_no)
    )
    with unit.connection.execute(query.execution_options(yield_per=1000)) as rows:
        for row in rows:
            said = json.loads(unit.open("import_row", row.row_cipher))
            yield Reject(row.row_no, said["row"], Text(said["zh"], said["en"]))


def _this(unit: Unit, import_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return imports.c.merchant_id == unit.merchant_id, imports.c.import_id == import_id


def _record(row: sa.Row[tuple[object, ...]]) -> ImportRecord:
    values = dict(row._mapping)
    error = values["error"]
    values["error"] = Text(**json.loads(error)) if isinstance(error, str) else None
    return ImportRecord(**values)
