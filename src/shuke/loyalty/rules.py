"""What an order earns, which tier growth reaches, and when a tier is in danger. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from shuke.kernel.clock import business_day, months_after, months_before
from shuke.kernel.rounding import BPS, Rounding, to_int
from shuke.loyalty.model import Earned, EarnRule, Keep, Programme, Progress, Tier
from shuke.loyalty.words import progress_sentence


def earn(programme: Programme, tier: Tier, paid_minor: int) -> Earned:
    """What paying `paid_minor` earns in `tier`: points with its multiplier, growth without; each rounded down once."""
    points = Fraction(tier.points_multiplier_bps, BPS) * _exact(programme.points_rule, paid_minor)
    return Earned(to_int(points, Rounding.DOWN), to_int(_exact(programme.growth_rule, paid_minor), Rounding.DOWN))


def _exact(rule: EarnRule, paid_minor: int) -> Fraction:
    return Fraction(max(paid_minor, 0) * rule.amount, rule.per_minor)


def expires_at(programme: Programme, at: datetime) -> datetime | None:
    """The first moment at which points earned `at` are no longer good.

    They can be spent up to and including the same day of the month `expiry_months` later, on the merchant's
    calendar; so they end where the following day starts.
    """
    months = programme.points_rule.expiry_months
    if months is None:
        return None
    last = months_after(business_day(at, programme.timezone), months)
    return day_start(last + timedelta(days=1), programme.timezone)


def day_start(day: date, timezone: str) -> datetime:
    """The moment the business day `day` begins."""
    return datetime.combine(day, time(), ZoneInfo(timezone))


def window_start(day: date, months: int) -> date:
    """The first day of the window of so many months that ends with `day`, both included."""
    return months_before(day, months) + timedelta(days=1)


def window_bounds(programme: Programme, day: date) -> tuple[datetime, datetime]:
    """The growth window that ends with `day`, as moments `[first, last)`."""
    first = window_start(day, programme.growth_window_months)
    return day_start(first, programme.timezone), day_start(day + timedelta(days=1), programme.timezone)


def tier_for(programme: Programme, growth: int) -> Tier:
    """The highest tier that `growth` reaches; below every threshold, the base tier."""
    reached = programme.base_tier
    for tier in programme.tiers[1:]:
        if growth >= tier.threshold_growth:
            reached = tier
    return reached


def next_tier(programme: Programme, tier: Tier) -> Tier | None:
    return next((above for above in programme.tiers if above.rank > tier.rank), None)


def keep(programme: Programme, tier: Tier, days: Mapping[date, int], today: date) -> Keep | None:
    """What it takes to outlast the first day on which old growth leaving the window costs the tier.

    `days` is growth by business day. None in the base tier, and when nothing is ever lost.
    """
    if tier.rank == 0:
        return None
    months = programme.growth_window_months
    earned = sorted(days.items())
    left = sum(amount for _, amount in earned)
    by, gone = today, 0
    while left >= tier.threshold_growth:
        if gone == len(earned):
            return None
        by = last_day_in_window(earned[gone][0], months)
        while gone < len(earned) and window_start(by + timedelta(days=1), months) > earned[gone][0]:
            left -= earned[gone][1]
            gone += 1
    return Keep(tier.threshold_growth - left, max(by, today))


def last_day_in_window(day: date, months: int) -> date:
    """The last day whose window still holds `day`."""
    last = months_after(day, months)
    while window_start(last, months) > day:
        last -= timedelta(days=1)
    while window_start(last + timedelta(days=1), months) <= day:
        last += timedelta(days=1)
    return last


def progress(programme: Programme, tier: Tier, days: Mapping[date, int], today: date) -> Progress:
    """Where a member in `tier` stands, given growth by business day (days outside the window are ignored)."""
    start = window_start(today, programme.growth_window_months)
    window = {day: amount for day, amount in days.items() if start <= day <= today}
    growth = sum(window.values())
    above = next_tier(programme, tier)
    to_next = max(above.threshold_growth - growth, 0) if above else 0
    span = above.threshold_growth - tier.threshold_growth if above else 0
    done = max(min(growth - tier.threshold_growth, span), 0)
    percent = to_int(Fraction(done * BPS, span), Rounding.DOWN) if span else BPS
    kept = keep(programme, tier, window, today)
    return Progress(
        tier=tier,
        growth=growth,
        window_from=start,
        window_to=today,
        next_tier=above,
        growth_to_next=to_next,
        percent_bps=percent,
        keep=kept,
        sentence=progress_sentence(programme, tier, above, to_next, kept, today),
    )
