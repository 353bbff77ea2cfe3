"""Orders as others see them. Adjustments and funders are the settlement's words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shuke.checkout.settlement.model import Adjustment, Stage
from shuke.offers.model import Funder

__all__ = ["OWN_SOURCE", "Adjustment", "Funder", "Order", "OrderLine", "OrderStatus", "Stage", "Tender", "TenderKind"]

OWN_SOURCE = "shuke"
"""`source` of an order settled here; imported orders name the system they came from."""


class OrderStatus(StrEnum):
    PAID = "paid"


class TenderKind(StrEnum):
    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tender:
    """Money handed over. Only cash may exceed what is due; the rest is given back as change."""

    kind: TenderKind
    amount_minor: int
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`unit_price_minor` is None where the source of an imported order gave only the total."""

    line_no: int
    product_id: UUID
    quantity: Decimal
    unit_price_minor: int | None
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """gross = discount + paid; net = paid + what partners refund; each is the sum over the lines."""

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
