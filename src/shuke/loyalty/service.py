"""Earning, tiers and progress, as other domains use them."""

from datetime import date, datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import review, rules, store
from shuke.loyalty.audit import audit
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.history import post_history
from shuke.loyalty.model import Earned, Programme, Progress, Rewards, Standing, Tier, TierChange
from shuke.loyalty.relations import member_tiers_relation, tiers_relation
from shuke.loyalty.review import Reviewed
from shuke.loyalty.rules import earn
from shuke.tenancy import service as tenancy

__all__ = [
    "audit",
    "create_default_programme",
    "earn",
    "member_tiers_relation",
    "members_by_tier",
    "on_order",
    "post_history",
    "programme",
    "progress",
    "review_all",
    "review_batch",
    "spend_points",
    "standing",
    "tiers_relation",
]


def create_default_programme(unit: Unit) -> Programme:
    """Give the merchant the default programme, unless it has one; returns what it has now."""
    merchant = tenancy.merchant(unit)
    made = default_programme(merchant.currency, merchant.timezone)
    if not store.add_programme(unit, made):
        return programme(unit)
    after = {"tiers": [tier.code for tier in made.tiers]}
    tenancy.record_change(unit, "programme.created", "programme", unit.merchant_id, None, after)
    return made


def programme(unit: Unit) -> Programme:
    """The merchant's programme; raises NoProgramme."""
    merchant = tenancy.merchant(unit)
    found = store.programme(unit, merchant.currency, merchant.timezone)
    if found is None:
        raise NoProgramme
    return found


def standing(unit: Unit, member_id: UUID, of: Programme | None = None) -> Standing:
    """The member's tier; who has never been reviewed is in the base tier. `of` saves reading the programme again."""
    rules_of = of or programme(unit)
    found = store.tier_of(unit, member_id)
    return Standing(rules_of.base_tier) if found is None else Standing(rules_of.tier(found[0]), found[1])


def progress(unit: Unit, member_id: UUID, of: Programme | None = None) -> Progress:
    """How far the member is on the way up, and what it takes not to slide down."""
    rules_of = of or programme(unit)
    today = business_day(unit.now(), rules_of.timezone)
    first = rules.window_start(today, rules_of.growth_window_months)
    days = store.growth_by_day(unit, member_id, rules.day_start(first, rules_of.timezone), rules_of.timezone)
    return rules.progress(rules_of, standing(unit, member_id, rules_of).tier, days, today)


def spend_points(unit: Unit, member_id: UUID, order_id: UUID, points: int, at: datetime) -> None:
    """Take points for an order. Raises NotEnough and AlreadyPosted."""
    move = Move(member_id, Asset.POINTS, -points, Account.SPENT)
    ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, at, (move,)))


def on_order(
    unit: Unit,
    member_id: UUID,
    order_id: UUID,
    paid_minor: int,
    at: datetime,
    *,
    points_spent: int = 0,
    of: Programme | None = None,
    tier: Tier | None = None,
) -> Rewards:
    """Book what a settled order means for the member: points spent and earned, growth, and the tier it reaches.

    Earns by `tier`, the one the member was in when the order was quoted; `of` and `tier` save reading them again.
    A higher tier starts at once. Raises NotEnough and AlreadyPosted.
    """
    rules_of = of or programme(unit)
    earned = rules.earn(rules_of, tier or standing(unit, member_id, rules_of).tier, paid_minor)
    entries = _entries(rules_of, member_id, order_id, earned, points_spent, at)
    if not entries:
        return Rewards()
    ledger.post(unit, *entries)
    change = _lift(unit, rules_of, member_id, at) if earned.growth else None
    return Rewards(earned.points, earned.growth, change)


def _entries(
    of: Programme, member_id: UUID, order_id: UUID, earned: Earned, points_spent: int, at: datetime
) -> list[Entry]:
    entries = []
    if points_spent:
        move = Move(member_id, Asset.POINTS, -points_spent, Account.SPENT)
        entries.append(Entry(Kind.ORDER_SPENT, order_id, at, (move,)))
    gains = []
    if earned.points:
        gains.append(Move(member_id, Asset.POINTS, earned.points, Account.EARNED, rules.expires_at(of, at)))
    if earned.growth:
        gains.append(Move(member_id, Asset.GROWTH, earned.growth, Account.EARNED))
    if gains:
        entries.append(Entry(Kind.ORDER_EARNED, order_id, at, tuple(gains)))
    return entries


def _lift(unit: Unit, of: Programme, member_id: UUID, at: datetime) -> TierChange | None:
    """Put the member into the tier that growth reaches, if that is a higher one."""
    today = business_day(unit.now(), of.timezone)
    since, until = rules.window_bounds(of, today)
    tier_id, growth = store.hold_tier(unit, member_id, since, until)
    before = of.base_tier if tier_id is None else of.tier(tier_id)
    after = rules.tier_for(of, growth)
    if tier_id is not None and after.rank <= before.rank:
        return None
    store.put_tier(unit, member_id, after.tier_id, growth, at, today)
    if after == before:
        return None
    payload = {"from": before.code, "to": after.code}
    emit(unit, "tier.changed", member_id, payload, member_id=member_id, occurred_at=at)
    return TierChange(before, after)


def review_all(unit: Unit, day: date) -> Reviewed:
    """Review every member's tier for the business day `day`, in this unit of work."""
    return review.review_all(unit, programme(unit), day)


def review_batch(unit: Unit, day: date, after: UUID, batch: int = review.BATCH) -> Reviewed:
    """Review the next members; a crowd is best worked off in one unit of work per batch."""
    return review.review_batch(unit, programme(unit), day, after, batch)


def members_by_tier(unit: Unit, of: Programme) -> dict[UUID, int]:
    """How many members each tier has; who was never reviewed is in the base tier."""
    return store.members_by_tier(unit, of.base_tier.tier_id)
