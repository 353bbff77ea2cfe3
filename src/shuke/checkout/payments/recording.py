"""Booking what a provider said: the answer, the payment's new state, the news of it, and what follows from money.

All in one transaction, under the payment's own lock: whoever comes second finds it done. Payments are locked before
what they pay for.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import structlog

from shuke.checkout.payments import store
from shuke.checkout.payments.desk import OnPaid
from shuke.checkout.payments.model import (
    Attention,
    Paid,
    Payment,
    PaymentRefund,
    Purpose,
    RefundStatus,
    Source,
    Told,
)
from shuke.checkout.payments.rules import FIRST_CHECK, Effect, after, after_refund, pause
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id

LATE, UNWANTED = "late", "unwanted"
"""Why money is sent back without anybody asking: it came when its payment was over, or nobody wanted it any more."""

_NEWS = {
    Effect.PRESENTED: "payment.presented",
    Effect.PAID: "payment.paid",
    Effect.LATE: "payment.came_late",
    Effect.FAILED: "payment.failed",
    Effect.CLOSED: "payment.closed",
    Effect.DIFFERS: "payment.differed",
}
_REFUND_NEWS = {
    Effect.PRESENTED: "payment_refund.sent",
    Effect.PAID: "payment_refund.succeeded",
    Effect.FAILED: "payment_refund.failed",
    Effect.DIFFERS: "payment_refund.differed",
}
_log = structlog.get_logger("shuke.payments")


def record(
    unit: Unit,
    on_paid: Mapping[Purpose, OnPaid],
    payment_id: UUID,
    told: Told,
    source: Source,
    *,
    key: str | None = None,
) -> tuple[Payment, Effect]:
    """Book one answer. A notification whose `key` was booked before changes nothing. Raises NotFound."""
    before = store.payment(unit, payment_id, lock=True)
    if key is not None and store.known_notification(unit, key):
        return before, Effect.NOTHING
    payment, effect = after(before, told, unit.now())
    store.add_event(unit, payment_id, told, source, effect, key=key)
    if payment != before:
        store.save(unit, payment)
    if effect in _NEWS:
        emit(unit, _NEWS[effect], payment_id, _news(payment))
    if effect is Effect.LATE:
        send_back(unit, payment, LATE)
    if effect is Effect.PAID:
        payment = deliver(unit, on_paid, payment)
    return payment, effect


def deliver(unit: Unit, on_paid: Mapping[Purpose, OnPaid], payment: Payment) -> Payment:
    """Hand over what was paid for. If that fails it is undone, told to a person, and tried again by the worker; the
    money stays booked."""
    now = unit.now()
    try:
        with unit.connection.begin_nested():
            wanted = on_paid[payment.purpose](unit, _paid(payment))
    except Exception as error:
        _log.error("payment.not_delivered", payment=str(payment.payment_id), exc_info=error)
        again = now + max(pause(now - (payment.paid_at or now)), FIRST_CHECK)
        payment = replace(payment, attention=Attention.NOT_DELIVERED, check_at=again)
    else:
        payment = replace(payment, delivered_at=now, attention=None, check_at=None)
        if not wanted:
            send_back(unit, payment, UNWANTED)
    store.save(unit, payment)
    return payment


def send_back(unit: Unit, payment: Payment, reason: str) -> PaymentRefund | None:
    """Promise all that is left of it back; the worker sends it. None when nothing is left."""
    left = payment.received_minor - store.promised(unit, payment.payment_id)
    return add_refund(unit, payment, left, reason) if left else None


def add_refund(unit: Unit, payment: Payment, amount_minor: int, reason: str) -> PaymentRefund:
    now = unit.now()
    refund = PaymentRefund(
        new_id(), payment.payment_id, amount_minor, reason, RefundStatus.CREATED, None, None, None, now, None, now
    )
    store.add_refund(unit, refund)
    emit(unit, "payment_refund.created", refund.refund_id, _refund_news(payment, refund))
    return refund


def record_refund(
    unit: Unit, payment: Payment, refund_id: UUID, told: Told, source: Source, *, key: str | None = None
) -> tuple[PaymentRefund, Effect]:
    """Book one answer about a refund. Raises NotFound."""
    before = store.refund(unit, refund_id, lock=True)
    if key is not None and store.known_notification(unit, key):
        return before, Effect.NOTHING
    refund, effect = after_refund(before, told, unit.now())
    store.add_event(unit, payment.payment_id, told, source, effect, refund_id=refund_id, key=key)
    if refund != before:
        store.save_refund(unit, refund)
    if effect in _REFUND_NEWS and refund.status is not before.status:
        emit(unit, _REFUND_NEWS[effect], refund_id, _refund_news(payment, refund))
    return refund, effect


def _paid(payment: Payment) -> Paid:
    assert payment.paid_at is not None
    return Paid(
        payment_id=payment.payment_id,
        purpose=payment.purpose,
        reference_id=payment.reference_id,
        provider=payment.provider,
        method=payment.method,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        provider_ref=payment.provider_ref,
        store_id=payment.store_id,
        paid_at=payment.paid_at,
    )


def _news(payment: Payment) -> dict[str, object]:
    """What the events tell: no personal data."""
    return {
        "purpose": str(payment.purpose),
        "reference_id": str(payment.reference_id),
        "provider": str(payment.provider),
        "method": str(payment.method),
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "status": str(payment.status),
    }


def _refund_news(payment: Payment, refund: PaymentRefund) -> dict[str, object]:
    return _news(payment) | {
        "payment_id": str(payment.payment_id),
        "amount_minor": refund.amount_minor,
        "reason": refund.reason,
        "status": str(refund.status),
    }
