"""Imports as the API shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from shuke.entrypoints.imports.registry import KINDS
from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import ImportId, UploadId
from shuke.infra.imports.fields import Field as ImportField
from shuke.infra.imports.journal import ImportRecord

ImportKind = Literal["members", "products", "stores", "orders", "tags", "segment_members"]
"""What the console and the API import; the sample has a few kinds more."""


class ImportFieldView(View):
    """A column that this kind of import understands."""

    name: str
    required: bool
    label: TextView
    help: TextView


class ImportPreview(View):
    """What is in an uploaded file: its columns, first rows, and a guess which column is which field."""

    upload_id: UploadId
    kind: ImportKind
    columns: list[str]
    rows: list[list[str | None]]
    fields: list[ImportFieldView]
    mapping: dict[str, str]


class ImportIn(Body):
    kind: ImportKind
    upload_id: UploadId
    mapping: Annotated[
        dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=500)]], Field(max_length=100)
    ]
    dry_run: bool = False


class ImportNote(View):
    """Something met on the way that is worth knowing, and how often."""

    code: str
    count: int
    text: TextView


class ImportBy(View):
    name: str


class Import(View):
    """An import and how far it has come. `created`, `updated` and `unchanged` count things (an order, however many
    rows it has); `rejected` and the totals count rows."""

    id: ImportId
    kind: str
    file_name: str
    status: Literal["waiting", "running", "done", "failed"]
    dry_run: bool
    rows_total: int | None
    rows_done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    notes: list[ImportNote]
    started_at: datetime
    finished_at: datetime | None
    error: TextView | None
    by: ImportBy


class ImportList(View):
    items: list[Import]
    next_cursor: str | None


def field_view(field: ImportField) -> ImportFieldView:
    return ImportFieldView(
        name=field.name, required=field.required, label=TextView.of(field.label), help=TextView.of(field.help)
    )


def import_view(record: ImportRecord) -> Import:
    return Import(
        id=record.import_id,
        kind=record.kind,
        file_name=record.file_name,
        status=record.status,
        dry_run=record.dry_run,
        rows_total=record.rows_total,
        rows_done=record.rows_done,
        created=record.created,
        updated=record.updated,
        unchanged=record.unchanged,
        rejected=record.rejected,
        notes=notes_view(record.kind, record.notes),
        started_at=record.started_at,
        finished_at=record.finished_at,
        error=None if record.error is None else TextView.of(record.error),
        by=ImportBy(name=record.actor_name),
    )


def notes_view(kind: str, notes: Mapping[str, int]) -> list[ImportNote]:
    words = KINDS[kind].notes
    return [ImportNote(code=code, count=count, text=TextView.of(words[code])) for code, count in notes.items()]
