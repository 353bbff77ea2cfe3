"""What a refund is reckoned from, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from shuke.checkout.model import Adjustment, Instrument, Share
from shuke.checkout.refunds.tenders import MoneyBack
from shuke.ledger.model import Asset


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a settled order, as refunds look at it: discounts and payments add up to gross and tax added.

    `points` is the line's share of the points spent on the order; what they were worth is among the discounts.
    """

    line_no: int
    quantity: Decimal
    discounts: tuple[Adjustment, ...]
    payments: tuple[Share, ...]
    points: int = 0
    tax_minor: int = 0
    tax_added_minor: int = 0

    @property
    def paid_minor(self) -> int:
        return sum(share.amount_minor for share in self.payments)

    @property
    def discount_minor(self) -> int:
        return sum(adjustment.amount_minor for adjustment in self.discounts)

    @property
    def gross_minor(self) -> int:
        return self.paid_minor + self.discount_minor - self.tax_added_minor


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
    tax_minor: int = 0
    tax_added_minor: int = 0

    @property
    def paid_minor(self) -> int:
        return sum(self.payments)

    @property
    def discount_minor(self) -> int:
        return sum(self.discounts)

    @property
    def gross_minor(self) -> int:
        return self.paid_minor + self.discount_minor - self.tax_added_minor


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
    def gross_minor(self) -> int:
        return sum(line.gross_minor for line in self.lines)

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)


@dataclass(frozen=True, slots=True)
class AssetBack:
    """`amount` of an asset that went back to a wallet."""

    wallet_id: UUID
    asset: Asset
    amount: int


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """What a refund gave back of a line, and what of it partners had refunded (`net`)."""

    part: LineRefund
    net_minor: int


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as it was made; the amounts are sums over its lines.

    `money_minor` is the part of `paid_minor` that was money, of which `deducted_minor` was kept for points that were
    spent already; the rest went back as `tenders` say. `paid_out_minor` of the stored value that came back belongs to
    members who were erased, and was handed over in cash. `points_returned` of those spent came back;
    `points_taken_back` of those earned were undone, of which `points_owed` became a debt. `complete`: nothing was
    left of the order afterwards.
    """

    refund_id: UUID
    order_id: UUID
    store_id: UUID
    member_id: UUID | None
    at: datetime
    business_day: date
    reason: str
    complete: bool
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    tax_minor: int
    tax_added_minor: int
    money_minor: int
    deducted_minor: int
    paid_out_minor: int
    points_returned: int
    points_taken_back: int
    points_owed: int
    growth_taken_back: int
    tenders: tuple[MoneyBack, ...]
    assets: tuple[AssetBack, ...]
    by_kind: str
    by_id: UUID
    lines: tuple[RefundedLine, ...] = ()
