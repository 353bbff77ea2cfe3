"""What a refund is reckoned from, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shuke.checkout.model import Adjustment, Instrument, Share


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a settled order, as refunds look at it: discounts and payments add up to what it was sold for.

    `points` is the line's share of the points spent on the order; what they were worth is among the discounts.
    """

    line_no: int
    quantity: Decimal
    discounts: tuple[Adjustment, ...]
    payments: tuple[Share, ...]
    points: int = 0

    @property
    def paid_minor(self) -> int:
        return sum(share.amount_minor for share in self.payments)

    @property
    def discount_minor(self) -> int:
        return sum(adjustment.amount_minor for adjustment in self.discounts)


@dataclass(frozen=True, slots=True)
class LineRefund:
    """What one refund gives back of one line, in the order of the line's discounts and payments.

    `quantity` is what came back; None where money was given back and the goods stayed.
    """

    line_no: int
    quantity: Decimal | None
    discounts: tuple[int, ...]
    payments: tuple[int, ...]
    points: int

    @property
    def paid_minor(self) -> int:
        return sum(self.payments)

    @property
    def discount_minor(self) -> int:
        return sum(self.discounts)

    @property
    def gross_minor(self) -> int:
        return self.paid_minor + self.discount_minor


@dataclass(frozen=True, slots=True)
class ByQuantity:
    """So much of a line comes back."""

    line_no: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class ByAmount:
    """The goods stay; `amount_minor` of what was paid for them is given back."""

    line_no: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is left of the order."""


Request = Everything | Sequence[ByQuantity | ByAmount]

Past = Mapping[int, Sequence[LineRefund]]
"""What earlier refunds gave back: line number → its refunds, oldest first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refund gives back. `complete`: nothing is left of the order afterwards."""

    lines: tuple[LineRefund, ...]
    paid: Mapping[tuple[Instrument, UUID | None], int]
    complete: bool

    @property
    def money_minor(self) -> int:
        return self.paid.get((Instrument.MONEY, None), 0)

    @property
    def paid_minor(self) -> int:
        return sum(line.paid_minor for line in self.lines)

    @property
    def discount_minor(self) -> int:
        return sum(line.discount_minor for line in self.lines)

    @property
    def gross_minor(self) -> int:
        return sum(line.gross_minor for line in self.lines)

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)
