"""Imports over HTTP: upload and look, start, watch, fetch what was refused."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import Annotated, BinaryIO
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from starlette.responses import StreamingResponse

from shuke.entrypoints.imports import background
from shuke.entrypoints.imports.registry import KINDS
from shuke.entrypoints.imports.views import (
    Import,
    ImportIn,
    ImportKind,
    ImportList,
    ImportPreview,
    field_view,
    import_view,
)
from shuke.infra.csv_export import csv_response
from shuke.infra.database import Database, Unit
from shuke.infra.http import Call, allow
from shuke.infra.http_ids import ImportId
from shuke.infra.imports import journal, uploads
from shuke.infra.imports.fields import guess_mapping
from shuke.infra.imports.journal import Reject
from shuke.infra.imports.kinds import Reading
from shuke.infra.imports.reading import FileSource
from shuke.kernel.paging import BadCursor, decode_cursor, encode_cursor
from shuke.kernel.principal import Principal
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["imports"])

_SHOWN_ROWS = 20
_SHOWN_CHARACTERS = 200
_ENVELOPE = 1 << 20
"""What a multipart form adds around its file, at most."""


@router.post("/imports/preview", status_code=201, max_body_size=uploads.MAX_BYTES + _ENVELOPE)
def preview_import(
    call: Annotated[Call, allow(Permission.IMPORTS_WRITE)],
    request: Request,
    kind: Annotated[ImportKind, Form()],
    file: UploadFile,
) -> ImportPreview:
    """Upload a CSV, Excel (.xlsx) or Parquet file and see what is in it. Kept sealed, and for a week at most."""
    name = PurePath((file.filename or "upload").replace("\\", "/")).name.replace("\0", "")[:200] or "upload"
    with call.unit() as unit:
        return _preview(unit, _data_dir(request), kind, name, file.file)


def _preview(unit: Unit, data_dir: Path, kind: ImportKind, name: str, file: BinaryIO) -> ImportPreview:
    merchant = tenancy.merchant(unit)
    upload = uploads.save(unit, data_dir, name, file)
    try:
        source = uploads.source_of(upload, unit.cipher)
        fields = KINDS[kind].fields(Reading(merchant.currency, merchant.timezone))
        return ImportPreview(
            upload_id=upload.upload_id,
            kind=kind,
            columns=list(source.columns),
            rows=_first_rows(source),
            fields=[field_view(field) for field in fields],
            mapping=guess_mapping(source.columns, fields),
        )
    except BaseException:
        upload.path.unlink(missing_ok=True)
        raise


def _first_rows(source: FileSource) -> list[list[str | None]]:
    rows = chain.from_iterable(batch.table.slice(0, _SHOWN_ROWS).to_pylist() for batch in source.batches())
    return [
        [None if cell is None else str(cell)[:_SHOWN_CHARACTERS] for cell in row.values()]
        for row in islice(rows, _SHOWN_ROWS)
    ]


@router.post("/imports", status_code=202)
def start_import(call: Annotated[Call, allow(Permission.IMPORTS_WRITE)], request: Request, body: ImportIn) -> Import:
    """Import an uploaded file in the background; a dry run reports the same and changes nothing."""

    def act(unit: Unit) -> Import:
        upload = uploads.get(unit, _data_dir(request), body.upload_id)
        kind = background.kind_of(body.kind)
        return import_view(background.enqueue(unit, kind, upload, body.mapping, dry_run=body.dry_run))

    return call.once(Import, body, act)


@router.get("/imports")
def list_imports(
    call: Annotated[Call, allow(Permission.IMPORTS_READ)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ImportList:
    """Imports, newest first."""
    with call.unit() as unit:
        found = journal.newest(unit, _position(cursor), limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    following = encode_cursor([more.started_at.isoformat(), more.import_id.hex]) if more else None
    return ImportList(items=[import_view(record) for record in found[:limit]], next_cursor=following)


def _position(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    at, import_id = decode_cursor(cursor, 2)
    try:
        return datetime.fromisoformat(str(at)), UUID(hex=str(import_id))
    except ValueError as error:
        raise BadCursor from error


@router.get("/imports/{id}")
def read_import(call: Annotated[Call, allow(Permission.IMPORTS_READ)], id: ImportId) -> Import:
    with call.unit() as unit:
        return import_view(background.existing(unit, id))


@router.get("/imports/{id}/rejects", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def read_rejects(call: Annotated[Call, allow(Permission.IMPORTS_WRITE)], id: ImportId) -> StreamingResponse:
    """The refused rows as they stood, with the reason, as a CSV file to correct and import again."""
    with call.unit() as unit:
        record = background.existing(unit, id)
        with closing(journal.rejects(unit, id)) as found:
            first = next(found, None)
        principal = unit.principal
    columns = list(first.cells) if first else []
    rows = _reject_rows(call.database, principal, id, columns, call.language == "zh")
    return csv_response(f"rejects-{record.kind}", [*columns, "reason"], rows)


def _reject_rows(
    database: Database, principal: Principal, import_id: UUID, columns: list[str], zh: bool
) -> Iterator[list[str | None]]:
    with database.unit(principal) as unit:
        for reject in journal.rejects(unit, import_id):
            yield reject_row(reject, columns, zh)


def reject_row(reject: Reject, columns: list[str], zh: bool) -> list[str | None]:
    return [*(reject.cells.get(column) for column in columns), reject.reason.zh if zh else reject.reason.en]


def _data_dir(request: Request) -> Path:
    found: Path = request.app.state.settings.data_dir
    return found
