"""Which benefits a member has, and what they come to at the till. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shuke.catalog.model import Scope
from shuke.loyalty.model import (
    FREE_DELIVERY,
    Benefit,
    DeliveryFree,
    DiscountRate,
    Entitlement,
    ExclusiveProducts,
    Ground,
    Held,
    LimitedPurchase,
    MemberPrices,
    MorePoints,
    PointsMultiplier,
    PriceRight,
    Programme,
    PurchaseRight,
    RateRight,
    Rights,
    Tier,
    Uses,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a member: plans and benefits given in person, each with its end, and uses by benefit and
    turn."""

    tier: Tier
    plans: Mapping[UUID, datetime]
    own: Mapping[UUID, datetime | None]
    used: Mapping[tuple[UUID, str], int]
    tags: frozenset[str] = frozenset()
    family_id: UUID | None = None


def held(programme: Programme, facts: Facts) -> list[Held]:
    """Benefits a member has, each on the first ground that gives it: tier, plan, tag, in person."""
    found = (_held(programme, benefit, facts) for benefit in programme.benefits)
    return [item for item in found if item is not None]


def _held(programme: Programme, benefit: Benefit, facts: Facts) -> Held | None:
    holders = benefit.holders
    if facts.tier.tier_id in holders.tiers:
        return Held(benefit, Ground.TIER, facts.tier.code)
    plans = [plan for plan in programme.plans if plan.plan_id in holders.plans and plan.plan_id in facts.plans]
    if plans:
        longest = max(plans, key=lambda plan: facts.plans[plan.plan_id])
        return Held(benefit, Ground.PLAN, longest.code, facts.plans[longest.plan_id])
    if tags := holders.tags & facts.tags:
        return Held(benefit, Ground.TAG, min(tags))
    if benefit.benefit_id in facts.own:
        return Held(benefit, Ground.PERSON, "", facts.own[benefit.benefit_id])
    return None


def uses(benefit: Benefit, used: Mapping[tuple[UUID, str], int], day: date) -> Uses | None:
    """How often a benefit was used in the present turn; None for those that are not counted."""
    match benefit.effect:
        case Entitlement(count=most, period=period):
            pass
        case LimitedPurchase(pieces=most, period=period):
            pass
        case _:
            return None
    turn = period.turn(day)
    done = used.get((benefit.benefit_id, turn), 0)
    return Uses(turn, done, None if most is None else max(most - done, 0))


def rule_of(benefit: Benefit) -> str:
    """What adjustments by right of a benefit are called."""
    return FREE_DELIVERY if isinstance(benefit.effect, DeliveryFree) else f"benefit:{benefit.code}"


def plan_rules(programme: Programme) -> dict[UUID, list[str]]:
    """The rules that each plan's benefits bring to the till."""
    return {
        plan.plan_id: [rule_of(benefit) for benefit in programme.benefits if plan.plan_id in benefit.holders.plans]
        for plan in programme.plans
    }


def rights(programme: Programme, facts: Facts, day: date) -> Rights:
    """What a member may at the till on `day`."""
    has = held(programme, facts)
    mine = {item.benefit.benefit_id for item in has}
    discounts, prices, multipliers, purchases = [], [], [], []
    closed: list[Scope] = []
    opened: list[Scope] = []
    delivery: list[int] = []
    for benefit in programme.benefits:
        if isinstance(benefit.effect, ExclusiveProducts):
            (opened if benefit.benefit_id in mine else closed).append(benefit.effect.scope)
        if benefit.benefit_id not in mine:
            continue
        rule = rule_of(benefit)
        match benefit.effect:
            case DiscountRate(off_bps=off, scope=scope):
                discounts.append(RateRight(rule, benefit.name, off, scope))
            case MemberPrices(prices=listed):
                prices.append(PriceRight(rule, benefit.name, listed))
            case MorePoints(bps=bps):
                multipliers.append(PointsMultiplier(rule, benefit.name, bps))
            case DeliveryFree(from_minor=least):
                delivery.append(least)
            case LimitedPurchase(scope=scope, price_minor=price):
                counted = uses(benefit, facts.used, day)
                left = counted.left if counted else None
                purchases.append(PurchaseRight(benefit.benefit_id, rule, benefit.name, scope, left or 0, price))
    return Rights(
        tier=facts.tier,
        plans=frozenset(facts.plans),
        tags=facts.tags,
        discounts=tuple(discounts),
        prices=tuple(prices),
        multipliers=tuple(multipliers),
        purchases=tuple(purchases),
        closed=tuple(closed),
        opened=tuple(opened),
        free_delivery_from_minor=min(delivery, default=None),
        held=tuple(has),
        family_id=facts.family_id,
    )


def exclusive(programme: Programme) -> tuple[Scope, ...]:
    """Goods that somebody who is no member may not buy."""
    effects = (benefit.effect for benefit in programme.benefits)
    return tuple(effect.scope for effect in effects if isinstance(effect, ExclusiveProducts))
