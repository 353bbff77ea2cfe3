"""The nightly review: every member's tier follows from growth in the window that ends with the day reviewed.

Set-based, in batches along the member ids. A settlement that lifts a member holds that member's row; the review
holds the rows of a batch before it adds up growth, so neither can overwrite what the other has seen and it has not.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from shuke.loyalty.model import Programme
from shuke.loyalty.rules import window_bounds
from shuke.loyalty.tables import member_tiers
from shuke.members import service as members

BATCH = 50_000
"""Members reviewed in one go."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a batch did; `last` is where the next one goes on, None at the end."""

    members: int
    changed: int
    last: UUID | None


def review_all(unit: Unit, programme: Programme, day: date) -> Reviewed:
    """Review every member in this unit of work."""
    total = changed = 0
    after: UUID | None = UUID(int=0)
    while after is not None:
        done = review_batch(unit, programme, day, after)
        total, changed, after = total + done.members, changed + done.changed, done.last
    return Reviewed(total, changed, None)


def review_batch(unit: Unit, programme: Programme, day: date, after: UUID, batch: int = BATCH) -> Reviewed:
    """Review up to `batch` members behind the member id `after`; UUID(int=0) starts."""
    last = _last_of_batch(unit, after, batch)
    if last is None:
        return Reviewed(0, 0, None)
    here = (member_tiers.c.merchant_id == unit.merchant_id, member_tiers.c.member_id.between(_next(after), last))
    _add_missing(unit, programme, day, after, last)
    unit.connection.execute(sa.select(sa.literal(1)).where(*here).order_by(member_tiers.c.member_id).with_for_update())
    decided = _decided(unit, programme, day, here)
    row = unit.connection.execute(
        sa.select(sa.func.count().label("members"), _changes(decided).label("changed"))
        .select_from(decided)
        .add_cte(_put(unit, decided, day), _told(unit, programme, decided))
    ).one()
    return Reviewed(row.members, row.changed, last if row.members >= batch else None)


def _next(member_id: UUID) -> UUID:
    return UUID(int=member_id.int + 1)


def _last_of_batch(unit: Unit, after: UUID, batch: int) -> UUID | None:
    member = members.members_relation().c
    ids = (
        sa.select(member.member_id)
        .where(member.merchant_id == unit.merchant_id, member.member_id > after)
        .order_by(member.member_id)
        .limit(batch)
        .subquery()
    )
    return unit.connection.scalar(sa.select(ids.c.member_id).order_by(ids.c.member_id.desc()).limit(1))


def _add_missing(unit: Unit, programme: Programme, day: date, after: UUID, last: UUID) -> None:
    """Members who have no row yet start in the base tier."""
    member = members.members_relation().c
    known = sa.select(sa.literal(1)).where(
        member_tiers.c.merchant_id == unit.merchant_id, member_tiers.c.member_id == member.member_id
    )
    columns = ["merchant_id", "member_id", "tier_id", "growth", "since", "reviewed_on"]
    rows = (
        sa.select(
            sa.literal(unit.merchant_id),
            member.member_id,
            sa.literal(programme.base_tier.tier_id),
            sa.literal(0),
            sa.literal(unit.now()),
            sa.literal(day),
        )
        .where(member.merchant_id == unit.merchant_id, member.member_id.between(_next(after), last), ~known.exists())
        .order_by(member.member_id)
    )
    unit.connection.execute(insert(member_tiers).from_select(columns, rows).on_conflict_do_nothing())


def _decided(unit: Unit, programme: Programme, day: date, here: tuple[sa.ColumnElement[bool], ...]) -> sa.CTE:
    """Each member of the batch: growth in the window, the tier before and the tier that follows.

    Growth is added up member by member along the index that holds it, which costs the same whatever the planner
    believes about tables that were filled a moment ago.
    """
    move, held = ledger.movements_relation().c, member_tiers.c
    since, until = window_bounds(programme, day)
    window = (
        sa.select(sa.cast(sa.func.sum(move.amount), sa.BigInteger).label("growth"))
        .where(
            move.merchant_id == unit.merchant_id,
            move.member_id == held.member_id,
            move.asset == Asset.GROWTH.value,
            move.at >= since,
            move.at < until,
        )
        .lateral("grown")
    )
    growth = sa.func.coalesce(window.c.growth, 0)
    reached = [(growth >= tier.threshold_growth, tier.tier_id) for tier in reversed(programme.tiers[1:])]
    follows = (
        sa.case(*reached, else_=programme.base_tier.tier_id) if reached else sa.literal(programme.base_tier.tier_id)
    )
    return (
        sa.select(
            held.member_id,
            held.tier_id.label("before_id"),
            sa.cast(follows, sa.Uuid).label("after_id"),
            growth.label("growth"),
        )
        .join_from(member_tiers, window, sa.true())
        .where(*here)
        .cte("decided")
        .prefix_with("MATERIALIZED")
    )


def _changes(decided: sa.CTE) -> sa.ColumnElement[int]:
    return sa.func.count().filter(decided.c.before_id != decided.c.after_id)


def _put(unit: Unit, decided: sa.CTE, day: date) -> sa.CTE:
    held = member_tiers.c
    return (
        member_tiers.update()
        .where(held.merchant_id == unit.merchant_id, held.member_id == decided.c.member_id)
        .values(
            tier_id=decided.c.after_id,
            growth=decided.c.growth,
            since=sa.case((held.tier_id == decided.c.after_id, held.since), else_=sa.literal(unit.now())),
            reviewed_on=day,
        )
        .cte("put")
    )


def _told(unit: Unit, programme: Programme, decided: sa.CTE) -> sa.CTE:
    codes = {tier.tier_id: tier.code for tier in programme.tiers}
    now = sa.literal(unit.now())
    columns = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    rows = sa.select(
        sa.literal(unit.merchant_id),
        fresh_id("now()"),
        sa.literal("tier.changed"),
        decided.c.member_id,
        decided.c.member_id,
        now,
        sa.func.jsonb_build_object(
            "from", sa.case(codes, value=decided.c.before_id), "to", sa.case(codes, value=decided.c.after_id)
        ),
    ).where(decided.c.before_id != decided.c.after_id)
    return domain_events.insert().from_select(columns, rows).cte("told")
