"""How far a member is from the next tier, what keeps the present one, and what to tell her. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from shuke.kernel.rounding import BPS, Rounding, to_int
from shuke.kernel.text import Text
from shuke.loyalty.model import (
    Keep,
    Programme,
    Progress,
    Reminder,
    ReminderKind,
    RollingWindow,
    Standing,
    Term,
    Tier,
)
from shuke.loyalty.rules.tiers import growth_in, last_day_in_window, next_tier, term, window_start
from shuke.loyalty.words import keeping, needed_minor, rising, standing_sentence

REMIND_WITHIN = timedelta(days=30)
"""A tier that ends within so many days is worth a reminder."""


def progress(
    programme: Programme, standing: Standing, days: Mapping[date, int], joined: date, since: date, today: date
) -> Progress:
    """Where a member stands, given growth by business day (days that do not count are ignored) and the days on which
    she joined and reached her tier."""
    of = term(programme.growth.window, today, joined, since)
    now, before = growth_in(days, of, today)
    tier, above = standing.tier, next_tier(programme, standing.tier)
    reached = max(now, before)
    to_next = max(above.threshold_growth - (reached if reached >= above.threshold_growth else now), 0) if above else 0
    span = above.threshold_growth - tier.threshold_growth if above else 0
    done = max(min(now - tier.threshold_growth, span), 0)
    kept = keep(programme, standing, days, of, today)
    return Progress(
        tier=tier,
        growth=now,
        window_from=of.start,
        window_to=today,
        next_tier=above,
        growth_to_next=to_next,
        percent_bps=to_int(Fraction(done * BPS, span), Rounding.DOWN) if span else BPS,
        keep=kept,
        sentence=_sentence(programme, tier, above, to_next, kept, today),
        reminders=_reminders(programme, tier, above, to_next, kept, of, today),
    )


def keep(programme: Programme, standing: Standing, days: Mapping[date, int], of: Term, today: date) -> Keep | None:
    """What it takes to outlast the first day on which the tier would be lost. None in the base tier, and when nothing
    in sight is lost."""
    tier = standing.tier
    if tier.rank == 0:
        return None
    if isinstance(programme.growth.window, RollingWindow):
        return _keep_rolling(programme, standing, days, programme.growth.window.months, today)
    grace = timedelta(days=programme.growth.grace_days)
    now, before = growth_in(days, of, today)
    if now >= tier.threshold_growth:
        return None
    needed = tier.threshold_growth - now
    if before < tier.threshold_growth and not of.safe:
        return Keep(needed, max(standing.kept_until or today, today))
    assert of.ends is not None
    return Keep(needed, of.ends + grace)


def _keep_rolling(
    programme: Programme, standing: Standing, days: Mapping[date, int], months: int, today: date
) -> Keep | None:
    """Days leave the window one by one: the first whose leaving costs the tier gives the date before."""
    tier = standing.tier
    start = window_start(today, months)
    earned = sorted((day, amount) for day, amount in days.items() if start <= day <= today)
    left = sum(amount for _, amount in earned)
    if left < tier.threshold_growth:
        return Keep(tier.threshold_growth - left, max(standing.kept_until or today, today))
    by, gone = today, 0
    while left >= tier.threshold_growth:
        if gone == len(earned):
            return None
        by = last_day_in_window(earned[gone][0], months)
        while gone < len(earned) and window_start(by + timedelta(days=1), months) > earned[gone][0]:
            left -= earned[gone][1]
            gone += 1
    return Keep(tier.threshold_growth - left, max(by, today) + timedelta(days=programme.growth.grace_days))


def _sentence(
    programme: Programme, tier: Tier, above: Tier | None, to_next: int, kept: Keep | None, today: date
) -> Text:
    """The danger if it is near, else the way up, else that the top is reached."""
    if kept is not None and kept.by - today <= REMIND_WITHIN:
        return keeping(programme, tier, kept)
    if above is not None and to_next:
        return rising(programme, above, to_next)
    return standing_sentence(tier, above)


def _reminders(
    programme: Programme, tier: Tier, above: Tier | None, to_next: int, kept: Keep | None, of: Term, today: date
) -> tuple[Reminder, ...]:
    found = []
    if kept is not None:
        near = kept.by - today <= REMIND_WITHIN
        text = keeping(programme, tier, kept)
        money = needed_minor(programme, kept.needed)
        found.append(Reminder(ReminderKind.NEGATIVE, tier, kept.needed, money, kept.by, near, text))
    if above is not None and to_next:
        near = 4 * to_next <= above.threshold_growth
        money = needed_minor(programme, to_next)
        text = rising(programme, above, to_next)
        found.append(Reminder(ReminderKind.POSITIVE, above, to_next, money, of.ends, near, text))
    return tuple(found)
