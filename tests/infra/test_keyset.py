"""Walking the pages of a list meets every row exactly once, whatever it is sorted by."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.paging import BadCursor, encode_cursor
from tests.support.world import World

_ROWS = sa.values(
    sa.column("id", sa.Uuid),
    sa.column("text", sa.Text),
    sa.column("day", sa.Date),
    sa.column("at", sa.TIMESTAMP(timezone=True)),
    sa.column("number", sa.BigInteger),
    name="rows",
).data(
    [
        (
            uuid4(),
            "甲乙丙"[n % 3],
            date(2026, 1, 1 + n % 4),
            datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n % 5),
            n % 2,
        )
        for n in range(23)
    ]
)


def _walk(unit: Unit, sort: Sort, limit: int) -> list[sa.Row[tuple[object, ...]]]:
    seen, cursor = [], None
    while True:
        rows, cursor = page(unit, sa.select(_ROWS), sort, cursor, limit)
        seen += rows
        if cursor is None:
            return seen
        assert len(rows) == limit


@pytest.mark.parametrize("column", ["id", "text", "day", "at", "number"])
def test_every_row_once_in_order(world: World, column: str) -> None:
    with world.database.platform() as unit:
        for descending in (False, True):
            for limit in (1, 4, 22, 23, 50):
                rows = _walk(unit, Sort(_ROWS.c[column], _ROWS.c.id, descending), limit)
                assert len({row.id for row in rows}) == len(rows) == 23
                in_order = unit.connection.scalars(
                    sa.select(_ROWS.c.id).order_by(
                        *(key.desc() if descending else key.asc() for key in (_ROWS.c[column], _ROWS.c.id))
                    )
                )
                assert [row.id for row in rows] == list(in_order)


@pytest.mark.parametrize("part", [None, "x", 7, True, "2026-01-01T00:00:00", "9" * 500])
@pytest.mark.parametrize("column", ["id", "day", "at", "number"])
def test_a_forged_cursor_is_a_bad_cursor_at_worst(world: World, column: str, part: str | int | None) -> None:
    with world.database.platform() as unit:
        for key in ((part, str(uuid4())), ("2026-01-01", part)):
            with contextlib.suppress(BadCursor):
                page(unit, sa.select(_ROWS), Sort(_ROWS.c[column], _ROWS.c.id), encode_cursor(key), 5)
