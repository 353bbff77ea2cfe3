"""Tiers, how they are reached, kept and lost, and where a member stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from shuke.kernel.text import Text
from shuke.loyalty.model.earning import NO_CAPS, EarnCaps


@dataclass(frozen=True, slots=True)
class Tier:
    """A level. `points_multiplier_bps` of 12000 earns 1.2 times the points; `discount_bps` of 200 takes 2 % off."""

    tier_id: UUID
    code: str
    name: Text
    rank: int
    threshold_growth: int
    discount_bps: int
    points_multiplier_bps: int


class GrowthSource(StrEnum):
    """What growth counts: what the growth rules say of spending, orders, or points earned."""

    SPEND = "spend"
    ORDERS = "orders"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class RollingWindow:
    """The months that end with the day."""

    months: int
    kind: Literal["rolling"] = "rolling"


@dataclass(frozen=True, slots=True)
class CalendarWindow:
    """Years that start with the first of `first_month`: this one and the last, whichever holds more."""

    first_month: int = 1
    kind: Literal["calendar"] = "calendar"


class Since(StrEnum):
    JOINING = "joining"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class AnniversaryWindow:
    """Terms of so many months since the member joined, or since she reached the tier: this one and the last, whichever
    holds more. In the first term of a tier it cannot be lost."""

    since: Since
    months: int = 12
    kind: Literal["anniversary"] = "anniversary"


TierWindow = RollingWindow | CalendarWindow | AnniversaryWindow


class Fall(StrEnum):
    STRAIGHT = "straight"
    """To the tier that growth reaches."""
    ONE_LEVEL = "one_level"
    """To the next lower one at most, at a time."""


@dataclass(frozen=True, slots=True)
class GrowthPolicy:
    """How growth decides tiers. Who falls below her tier keeps it `grace_days` more.

    With `orders`, an order of less than `order_minimum_minor` does not count, and `counted` is what members hear of
    instead of orders: coffees, visits.
    """

    source: GrowthSource = GrowthSource.SPEND
    window: TierWindow = RollingWindow(12)
    fall: Fall = Fall.STRAIGHT
    grace_days: int = 0
    order_minimum_minor: int = 0
    counted: Text | None = None
    caps: EarnCaps = NO_CAPS


@dataclass(frozen=True, slots=True)
class Standing:
    """The tier a member is in, and since when; None: has never been reviewed, and is in the base tier.

    `kept_until` is the last day of grace, when one runs.
    """

    tier: Tier
    since: datetime | None = None
    kept_until: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The days whose growth decides on a day: from `start` to the day itself, and if there is one, the term before,
    from `before` up to `start`; the larger of both counts. `ends` is the last day of the term, None where it moves
    along. `safe`: the tier cannot be lost in this term."""

    start: date
    before: date | None = None
    ends: date | None = None
    safe: bool = False


@dataclass(frozen=True, slots=True)
class TierChange:
    before: Tier
    after: Tier


@dataclass(frozen=True, slots=True)
class Rewards:
    """What settling an order did for the member. `points_by_line` and `growth_by_line` are what a refund must know."""

    points: int = 0
    growth: int = 0
    tier_change: TierChange | None = None
    points_by_line: tuple[int, ...] = ()
    growth_by_line: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """`needed` more growth, earned on or before the day `by`, and the present tier outlasts that day."""

    needed: int
    by: date


class ReminderKind(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell a member: `needed` more growth, which is `amount_minor` spent where spending counts, reaches
    the tier (positive) or keeps it (negative), and until when. `near`: worth saying unasked."""

    kind: ReminderKind
    tier: Tier
    needed: int
    amount_minor: int | None
    by: date | None
    near: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member is on the way to the next tier, as data and as a sentence."""

    tier: Tier
    growth: int
    window_from: date
    window_to: date
    next_tier: Tier | None
    growth_to_next: int
    percent_bps: int
    keep: Keep | None
    sentence: Text
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A posting of growth that counts in the deciding window; from the day `leaves` on it no longer does."""

    posting_id: UUID
    on: date
    amount: int
    kind: str
    order_id: UUID | None
    leaves: date
