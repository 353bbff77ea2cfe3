"""The whole programme as the API hears and says it. Everything is named by its code, which means the same for ever."""

from typing import Annotated, Literal

from pydantic import Field

from shuke.infra.http import Body
from shuke.kernel.money import MAX_MINOR
from shuke.kernel.rounding import Rounding
from shuke.ledger.model import Shortfall
from shuke.loyalty.api.conditions import Code, ConditionsBody, Part, ScopeBody, Word
from shuke.loyalty.api.effects import BenefitEffectBody
from shuke.loyalty.model import Earnable, Fall, GrowthSource, RefundRule, Since

Amount = Annotated[int, Field(ge=-MAX_MINOR, le=MAX_MINOR)]
"""Any whole number that can be stored: what it may be is checked with the document as a whole."""
Days = Annotated[int, Field(ge=-10_000, le=10_000)]


class NameBody(Part):
    zh: Annotated[str, Field(max_length=100)]
    en: Annotated[str, Field(max_length=100)]


class TierBody(Part):
    """A level; their order is their rank, the first has threshold 0."""

    code: Code
    name: NameBody
    threshold_growth: Amount
    discount_bps: Amount = 0
    points_multiplier_bps: Amount = 10_000


class RateBody(Part):
    kind: Literal["rate"]
    amount: Amount
    per_minor: Amount


class MultiplierBody(Part):
    kind: Literal["multiplier"]
    bps: Amount


class ExtraBody(Part):
    kind: Literal["extra"]
    amount: Amount
    from_minor: Amount = 0
    per_piece: bool = False


class EarnRuleBody(Part):
    code: Code
    name: NameBody
    asset: Earnable
    effect: Annotated[RateBody | MultiplierBody | ExtraBody, Field(discriminator="kind")]
    scope: ScopeBody = ScopeBody()
    conditions: ConditionsBody = ConditionsBody()
    stacks: bool = False
    order_cap: Amount | None = None


class CapsBody(Part):
    order: Amount | None = None
    day: Amount | None = None
    month: Amount | None = None
    ever: Amount | None = None


class RollingWindowBody(Part):
    kind: Literal["rolling"]
    months: Days


class CalendarWindowBody(Part):
    kind: Literal["calendar"]
    first_month: Days = 1


class AnniversaryWindowBody(Part):
    kind: Literal["anniversary"]
    since: Since
    months: Days = 12


class GrowthBody(Part):
    source: GrowthSource = GrowthSource.SPEND
    window: Annotated[RollingWindowBody | CalendarWindowBody | AnniversaryWindowBody, Field(discriminator="kind")]
    fall: Fall = Fall.STRAIGHT
    grace_days: Days = 0
    order_minimum_minor: Amount = 0
    counted: NameBody | None = None
    caps: CapsBody = CapsBody()


class RollingExpiryBody(Part):
    kind: Literal["rolling"]
    months: Days


class FixedExpiryBody(Part):
    kind: Literal["fixed"]
    month: Days
    day: Days
    years: Days = 0


class ActivityExpiryBody(Part):
    kind: Literal["activity"]
    months: Days


class SpendingBody(Part):
    points_per_unit: Amount
    unit_minor: Amount
    max_share_bps: Amount
    minimum: Amount = 0
    step: Amount = 1


class PointsBody(Part):
    """`expiry` null: points never expire."""

    spending: SpendingBody
    expiry: Annotated[RollingExpiryBody | FixedExpiryBody | ActivityExpiryBody, Field(discriminator="kind")] | None
    pending_days: Days = 0
    rounding: Rounding = Rounding.DOWN
    caps: CapsBody = CapsBody()
    shortfall: Shortfall = Shortfall.NEGATIVE
    adjust_limit: Amount = 1_000


class HoldersBody(Part):
    """Codes of tiers and plans, names of tags."""

    tiers: list[Code] = Field(default=[], max_length=100)
    plans: list[Code] = Field(default=[], max_length=100)
    tags: list[Word] = Field(default=[], max_length=100)


class BenefitBody(Part):
    code: Code
    name: NameBody
    effect: BenefitEffectBody
    holders: HoldersBody = HoldersBody()


class PlanBody(Part):
    code: Code
    name: NameBody
    price_minor: Amount
    months: Days
    rank: Days = 0
    trial_days: Days = 0
    refund: RefundRule = RefundRule.UNUSED_DAYS
    refund_days: Days = 7
    on_sale: bool = True


class ProgrammeBody(Body):
    """A programme, complete: what is left out takes its default, and is not kept from before."""

    tiers: list[TierBody] = Field(min_length=1, max_length=50)
    growth: GrowthBody
    points: PointsBody
    earn_rules: list[EarnRuleBody] = Field(max_length=500)
    benefits: list[BenefitBody] = Field(default=[], max_length=500)
    plans: list[PlanBody] = Field(default=[], max_length=100)
