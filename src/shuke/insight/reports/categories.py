"""Sales by category: over all stores from the derived sums, in some stores from their order lines."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight import sums
from shuke.insight.model import CategorySales
from shuke.insight.reports.scope import Scope
from shuke.insight.service import freshen
from shuke.insight.tables import insight_category_days


def categories(unit: Unit, scope: Scope, limit: int) -> list[CategorySales]:
    """Categories by sales in the period, the largest first."""
    if scope.store_ids is None:
        freshen(unit)
        each = _derived(unit, scope)
    else:
        each = _from_lines(unit, scope)
    net, before = (_chosen(each, "net_minor", each.c.current == which) for which in (True, False))
    query = (
        sa.select(
            sa.func.nullif(each.c.category_id, sa.literal(sums.UNCATEGORISED, sa.Uuid)),
            net,
            _chosen(each, "units", each.c.current),
            _chosen(each, "orders", each.c.current),
            before,
        )
        .group_by(each.c.category_id)
        .order_by(net.desc(), before.desc(), each.c.category_id)
        .limit(limit)
    )
    return [CategorySales(*row) for row in unit.connection.execute(query)]


def _derived(unit: Unit, scope: Scope) -> sa.Subquery:
    table = insight_category_days.c
    return (
        sa.select(
            (table.business_day >= scope.period.first).label("current"),
            table.category_id,
            table.net_minor,
            table.units,
            table.orders,
        )
        .where(sums.of(unit, insight_category_days), table.business_day.between(scope.before.first, scope.period.last))
        .subquery("each")
    )


def _from_lines(unit: Unit, scope: Scope) -> sa.Subquery:
    """Adds up the lines of the stores' orders, less what came back of them: as many as the stores sold, whatever the
    merchant sold."""
    orders, lines, products, back = sums.orders, sums.lines, sums.products, sums.refund_lines
    current = (orders.c.business_day >= scope.period.first).label("current")
    product = sa.and_(products.c.merchant_id == lines.c.merchant_id, products.c.product_id == lines.c.product_id)
    within = (
        sums.of(unit, orders, lines, products),
        orders.c.business_day.between(scope.before.first, scope.period.last),
        scope.within(orders.c.store_id),
    )
    sold = (
        sa.select(
            current,
            sums.CATEGORY_NOW.label("category_id"),
            sums.total(lines.c.net_minor).label("net_minor"),
            sums.total(sums.units_of(sums.MEASURED_NOW)).label("units"),
            sa.func.count(sa.distinct(lines.c.order_id)).label("orders"),
        )
        .select_from(sums.lines_of_orders().join(products, product))
        .where(*within)
        .group_by(current, sums.CATEGORY_NOW)
    )
    came_back = (
        sa.select(
            current,
            sums.CATEGORY_NOW.label("category_id"),
            (-sums.total(back.c.net_minor)).label("net_minor"),
            sa.literal(0).label("units"),
            sa.literal(0).label("orders"),
        )
        .select_from(sums.refund_lines_of_orders().join(products, product))
        .where(*within, sums.of(unit, back))
        .group_by(current, sums.CATEGORY_NOW)
    )
    return sa.union_all(sold, came_back).subquery("each")


def _chosen(each: sa.FromClause, name: str, which: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.cast(sa.func.sum(each.c[name]).filter(which), sa.BigInteger), 0)
