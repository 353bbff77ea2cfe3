"""What an offer does to a basket. Amounts are minor units, rates basis points."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shuke.kernel.rounding import BPS
from shuke.offers.model.conditions import ALL_GOODS, Scope


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Each piece (or unit of measure) in scope costs `price_minor` where that is less: limited-time price, exchange
    coupon (price 0, or the cash to add), privilege purchase. `max_quantity` pieces an order, dearest saving first."""

    price_minor: int
    max_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ItemPercent:
    """`off_bps` off each piece in scope, at most `max_quantity` pieces."""

    off_bps: int
    max_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ItemAmount:
    """`off_minor` off each piece in scope (never below nothing), at most `max_quantity` pieces."""

    off_minor: int
    max_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class NForM:
    """Take `take` pieces, pay `pay`: of each full set the cheapest `take - pay` are free."""

    take: int
    pay: int
    max_sets: int | None = None


@dataclass(frozen=True, slots=True)
class NthItem:
    """Of each `nth` pieces the cheapest is `off_bps` off (10 000: free). The second at half price: nth 2, 5 000."""

    nth: int
    off_bps: int
    max_sets: int | None = None


@dataclass(frozen=True, slots=True)
class BuyGet:
    """For each `buy` pieces in the offer's scope, `get` pieces of `get_scope` are `off_bps` off. A piece is either
    bought or got."""

    buy: int
    get: int
    get_scope: Scope = ALL_GOODS
    off_bps: int = BPS
    max_sets: int | None = None


@dataclass(frozen=True, slots=True)
class BundlePart:
    scope: Scope
    count: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """One set of all `parts` costs `price_minor`: a fixed set, or with a single part "any 3 for 10.00"."""

    parts: tuple[BundlePart, ...]
    price_minor: int
    max_sets: int | None = None


class Measure(StrEnum):
    """What a threshold counts: money due on the goods in scope when the stage begins, or pieces of them."""

    AMOUNT = "amount"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` (minor units or pieces) on, `off` (minor units, or basis points) applies."""

    at: int
    off: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """满减: so much off an order of at least so much; the highest step reached counts. With `every`, the single step
    repeats for each multiple reached. A cash voucher is the step at 0."""

    steps: tuple[Step, ...]
    measure: Measure = Measure.AMOUNT
    every: bool = False


@dataclass(frozen=True, slots=True)
class OrderPercent:
    """Basis points off the goods in scope, by the highest step reached."""

    steps: tuple[Step, ...]
    measure: Measure = Measure.AMOUNT


@dataclass(frozen=True, slots=True)
class Gift:
    """From `at` on, `quantity` pieces of the product are free if they are in the basket; else the quote says that they
    may be added. With `every`, for each multiple reached."""

    product_id: UUID
    quantity: int
    at: int
    measure: Measure = Measure.AMOUNT
    every: bool = False


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    """From `at` on, delivery is free, up to the offer's cap."""

    at: int = 0
    measure: Measure = Measure.AMOUNT


ItemEffect = UnitPrice | ItemPercent | ItemAmount | NForM | NthItem | BuyGet | Bundle
OrderEffect = Threshold | OrderPercent | Gift | FreeDelivery
Effect = ItemEffect | OrderEffect
