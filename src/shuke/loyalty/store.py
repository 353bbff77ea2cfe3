"""The only SQL of programmes and of single members' tiers."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from shuke.loyalty.model import EarnRule, Programme, Tier
from shuke.loyalty.tables import earn_rules, member_tiers, programmes, tiers
from shuke.members import service as members

_PROGRAMME = sa.text(
    """
SELECT growth_window_months, points_per_unit, unit_minor, points_max_share_bps,
  (SELECT jsonb_agg(to_jsonb(t) - 'merchant_id' ORDER BY rank) FROM tiers AS t WHERE merchant_id = :merchant) AS tiers,
  (SELECT jsonb_agg(to_jsonb(r) - 'merchant_id') FROM earn_rules AS r WHERE merchant_id = :merchant) AS rules
FROM programmes WHERE merchant_id = :merchant
"""
)


def programme(unit: Unit, currency: str, timezone: str) -> Programme | None:
    row = unit.connection.execute(_PROGRAMME, {"merchant": unit.merchant_id}).first()
    if row is None:
        return None
    rules = {rule["asset"]: EarnRule(**{**rule, "rule_id": UUID(rule["rule_id"])}) for rule in row.rules}
    return Programme(
        currency=currency,
        timezone=timezone,
        growth_window_months=row.growth_window_months,
        points_per_unit=row.points_per_unit,
        unit_minor=row.unit_minor,
        points_max_share_bps=row.points_max_share_bps,
        tiers=tuple(_tier(tier) for tier in row.tiers),
        points_rule=rules[Asset.POINTS],
        growth_rule=rules[Asset.GROWTH],
    )


def _tier(row: Mapping[str, Any]) -> Tier:
    return Tier(**{**row, "tier_id": UUID(row["tier_id"]), "name": Text(**row["name"])})


def add_programme(unit: Unit, made: Programme) -> bool:
    """Store `made`; False, and nothing changed, when the merchant has a programme."""
    mine = {"merchant_id": unit.merchant_id}
    added = unit.connection.execute(
        insert(programmes)
        .values(
            **mine,
            growth_window_months=made.growth_window_months,
            points_per_unit=made.points_per_unit,
            unit_minor=made.unit_minor,
            points_max_share_bps=made.points_max_share_bps,
        )
        .on_conflict_do_nothing()
        .returning(programmes.c.merchant_id)
    ).first()
    if added is None:
        return False
    unit.connection.execute(tiers.insert(), [{**mine, **asdict(tier)} for tier in made.tiers])
    rules = (made.points_rule, made.growth_rule)
    unit.connection.execute(earn_rules.insert(), [{**mine, **asdict(rule)} for rule in rules])
    return True


def tier_of(unit: Unit, member_id: UUID) -> tuple[UUID, datetime] | None:
    """The tier on record, and since when."""
    table = member_tiers.c
    row = unit.connection.execute(
        sa.select(table.tier_id, table.since).where(table.merchant_id == unit.merchant_id, table.member_id == member_id)
    ).first()
    return None if row is None else (row.tier_id, row.since)


def growth(unit: Unit, member_id: UUID, since: datetime, until: datetime) -> sa.ScalarSelect[int]:
    """Growth posted in `[since, until)`, as a part of a query."""
    move = ledger.movements_relation().c
    return (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(move.amount), 0), sa.BigInteger))
        .where(
            move.merchant_id == unit.merchant_id,
            move.member_id == member_id,
            move.asset == Asset.GROWTH.value,
            move.at >= since,
            move.at < until,
        )
        .scalar_subquery()
    )


def hold_tier(unit: Unit, member_id: UUID, since: datetime, until: datetime) -> tuple[UUID | None, int]:
    """The tier on record (None: none yet), held until the transaction ends, and growth in `[since, until)`."""
    table = member_tiers.c
    window = growth(unit, member_id, since, until)
    row = unit.connection.execute(
        sa.select(table.tier_id, window.label("growth"))
        .where(table.merchant_id == unit.merchant_id, table.member_id == member_id)
        .with_for_update(of=member_tiers)
    ).first()
    if row is None:
        return None, unit.connection.scalar(sa.select(window)) or 0
    return row.tier_id, row.growth


def put_tier(unit: Unit, member_id: UUID, tier_id: UUID, growth: int, since: datetime, today: date) -> None:
    row = insert(member_tiers).values(
        merchant_id=unit.merchant_id,
        member_id=member_id,
        tier_id=tier_id,
        growth=growth,
        since=since,
        reviewed_on=today,
    )
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "member_id"],
            set_={
                "tier_id": row.excluded.tier_id,
                "growth": row.excluded.growth,
                "since": row.excluded.since,
                "reviewed_on": sa.func.greatest(member_tiers.c.reviewed_on, row.excluded.reviewed_on),
            },
        )
    )


def growth_by_day(unit: Unit, member_id: UUID, since: datetime, timezone: str) -> dict[date, int]:
    """Growth posted since then, by the business day of its posting."""
    move = ledger.movements_relation().c
    day = sa.cast(sa.func.timezone(timezone, move.at), sa.Date).label("day")
    rows = unit.connection.execute(
        sa.select(day, sa.cast(sa.func.sum(move.amount), sa.BigInteger).label("amount"))
        .where(
            move.merchant_id == unit.merchant_id,
            move.member_id == member_id,
            move.asset == Asset.GROWTH.value,
            move.at >= since,
        )
        .group_by(sa.text("1"))
    )
    return {row.day: row.amount for row in rows}


def members_by_tier(unit: Unit, base_tier_id: UUID) -> dict[UUID, int]:
    """How many members each tier has; who has no row is in the base tier."""
    member, held = members.members_relation().c, member_tiers.c
    tier_id = sa.func.coalesce(held.tier_id, sa.literal(base_tier_id)).label("tier_id")
    rows = unit.connection.execute(
        sa.select(tier_id, sa.func.count().label("members"))
        .outerjoin_from(
            members.members_relation(),
            member_tiers,
            sa.and_(held.merchant_id == member.merchant_id, held.member_id == member.member_id),
        )
        .where(member.merchant_id == unit.merchant_id)
        .group_by(sa.text("1"))
    )
    return {row.tier_id: row.members for row in rows}
