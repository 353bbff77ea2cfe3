"""A merchant's programme: one immutable document, published as a whole."""

from dataclasses import dataclass
from uuid import UUID

from shuke.loyalty.model.benefits import Benefit
from shuke.loyalty.model.earning import Earnable, EarnRule, Rate
from shuke.loyalty.model.plans import Plan
from shuke.loyalty.model.points import PointsPolicy
from shuke.loyalty.model.tiers import CalendarWindow, GrowthPolicy, Tier

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Tiers by rank (rank 0 first, always there), what is earned and what it is worth, and what it entitles to."""

    currency: str
    timezone: str
    version: int
    tiers: tuple[Tier, ...]
    growth: GrowthPolicy
    points: PointsPolicy
    earn_rules: tuple[EarnRule, ...]
    benefits: tuple[Benefit, ...] = ()
    plans: tuple[Plan, ...] = ()

    @property
    def base_tier(self) -> Tier:
        return self.tiers[0]

    def tier(self, tier_id: UUID) -> Tier:
        """The tier; one that a later version has dropped counts as the base tier until the next review."""
        return next((tier for tier in self.tiers if tier.tier_id == tier_id), self.base_tier)

    def plan(self, plan_id: UUID) -> Plan | None:
        return next((plan for plan in self.plans if plan.plan_id == plan_id), None)

    def benefit(self, benefit_id: UUID) -> Benefit | None:
        return next((benefit for benefit in self.benefits if benefit.benefit_id == benefit_id), None)

    def base_rate(self, asset: Earnable) -> Rate | None:
        """What any purchase of anybody earns: the first rate without conditions."""
        rates = (rule.effect for rule in self.earn_rules if rule.asset is asset and rule.unconditional)
        return next((effect for effect in rates if isinstance(effect, Rate)), None)

    @property
    def growth_window_months(self) -> int:
        """How many months of growth decide at once."""
        window = self.growth.window
        return MONTHS_IN_YEAR if isinstance(window, CalendarWindow) else window.months

    @property
    def points_per_unit(self) -> int:
        return self.points.spending.points_per_unit

    @property
    def unit_minor(self) -> int:
        return self.points.spending.unit_minor

    @property
    def points_max_share_bps(self) -> int:
        return self.points.spending.max_share_bps
