"""Settling orders, and finding them again."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from shuke.checkout.api.order_bodies import PayBody, PlaceBody
from shuke.checkout.api.order_views import Order, OrderList, OrderRow
from shuke.checkout.cancelling import cancel
from shuke.checkout.listing import ListedOrder, OrderFilter, OrderSort, full_order, just_settled, list_orders
from shuke.checkout.model import OrderStatus
from shuke.checkout.paying import ask, pay
from shuke.checkout.settling import settle
from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId, OrderId, StoreId
from shuke.kernel.money import MAX_MINOR
from shuke.kernel.paging import MAX_LIMIT
from shuke.tenancy.model import Permission

router = APIRouter(tags=["orders"])

_Word = Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")]
_Minor = Annotated[int | None, Query(gt=-MAX_MINOR, lt=MAX_MINOR)]


def order_filter(
    from_: Annotated[date | None, Query(alias="from", description="first business day")] = None,
    to: Annotated[date | None, Query(description="last business day")] = None,
    store_id: StoreId | None = None,
    member_id: MemberId | None = None,
    channel: _Word = None,
    source: _Word = None,
    status: OrderStatus | None = None,
    q: Annotated[_Word, Query(description="a whole order number or external reference")] = None,
    min_minor: _Minor = None,
    max_minor: _Minor = None,
) -> OrderFilter:
    return OrderFilter(
        from_day=from_,
        to_day=to,
        store_id=store_id,
        member_id=member_id,
        channel=channel,
        source=source,
        status=status,
        q=q,
        min_minor=min_minor,
        max_minor=max_minor,
    )


Wanted = Annotated[OrderFilter, Depends(order_filter)]
_Sort = Annotated[OrderSort, Query()]


@router.post("/orders", status_code=201)
def settle_order(body: PlaceBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]) -> Order:
    """Settle a cart for what it costs now; the answer is the order, with the change to give back.

    With `pending`, or `payments` through providers (start each under `/v1/payments/{id}/start`), the order is placed
    and waits for the rest of its money until `hold_until`.

    Send an `Idempotency-Key`: a repeat with the same key and body gets the same order. 409 `payable_changed` when
    the price is no longer `expected_payable_minor`, 422 `tender_short` when the tenders do not cover it.
    """

    def act(unit: Unit) -> Order:
        settled = settle(unit, body.cart(), body.payment(), channel=body.channel, external_ref=body.external_ref)
        return Order.in_full(just_settled(unit, settled))

    return call.once(Order, body, act)


@router.post("/orders/{order_id}/payments")
def pay_order(order_id: OrderId, body: PayBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]) -> Order:
    """Take what is still due of a pending order: it is paid, and earns. With `payments` through providers (start each
    under `/v1/payments/{id}/start`) it waits for them instead, and no longer for those asked before. 409
    `order_not_pending` when it was paid or let go meanwhile; then the money stays with the customer."""

    def act(unit: Unit) -> Order:
        if body.payments:
            ask(unit, order_id, body.given(), body.asked())
        else:
            pay(unit, order_id, body.given())
        return Order.in_full(full_order(unit, order_id))

    return call.once(Order, body, act)


@router.post("/orders/{order_id}/cancel")
def cancel_order(order_id: OrderId, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]) -> Order:
    """Let a pending order go: all that it held comes back. One that is paid is refunded instead."""

    def act(unit: Unit) -> Order:
        cancel(unit, order_id)
        return Order.in_full(full_order(unit, order_id))

    return call.once(Order, None, act)


@router.get("/orders")
def read_orders(
    call: Annotated[Call, allow(Permission.ORDERS_READ)],
    wanted: Wanted,
    sort: _Sort = OrderSort.PLACED_DESC,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OrderList:
    """Orders of the stores within reach, newest first unless sorted otherwise."""
    with call.unit() as unit:
        page = list_orders(unit, wanted, sort, cursor, limit)
        return OrderList(items=[OrderRow.of(listed) for listed in page.items], next_cursor=page.next_cursor)


@router.get("/orders/export", response_class=StreamingResponse)
def export_orders(
    call: Annotated[Call, allow(Permission.ORDERS_EXPORT)],
    wanted: Wanted,
    sort: _Sort = OrderSort.PLACED_DESC,
) -> StreamingResponse:
    """The same orders as a CSV file; amounts in minor units."""
    return csv_response("orders", _HEADER, _rows(call, wanted, sort))


@router.get("/orders/{order_id}")
def read_order(order_id: OrderId, call: Annotated[Call, allow(Permission.ORDERS_READ)]) -> Order:
    """One order with its lines, every discount with its reason, and how it was paid."""
    with call.unit() as unit:
        return Order.in_full(full_order(unit, order_id))


_HEADER = (
    "number",
    "placed_at",
    "business_day",
    "store_code",
    "store",
    "member_number",
    "channel",
    "source",
    "external_ref",
    "status",
    "units",
    "lines",
    "gross_minor",
    "discount_minor",
    "net_minor",
    "paid_minor",
    "points_earned",
    "points_spent",
    "refunded_paid_minor",
)


def _rows(call: Call, wanted: OrderFilter, sort: OrderSort) -> Iterator[list[Cell]]:
    """All pages in turn."""
    with call.unit() as unit:
        cursor: str | None = None
        while True:
            page = list_orders(unit, wanted, sort, cursor, MAX_LIMIT)
            yield from (_cells(listed) for listed in page.items)
            cursor = page.next_cursor
            if cursor is None:
                return


def _cells(listed: ListedOrder) -> list[Cell]:
    order = listed.order
    return [
        order.number,
        order.placed_at,
        order.business_day,
        listed.store.code,
        listed.store.name,
        listed.member.number if listed.member else None,
        order.channel,
        order.source,
        order.external_ref,
        order.status,
        order.units,
        order.line_count,
        order.gross_minor,
        order.discount_minor,
        order.net_minor,
        order.paid_minor,
        order.points_earned,
        order.points_spent,
        order.came_back.refunded_paid_minor,
    ]
