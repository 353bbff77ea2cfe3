"""The SQL of sales: totals, by day, by store, by tier.

All of it goes over the orders of both periods once, by (…, member), and then sums up: that gives distinct
members without sorting every order.
"""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight import sums
from shuke.insight.model import Day, Kpis, Period, StoreSales, Sums, TierSales, kpis, start_of
from shuke.insight.reports.scope import CURRENT, Scope, is_current, orders
from shuke.insight.tables import insight_members
from shuke.loyalty import service as loyalty
from shuke.members import service as members

_people = members.members_relation()
_standings = loyalty.member_tiers_relation()


def summary(unit: Unit, scope: Scope) -> tuple[Kpis, Kpis]:
    """The measures of the period and of the one before."""
    found = _sums(unit, scope)
    current, before = (found.get(which, Sums()) for which in (True, False))
    return kpis(current, _joined(unit, scope, scope.period)), kpis(before, _joined(unit, scope, scope.before))


def _sums(unit: Unit, scope: Scope) -> dict[bool, Sums]:
    amounts = ("gross_minor", "discount_minor", "net_minor", "paid_minor", "units")
    each = _by_member(unit, scope, *(_total(name) for name in amounts)).subquery("each")
    known = each.c.member_id.is_not(None)
    started = sa.case(
        (each.c[CURRENT], start_of(scope.period.first, scope.timezone)),
        else_=start_of(scope.before.first, scope.timezone),
    )
    query = (
        sa.select(
            each.c[CURRENT],
            *(sums.total(each.c[name]).label(name) for name in (*amounts, "orders")),
            sums.total(sa.case((known, each.c.orders), else_=0)).label("orders_of_members"),
            sa.func.count(each.c.member_id).label("members_active"),
            sa.func.count().filter(known, each.c.orders >= 2).label("members_repeating"),
            sa.func.count().filter(insight_members.c.first_order_at < started).label("members_returning"),
        )
        .select_from(
            each.outerjoin(
                insight_members,
                sa.and_(sums.of(unit, insight_members), insight_members.c.member_id == each.c.member_id),
            )
        )
        .group_by(each.c[CURRENT])
    )
    rows = unit.connection.execute(query).mappings()
    return {row[CURRENT]: Sums(**{name: value for name, value in row.items() if name != CURRENT}) for row in rows}


def _joined(unit: Unit, scope: Scope, period: Period) -> int:
    first, after = period.moments(scope.timezone)
    query = sa.select(sa.func.count()).where(
        sums.of(unit, _people),
        _people.c.joined_at >= first,
        _people.c.joined_at < after,
        scope.within(_people.c.join_store_id),
    )
    return unit.connection.scalar(query) or 0


def days(unit: Unit, scope: Scope) -> list[Day]:
    """Every day of the period, also those without sales, beside the day as far into the period before."""
    each = _by_member(unit, scope, _total("net_minor"), by=orders.c.business_day).subquery("each")
    query = sa.select(each.c.business_day, *_net_orders_members(each)).group_by(each.c.business_day)
    found = {row.business_day: row for row in unit.connection.execute(query)}
    series = []
    for day, previous in zip(scope.period.days(), scope.before.days(), strict=True):
        now, then = found.get(day), found.get(previous)
        series.append(
            Day(
                day=day,
                net_minor=now.net_minor if now else 0,
                orders=now.orders if now else 0,
                members_active=now.members_active if now else 0,
                previous_day=previous,
                previous_net_minor=then.net_minor if then else 0,
                previous_orders=then.orders if then else 0,
            )
        )
    return series


def stores(unit: Unit, scope: Scope, limit: int) -> list[StoreSales]:
    """Stores by sales in the period, the largest first."""
    each = _by_member(unit, scope, _total("net_minor"), by=orders.c.store_id).subquery("each")
    net, before = _net(each, current=True), _net(each, current=False)
    query = (
        sa.select(
            each.c.store_id,
            net.label("net_minor"),
            _current_orders(each).label("orders"),
            sa.func.count(each.c.member_id).filter(each.c[CURRENT]).label("members_active"),
            before.label("previous_net_minor"),
        )
        .group_by(each.c.store_id)
        .order_by(net.desc(), before.desc(), each.c.store_id)
        .limit(limit)
    )
    return [StoreSales(*row) for row in unit.connection.execute(query)]


def tiers(unit: Unit, scope: Scope) -> list[TierSales]:
    """Each tier, lowest first, then those who are not members; members count in the tier they have now."""
    programme = loyalty.programme(unit)
    base = programme.base_tier.tier_id
    each = _by_member(unit, scope, _total("net_minor")).subquery("each")
    standing = sa.and_(sums.of(unit, _standings), _standings.c.member_id == each.c.member_id)
    tier_id = sa.case(
        (each.c.member_id.is_(None), sa.null()), else_=sa.func.coalesce(_standings.c.tier_id, sa.literal(base, sa.Uuid))
    )
    query = (
        sa.select(
            tier_id.label("tier_id"),
            _net(each, current=True).label("net_minor"),
            _current_orders(each).label("orders"),
            sa.func.count(each.c.member_id).filter(each.c[CURRENT]).label("members_active"),
            _net(each, current=False).label("previous_net_minor"),
        )
        .select_from(each.outerjoin(_standings, standing))
        .group_by(tier_id)
    )
    found = {row.tier_id: row for row in unit.connection.execute(query)}
    totals = loyalty.members_by_tier(unit, programme)
    answer = []
    for wanted in (*(level.tier_id for level in programme.tiers), None):
        row = found.get(wanted)
        answer.append(
            TierSales(
                tier_id=wanted,
                net_minor=row.net_minor if row else 0,
                orders=row.orders if row else 0,
                members_active=row.members_active if row else 0,
                members_total=totals.get(wanted, 0) if wanted else 0,
                previous_net_minor=row.previous_net_minor if row else 0,
            )
        )
    return answer


def _by_member(
    unit: Unit, scope: Scope, *measures: sa.ColumnElement[Any], by: sa.ColumnElement[Any] | None = None
) -> sa.Select[Any]:
    """One row for each period, member (none: one row) and value of `by`: orders, and the measures."""
    groups: list[sa.ColumnElement[Any]] = [is_current(scope), orders.c.member_id]
    if by is not None:
        groups.append(by)
    return sa.select(*groups, sa.func.count().label("orders"), *measures).where(scope.orders(unit)).group_by(*groups)


def _total(name: str) -> sa.Label[int]:
    return sums.total(orders.c[name]).label(name)


def _net(each: sa.FromClause, *, current: bool) -> sa.ColumnElement[int]:
    chosen = each.c[CURRENT] if current else sa.not_(each.c[CURRENT])
    return sa.func.coalesce(sa.cast(sa.func.sum(each.c.net_minor).filter(chosen), sa.BigInteger), 0)


def _current_orders(each: sa.FromClause) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.cast(sa.func.sum(each.c.orders).filter(each.c[CURRENT]), sa.BigInteger), 0)


def _net_orders_members(each: sa.FromClause) -> tuple[sa.Label[int], sa.Label[int], sa.Label[int]]:
    return (
        sums.total(each.c.net_minor).label("net_minor"),
        sums.total(each.c.orders).label("orders"),
        sa.func.count(each.c.member_id).label("members_active"),
    )
