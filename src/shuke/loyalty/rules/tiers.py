"""Which tier growth reaches, and when one is lost. Pure; `review.py` says the same of whole crowds in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shuke.kernel.clock import months_after, months_before
from shuke.loyalty.model import (
    AnniversaryWindow,
    CalendarWindow,
    Fall,
    Programme,
    RollingWindow,
    Since,
    Standing,
    Term,
    Tier,
    TierWindow,
)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a review decides; `kept_until` is the last day of grace, where one runs."""

    tier: Tier
    growth: int
    kept_until: date | None


def term(window: TierWindow, day: date, joined: date, since: date) -> Term:
    """The days that decide on `day`, for somebody who joined and reached the tier on those days."""
    match window:
        case RollingWindow():
            return Term(window_start(day, window.months))
        case CalendarWindow():
            start = date(day.year - (day.month < window.first_month), window.first_month, 1)
            return Term(start, months_before(start, 12), months_after(start, 12) - _DAY)
        case AnniversaryWindow():
            first = joined if window.since is Since.JOINING else since
            past = terms_past(first, day, window.months)
            start = months_after(first, past * window.months)
            before = months_after(first, (past - 1) * window.months) if past else None
            ends = months_after(first, (past + 1) * window.months) - _DAY
            return Term(start, before, ends, safe=window.since is Since.TIER and not past)


def terms_past(first: date, day: date, months: int) -> int:
    """How many whole terms of so many months have passed since `first`; none before it."""
    past = max(((day.year - first.year) * 12 + day.month - first.month) // months, 0)
    return past - 1 if past and months_after(first, past * months) > day else past


def window_start(day: date, months: int) -> date:
    """The first day of the window of so many months that ends with `day`, both included."""
    return months_before(day, months) + _DAY


def growth_in(days: Mapping[date, int], of: Term, day: date) -> tuple[int, int]:
    """Growth in the term until `day`, and in the one before."""
    now = sum(amount for on, amount in days.items() if of.start <= on <= day)
    if of.before is None:
        return now, 0
    return now, sum(amount for on, amount in days.items() if of.before <= on < of.start)


def tier_for(programme: Programme, growth: int) -> Tier:
    """The highest tier that `growth` reaches; below every threshold, the base tier."""
    reached = programme.base_tier
    for tier in programme.tiers[1:]:
        if growth >= tier.threshold_growth:
            reached = tier
    return reached


def next_tier(programme: Programme, tier: Tier) -> Tier | None:
    return next((above for above in programme.tiers if above.rank > tier.rank), None)


def decide(programme: Programme, standing: Standing, of: Term, growth: int, day: date) -> Decision:
    """The tier on `day` of a member who stands so, `growth` being what decides: the larger of the term's and the one
    before.

    Up at once. Who is below her tier keeps it for the days of grace, which begin with the first review that finds it;
    then she falls, straight or one level at a time.
    """
    policy, tier = programme.growth, standing.tier
    reached = tier_for(programme, growth)
    if reached.rank >= tier.rank or of.safe:
        return Decision(reached if reached.rank > tier.rank else tier, growth, None)
    kept_until = standing.kept_until or day + (policy.grace_days - 1) * _DAY
    if day <= kept_until:
        return Decision(tier, growth, kept_until)
    if policy.fall is Fall.STRAIGHT:
        return Decision(reached, growth, None)
    below = programme.tiers[tier.rank - 1]
    return Decision(below, growth, of.ends if below.rank > reached.rank else None)


def last_day_in_window(day: date, months: int) -> date:
    """The last day whose rolling window still holds `day`."""
    last = months_after(day, months)
    while window_start(last, months) > day:
        last -= _DAY
    while window_start(last + _DAY, months) <= day:
        last += _DAY
    return last


def leaves(window: TierWindow, of: Term, on: date) -> date:
    """The first day on which growth of the day `on`, which counts now, no longer does."""
    if isinstance(window, RollingWindow):
        return last_day_in_window(on, window.months) + _DAY
    assert of.ends is not None
    following = of.ends + _DAY
    if on < of.start:
        return following
    months = 12 if isinstance(window, CalendarWindow) else window.months
    return months_after(following, months)
