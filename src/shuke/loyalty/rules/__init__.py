"""What an order earns, how long it lasts, which tier growth reaches, and what members are told of it. Pure."""

from shuke.loyalty.rules.checking import problems_of
from shuke.loyalty.rules.earning import claw_back, earn
from shuke.loyalty.rules.expiry import available_at, day_start, expires_at, last_day
from shuke.loyalty.rules.progress import keep, progress
from shuke.loyalty.rules.tiers import (
    Decision,
    decide,
    growth_in,
    last_day_in_window,
    leaves,
    next_tier,
    term,
    terms_past,
    tier_for,
    window_start,
)

__all__ = [
    "Decision",
    "available_at",
    "claw_back",
    "day_start",
    "decide",
    "earn",
    "expires_at",
    "growth_in",
    "keep",
    "last_day",
    "last_day_in_window",
    "leaves",
    "next_tier",
    "problems_of",
    "progress",
    "term",
    "terms_past",
    "tier_for",
    "window_start",
]
