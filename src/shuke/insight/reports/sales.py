"""The SQL of sales: totals, by day, by store, by tier."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight import sums
from shuke.insight.model import Day, Kpis, Period, StoreSales, Sums, TierSales, kpis, start_of
from shuke.insight.reports.scope import CURRENT, Scope, is_current, orders
from shuke.insight.service import freshen
from shuke.insight.tables import insight_members
from shuke.loyalty import service as loyalty
from shuke.members import service as members

_people = members.members_relation()
_standings = loyalty.member_tiers_relation()


def summary(unit: Unit, scope: Scope) -> tuple[Kpis, Kpis]:
    """The measures of the period and of the one before."""
    freshen(unit)  # who is returning is known from the derived sums
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
    query = (
        sa.select(
            orders.c.business_day,
            _total("net_minor"),
            sa.func.count().label("orders"),
            sa.func.count(sa.distinct(orders.c.member_id)).label("members_active"),
        )
        .where(scope.orders(unit))
        .group_by(orders.c.business_day)
    )
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
    """Stores by sales in the period, the largest first. Members are told apart only in the stores that are shown."""
    current = is_current(scope).element
    net, before = (_sum_where(orders.c.net_minor, which) for which in (current, sa.not_(current)))
    top = (
        sa.select(
            orders.c.store_id,
            net.label("net_minor"),
            sa.func.count().filter(current).label("orders"),
            before.label("previous_net_minor"),
        )
        .where(scope.orders(unit))
        .group_by(orders.c.store_id)
        .order_by(net.desc(), before.desc(), orders.c.store_id)
        .limit(limit)
    )
    found = unit.connection.execute(top).all()
    people = (
        sa.select(orders.c.store_id, sa.func.count(sa.distinct(orders.c.member_id)).label("members"))
        .where(scope.orders(unit), current, orders.c.store_id.in_([row.store_id for row in found]))
        .group_by(orders.c.store_id)
    )
    active = {row.store_id: row.members for row in unit.connection.execute(people)}
    return [
        StoreSales(
            store_id=row.store_id,
            net_minor=row.net_minor,
            orders=row.orders,
            members_active=active.get(row.store_id, 0),
            previous_net_minor=row.previous_net_minor,
        )
        for row in found
    ]


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
            _sum_where(each.c.net_minor, each.c[CURRENT]).label("net_minor"),
            _sum_where(each.c.orders, each.c[CURRENT]).label("orders"),
            sa.func.count(each.c.member_id).filter(each.c[CURRENT]).label("members_active"),
            _sum_where(each.c.net_minor, sa.not_(each.c[CURRENT])).label("previous_net_minor"),
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


def _by_member(unit: Unit, scope: Scope, *measures: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """One row for each period and member, and one for those who are none: orders, and the measures. Distinct
    members are then a plain count, which spares sorting every order."""
    groups = (is_current(scope), orders.c.member_id)
    return sa.select(*groups, sa.func.count().label("orders"), *measures).where(scope.orders(unit)).group_by(*groups)


def _total(name: str) -> sa.Label[int]:
    return sums.total(orders.c[name]).label(name)


def _sum_where(column: sa.ColumnElement[Any], which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.cast(sa.func.sum(column).filter(which), sa.BigInteger), 0)
