"""What a merchant offers: promotions everybody meets, coupons and red packets that a member holds.

An offer is an *effect* on a *scope* of goods, under *conditions*, at the cost of its *funders*. Promotions and coupons
share all four; a coupon is a right to one use of its template's effect. How effects are reckoned is the settlement's
business (docs/algorithms/settlement.md); what they mean is said here.

Amounts are minor units of the merchant's currency, rates basis points, moments UTC, times of day the merchant's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text


class Funder(StrEnum):
    """Who bears a discount. What a partner or the platform bears is paid to the merchant when accounts are cleared."""

    MERCHANT = "merchant"
    STORE = "store"
    PLATFORM = "platform"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class FundingShare:
    """`bps` of every discount is borne by `funder`; `party` names the partner where there is more than one."""

    funder: Funder = Funder.MERCHANT
    bps: int = BPS
    party: str | None = None


OWN_FUNDS = (FundingShare(),)
"""The merchant bears it all."""


# --- what goods -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """Goods of any of these products, categories (with all below them) or brands; all goods where none is named.

    Less the excluded ones. Delivery is no goods: only FreeDelivery touches it.
    """

    products: frozenset[UUID] = frozenset()
    categories: frozenset[UUID] = frozenset()
    brands: frozenset[str] = frozenset()
    without_products: frozenset[UUID] = frozenset()
    without_categories: frozenset[UUID] = frozenset()
    without_brands: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        return not (self.products or self.categories or self.brands)


ALL_GOODS = Scope()


# --- under which conditions -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """When an offer lives: in `[starts_at, ends_at)`, and there only on these ISO weekdays (1 Monday), days of the
    month, and minutes of the day (`[from, to)`, local). Empty means every."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    minutes: tuple[tuple[int, int], ...] = ()


class Who(StrEnum):
    EVERYBODY = "everybody"
    MEMBERS = "members"
    FIRST_ORDER = "first_order"
    """A member who has not bought before."""


class BirthdayTime(StrEnum):
    DAY = "day"
    WEEK = "week"
    """The birthday and three days before and after."""
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an offer addresses. Of `tiers`, `plans` and `tags`, each that names any must be met by one of them."""

    who: Who = Who.EVERYBODY
    tiers: frozenset[UUID] = frozenset()
    plans: frozenset[UUID] = frozenset()
    tags: frozenset[str] = frozenset()
    birthday: BirthdayTime | None = None

    @property
    def members_only(self) -> bool:
        return self.who is not Who.EVERYBODY or bool(self.tiers or self.plans or self.tags or self.birthday)


@dataclass(frozen=True, slots=True)
class Conditions:
    """When, where and for whom. Empty stores or channels mean all of them."""

    window: Window = Window()
    stores: frozenset[UUID] = frozenset()
    channels: frozenset[str] = frozenset()
    audience: Audience = Audience()


# --- with which effect ------------------------------------------------------------------------------------------


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


# --- how offers go together -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StackingGroup:
    """Offers that compete with each other, and how they get along with others.

    At most `at_most` offers of the group apply to an order (None: any number). Its offers apply after those of the
    groups `after` within a stage (no cycles), and never together with any offer of a group in `excludes` (which
    counts both ways). The built-in groups `member_price` and `tier` stand for the member price and the tier's discount.
    """

    code: str
    name: Text
    at_most: int | None = None
    after: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()


MEMBER_PRICE_GROUP = "member_price"
TIER_GROUP = "tier"
DEFAULT_GROUP = "default"


@dataclass(frozen=True, slots=True)
class Caps:
    """The most an offer takes off: of one line, of one order. None: as much as comes."""

    line_minor: int | None = None
    order_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How often and how much in all: uses of all members, budget of all orders, uses and pieces of one member in each
    `period`. None: no limit."""

    uses: int | None = None
    budget_minor: int | None = None
    uses_per_member: int | None = None
    pieces_per_member: int | None = None
    period: "Period | None" = None


class Period(StrEnum):
    """In whose every turn a member's limits start anew; None is the life of the offer."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A promotion, or the template that a coupon is a right to. `rule` names it in adjustments: `promotion:<code>` or
    `coupon:<template code>`."""

    offer_id: UUID
    rule: str
    name: Text
    effect: Effect
    scope: Scope = ALL_GOODS
    conditions: Conditions = Conditions()
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    group: str = DEFAULT_GROUP
    caps: Caps = Caps()
    limits: Limits = Limits()


# --- coupons and red packets a member holds ---------------------------------------------------------------------


class CouponStatus(StrEnum):
    """`reserved`: held by a pending order. Whether an available coupon has expired is read from its dates."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    REDEEMED = "redeemed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Coupon:
    """One use of a template's offer, by whoever holds it, in `[valid_from, valid_until)`."""

    coupon_id: UUID
    template_id: UUID
    member_id: UUID | None
    status: CouponStatus
    valid_from: datetime
    valid_until: datetime
    source: str
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A marketing action of some days, both included. `kind` is the source's own word for it."""

    campaign_id: UUID
    code: str
    kind: str
    starts_on: date
    ends_on: date
