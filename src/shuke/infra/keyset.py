"""Lists in pages that stay right while rows come and go: each page starts after the last row of the one before.

The sort key and a unique id are compared as one row value, so that PostgreSQL walks an index instead of
counting rows it will not show.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.paging import BadCursor, JsonScalar, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Sort:
    """By `column` (never null: coalesce it), rows that share a value by the unique `id`; both columns of the query."""

    column: sa.ColumnElement[Any]
    id: sa.ColumnElement[Any]
    descending: bool = False


def page(
    unit: Unit, query: sa.Select[Any], sort: Sort, cursor: str | None, limit: int
) -> tuple[list[sa.Row[Any]], str | None]:
    """Up to `limit` rows of `query` after `cursor`, and the cursor of the page that follows. Raises BadCursor."""
    keys = (sort.column, sort.id)
    if cursor is not None:
        found = sa.tuple_(*(_read(part, key) for part, key in zip(decode_cursor(cursor, 2), keys, strict=True)))
        here = sa.tuple_(*keys)
        query = query.where(here < found if sort.descending else here > found)
    query = query.add_columns(sort.column.label("page_key"), sort.id.label("page_id"))
    # Written out, not a parameter: a plan prepared for any limit would sort everything rather than walk the index.
    few = sa.literal(limit + 1, literal_execute=True)
    ordered = query.order_by(*(key.desc() if sort.descending else key.asc() for key in keys)).limit(few)
    rows = list(unit.connection.execute(ordered))
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], encode_cursor([_write(last.page_key), _write(last.page_id)])


def _write(value: object) -> JsonScalar:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _read(part: JsonScalar, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The cursor's part as a value of the column's own type."""
    kind = column.type.python_type
    if issubclass(kind, int):
        if type(part) is not kind:
            raise BadCursor
        return sa.literal(part, column.type if issubclass(kind, bool) else sa.BigInteger())
    value: object
    try:
        if issubclass(kind, datetime | date):
            value = kind.fromisoformat(str(part))
        else:
            value = UUID(str(part)) if issubclass(kind, UUID) else str(part)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise BadCursor
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    return sa.literal(value, column.type)
