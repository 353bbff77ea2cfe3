"""The nightly review: every member's tier follows from growth in the window that decides on the day reviewed.

Set-based, in batches along the member ids. First it looks which rows would change, then it holds those and decides
again. A settlement that lifts a member holds that member's row too; so neither can overwrite what the other has seen
and it has not. Rows that are right already are not written: their `reviewed_on` stays, and holds for that day.
What it decides is `rules.decide`, in SQL; a property test holds the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.loyalty.benefits.granting import upgrade_grants
from shuke.loyalty.model import Fall, Programme
from shuke.loyalty.tables import member_tiers
from shuke.loyalty.windows import deciding_growth, term_columns
from shuke.members import service as members
from shuke.members.model import MemberStatus

BATCH = 50_000
"""Members reviewed in one go."""

_PLACE: sa.ColumnElement[Any] = sa.literal_column("member_tiers.ctid")
"""Where the row lies: a row that is held stays there, and to find it again by that costs the same however little the
planner knows of tables that were filled a moment ago. Joined by id, a first review took the square of its members."""


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
    _add_missing(unit, programme, day, after, last)
    held = member_tiers.c
    batch_of = (held.merchant_id == unit.merchant_id, held.member_id.between(_next(after), last))
    reviewed, wrong = _differing(unit, programme, day, batch_of)
    changed = 0 if wrong is None else _write(unit, programme, day, batch_of, wrong)
    return Reviewed(reviewed, changed, last if reviewed >= batch else None)


def review_members(unit: Unit, programme: Programme, day: date, member_ids: Sequence[UUID]) -> None:
    """Review these members who have a row, which nobody else can change; without gifts."""
    held = member_tiers.c
    here = (held.merchant_id == unit.merchant_id, held.member_id.in_(member_ids))
    decided = decisions(unit, programme, day, here)
    changed = sa.select(_changes(decided)).add_cte(
        _put(programme, decided, day, unit.now(), here), _told(unit, programme, decided)
    )
    unit.connection.execute(changed)


def _differing(
    unit: Unit, programme: Programme, day: date, here: tuple[sa.ColumnElement[bool], ...]
) -> tuple[int, str | None]:
    """How many members there are, and which of them have another row than the review of `day` would leave: their ids
    as one text, which goes back as it is, or None.

    Nothing is held: most nights most rows stay as they are, and to hold a row is to write it.
    """
    row = decisions(unit, programme, day, here).c
    differs = sa.or_(
        row.before != row.after, row.growth != row.growth_was, row.kept_until.is_distinct_from(row.kept_until_was)
    )
    wrong = sa.cast(sa.func.array_agg(row.member_id).filter(differs), sa.Text)
    found = unit.connection.execute(sa.select(sa.func.count().label("members"), wrong.label("wrong"))).one()
    return found.members, found.wrong


def _write(
    unit: Unit, programme: Programme, day: date, batch_of: tuple[sa.ColumnElement[bool], ...], wrong: str
) -> int:
    """Hold the rows, decide again now that nobody else can, and write; how many tiers changed."""
    held = member_tiers.c
    here = (*batch_of, held.member_id == sa.func.any(_ids(wrong)))
    hold = sa.select(held.member_id).where(*here).order_by(held.member_id).with_for_update().subquery("hold")
    unit.connection.execute(sa.select(sa.func.count()).select_from(hold))
    decided = decisions(unit, programme, day, here)
    changed = sa.select(_changes(decided)).add_cte(
        _put(programme, decided, day, unit.now(), batch_of),
        _told(unit, programme, decided),
        *upgrade_grants(unit, programme, decided, day),
    )
    return unit.connection.scalar(changed) or 0


def _ids(text: str) -> sa.ColumnElement[Any]:
    """Ids from the text of an array of them, which the server reads as what it is cast to, once a statement."""
    return sa.cast(sa.bindparam(None, text, sa.types.NullType()), sa.ARRAY(sa.Uuid))


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
    """Members who have no row yet have been in the base tier since they joined."""
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
            member.joined_at,
            sa.literal(day),
        )
        .where(
            member.merchant_id == unit.merchant_id,
            member.member_id.between(_next(after), last),
            member.status.not_in([MemberStatus.MERGED, MemberStatus.ERASED]),
            ~known.exists(),
        )
        .order_by(member.member_id)
    )
    unit.connection.execute(insert(member_tiers).from_select(columns, rows).on_conflict_do_nothing())


def decisions(
    unit: Unit,
    programme: Programme,
    day: date,
    here: tuple[sa.ColumnElement[bool], ...],
    *,
    ranks: Mapping[UUID, int] | None = None,
    graced: bool = True,
) -> sa.CTE:
    """Each member with a row `here`: `growth` that decides, the ranks `before` and `after`, and `kept_until`; the row's
    `place`, and its `growth_was` and `kept_until_was`.

    `ranks` says what rank tiers on record have; without `graced`, grace that runs already is left out of account.
    """
    held, member = member_tiers.c, members.members_relation().c
    of = term_columns(programme, day, member.joined_at, held.since)
    grown = deciding_growth(unit, programme, held.member_id, of, day)
    tables: sa.FromClause = member_tiers
    if of.before is not None:
        tables = tables.join(
            members.members_relation(),
            sa.and_(member.merchant_id == held.merchant_id, member.member_id == held.member_id),
        )
    before = rank_of(programme, held.tier_id) if ranks is None else _rank(ranks, held.tier_id)
    reached = reached_rank(programme, grown.c.growth)
    facts = (
        sa.select(
            held.member_id,
            before.label("before"),
            reached.label("reached"),
            grown.c.growth,
            (held.kept_until if graced else sa.cast(sa.null(), sa.Date)).label("kept_until"),
            of.ends.label("ends"),
            of.safe.label("safe"),
            _PLACE.label("place"),
            held.growth.label("growth_was"),
            held.kept_until.label("kept_until_was"),
        )
        .join_from(tables, grown, sa.true())
        .where(*here)
        .cte("facts")
        .prefix_with("MATERIALIZED")
    )
    after, kept_until = _decide(programme, facts, day)
    return (
        sa.select(
            facts.c.member_id,
            facts.c.growth,
            facts.c.before,
            after.label("after"),
            kept_until.label("kept_until"),
            facts.c.place,
            facts.c.growth_was,
            facts.c.kept_until_was,
        )
        .cte("decided")
        .prefix_with("MATERIALIZED")
    )


def rank_of(programme: Programme, tier_id: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return _rank({tier.tier_id: tier.rank for tier in programme.tiers}, tier_id)


def _rank(ranks: Mapping[UUID, int], tier_id: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.cast(sa.case(dict(ranks), value=tier_id, else_=0), sa.Integer)


def reached_rank(programme: Programme, growth: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """`rules.tier_for` as SQL."""
    reached = [(growth >= tier.threshold_growth, tier.rank) for tier in reversed(programme.tiers[1:])]
    return sa.cast(sa.case(*reached, else_=0), sa.Integer) if reached else sa.literal(0)


def _decide(programme: Programme, facts: sa.CTE, day: date) -> tuple[sa.ColumnElement[int], sa.ColumnElement[date]]:
    """`rules.decide` as SQL: the rank after, and the last day of grace."""
    policy, row = programme.growth, facts.c
    nothing = sa.cast(sa.null(), sa.Date)
    fine = sa.or_(row.reached >= row.before, row.safe)
    kept_until = sa.func.coalesce(row.kept_until, sa.literal(day + timedelta(days=policy.grace_days - 1), sa.Date))
    kept = sa.literal(day, sa.Date) <= kept_until
    below = row.reached if policy.fall is Fall.STRAIGHT else row.before - 1
    after = sa.case((fine, sa.func.greatest(row.reached, row.before)), (kept, row.before), else_=below)
    until = sa.case((fine, nothing), (kept, kept_until), (below > row.reached, row.ends), else_=nothing)
    return after, until


def _changes(decided: sa.CTE) -> sa.ColumnElement[int]:
    return sa.func.count().filter(decided.c.before != decided.c.after)


def _put(
    programme: Programme, decided: sa.CTE, day: date, now: datetime, batch_of: tuple[sa.ColumnElement[bool], ...]
) -> sa.CTE:
    held = member_tiers.c
    ids = {tier.rank: tier.tier_id for tier in programme.tiers}
    return (
        member_tiers.update()
        .where(*batch_of, held.member_id == decided.c.member_id, decided.c.place == _PLACE)
        .values(
            tier_id=sa.cast(sa.case(ids, value=decided.c.after), sa.Uuid),
            growth=decided.c.growth,
            since=sa.case((decided.c.before == decided.c.after, held.since), else_=sa.literal(now)),
            kept_until=decided.c.kept_until,
            reviewed_on=day,
        )
        .cte("put")
    )


def _told(unit: Unit, programme: Programme, decided: sa.CTE) -> sa.CTE:
    codes = {tier.rank: tier.code for tier in programme.tiers}
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
            "from", sa.case(codes, value=decided.c.before), "to", sa.case(codes, value=decided.c.after)
        ),
    ).where(decided.c.before != decided.c.after)
    return domain_events.insert().from_select(columns, rows).cte("told")
