"""Whether an offer holds here, now and for this customer; if not, why."""

from shuke.checkout.settlement.model import Customer, Situation, Why
from shuke.kernel.conditions import Audience, Conditions, Who
from shuke.offers.model import UNCONDITIONAL, Remaining


def unmet(conditions: Conditions, customer: Customer, situation: Situation) -> Why | None:
    """The first condition that does not hold; None when all do. What lies furthest from her comes first."""
    if conditions is UNCONDITIONAL:
        return None
    if conditions.stores and situation.store_id not in conditions.stores:
        return Why.OTHER_STORE
    if conditions.channels and situation.channel not in conditions.channels:
        return Why.OTHER_CHANNEL
    window = conditions.window
    if window.starts_at is not None and situation.now < window.starts_at:
        return Why.NOT_YET
    if window.ends_at is not None and situation.now >= window.ends_at:
        return Why.EXPIRED
    if not window.holds_local(situation.now, situation.local):
        return Why.OTHER_TIME
    return _not_addressed(conditions.audience, customer, situation)


def _not_addressed(audience: Audience, customer: Customer, situation: Situation) -> Why | None:
    if audience.members_only and not customer.member:
        return Why.JOIN
    if audience.who is Who.FIRST_ORDER and not customer.first_order:
        return Why.OTHER_PEOPLE
    if (
        (audience.tiers and customer.tier_id not in audience.tiers)
        or (audience.plans and audience.plans.isdisjoint(customer.plans))
        or (audience.tags and audience.tags.isdisjoint(customer.tags))
    ):
        return Why.OTHER_PEOPLE
    if audience.birthday is not None:
        birthday = customer.birthday
        if birthday is None or not audience.birthday.holds(birthday, situation.local.date()):
            return Why.OTHER_PEOPLE
    return None


def exhausted(left: Remaining | None) -> Why | None:
    """Whether the limits leave nothing: to anybody, or to her."""
    if left is None:
        return None
    if left.uses == 0 or left.budget_minor == 0:
        return Why.USED_UP
    if left.uses_of_member == 0 or left.pieces_of_member == 0:
        return Why.YOUR_LIMIT
    return None
