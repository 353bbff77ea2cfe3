"""Gifts fall due: one row in `benefit_grants` for each benefit, member and occasion, whoever asks how often.

A grant says what is owed; whoever knows coupons gives it (entrypoints/worker.py).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.loyalty.model import Benefit, CouponPack, Occasion, PackItem, PartnerCode, Programme, Tier, Timing
from shuke.loyalty.tables import benefit_grants

Column = sa.ColumnElement[Any]

_CONTENT = TypeAdapter(tuple[PackItem, ...])

GRANTED = "benefit.due"
"""The event that tells of a grant."""


def gifts(programme: Programme, *occasions: Occasion) -> Iterator[tuple[Benefit, Timing]]:
    """Benefits that give something on one of these occasions."""
    for benefit in programme.benefits:
        if isinstance(benefit.effect, CouponPack | PartnerCode) and benefit.effect.timing.occasion in occasions:
            yield benefit, benefit.effect.timing


def content_of(benefit: Benefit) -> list[dict[str, object]]:
    """What a grant of `benefit` gives, as its row keeps it: later changes of the programme leave it alone."""
    coupons = benefit.effect.coupons if isinstance(benefit.effect, CouponPack) else ()
    return list(_CONTENT.dump_python(coupons, mode="json"))


def coupons_in(content: object) -> tuple[PackItem, ...]:
    return _CONTENT.validate_python(content)


def grant(unit: Unit, benefit: Benefit, who: sa.Select[Any]) -> sa.CTE:
    """A part of a statement: `benefit` falls due for each row (`member_id`, `occasion`) of `who`, if it did not yet."""
    name = benefit.benefit_id.hex
    member = who.subquery(f"who_{name}")
    columns = ["merchant_id", "grant_id", "benefit_id", "member_id", "occasion", "kind", "content", "due_at"]
    rows = sa.select(
        sa.literal(unit.merchant_id),
        fresh_id("now()"),
        sa.literal(benefit.benefit_id),
        member.c.member_id,
        member.c.occasion,
        sa.literal(benefit.effect.kind),
        sa.literal(content_of(benefit), benefit_grants.c.content.type),
        sa.literal(unit.now()),
    )
    made = insert(benefit_grants).from_select(columns, rows).on_conflict_do_nothing()
    return made.returning(benefit_grants.c.grant_id, benefit_grants.c.member_id).cte(f"granted_{name}")


def told(unit: Unit, benefit: Benefit, granted: sa.CTE, occasion: Occasion) -> sa.CTE:
    """A part of a statement: an event for each grant made."""
    columns = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    payload = {"benefit": benefit.code, "kind": benefit.effect.kind, "occasion": occasion.value}
    rows = sa.select(
        sa.literal(unit.merchant_id),
        fresh_id("now()"),
        sa.literal(GRANTED),
        granted.c.grant_id,
        granted.c.member_id,
        sa.literal(unit.now()),
        sa.literal(payload, domain_events.c.payload.type),
    )
    return domain_events.insert().from_select(columns, rows).cte(f"told_{benefit.benefit_id.hex}")


def run(unit: Unit, benefit: Benefit, who: sa.Select[Any], of: Occasion) -> int:
    """Grant to each row (`member_id`, `occasion`) of `who`, in one statement; how many were new."""
    granted = grant(unit, benefit, who)
    count = sa.select(sa.func.count()).select_from(granted).add_cte(told(unit, benefit, granted, of))
    return unit.connection.scalar(count) or 0


def grant_to(unit: Unit, benefit: Benefit, member_ids: Sequence[UUID], occasion: str, of: Occasion) -> int:
    """Grant to named members; how many were new."""
    ids = sa.func.unnest(sa.literal(list(member_ids), sa.ARRAY(sa.Uuid)))
    return run(unit, benefit, sa.select(ids.label("member_id"), sa.literal(occasion).label("occasion")), of)


def upgrade_occasion(tier: Tier, day: date) -> str:
    """Once for each tier and calendar year, however often somebody falls and rises."""
    return f"upgrade:{tier.code}:{day.year}"


def grant_upgrade(unit: Unit, programme: Programme, member_id: UUID, tier: Tier, day: date) -> None:
    """What reaching `tier` brings one member."""
    for benefit, _ in gifts(programme, Occasion.UPGRADE):
        if tier.tier_id in benefit.holders.tiers:
            grant_to(unit, benefit, [member_id], upgrade_occasion(tier, day), Occasion.UPGRADE)


def upgrade_grants(unit: Unit, programme: Programme, decided: sa.CTE, day: date) -> list[sa.CTE]:
    """Parts of the review's statement: what those who rose in `decided` are given."""
    parts = []
    for benefit, _ in gifts(programme, Occasion.UPGRADE):
        ranks = {tier.rank: tier for tier in programme.tiers if tier.tier_id in benefit.holders.tiers}
        if not ranks:
            continue
        occasions = {rank: upgrade_occasion(tier, day) for rank, tier in ranks.items()}
        who = sa.select(
            decided.c.member_id, sa.case(occasions, value=decided.c.after, else_=sa.null()).label("occasion")
        ).where(decided.c.after > decided.c.before, decided.c.after.in_(list(ranks)))
        granted = grant(unit, benefit, who)
        parts += [granted, told(unit, benefit, granted, Occasion.UPGRADE)]
    return parts
