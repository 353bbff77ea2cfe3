"""Many rows into the database at once.

PostgreSQL does not COPY into tables under row-level security, so rows are copied into a temporary table of the
connection and inserted from there, in one statement that the policy checks like any other.
"""

import binascii
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import Invalid, invalid_field
from shuke.kernel.text import Text

Hex = Any
"""A `pyarrow` text array of UUIDs as 32 hexadecimal digits, which PostgreSQL reads."""


def stage(unit: Unit, name: str, columns: Mapping[str, tuple[str, Any]]) -> None:
    """Fill the temporary table `name` with `columns`: name → (SQL type, Arrow array), replacing what it held.

    Names and types come from our own code, never from a file.
    """
    driver = unit.connection.connection.driver_connection
    assert driver is not None
    described = ", ".join(f"{column} {kind}" for column, (kind, _) in columns.items())
    table = pa.table({column: array for column, (_, array) in columns.items()})
    with driver.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} ({described}) ON COMMIT DELETE ROWS")
        cursor.execute(f"TRUNCATE pg_temp.{name}")
        with cursor.copy(f"COPY pg_temp.{name} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv)") as copy:
            copy.write(as_csv(table))


def as_csv(table: Any) -> bytes:
    """Rows as PostgreSQL's CSV: text quoted, nulls empty."""
    sink = io.BytesIO()
    pacsv.write_csv(table, sink, pacsv.WriteOptions(include_header=False))
    return sink.getvalue()


def new_ids(milliseconds: Any) -> Hex:
    """A fresh UUIDv7 for each Unix time in milliseconds (an int64 array), in the same order."""
    count = len(milliseconds)
    raw = np.empty((count, 16), dtype=np.uint8)
    raw[:, :6] = np.asarray(milliseconds, dtype=">i8").view(np.uint8).reshape(count, 8)[:, 2:]
    raw[:, 6:] = np.frombuffer(os.urandom(10 * count), dtype=np.uint8).reshape(count, 10)
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x70
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    return hex_of(raw.tobytes())


def hex_of(raw: bytes) -> Hex:
    """UUIDs laid end to end, 16 bytes each."""
    count = len(raw) // 16
    offsets = np.arange(0, 32 * count + 1, 32, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(binascii.hexlify(raw)))


def hex_ids(ids: Iterable[UUID | None]) -> Hex:
    return pa.array([None if one is None else one.hex for one in ids], pa.string())


def milliseconds_of(moments: Any) -> Any:
    """UTC timestamps in microseconds as Unix milliseconds."""
    return moments.cast(pa.int64()).to_numpy(zero_copy_only=False) // 1000


class Lookup:
    """Codes found in bulk: built once from what the database has, then asked for whole columns."""

    def __init__(self, known: Mapping[str, UUID]) -> None:
        self._places = {code: place for place, code in enumerate(known)}
        self._ids = hex_ids(known.values())

    def find(self, codes: Any) -> tuple[Any, Any]:
        """For a text column: positions of the codes in this look-up (null: unknown), and their ids."""
        # A chunk names a product many times: look each up once.
        named = codes.dictionary_encode()
        places = pa.array([self._places.get(code) for code in named.dictionary.to_pylist()], pa.int64())
        found = places.take(named.indices)
        return found, self._ids.take(found)


def insert_staged(unit: Unit, table: str, columns: Mapping[str, tuple[str, Any]]) -> None:
    """Insert `columns` (name → (SQL type, Arrow array)) into a tenant's `table`, for the unit's merchant."""
    name = f"new_{table}"
    stage(unit, name, columns)
    names = ", ".join(columns)
    unit.connection.execute(
        sa.text(f"INSERT INTO {table} (merchant_id, {names}) SELECT :merchant, {names} FROM pg_temp.{name}"),  # noqa: S608
        {"merchant": unit.merchant_id},
    )


def tell(
    unit: Unit,
    event: str,
    subjects: Sequence[UUID],
    *,
    of_members: bool = False,
    occurred_at: Sequence[datetime] | None = None,
) -> None:
    """One event for each subject, as of now or of the moments given; `of_members` when the subjects are members."""
    if not subjects:
        return
    count = len(subjects)
    now = unit.now()
    ids = hex_ids(subjects)
    insert_staged(
        unit,
        "domain_events",
        {
            "event_id": ("uuid", new_ids(np.full(count, int(now.timestamp() * 1000)))),
            "type": ("text", pa.array([event] * count)),
            "subject_id": ("uuid", ids),
            "member_id": ("uuid", ids if of_members else pa.nulls(count, pa.string())),
            "occurred_at": ("timestamptz", pa.array(occurred_at or [now] * count, pa.timestamp("us", "UTC"))),
        },
    )


def codes_of(unit: Unit, query: sa.Select[Any]) -> dict[str, UUID]:
    """The rows of a two-column query as code → id."""
    return {str(row[0]): row[1] for row in unit.connection.execute(query)}


def any_text(column: sa.ColumnElement[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
    """`column` is one of many values without line breaks, handed over as one string: adapting thousands one by one
    costs more than finding them."""
    return column == sa.any_(sa.func.string_to_array(sa.literal("\n".join(values)), sa.literal("\n")))


class Seen:
    """Which row of the file named a thing first: the same name further down is a duplicate."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def duplicate_of(self, key: str, row_no: int) -> int | None:
        """The earlier row with this key; None (and remembered) when this is the first."""
        first = self._rows.setdefault(key, row_no)
        return None if first == row_no else first


def duplicate(row_no: int) -> Text:
    return Text(f"与第 {row_no} 行重复", f"duplicates row {row_no}")


def unknown(field: str, value: str) -> Invalid:
    """A cell that names something that is not there."""
    return invalid_field(field, f"{field}：没有“{value}”", f"{field}: there is no {value}")
