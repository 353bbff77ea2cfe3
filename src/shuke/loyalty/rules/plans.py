"""What a plan costs, what it is still worth, and what cancelling gives back. Pure. Days are the merchant's."""

from datetime import date, timedelta

from shuke.kernel.clock import months_after
from shuke.kernel.rounding import Rounding, divide
from shuke.loyalty.model import Plan, PlanRefund, Proration, RefundRule, Subscription

_DAY = timedelta(days=1)


def last_day(plan: Plan, first: date) -> date:
    """The last day of a period that begins on `first`."""
    return months_after(first, plan.months) - _DAY


def trial_last_day(plan: Plan, first: date) -> date:
    return first + (plan.trial_days - 1) * _DAY


def next_period(plan: Plan, subscription: Subscription, today: date) -> tuple[date, date]:
    """First and last day of what renewing now buys: behind what is paid for, or from today where that is over."""
    first = max(subscription.ends_on + _DAY, today)
    return first, last_day(plan, first)


def unused(subscription: Subscription, today: date) -> tuple[int, int]:
    """What the days left after today are worth of what was paid for the period, rounded down, and how many they are.

    What a renewal bought ahead is left in full, day by day like the rest.
    """
    days = (subscription.ends_on - subscription.period_from).days + 1
    left = min(max((subscription.ends_on - today).days, 0), days)
    return divide(subscription.paid_minor * left, days, Rounding.DOWN), left


def upgrade(plan: Plan, present: Subscription, today: date) -> Proration:
    """What changing to `plan` today costs: a full period of it from today on, less what the present plan still is
    worth."""
    credit, left = unused(present, today)
    return Proration(plan.price_minor, min(credit, plan.price_minor), left, last_day(plan, today))


def refund(plan: Plan, present: Subscription, today: date) -> PlanRefund:
    """What cancelling today gives back."""
    share, left = unused(present, today)
    match plan.refund:
        case RefundRule.NOTHING:
            amount = 0
        case RefundRule.UNUSED_DAYS:
            amount = share
        case RefundRule.FULL_THEN_NOTHING:
            in_time = (today - present.period_from).days < plan.refund_days
            amount = present.paid_minor if in_time else 0
    return PlanRefund(amount, left, plan.refund)
