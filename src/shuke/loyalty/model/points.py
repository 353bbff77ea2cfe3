"""What points are worth, how long they last, and what happens when they are missing."""

from dataclasses import dataclass
from typing import Literal

from shuke.kernel.rounding import Rounding
from shuke.ledger.model import Shortfall
from shuke.loyalty.model.earning import NO_CAPS, EarnCaps


@dataclass(frozen=True, slots=True)
class RollingExpiry:
    """Good through the same day of the month `months` later."""

    months: int
    kind: Literal["rolling"] = "rolling"


@dataclass(frozen=True, slots=True)
class FixedExpiry:
    """Good through this day of the year `years` after the one they were earned in (0: the same, or the next such day
    if it has passed)."""

    month: int
    day: int
    years: int = 0
    kind: Literal["fixed"] = "fixed"


@dataclass(frozen=True, slots=True)
class ActivityExpiry:
    """Good through the same day of the month `months` after the member last earned any: each time, all that she has
    lasts longer."""

    months: int
    kind: Literal["activity"] = "activity"


Expiry = RollingExpiry | FixedExpiry | ActivityExpiry | None
"""None: points never expire."""


@dataclass(frozen=True, slots=True)
class Spending:
    """`points_per_unit` points pay for `unit_minor`. A member spends at least `minimum` points (or none), a multiple of
    `step`, and at most `max_share_bps` of an order."""

    points_per_unit: int = 100
    unit_minor: int = 100
    max_share_bps: int = 5_000
    minimum: int = 0
    step: int = 1


@dataclass(frozen=True, slots=True)
class PointsPolicy:
    """Points earned become spendable when `pending_days` full days have passed after the day they were earned.

    `shortfall` says what becomes of earned points that are to be taken back and have been spent already.
    `adjust_limit` is the most that somebody changes by hand without a second person.
    """

    spending: Spending = Spending()
    expiry: Expiry = RollingExpiry(12)
    pending_days: int = 0
    rounding: Rounding = Rounding.DOWN
    caps: EarnCaps = NO_CAPS
    shortfall: Shortfall = Shortfall.NEGATIVE
    adjust_limit: int = 1_000
