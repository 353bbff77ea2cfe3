"""Paying a pending order: over the counter, or by a provider that tells of it later.

A payment and a cancellation of one order meet at its row: whoever comes second finds it done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from shuke.checkout import holding, store
from shuke.checkout.model import Order, OrderStatus, Tender, TenderKind
from shuke.checkout.payments import service as payments
from shuke.checkout.payments.model import Intent, Method, Paid, Payment, ProviderName, Purpose
from shuke.checkout.rewarding import after_payment, reward
from shuke.checkout.rules import change, still_due
from shuke.checkout.telling import news
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.offers import service as offers
from shuke.tenancy import service as tenancy

TENDER_OF: Mapping[ProviderName, TenderKind] = MappingProxyType(
    {
        ProviderName.CASH: TenderKind.CASH,
        ProviderName.MANUAL: TenderKind.OTHER,
        ProviderName.WECHAT: TenderKind.WECHAT,
        ProviderName.ALIPAY: TenderKind.ALIPAY,
    }
)
SURPLUS = "surplus"
"""Why a part of a payment is sent back at once: more arrived than was still due."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A payment that a provider is asked for; `amount_minor` None: all that is still due."""

    provider: ProviderName
    method: Method
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """An order that is paid now, and what was given back in cash."""

    order: Order
    change_minor: int


def pay(unit: Unit, order_id: UUID, tenders: Sequence[Tender]) -> Completed:
    """Take what is still due of a pending order and settle it. Its time may be over, as long as it was not let go.

    Raises NotFound, OrderNotPending, TenderShort, TenderOver. Then nothing changed.
    """
    order = _to_be_paid(unit, order_id)
    change_minor = change(tenders, missing(order), tenancy.merchant(unit).currency)
    return Completed(complete(unit, order, tenders), change_minor)


def ask(unit: Unit, order_id: UUID, tenders: Sequence[Tender], outside: Sequence[Outside]) -> list[Payment]:
    """Take a part of what is still due of a pending order, and ask providers for the rest, or for some of it.

    Raises NotFound, OrderNotPending, TenderOver, and what `payments.intend` does. Then nothing changed.
    """
    order = _to_be_paid(unit, order_id)
    currency = tenancy.merchant(unit).currency
    amounts = still_due(tenders, [item.amount_minor for item in outside], missing(order), currency)
    wanted = [(item, amount) for item, amount in zip(outside, amounts, strict=True) if amount]
    if not wanted:
        complete(unit, order, tenders)
        return []
    order = replace(order, tenders=(*order.tenders, *tenders))
    store.tendered(unit, order)
    return ask_outside(unit, order, wanted, tenancy.store(unit, order.store_id).name)


def _to_be_paid(unit: Unit, order_id: UUID) -> Order:
    """The pending order, held. What providers were asked for before is not to be paid any more: money that still
    arrives is taken where it is needed, and goes back where it is not."""
    payments.abandon(unit, Purpose.ORDER, order_id)  # before the order, as whoever books a payment does
    return holding.pending(unit, order_id)


def missing(order: Order) -> int:
    """What has not been tendered yet of what is due in money."""
    return order.money_minor - sum(tender.amount_minor for tender in order.tenders)


def complete(unit: Unit, order: Order, tenders: Sequence[Tender]) -> Order:
    """Settle a pending order that is held, with the last of its tenders: what it held is used, and it earns."""
    at = unit.now()
    paid = replace(order, status=OrderStatus.PAID, paid_at=at, tenders=(*order.tenders, *tenders))
    paid = reward(unit, paid, store.lines(unit, order.order_id), at)
    offers.redeem(unit, order.order_id, at=at)
    after_payment(unit, paid)
    store.settle(unit, paid)
    emit(unit, "order.settled", order.order_id, news(unit, paid), member_id=order.member_id, occurred_at=at)
    return paid


def ask_outside(unit: Unit, order: Order, wanted: Sequence[tuple[Outside, int]], payee: str) -> list[Payment]:
    """Payments through providers for a pending order; they are started after the commit. What the payer reads is
    `payee` and the order's number."""
    made = []
    for outside, amount in wanted:
        scanned = outside.method is Method.AUTH_CODE
        intent = Intent(
            purpose=Purpose.ORDER,
            reference_id=order.order_id,
            provider=outside.provider,
            method=outside.method,
            amount_minor=amount,
            description=f"{payee} {order.number}",
            store_id=order.store_id,
            expires_at=None if scanned else order.hold_until,
        )
        made.append(payments.intend(unit, intent))
    return made


def on_paid(unit: Unit, paid: Paid) -> bool:
    """A provider's money arrived. It is taken as far as the order still waits for it; what it does not need goes back.

    False when nobody waits any more: the order was paid otherwise, or let go. Then all of it goes back.
    """
    order = store.order(unit, paid.reference_id, hold=True)
    if order is None or order.status is not OrderStatus.PENDING:
        return False
    needed = missing(order)
    if needed <= 0 < paid.amount_minor:
        return False
    taken = min(needed, paid.amount_minor)
    tender = Tender(TENDER_OF[paid.provider], taken, paid.provider_ref, paid.payment_id)
    if taken < needed:
        store.tendered(unit, replace(order, tenders=(*order.tenders, tender)))
        return True
    if paid.amount_minor > taken:
        payments.intend_refund(unit, paid.payment_id, paid.amount_minor - taken, SURPLUS)
    complete(unit, order, [tender])
    return True


def send_back(unit: Unit, tender: Tender, amount_minor: int, reason: str) -> None:
    """Promise so much of a tender back to where it came from, where a provider can send it; else the till gives it."""
    if tender.payment_id is not None and amount_minor:
        payments.intend_refund(unit, tender.payment_id, amount_minor, reason)
