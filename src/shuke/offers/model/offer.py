"""An offer: effect, scope and conditions, at whose cost, within which limits, and beside which others."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shuke.kernel.conditions import Period
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text
from shuke.offers.model.conditions import ALL_GOODS, UNCONDITIONAL, Conditions, Scope
from shuke.offers.model.effects import Effect


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
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A promotion, or the template that a coupon is a right to. `rule` names it in adjustments: `promotion:<code>` or
    `coupon:<template code>`."""

    offer_id: UUID
    rule: str
    name: Text
    effect: Effect
    scope: Scope = ALL_GOODS
    conditions: Conditions = UNCONDITIONAL
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    group: str = DEFAULT_GROUP
    caps: Caps = Caps()
    limits: Limits = Limits()


class OfferStatus(StrEnum):
    """Drafts may be incomplete. `paused` offers do nothing until they go on. `ended` is for good: an ended template
    issues nothing more, but the coupons out there keep their right."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    ENDED = "ended"


class OfferKind(StrEnum):
    """What people call an offer, by its effect."""

    LIMITED_PRICE = "limited_price"
    ITEM_PERCENT = "item_percent"
    ITEM_AMOUNT = "item_amount"
    N_FOR_M = "n_for_m"
    NTH_ITEM = "nth_item"
    BUY_GET = "buy_get"
    BUNDLE = "bundle"
    THRESHOLD = "threshold"
    PERCENT = "percent"
    GIFT = "gift"
    FREE_DELIVERY = "free_delivery"
    CASH_VOUCHER = "cash_voucher"
    EXCHANGE = "exchange"
    PRIVILEGE_PURCHASE = "privilege_purchase"


@dataclass(frozen=True, slots=True)
class Terms:
    """What promotions and coupon templates share. A draft may not have an effect yet."""

    effect: Effect | None = None
    scope: Scope = ALL_GOODS
    conditions: Conditions = UNCONDITIONAL
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    caps: Caps = Caps()
    limits: Limits = Limits()


NO_TERMS = Terms()
