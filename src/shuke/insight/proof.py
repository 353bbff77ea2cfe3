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
    counted = sums.counted_so_far(unit)
    evented = sums.evented(unit)
    untold = sa.select(sums.orders.c.order_id).where(sums.of(unit, sums.orders), sa.not_(evented.sold))
    untold_back = sa.select(sums.refunds.c.refund_id).where(sums.of(unit, sums.refunds), sa.not_(evented.came_back))
    members = insight_members.c
    bought = sums.by_member(unit, counted)
    return [
        check_of(
            "insight: what members bought equals their orders",
            _differing(
                unit,
                _stored(unit, insight_members, _counts(members.orders, members.net_minor, members.paid_minor)),
                bought.having(
                    _counts(*(bought.selected_columns[name] for name in ("orders", "net_minor", "paid_minor")))
                ),
            ),
        ),
        check_of(
            "insight: sales by day and category equal the lines",
            _differing(unit, _stored(unit, insight_category_days), sums.by_category_day(unit, counted)),
        ),
        check_of("insight: every order has an event", _rows(unit, untold)),
        check_of("insight: every refund has an event", _rows(unit, untold_back)),
    ]


def _counts(*sums_of: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return sa.or_(*(column != 0 for column in sums_of))


def _stored(unit: Unit, table: sa.Table, *which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = [column for column in table.columns if column.name != "merchant_id"]
    return sa.select(*columns).where(sums.of(unit, table), *which)


def _differing(unit: Unit, stored: sa.Select[Any], computed: sa.Select[Any]) -> int:
    """Rows that only one of two queries has; each is asked once."""
    kept, found = sa.select(stored.cte("kept")), sa.select(computed.cte("found"))
    return _rows(unit, sa.union_all(kept.except_all(found), found.except_all(kept)))


def _rows(unit: Unit, query: sa.SelectBase) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
