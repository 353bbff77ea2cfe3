"""What a settlement is made of: a cart and a customer go in, an explained quote comes out.

Amounts are minor units of the merchant's currency and whole; quantities are exact decimals with up to three places.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shuke.kernel.text import Text
from shuke.offers.model import Funder

Params = Mapping[str, str | int | Text]
"""What fills the words of a reason; JSON can hold it once every Text became `{"zh", "en"}`."""


class Stage(StrEnum):
    """Where in the settlement an adjustment arose, in the order of the waterfall."""

    MEMBER_PRICE = "member_price"
    TIER_DISCOUNT = "tier_discount"
    POINTS = "points"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the cart. `unit_price_minor` is the shelf price; `member_price_minor` the members' lower one."""

    line_no: int
    product_id: UUID
    sku: str
    name: str
    quantity: Decimal
    unit_price_minor: int
    member_price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class TierRight:
    """What a member's tier takes off an order."""

    code: str
    name: Text
    discount_bps: int


@dataclass(frozen=True, slots=True)
class PointsRight:
    """Points a member has and what they buy: `per_unit` points are worth `unit_minor`, up to a share of the order."""

    balance: int
    per_unit: int
    unit_minor: int
    max_share_bps: int


@dataclass(frozen=True, slots=True)
class Customer:
    """A member's rights at checkout; whoever is not a member has no Customer."""

    tier: TierRight
    points: PointsRight


@dataclass(frozen=True, slots=True)
class Choices:
    """What the member decided. `points` is the most she wants to spend; what would buy nothing is not taken."""

    points: int = 0


@dataclass(frozen=True, slots=True)
class Adjustment:
    """So much off (`amount_minor` > 0 is a discount), by which rule, at whose cost, and why."""

    stage: Stage
    amount_minor: int
    rule: str
    funder: Funder
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuotedLine:
    item: Item
    gross_minor: int
    adjustments: tuple[Adjustment, ...]

    @property
    def discount_minor(self) -> int:
        return sum(adjustment.amount_minor for adjustment in self.adjustments)

    @property
    def paid_minor(self) -> int:
        return self.gross_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class StageResult:
    """One step of the waterfall over the whole order."""

    stage: Stage
    before_minor: int
    amount_minor: int

    @property
    def after_minor(self) -> int:
        return self.before_minor - self.amount_minor


@dataclass(frozen=True, slots=True)
class PointsUse:
    """Points in a quote: the most that can be spent on it, and what is spent."""

    usable: int = 0
    used: int = 0
    worth_minor: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A settled cart. `lines` stand in the order of the cart; `adjustments` are those made on the order as a
    whole, whose shares the lines already carry."""

    lines: tuple[QuotedLine, ...]
    adjustments: tuple[Adjustment, ...]
    stages: tuple[StageResult, ...]
    points: PointsUse
    joining_saves_minor: int = 0

    @property
    def gross_minor(self) -> int:
        return sum(line.gross_minor for line in self.lines)

    @property
    def discount_minor(self) -> int:
        return sum(line.discount_minor for line in self.lines)

    @property
    def payable_minor(self) -> int:
        return self.gross_minor - self.discount_minor

    @property
    def net_minor(self) -> int:
        """What the merchant receives: what is paid, and what partners refund."""
        return self.payable_minor + partner_funded(adjustment for line in self.lines for adjustment in line.adjustments)


def partner_funded(adjustments: Iterable[Adjustment]) -> int:
    """The part of a discount that partners bear."""
    return sum(adjustment.amount_minor for adjustment in adjustments if adjustment.funder is Funder.PARTNER)
