"""A merchant's programme, and where a member stands in it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shuke.kernel.text import Text


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


@dataclass(frozen=True, slots=True)
class EarnRule:
    """`amount` of an asset for each `per_minor` paid; what is left below one whole unit earns nothing."""

    rule_id: UUID
    asset: str
    amount: int
    per_minor: int
    expiry_months: int | None


@dataclass(frozen=True, slots=True)
class Programme:
    """Tiers by rank (rank 0 first, always there), and what is earned and what it is worth.

    `points_per_unit` points pay for `unit_minor`; at most `points_max_share_bps` of an order may be paid so.
    """

    currency: str
    timezone: str
    growth_window_months: int
    points_per_unit: int
    unit_minor: int
    points_max_share_bps: int
    tiers: tuple[Tier, ...]
    points_rule: EarnRule
    growth_rule: EarnRule

    @property
    def base_tier(self) -> Tier:
        return self.tiers[0]

    def tier(self, tier_id: UUID) -> Tier:
        return next(tier for tier in self.tiers if tier.tier_id == tier_id)


@dataclass(frozen=True, slots=True)
class Earned:
    """What an order earns."""

    points: int = 0
    growth: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The tier a member is in, and since when; None: has never been reviewed, and is in the base tier."""

    tier: Tier
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TierChange:
    before: Tier
    after: Tier


@dataclass(frozen=True, slots=True)
class Rewards:
    """What settling an order did for the member."""

    points: int = 0
    growth: int = 0
    tier_change: TierChange | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """`needed` more growth, earned on or before the day `by`, and the present tier outlasts that day."""

    needed: int
    by: date


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
