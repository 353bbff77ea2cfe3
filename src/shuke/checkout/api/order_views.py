"""Orders as the API shows them: rows of lists, and one in full."""

from collections.abc import Iterable
from datetime import date, datetime

from shuke.checkout.api.views import AdjustmentView, ShownQuantity, StageView
from shuke.checkout.listing import FullOrder, ListedOrder
from shuke.checkout.model import OrderLine, OrderStatus, TenderKind
from shuke.checkout.settlement.model import Adjustment, Stage, StageResult
from shuke.infra.http import View
from shuke.infra.http_ids import CampaignId, CategoryId, MemberId, OrderId, ProductId, StaffId, StoreId


class OrderStore(View):
    id: StoreId
    code: str
    name: str


class OrderMember(View):
    id: MemberId
    number: str
    name: str | None


class OrderRow(View):
    """gross = discount + paid; net = paid + what partners refund. `source` is shuke, or where it was imported from."""

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

    @classmethod
    def of(cls, listed: ListedOrder) -> "OrderRow":
        return cls.model_validate(_row(listed))


class OrderList(View):
    items: list[OrderRow]
    next_cursor: str | None


class OrderCategory(View):
    id: CategoryId
    name: str


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
    adjustments: list[AdjustmentView]


class OrderTender(View):
    kind: TenderKind
    amount_minor: int
    reference: str | None


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
    """An order in full. `change_minor` is what was given back in cash."""

    currency: str
    external_ref: str | None
    cashier: OrderCashier | None
    lines: list[OrderLineView]
    stages: list[StageView]
    tenders: list[OrderTender]
    change_minor: int
    redemptions: list[OrderRedemption]

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
                "lines": [_line(line, full) for line in full.lines],
                "stages": [StageView.of(result) for result in _waterfall(order.gross_minor, full.lines)],
                "tenders": [OrderTender.model_validate(tender) for tender in order.tenders],
                "change_minor": given - order.paid_minor if order.tenders else 0,
                "redemptions": [
                    OrderRedemption(
                        campaign=OrderCampaign(
                            id=item.campaign.campaign_id, code=item.campaign.code, kind=item.campaign.kind
                        ),
                        coupon_code=item.coupon_code,
                    )
                    for item in full.redemptions
                ],
            }
        )


def _row(listed: ListedOrder) -> dict[str, object]:
    order, store, member = listed.order, listed.store, listed.member
    same = {name: getattr(order, name) for name in OrderRow.model_fields if name not in {"id", "store", "member"}}
    return same | {
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
        adjustments=AdjustmentView.all_of(line.adjustments, line.line_no),
    )


def _cashier(full: FullOrder) -> OrderCashier | None:
    order = full.listed.order
    if order.cashier_id is None:
        return None
    return OrderCashier(id=order.cashier_id, name=full.cashier_name or "")


def _waterfall(gross_minor: int, lines: Iterable[OrderLine]) -> list[StageResult]:
    """The stages that took something off, in the order in which they did."""
    adjustments: list[Adjustment] = [adjustment for line in lines for adjustment in line.adjustments]
    steps, before = [], gross_minor
    for stage in Stage:
        amount = sum(adjustment.amount_minor for adjustment in adjustments if adjustment.stage is stage)
        if amount:
            steps.append(StageResult(stage, before, amount))
            before -= amount
    return steps
