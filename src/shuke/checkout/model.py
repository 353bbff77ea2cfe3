"""Orders as others see them. Adjustments and funders are the settlement's words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shuke.checkout.settlement.model import Adjustment, ItemKind, Stage
from shuke.offers.model import Funder

__all__ = [
    "OWN_SOURCE",
    "SETTLED",
    "Adjustment",
    "CameBack",
    "EarnedByLine",
    "Funder",
    "Instrument",
    "ItemKind",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Share",
    "Stage",
    "Tender",
    "TenderKind",
]

OWN_SOURCE = "shuke"
"""`source` of an order settled here; imported orders name the system they came from."""


class OrderStatus(StrEnum):
    """pending → paid → partially_refunded → refunded; or pending → cancelled."""

    PENDING = "pending"
    """Placed, not paid: holds what it spends and reserves until it is paid, cancelled, or its time is up."""
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


SETTLED = (OrderStatus.PAID, OrderStatus.PARTIALLY_REFUNDED, OrderStatus.REFUNDED)
"""Orders that were sold; the others count nowhere."""


class TenderKind(StrEnum):
    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tender:
    """Money handed over. Only cash may exceed what is due; the rest is given back as change.

    `payment_id` is that of a payment through a provider (payments/), which can be sent back the same way.
    """

    kind: TenderKind
    amount_minor: int
    reference: str | None = None
    payment_id: UUID | None = None


class Instrument(StrEnum):
    """What can have paid for a line."""

    MONEY = "money"
    STORED_PRINCIPAL = "stored_principal"
    STORED_BONUS = "stored_bonus"


@dataclass(frozen=True, slots=True)
class Share:
    """`amount_minor` of a line was paid with `instrument`; `wallet_id` is the member's or the card's it came from."""

    instrument: Instrument
    amount_minor: int
    wallet_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`unit_price_minor` is None where the source of an imported order gave only the total. `payments` is what paid
    for the line other than money; what remains of `paid_minor` is money."""

    line_no: int
    product_id: UUID
    quantity: Decimal
    unit_price_minor: int | None
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    adjustments: tuple[Adjustment, ...]
    kind: ItemKind = ItemKind.GOODS
    payments: tuple[Share, ...] = ()
    tax_minor: int = 0
    tax_added_minor: int = 0

    @property
    def stored_minor(self) -> int:
        """Paid with stored value."""
        return sum(share.amount_minor for share in self.payments)


@dataclass(frozen=True, slots=True)
class CameBack:
    """What refunds gave back of an order so far."""

    refunded_gross_minor: int = 0
    refunded_discount_minor: int = 0
    refunded_net_minor: int = 0
    refunded_paid_minor: int = 0
    points_returned: int = 0
    points_taken_back: int = 0


@dataclass(frozen=True, slots=True)
class EarnedByLine:
    """What each line earned, in the order of the lines; empty where the order earned nothing (yet)."""

    points: tuple[int, ...] = ()
    growth: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """gross + tax added = discount + paid; net = paid + what partners refund; each is the sum over the lines.

    `tenders` is the money that was taken, which together with stored value makes what was paid. `identified_as`: the
    member whose phone or card was shown, where she is another by now.
    """

    order_id: UUID
    number: str
    store_id: UUID
    member_id: UUID | None
    channel: str
    source: str
    external_ref: str | None
    status: OrderStatus
    placed_at: datetime
    business_day: date
    units: int
    line_count: int
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    points_earned: int
    points_spent: int
    tenders: tuple[Tender, ...]
    cashier_id: UUID | None
    hold_until: datetime | None = None
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None
    tax_minor: int = 0
    tax_added_minor: int = 0
    stored_minor: int = 0
    identified_as: UUID | None = None
    earned: EarnedByLine = EarnedByLine()
    came_back: CameBack = CameBack()

    @property
    def money_minor(self) -> int:
        """What is due, or was paid, in money."""
        return self.paid_minor - self.stored_minor
