"""What domains ask of those beside and above them, answered."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from shuke.audience import service as audience
from shuke.checkout import service as checkout
from shuke.events import service as events
from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.service import LoyaltyHooks
from shuke.members import service as members
from shuke.members.hooks import MemberHooks
from shuke.members.model import Member
from shuke.offers import service as offers
from shuke.offers.hooks import OfferHooks
from shuke.stored_value import service as stored_value
from shuke.tenancy.hooks import Hooks


def has_orders(unit: Unit) -> bool:
    """Whether the merchant's books are open."""
    return checkout.has_orders(unit)


def open_programme(unit: Unit) -> None:
    """A new merchant starts with the default tiers and earn rules."""
    loyalty.create_default_programme(unit)


def welcome(unit: Unit, member: Member) -> None:
    """What campaigns give to whoever joins. Gifts of benefits follow within a minute (entrypoints/giving.py)."""
    offers.on_activation(unit, member.member_id)


DOMAINS_THAT_TELL = (members, checkout, ledger, loyalty, offers, stored_value, events)

MEMBER_HOOKS = MemberHooks(
    on_joining=welcome,
    users_of_attribute=audience.finding_by,
    tell_about=tuple(domain.tell_about for domain in DOMAINS_THAT_TELL),
)


def member_hooks(lake: Path) -> MemberHooks:
    """With what is reckoned of members, which is in the lake."""
    return replace(MEMBER_HOOKS, tell_about=(*MEMBER_HOOKS.tell_about, partial(audience.tell_about, lake)))


HOOKS = Hooks(has_orders=has_orders, on_opening=open_programme)


def tier_ids(unit: Unit, _ids: Collection[UUID]) -> Collection[UUID]:
    try:
        return {tier.tier_id for tier in loyalty.programme(unit).tiers}
    except NoProgramme:
        return ()


def plan_ids(unit: Unit, _ids: Collection[UUID]) -> Collection[UUID]:
    try:
        return {plan.plan_id for plan in loyalty.programme(unit).plans}
    except NoProgramme:
        return ()


def members_in_tiers(unit: Unit, tiers: Collection[UUID]) -> sa.Select[tuple[UUID]]:
    """Who was never reviewed is in the base tier."""
    member, held = members.members_relation().c, loyalty.member_tiers_relation().c
    tier = sa.func.coalesce(held.tier_id, sa.literal(loyalty.programme(unit).base_tier.tier_id, sa.Uuid))
    return (
        sa.select(member.member_id)
        .outerjoin_from(
            members.members_relation(),
            loyalty.member_tiers_relation(),
            sa.and_(held.merchant_id == member.merchant_id, held.member_id == member.member_id),
        )
        .where(member.merchant_id == unit.merchant_id, tier.in_(list(tiers)))
    )


OFFER_HOOKS = OfferHooks(tiers=tier_ids, plans=plan_ids, in_tiers=members_in_tiers)


def template_ids(unit: Unit, ids: Collection[UUID]) -> Collection[UUID]:
    """Coupon templates that are published: what benefits can give."""
    return {template_id for template_id in ids if template_id in offers.live(unit).templates}


LOYALTY_HOOKS = LoyaltyHooks(templates=template_ids)
