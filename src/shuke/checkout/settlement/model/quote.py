"""What comes out: an explained quote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from shuke.checkout.settlement.model.cart import Item
from shuke.checkout.settlement.model.kinds import Stage, Why
from shuke.kernel.text import Text
from shuke.offers.model import Funder

Params = Mapping[str, str | int | Text]
"""What fills the words of a reason; JSON can hold it once every Text became `{"zh", "en"}`."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """So much off (`amount_minor` > 0 is a discount), by which rule, at whose cost, and why. `party` names the partner
    where there is more than one."""

    stage: Stage
    amount_minor: int
    rule: str
    funder: Funder
    params: Params = field(default_factory=dict)
    party: str | None = None


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """gross + tax added = discount + paid. Of what is paid, `stored_value_minor` is paid with stored value, and
    `tax_minor` is tax (the part of it that was added to the price is `tax_added_minor`)."""

    item: Item
    gross_minor: int
    adjustments: tuple[Adjustment, ...]
    tax_minor: int = 0
    tax_added_minor: int = 0
    stored_value_minor: int = 0

    @property
    def discount_minor(self) -> int:
        return sum(adjustment.amount_minor for adjustment in self.adjustments)

    @property
    def paid_minor(self) -> int:
        return self.gross_minor - self.discount_minor + self.tax_added_minor

    @property
    def payable_minor(self) -> int:
        """What is left to pay with money."""
        return self.paid_minor - self.stored_value_minor


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
class MoneyUse:
    """Red packets, or stored value, in a quote: the most that can be spent on it, and what is spent."""

    usable_minor: int = 0
    used_minor: int = 0


@dataclass(frozen=True, slots=True)
class RightUse:
    """A right that the quote uses: an offer or coupon (by id), red packets (by campaign), the member price or a rate
    (neither has an id)."""

    stage: Stage
    rule: str
    name: Text
    amount_minor: int
    pieces: int = 0
    offer_id: UUID | None = None
    coupon_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """An offer or coupon that could matter here and is not applied. `missing` counts what it takes (minor units, or
    pieces); `other` is the name of what stands in its way."""

    rule: str
    name: Text
    why: Why
    missing: int = 0
    other: Text | None = None
    offer_id: UUID | None = None
    coupon_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GiftToAdd:
    """`quantity` pieces of a product that would be free, were they in the basket."""

    rule: str
    name: Text
    product_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A settled cart. `lines` stand in the order of the cart; `adjustments` are those made on the order as a
    whole, whose shares the lines already carry. `used`: the rights that made it.

    `proven`: no other combination of the customer's rights is cheaper. `choice_costs_minor`: what her own choices cost
    her against leaving everything open.
    """

    lines: tuple[QuotedLine, ...]
    adjustments: tuple[Adjustment, ...]
    stages: tuple[StageResult, ...]
    points: PointsUse
    joining_saves_minor: int = 0
    red_packet: MoneyUse = MoneyUse()
    stored_value: MoneyUse = MoneyUse()
    used: tuple[RightUse, ...] = ()
    missed: tuple[Missed, ...] = ()
    gifts: tuple[GiftToAdd, ...] = ()
    proven: bool = True
    choice_costs_minor: int = 0

    @property
    def gross_minor(self) -> int:
        return sum(line.gross_minor for line in self.lines)

    @property
    def discount_minor(self) -> int:
        return sum(line.discount_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        return sum(line.tax_minor for line in self.lines)

    @property
    def tax_added_minor(self) -> int:
        return sum(line.tax_added_minor for line in self.lines)

    @property
    def paid_minor(self) -> int:
        """What the order costs: money and stored value."""
        return self.gross_minor - self.discount_minor + self.tax_added_minor

    @property
    def payable_minor(self) -> int:
        """What is left to pay with money."""
        return self.paid_minor - self.stored_value.used_minor

    @property
    def cost_minor(self) -> int:
        """What the order costs the member: money, stored value, and points at their worth."""
        return self.paid_minor + self.points.worth_minor

    @property
    def net_minor(self) -> int:
        """What the merchant receives: what is paid, and what partners refund."""
        return self.paid_minor + partner_funded(adjustment for line in self.lines for adjustment in line.adjustments)


def partner_funded(adjustments: Iterable[Adjustment]) -> int:
    """The part of a discount that partners bear."""
    return sum(adjustment.amount_minor for adjustment in adjustments if adjustment.funder is Funder.PARTNER)
