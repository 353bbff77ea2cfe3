"""What a benefit gives, as the API hears and says it."""

from typing import Annotated, Literal

from pydantic import Field

from shuke.infra.http_ids import CouponTemplateId, ProductId
from shuke.kernel.conditions import Period
from shuke.kernel.money import MAX_MINOR
from shuke.loyalty.api.conditions import Part, ScopeBody
from shuke.loyalty.model import CodeSource, Occasion, Service

Amount = Annotated[int, Field(ge=-MAX_MINOR, le=MAX_MINOR)]
Days = Annotated[int, Field(ge=-10_000, le=10_000)]


class DiscountRateBody(Part):
    kind: Literal["discount_rate"]
    off_bps: Amount
    scope: ScopeBody = ScopeBody()


class ProductPriceBody(Part):
    product_id: ProductId
    price_minor: Amount


class MemberPricesBody(Part):
    kind: Literal["member_prices"]
    prices: list[ProductPriceBody] = Field(max_length=1_000)


class ExclusiveProductsBody(Part):
    kind: Literal["exclusive_products"]
    scope: ScopeBody


class MorePointsBody(Part):
    kind: Literal["more_points"]
    bps: Amount


class DeliveryFreeBody(Part):
    kind: Literal["delivery_free"]
    from_minor: Amount = 0


class TimingBody(Part):
    """The occasion; `month` and `day` are a festival's date (`lunar`: of the Chinese calendar), `day` alone the day of
    a monthly gift."""

    occasion: Occasion
    month: Days | None = None
    day: Days | None = None
    lunar: bool = False
    days_before: Days = 0


class PackItemBody(Part):
    template_id: CouponTemplateId
    count: Days = 1


class CouponPackBody(Part):
    kind: Literal["coupon_pack"]
    coupons: list[PackItemBody] = Field(max_length=50)
    timing: TimingBody


class PartnerCodeBody(Part):
    kind: Literal["partner_code"]
    source: CodeSource
    timing: TimingBody


class EntitlementBody(Part):
    kind: Literal["entitlement"]
    service: Service
    count: Days | None = None
    period: Period = Period.MONTH


class LimitedPurchaseBody(Part):
    kind: Literal["limited_purchase"]
    scope: ScopeBody
    pieces: Days
    period: Period = Period.MONTH
    price_minor: Amount | None = None


BenefitEffectBody = Annotated[
    DiscountRateBody
    | MemberPricesBody
    | ExclusiveProductsBody
    | MorePointsBody
    | DeliveryFreeBody
    | CouponPackBody
    | PartnerCodeBody
    | EntitlementBody
    | LimitedPurchaseBody,
    Field(discriminator="kind"),
]
