"""Programmes, earning, tiers, benefits, plans and families, as other domains use them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.loyalty import review, rules, standings, store
from shuke.loyalty.about import tell_about
from shuke.loyalty.audit import audit
from shuke.loyalty.benefits.giving import Pack, due_packs, finish
from shuke.loyalty.benefits.giving import give_codes as hand_out_codes
from shuke.loyalty.benefits.holding import asking_rights, rights_of
from shuke.loyalty.benefits.occasions import grant_day, grant_joining
from shuke.loyalty.benefits.using import give_back_purchases, purchases_of, use_purchases
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.earning import TakenBack, already, on_order, on_refund, worth
from shuke.loyalty.erasing import ERASES
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.families.sharing import pass_over, wallet_for
from shuke.loyalty.families.store import closed as closed_families
from shuke.loyalty.history import post_history
from shuke.loyalty.merging import MOVES
from shuke.loyalty.model import Already, Earnable, Earned, Programme, Progress, Purchase, Rights, Standing
from shuke.loyalty.plans.store import expire as expire_plans
from shuke.loyalty.plans.subscribing import Paid as PlanPaid
from shuke.loyalty.plans.subscribing import held as held_plan
from shuke.loyalty.plans.subscribing import open_plan, require_plan_for, require_renewable
from shuke.loyalty.plans.subscribing import preview_upgrade as preview_plan_upgrade
from shuke.loyalty.plans.subscribing import renew as renew_plan
from shuke.loyalty.plans.subscribing import upgrade as upgrade_plan
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.publishing.hooks import LoyaltyHooks
from shuke.loyalty.relations import member_tiers_relation, plan_windows_relation, tiers_relation
from shuke.loyalty.review import Reviewed
from shuke.loyalty.rules.rights import exclusive, plan_rules
from shuke.tenancy import service as tenancy

__all__ = [
    "ERASES",
    "MOVES",
    "LoyaltyHooks",
    "Pack",
    "PlanPaid",
    "TakenBack",
    "already",
    "asking_rights",
    "audit",
    "closed_families",
    "create_default_programme",
    "due_packs",
    "earn",
    "exclusive",
    "expire_plans",
    "finish",
    "give_back_purchases",
    "give_codes",
    "grant_gifts_of",
    "grant_joining_gifts",
    "held_plan",
    "member_tiers_relation",
    "members_by_tier",
    "on_order",
    "on_refund",
    "open_plan",
    "pass_over",
    "plan_rules",
    "plan_windows_relation",
    "post_history",
    "preview_plan_upgrade",
    "programme",
    "progress",
    "purchases_of",
    "renew_plan",
    "require_plan_for",
    "require_renewable",
    "review_all",
    "review_batch",
    "rights",
    "standing",
    "tell_about",
    "tiers_relation",
    "upgrade_plan",
    "use_purchases",
    "wallet_for",
    "worth",
]


def create_default_programme(unit: Unit) -> Programme:
    """Give the merchant the default programme, unless it has one; returns what it has now."""
    merchant = tenancy.merchant(unit)
    made = default_programme(merchant.currency, merchant.timezone)
    if not programmes.add(unit, made, unit.now()):
        return programme(unit)
    after = {"tiers": [tier.code for tier in made.tiers]}
    tenancy.record_change(unit, "programme.created", "programme", unit.merchant_id, None, after)
    return made


def programme(unit: Unit) -> Programme:
    """The merchant's programme as it is live; raises NoProgramme."""
    found = programmes.live(unit)
    if found is None:
        raise NoProgramme
    return found


def earn(of: Programme, rights: Rights, bought: Purchase, before: Mapping[Earnable, Already] | None = None) -> Earned:
    """What a purchase would earn. `before` is what `already` says, where caps matter."""
    return rules.earn(of, rights, bought, before or {})


def rights(unit: Unit, member_id: UUID, of: Programme | None = None, at: datetime | None = None) -> Rights:
    """What the member may at the till: tier, plans, tags, benefits. One round trip."""
    return rights_of(unit, of or programme(unit), member_id, at or unit.now())


def standing(unit: Unit, member_id: UUID, of: Programme | None = None) -> Standing:
    """The member's tier; the base tier for who has none on record."""
    return store.standing(unit, of or programme(unit), member_id)


def progress(unit: Unit, member_id: UUID, of: Programme | None = None) -> Progress:
    """How far the member is from the next tier, and what it takes to keep the present one."""
    return standings.progress(unit, of or programme(unit), member_id)


def review_all(unit: Unit, day: date) -> Reviewed:
    """Review every member's tier for the business day `day`, in this unit of work."""
    return review.review_all(unit, programme(unit), day)


def review_batch(unit: Unit, day: date, after: UUID, batch: int = review.BATCH) -> Reviewed:
    """Review the next members; a crowd is best worked off in one unit of work per batch."""
    return review.review_batch(unit, programme(unit), day, after, batch)


def members_by_tier(unit: Unit, of: Programme) -> dict[UUID, int]:
    """How many members each tier has; who was never reviewed is in the base tier."""
    return store.members_by_tier(unit, of.base_tier.tier_id)


def grant_joining_gifts(unit: Unit) -> int:
    """Gifts for those who joined lately fall due; how many were new."""
    return grant_joining(unit, programme(unit))


def grant_gifts_of(unit: Unit, day: date) -> int:
    """Gifts whose occasion is `day` fall due: birthdays, festivals, months; how many were new."""
    return grant_day(unit, programme(unit), day)


def give_codes(unit: Unit) -> int:
    """Partners' codes that are due are given, as far as there are any; how many were."""
    return hand_out_codes(unit, programme(unit))
