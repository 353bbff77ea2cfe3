"""What members are entitled to, by tier, plan, tag or in person."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from shuke.catalog.model import ALL_GOODS, Scope
from shuke.kernel.conditions import Period
from shuke.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has a benefit: members in one of the tiers, with one of the plans, or with one of the tags. Whoever was given
    it in person has it too."""

    tiers: frozenset[UUID] = frozenset()
    plans: frozenset[UUID] = frozenset()
    tags: frozenset[str] = frozenset()


class Occasion(StrEnum):
    """When something is given, once each time it comes round."""

    JOINING = "joining"
    ANNIVERSARY = "anniversary"
    """Of joining, each year."""
    UPGRADE = "upgrade"
    """To a tier that has the benefit; once for each tier and month."""
    BIRTHDAY = "birthday"
    LUNAR_BIRTHDAY = "lunar_birthday"
    FESTIVAL = "festival"
    MONTHLY = "monthly"
    OPENING = "opening"
    """Of a plan that has the benefit."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The occasion; `month` and `day` name the festival's date (in the lunar calendar if `lunar`) or, with `monthly`,
    `day` the day of the month. `days_before` gives birthday and festival gifts that much earlier."""

    occasion: Occasion
    month: int | None = None
    day: int | None = None
    lunar: bool = False
    days_before: int = 0


@dataclass(frozen=True, slots=True)
class DiscountRate:
    """`off_bps` off goods in scope."""

    off_bps: int
    scope: Scope = ALL_GOODS
    kind: Literal["discount_rate"] = "discount_rate"


@dataclass(frozen=True, slots=True)
class ProductPrice:
    product_id: UUID
    price_minor: int


@dataclass(frozen=True, slots=True)
class MemberPrices:
    """Prices of one's own for some products, where lower than what everybody pays."""

    prices: tuple[ProductPrice, ...]
    kind: Literal["member_prices"] = "member_prices"


@dataclass(frozen=True, slots=True)
class ExclusiveProducts:
    """Goods in scope are sold to holders only."""

    scope: Scope
    kind: Literal["exclusive_products"] = "exclusive_products"


@dataclass(frozen=True, slots=True)
class MorePoints:
    """Times `bps` / 10 000 the points, as rates give them."""

    bps: int
    kind: Literal["more_points"] = "more_points"


@dataclass(frozen=True, slots=True)
class DeliveryFree:
    """Free delivery on orders from `from_minor` on."""

    from_minor: int = 0
    kind: Literal["delivery_free"] = "delivery_free"


@dataclass(frozen=True, slots=True)
class PackItem:
    """So many coupons of a template."""

    template_id: UUID
    count: int = 1


@dataclass(frozen=True, slots=True)
class CouponPack:
    coupons: tuple[PackItem, ...]
    timing: Timing
    kind: Literal["coupon_pack"] = "coupon_pack"


class CodeSource(StrEnum):
    IMPORTED = "imported"
    """Codes the partner gave."""
    ISSUED = "issued"
    """Codes made up here, which the partner accepts."""


@dataclass(frozen=True, slots=True)
class PartnerCode:
    """A code to use at a partner's, each given once."""

    source: CodeSource
    timing: Timing
    kind: Literal["partner_code"] = "partner_code"


class Service(StrEnum):
    TRIAL = "trial"
    TASTING = "tasting"
    SERVICE = "service"
    PRIORITY = "priority"
    """Registers before others."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A service to use `count` times in each `period` (None: as often as one likes)."""

    service: Service
    count: int | None = None
    period: Period = Period.MONTH
    kind: Literal["entitlement"] = "entitlement"


@dataclass(frozen=True, slots=True)
class LimitedPurchase:
    """May buy up to `pieces` of goods in scope in each `period`, at `price_minor` each if that is named."""

    scope: Scope
    pieces: int
    period: Period = Period.MONTH
    price_minor: int | None = None
    kind: Literal["limited_purchase"] = "limited_purchase"


BenefitEffect = (
    DiscountRate
    | MemberPrices
    | ExclusiveProducts
    | MorePoints
    | DeliveryFree
    | CouponPack
    | PartnerCode
    | Entitlement
    | LimitedPurchase
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    benefit_id: UUID
    code: str
    name: Text
    effect: BenefitEffect
    holders: Holders = Holders()


class Ground(StrEnum):
    """Why a member has a benefit."""

    TIER = "tier"
    PLAN = "plan"
    TAG = "tag"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Held:
    """A benefit that a member has, on which ground, by which tier, plan or tag, and until when (None: no end)."""

    benefit: Benefit
    ground: Ground
    by: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a benefit was used in the present turn of its period, and how often it can still be."""

    turn: str
    used: int
    left: int | None


class GrantStatus(StrEnum):
    DUE = "due"
    GIVEN = "given"
    FAILED = "failed"
    """Could not be given, for good: the template is gone, the codes are out."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Something that a member is given once for an occasion. `occasion` tells it apart: `birthday:2026`."""

    grant_id: UUID
    benefit_id: UUID
    member_id: UUID
    occasion: str
    due_at: datetime
    status: GrantStatus
    coupons: tuple[PackItem, ...] = ()
    given_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OwnBenefit:
    """A benefit given to somebody in person, from a moment until another (None: no end)."""

    member_id: UUID
    benefit_id: UUID
    starts_at: datetime
    ends_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an entitlement."""

    use_id: UUID
    benefit_id: UUID
    member_id: UUID
    turn: str
    number: int
    on: date
