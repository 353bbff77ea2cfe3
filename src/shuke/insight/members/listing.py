"""The list of members: filters, sorts, pages.

A page costs the same however many members there are: sorted by when they joined it walks an index of members,
sorted by what they bought an index of the derived sums. While some events are still to be counted a member may
be missing there; then every member is looked at, which is slower and complete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.insight import facts, sums
from shuke.insight.model import Period
from shuke.insight.service import freshen
from shuke.insight.sums import of
from shuke.insight.tables import insight_members
from shuke.kernel.paging import Page
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Balances
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.model import Member, MemberStatus
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Store

_people = members.members_relation()
_bought = insight_members.c
_standings = loyalty.member_tiers_relation()
_held = {asset.value: ledger.holdings_relation(asset) for asset in Asset}

_OF_SUMS = frozenset({"last_order_at", "paid_minor", "orders"})
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(9999, 12, 30)


class MemberSort(StrEnum):
    """A minus in front means largest, or latest, first. Who never bought counts as having bought longest ago."""

    JOINED = "joined_at"
    JOINED_DESC = "-joined_at"
    LAST_ORDER = "last_order_at"
    LAST_ORDER_DESC = "-last_order_at"
    PAID = "paid_minor"
    PAID_DESC = "-paid_minor"
    ORDERS = "orders"
    ORDERS_DESC = "-orders"
    POINTS = "points"
    POINTS_DESC = "-points"
    GROWTH = "growth"
    GROWTH_DESC = "-growth"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """Which members; None does not restrict. Days are the merchant's business days, both included; `store_id` and
    `channel` are where the member joined."""

    q: str | None = None
    tier_id: UUID | None = None
    store_id: UUID | None = None
    channel: str | None = None
    status: MemberStatus | None = None
    joined_from: date | None = None
    joined_to: date | None = None
    last_order_from: date | None = None
    last_order_to: date | None = None


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member with what a list says of her. `tier_id` None: in the base tier, never reviewed."""

    member: Member
    join_store: Store | None
    tier_id: UUID | None
    orders: int
    paid_minor: int
    last_order_at: datetime | None
    balances: Balances


def list_members(
    unit: Unit, wanted: MemberFilter, sort: MemberSort, cursor: str | None, limit: int
) -> Page[ListedMember]:
    """A page of members. Raises BadCursor."""
    freshen(unit)
    name = sort.removeprefix("-")
    by_sums = name in _OF_SUMS and not facts.uncounted(unit)
    source = _people.outerjoin(_standings, _same(_standings)).join(
        insight_members, _same(insight_members), isouter=not by_sums
    )
    if name in _held:
        source = source.outerjoin(_held[name], _same(_held[name]))
    query = (
        sa.select(_people.c.member_id, _standings.c.tier_id, _bought.orders, _bought.paid_minor, _bought.last_order_at)
        .select_from(source)
        .where(of(unit, insight_members if by_sums else _people), *_conditions(unit, wanted))
    )
    unique = _bought.member_id if by_sums else _people.c.member_id
    key = _bought[name] if by_sums else _key(name)
    rows, following = page(unit, query, Sort(key, unique, sort.startswith("-")), cursor, limit)
    return Page(_listed(unit, rows), following)


def count_members(unit: Unit, wanted: MemberFilter) -> int:
    """How many members the filter lets through."""
    source: sa.FromClause = _people
    if wanted.tier_id is not None:
        source = source.outerjoin(_standings, _same(_standings))
    if wanted.last_order_from is not None or wanted.last_order_to is not None:
        source = source.outerjoin(insight_members, _same(insight_members))
    query = sa.select(sa.func.count()).select_from(source).where(of(unit, _people), *_conditions(unit, wanted))
    return unit.connection.scalar(query) or 0


def _same(other: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(other.c.merchant_id == _people.c.merchant_id, other.c.member_id == _people.c.member_id)


def _key(name: str) -> sa.ColumnElement[Any]:
    """What to sort by, also for members of whom nothing is counted yet or who have no wallet."""
    if name in _held:
        return sa.func.coalesce(_held[name].c.balance, 0)
    if name in _OF_SUMS:
        return sa.func.coalesce(_bought[name], sums.NEVER if name == "last_order_at" else 0)
    return _people.c.joined_at


def _conditions(unit: Unit, wanted: MemberFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [members.search(unit, wanted.q)] if wanted.q else []
    if wanted.tier_id is not None:
        conditions.append(_in_tier(unit, wanted.tier_id))
    if wanted.store_id is not None:
        conditions.append(_people.c.join_store_id == wanted.store_id)
    if wanted.channel is not None:
        conditions.append(_people.c.join_channel == wanted.channel)
    if wanted.status is not None:
        conditions.append(_people.c.status == wanted.status)
    else:
        conditions.append(_people.c.status.not_in([MemberStatus.MERGED, MemberStatus.ERASED]))
    conditions += _between(unit, _people.c.joined_at, wanted.joined_from, wanted.joined_to)
    if wanted.last_order_from is not None or wanted.last_order_to is not None:
        conditions.append(_bought.orders > 0)
        conditions += _between(unit, _bought.last_order_at, wanted.last_order_from, wanted.last_order_to)
    return conditions


def _in_tier(unit: Unit, tier_id: UUID) -> sa.ColumnElement[bool]:
    """Members without a standing are in the base tier."""
    condition: sa.ColumnElement[bool] = _standings.c.tier_id == tier_id
    if tier_id == loyalty.programme(unit).base_tier.tier_id:
        return sa.or_(condition, _standings.c.tier_id.is_(None))
    return condition


def _between(
    unit: Unit, moment: sa.ColumnElement[datetime], first: date | None, last: date | None
) -> list[sa.ColumnElement[bool]]:
    if first is None and last is None:
        return []
    start, end = Period(first or _FIRST_DAY, last or _LAST_DAY).moments(tenancy.merchant(unit).timezone)
    return [moment >= start, moment < end]


def _listed(unit: Unit, rows: Sequence[sa.Row[Any]]) -> list[ListedMember]:
    ids = [row.member_id for row in rows]
    people = members.get_many(unit, ids)
    balances = ledger.balances_of(unit, ids)
    stores = tenancy.store_refs(unit, {person.join_store_id for person in people.values() if person.join_store_id})
    return [
        ListedMember(
            member=people[row.member_id],
            join_store=_store_of(people[row.member_id], stores),
            tier_id=row.tier_id,
            orders=row.orders or 0,
            paid_minor=row.paid_minor or 0,
            last_order_at=row.last_order_at if row.orders else None,
            balances=balances.get(row.member_id, Balances()),
        )
        for row in rows
    ]


def _store_of(member: Member, stores: dict[UUID, Store]) -> Store | None:
    return stores.get(member.join_store_id) if member.join_store_id else None
