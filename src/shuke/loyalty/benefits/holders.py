"""Who holds a benefit, as a part of a query."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.loyalty.model import Benefit, Programme
from shuke.loyalty.tables import member_benefits, member_tiers, subscriptions
from shuke.members import service as members
from shuke.members.model import MemberStatus

MEMBER = members.members_relation().c


def holders_of(unit: Unit, programme: Programme, benefit: Benefit) -> list[sa.ColumnElement[bool]]:
    """Conditions on `MEMBER`: an active member who has `benefit` by tier, plan, tag or in person."""
    grounds = [_in_person(unit, benefit)]
    if benefit.holders.plans:
        grounds.append(_by_plan(unit, benefit))
    if benefit.holders.tiers:
        grounds += _by_tier(unit, programme, benefit)
    if benefit.holders.tags:
        grounds.append(MEMBER.member_id.in_(members.with_tags(unit, benefit.holders.tags, unit.now())))
    return [
        MEMBER.merchant_id == unit.merchant_id,
        MEMBER.status == MemberStatus.ACTIVE.value,
        sa.or_(*grounds),
    ]


def _by_tier(unit: Unit, programme: Programme, benefit: Benefit) -> list[sa.ColumnElement[bool]]:
    held = member_tiers.c
    mine = sa.select(sa.literal(1)).where(held.merchant_id == unit.merchant_id, held.member_id == MEMBER.member_id)
    grounds: list[sa.ColumnElement[bool]] = [mine.where(held.tier_id.in_(list(benefit.holders.tiers))).exists()]
    if programme.base_tier.tier_id in benefit.holders.tiers:
        grounds.append(~mine.exists())
    return grounds


def _by_plan(unit: Unit, benefit: Benefit) -> sa.ColumnElement[bool]:
    table, now = subscriptions.c, unit.now()
    return (
        sa.select(sa.literal(1))
        .where(
            table.merchant_id == unit.merchant_id,
            table.member_id == MEMBER.member_id,
            table.plan_id.in_(list(benefit.holders.plans)),
            table.status == "active",
            table.starts_at <= now,
            table.ends_at > now,
        )
        .exists()
    )


def _in_person(unit: Unit, benefit: Benefit) -> sa.ColumnElement[bool]:
    table, now = member_benefits.c, unit.now()
    return (
        sa.select(sa.literal(1))
        .where(
            table.merchant_id == unit.merchant_id,
            table.member_id == MEMBER.member_id,
            table.benefit_id == benefit.benefit_id,
            table.starts_at <= now,
            sa.or_(table.ends_at.is_(None), table.ends_at > now),
        )
        .exists()
    )


def who(
    unit: Unit, programme: Programme, benefit: Benefit, occasion: str, *more: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    """Holders who meet `more`, with the occasion: what `granting` takes."""
    return (
        sa.select(MEMBER.member_id, sa.literal(occasion).label("occasion"))
        .where(*holders_of(unit, programme, benefit), *more)
        .order_by(MEMBER.member_id)
    )
