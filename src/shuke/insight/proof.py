"""Derived sums against a direct computation over every order counted so far."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight import facts, sums
from shuke.insight.tables import insight_category_days, insight_members
from shuke.kernel.audit import Check, check_of


def checks(unit: Unit) -> list[Check]:
    with facts.joining(unit, "in sets"):
        return _checks(unit)


def _checks(unit: Unit) -> list[Check]:
    counted = sums.counted(unit, facts.position(unit))
    untold = sa.select(sums.orders.c.order_id).where(sums.of(unit, sums.orders), sa.not_(sums.evented(unit)))
    return [
        check_of(
            "insight: what members bought equals their orders",
            _differing(
                unit, _stored(unit, insight_members, insight_members.c.orders > 0), sums.by_member(unit, counted)
            ),
        ),
        check_of(
            "insight: sales by day and category equal the lines",
            _differing(unit, _stored(unit, insight_category_days), sums.by_category_day(unit, counted)),
        ),
        check_of("insight: every order has an event", _rows(unit, untold)),
    ]


def _stored(unit: Unit, table: sa.Table, *which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = [column for column in table.columns if column.name != "merchant_id"]
    return sa.select(*columns).where(sums.of(unit, table), *which)


def _differing(unit: Unit, stored: sa.Select[Any], computed: sa.Select[Any]) -> int:
    """Rows that only one of two queries has; each is asked once."""
    kept, found = sa.select(stored.cte("kept")), sa.select(computed.cte("found"))
    return _rows(unit, sa.union_all(kept.except_all(found), found.except_all(kept)))


def _rows(unit: Unit, query: sa.SelectBase) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
