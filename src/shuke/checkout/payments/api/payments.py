"""Payments at the till: start one, see how it stands, close it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from shuke.checkout.payments import counter, listing, store, talking
from shuke.checkout.payments.api.views import CounterProvider, CounterProviderList, PaymentList, PaymentView
from shuke.checkout.payments.desk import Desk
from shuke.checkout.payments.listing import PaymentFilter, WholePayment
from shuke.checkout.payments.model import Payer, PaymentStatus, ProviderName, Purpose
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, allow
from shuke.infra.http_ids import OrderId, PaymentId
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["payments"])


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.payments
    return desk


TheDesk = Annotated[Desk, Depends(_desk)]


class PayerBody(Body):
    """`auth_code`: the code on the customer's phone, as scanned. `open_id`: who she is to the provider, for JSAPI."""

    auth_code: str | None = Field(default=None, pattern=r"^\d{16,24}$")
    open_id: str | None = Field(default=None, pattern=r"^[\w-]{8,128}$")


def payment_filter(
    status: PaymentStatus | None = None,
    provider: ProviderName | None = None,
    purpose: Purpose | None = None,
    order_id: OrderId | None = None,
    attention: Annotated[bool | None, Query(description="those that a person must look at")] = None,
) -> PaymentFilter:
    return PaymentFilter(status, provider, Purpose.ORDER if order_id else purpose, order_id, attention)


@router.get("/payments")
def list_payments(
    call: Annotated[Call, allow(Permission.ORDERS_READ)],
    wanted: Annotated[PaymentFilter, Depends(payment_filter)],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PaymentList:
    """Payments of the stores within reach, newest first."""
    with call.unit() as unit:
        page = listing.list_payments(unit, wanted, cursor, limit)
        return PaymentList(items=present(unit, page.items), next_cursor=page.next_cursor)


@router.get("/payment-providers")
def read_counter_providers(call: Annotated[Call, allow(Permission.ORDERS_WRITE)], desk: TheDesk) -> CounterProviderList:
    """Whom the till may ask for money, and how: the providers that are set up."""
    with call.unit() as unit:
        found = counter.at_counter(unit, reachable=bool(desk.gateways.public_url))
    return CounterProviderList(items=[CounterProvider(provider=name, methods=list(how)) for name, how in found])


@router.get("/payments/{payment_id}")
def read_payment(payment_id: PaymentId, call: Annotated[Call, allow(Permission.ORDERS_READ)]) -> PaymentView:
    """One payment as it is booked; the provider is not asked."""
    with call.unit() as unit:
        return present_one(unit, listing.whole(unit, payment_id))


@router.post("/payments/{payment_id}/start")
def start_payment(
    payment_id: PaymentId, body: PayerBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)], desk: TheDesk
) -> PaymentView:
    """Ask the provider to take the money. Safe to repeat: the same payment is never taken twice.

    The answer says how it stands: `paid`, `pending` (show `handover`, then ask again), or `failed` with the reason.
    """
    payer = Payer(body.auth_code, body.open_id, call.client)
    merchant_id = _require(call, payment_id)
    talking.start(desk, merchant_id, payment_id, payer)
    return _answer(call, payment_id)


@router.post("/payments/{payment_id}/check")
def check_payment(
    payment_id: PaymentId, call: Annotated[Call, allow(Permission.ORDERS_WRITE)], desk: TheDesk
) -> PaymentView:
    """Ask the provider how the payment stands, now."""
    talking.check(desk, _require(call, payment_id), payment_id)
    return _answer(call, payment_id)


@router.post("/payments/{payment_id}/close")
def close_payment(
    payment_id: PaymentId, call: Annotated[Call, allow(Permission.ORDERS_WRITE)], desk: TheDesk
) -> PaymentView:
    """See that nobody can pay it any more. If it was paid meanwhile, the answer says so."""
    talking.close(desk, _require(call, payment_id), payment_id)
    return _answer(call, payment_id)


@router.delete("/payments/{payment_id}/attention")
def clear_attention(payment_id: PaymentId, call: Annotated[Call, allow(Permission.ORDERS_REFUND)]) -> PaymentView:
    """Say that somebody has looked at it."""
    with call.unit() as unit:
        return present_one(unit, listing.clear_attention(unit, payment_id))


def _require(call: Call, payment_id: UUID) -> UUID:
    """The merchant, when the caller may touch the payment; in a transaction that ends before a provider is asked."""
    with call.unit() as unit:
        store.payment(unit, payment_id)
        return unit.merchant_id


def _answer(call: Call, payment_id: UUID) -> PaymentView:
    with call.unit() as unit:
        return present_one(unit, listing.whole(unit, payment_id))


def present_one(unit: Unit, found: WholePayment) -> PaymentView:
    return present(unit, [found])[0]


def present(unit: Unit, found: Sequence[WholePayment]) -> list[PaymentView]:
    """Payments with the names of their stores."""
    stores = tenancy.store_refs(unit, {one.payment.store_id for one in found if one.payment.store_id})
    return [PaymentView.of(one, stores) for one in found]
