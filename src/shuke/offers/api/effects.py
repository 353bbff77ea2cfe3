"""Effects in JSON: each says its `kind`. The fields are those of the model; a test holds the two together."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.infra.http_ids import CategoryId, ProductId
from shuke.kernel.money import MAX_MINOR
from shuke.kernel.rounding import BPS
from shuke.offers.model import Measure

Whole = Annotated[int, Field(gt=-MAX_MINOR, lt=MAX_MINOR)]
"""Drafts may hold nonsense; what cannot be is said when they are published."""

Minor = Annotated[int, Field(gt=-MAX_MINOR, lt=MAX_MINOR, description="Minor units of the merchant's currency.")]
Bps = Annotated[int, Field(gt=-MAX_MINOR, lt=MAX_MINOR, description="Basis points: 500 is 5 %.")]
MaxSets = Annotated[Whole | None, Field(description="How often in one order; null: as often as it fits.")]
Brand = Annotated[str, Field(min_length=1, max_length=100)]

_MANY = 1000


class Part(BaseModel):
    """A part of a body; the body itself looks into all of its parts for what cannot be stored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Scope(Part):
    """Goods of any of these; all goods where none is named. Less the excluded ones."""

    products: Annotated[list[ProductId], Field(max_length=_MANY)] = Field(default_factory=list)
    categories: Annotated[list[CategoryId], Field(max_length=_MANY)] = Field(default_factory=list)
    brands: Annotated[list[Brand], Field(max_length=_MANY)] = Field(default_factory=list)
    without_products: Annotated[list[ProductId], Field(max_length=_MANY)] = Field(default_factory=list)
    without_categories: Annotated[list[CategoryId], Field(max_length=_MANY)] = Field(default_factory=list)
    without_brands: Annotated[list[Brand], Field(max_length=_MANY)] = Field(default_factory=list)


class Step(Part):
    """From `at` on (minor units, or pieces), `off` applies (minor units, or basis points)."""

    at: Whole
    off: Whole


Steps = Annotated[list[Step], Field(max_length=20)]


class UnitPrice(Part):
    """Each piece in scope costs so much where that is less: limited price, exchange coupon, privilege purchase."""

    kind: Literal["unit_price"]
    price_minor: Minor
    max_quantity: Whole | None = None


class ItemPercent(Part):
    """So much off each piece in scope."""

    kind: Literal["item_percent"]
    off_bps: Bps
    max_quantity: Whole | None = None


class ItemAmount(Part):
    """So much off each piece in scope."""

    kind: Literal["item_amount"]
    off_minor: Minor
    max_quantity: Whole | None = None


class NForM(Part):
    """Take so many, pay so many; the cheapest of each set are free."""

    kind: Literal["n_for_m"]
    take: Whole
    pay: Whole
    max_sets: MaxSets = None


class NthItem(Part):
    """Of each `nth` pieces the cheapest is `off_bps` off."""

    kind: Literal["nth_item"]
    nth: Whole
    off_bps: Bps
    max_sets: MaxSets = None


class BuyGet(Part):
    """For each `buy` pieces in the offer's scope, `get` pieces of `get_scope` are `off_bps` off."""

    kind: Literal["buy_get"]
    buy: Whole
    get: Whole
    get_scope: Scope = Field(default_factory=Scope)
    off_bps: Bps = BPS
    max_sets: MaxSets = None


class BundlePart(Part):
    scope: Scope
    count: Whole


class Bundle(Part):
    """One set of all parts costs so much."""

    kind: Literal["bundle"]
    parts: Annotated[list[BundlePart], Field(max_length=20)]
    price_minor: Minor
    max_sets: MaxSets = None


class Threshold(Part):
    """满减: so much off from so much on; with `every`, the single step repeats. A cash voucher is the step at 0."""

    kind: Literal["threshold"]
    steps: Steps
    measure: Measure = Measure.AMOUNT
    every: bool = False


class OrderPercent(Part):
    """Basis points off the goods in scope, by the highest step reached."""

    kind: Literal["order_percent"]
    steps: Steps
    measure: Measure = Measure.AMOUNT


class Gift(Part):
    """From `at` on, so many pieces of a product are free; with `every`, for each multiple reached."""

    kind: Literal["gift"]
    product_id: ProductId
    quantity: Whole
    at: Whole
    measure: Measure = Measure.AMOUNT
    every: bool = False


class FreeDelivery(Part):
    """From `at` on, delivery is free."""

    kind: Literal["free_delivery"]
    at: Whole = 0
    measure: Measure = Measure.AMOUNT


Effect = Annotated[
    UnitPrice
    | ItemPercent
    | ItemAmount
    | NForM
    | NthItem
    | BuyGet
    | Bundle
    | Threshold
    | OrderPercent
    | Gift
    | FreeDelivery,
    Field(discriminator="kind"),
]
