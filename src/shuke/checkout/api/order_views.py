"""Orders as the API shows them: rows of lists, and one in full."""

from collections.abc import Sequence
from datetime import date, datetime

from shuke.checkout.api.refund_views import RefundView
from shuke.checkout.api.views import AdjustmentView, ShownQuantity, StageView
from shuke.checkout.listing import FullOrder, ListedOrder
from shuke.checkout.model import Instrument, OrderLine, OrderStatus, TenderKind
from shuke.checkout.payments.model import Method, Payment, PaymentStatus, ProviderName
from shuke.checkout.settlement.model import Adjustment, Stage, StageResult
from shuke.infra.http import View
from shuke.infra.http_ids import CampaignId, CategoryId, MemberId, OrderId, PaymentId, ProductId, StaffId, StoreId


class OrderStore(View):
    id: StoreId
    code: str
    name: str


class OrderMember(View):
    id: MemberId
    number: str
    name: str | None


class OrderRow(View):
    """gross + tax added = discount + paid; net = paid + what partners refund. All as sold; what came back since stands
    beside it. `source` is shuke, or where it was imported from; a pending order waits for its money until
    `hold_until`."""

    id: OrderId
    number: str
    placed_at: datetime
    business_day: date
    store: OrderStore
    member: OrderMember | None
    channel: str
    source: str
    status: OrderStatus
    units: int
    line_count: int
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    points_earned: int
    points_spent: int
    refunded_paid_minor: int
    hold_until: datetime | None

    @classmethod
    def of(cls, listed: ListedOrder) -> "OrderRow":
        return cls.model_validate(_row(listed))


class OrderList(View):
    items: list[OrderRow]
    next_cursor: str | None


class OrderCategory(View):
    id: CategoryId
    name: str


class LinePayment(View):
    """So much of the line was paid with stored value; the rest is money."""

    instrument: Instrument
    amount_minor: int


class OrderLineView(View):
    """`unit_price_minor` is null where the source of an imported order gave only the total."""

    line_no: int
    product_id: ProductId
    sku: str
    name: str
    category: OrderCategory | None
    quantity: ShownQuantity
    unit_price_minor: int | None
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    tax_minor: int
    adjustments: list[AdjustmentView]
    payments: list[LinePayment]


class OrderTender(View):
    kind: TenderKind
    amount_minor: int
    reference: str | None
    payment_id: PaymentId | None


class OrderPayment(View):
    """A payment through a provider; more of it under `/v1/payments`."""

    id: PaymentId
    provider: ProviderName
    method: Method
    amount_minor: int
    status: PaymentStatus

    @classmethod
    def of(cls, payment: Payment) -> "OrderPayment":
        return cls(
            id=payment.payment_id,
            provider=payment.provider,
            method=payment.method,
            amount_minor=payment.amount_minor,
            status=payment.status,
        )


class OrderCampaign(View):
    id: CampaignId
    code: str
    kind: str


class OrderRedemption(View):
    campaign: OrderCampaign
    coupon_code: str


class OrderCashier(View):
    id: StaffId
    name: str


class Order(OrderRow):
    """An order in full. `change_minor` is what was given back in cash; `due_minor` what is still to be paid in money of
    a pending order; `stored_minor` what stored value paid."""

    currency: str
    external_ref: str | None
    cashier: OrderCashier | None
    paid_at: datetime | None
    cancelled_at: datetime | None
    tax_minor: int
    tax_added_minor: int
    stored_minor: int
    due_minor: int
    refunded_gross_minor: int
    refunded_discount_minor: int
    refunded_net_minor: int
    points_returned: int
    points_taken_back: int
    lines: list[OrderLineView]
    stages: list[StageView]
    tenders: list[OrderTender]
    change_minor: int
    redemptions: list[OrderRedemption]
    payments: list[OrderPayment]
    refunds: list[RefundView]

    @classmethod
    def in_full(cls, full: FullOrder) -> "Order":
        order = full.listed.order
        given = sum(tender.amount_minor for tender in order.tenders)
        return cls.model_validate(
            _row(full.listed)
            | {
                "currency": full.currency,
                "external_ref": order.external_ref,
                "cashier": _cashier(full),
                **{name: getattr(order, name) for name in _SAME},
                **{name: getattr(order.came_back, name) for name in _CAME_BACK},
                "due_minor": max(order.money_minor - given, 0) if order.status is OrderStatus.PENDING else 0,
                "lines": [_line(line, full) for line in full.lines],
                "stages": [StageView.of(result) for result in _waterfall(order.gross_minor, full.lines)],
                "tenders": [OrderTender.model_validate(tender) for tender in order.tenders],
                "change_minor": max(given - order.money_minor, 0) if order.tenders else 0,
                "redemptions": [
                    OrderRedemption(
                        campaign=OrderCampaign(
                            id=item.campaign.campaign_id, code=item.campaign.code, kind=item.campaign.kind
                        ),
                        coupon_code=item.coupon_code,
                    )
                    for item in full.redemptions
                ],
                "payments": [OrderPayment.of(payment) for payment in full.payments],
                "refunds": [RefundView.of(refund) for refund in full.refunds],
            }
        )


_SAME = ("paid_at", "cancelled_at", "tax_minor", "tax_added_minor", "stored_minor")
_CAME_BACK = (
    "refunded_gross_minor",
    "refunded_discount_minor",
    "refunded_net_minor",
    "points_returned",
    "points_taken_back",
)
_MADE = {"id", "store", "member", "refunded_paid_minor"}


def _row(listed: ListedOrder) -> dict[str, object]:
    order, store, member = listed.order, listed.store, listed.member
    same = {name: getattr(order, name) for name in OrderRow.model_fields if name not in _MADE}
    return same | {
        "refunded_paid_minor": order.came_back.refunded_paid_minor,
        "id": order.order_id,
        "store": OrderStore(id=store.store_id, code=store.code, name=store.name),
        "member": OrderMember(id=member.member_id, number=member.number, name=member.name) if member else None,
    }


def _line(line: OrderLine, full: FullOrder) -> OrderLineView:
    product = full.products[line.product_id]
    category = product.category
    return OrderLineView(
        line_no=line.line_no,
        product_id=line.product_id,
        sku=product.sku,
        name=product.name,
        category=OrderCategory(id=category.category_id, name=category.name) if category else None,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        gross_minor=line.gross_minor,
        discount_minor=line.discount_minor,
        net_minor=line.net_minor,
        paid_minor=line.paid_minor,
        tax_minor=line.tax_minor,
        adjustments=AdjustmentView.all_of(line.adjustments, line.line_no),
        payments=[LinePayment.model_validate(share) for share in line.payments],
    )


def _cashier(full: FullOrder) -> OrderCashier | None:
    order = full.listed.order
    if order.cashier_id is None:
        return None
    return OrderCashier(id=order.cashier_id, name=full.cashier_name or "")


def _waterfall(gross_minor: int, lines: Sequence[OrderLine]) -> list[StageResult]:
    """The stages that took something off, in the order in which they did. Tax that was added is a negative cut; stored
    value pays."""
    adjustments: list[Adjustment] = [adjustment for line in lines for adjustment in line.adjustments]
    steps, before = [], gross_minor
    for stage in Stage:
        amount = sum(adjustment.amount_minor for adjustment in adjustments if adjustment.stage is stage)
        if stage is Stage.TAX:
            amount = -sum(line.tax_added_minor for line in lines)
        if stage is Stage.STORED_VALUE:
            amount = sum(line.stored_minor for line in lines)
        if amount:
            steps.append(StageResult(stage, before, amount))
            before -= amount
    return steps
