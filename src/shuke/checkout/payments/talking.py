"""Asking providers. Each step is commit, call, book: no transaction is open while a provider thinks.

Whatever is cut off between two of them leaves a payment that says "not known", and `sweeping.py` asks again.
"""

from uuid import UUID

from shuke.checkout.payments import store
from shuke.checkout.payments.desk import Desk, Provider
from shuke.checkout.payments.errors import PaymentOver, ProviderNotSetUp, PublicAddressMissing
from shuke.checkout.payments.model import (
    Attention,
    Method,
    Payer,
    Payment,
    PaymentRefund,
    PaymentStatus,
    ProviderName,
    RefundStatus,
    Source,
    Telling,
    Told,
)
from shuke.checkout.payments.recording import record, record_refund

_CHANGED = Told(Telling.UNKNOWN, "account_changed", attention=Attention.ACCOUNT_CHANGED)


def start(desk: Desk, merchant_id: UUID, payment_id: UUID, payer: Payer) -> Payment:
    """Ask the provider to take the money. Safe to repeat: the provider knows the payment by its id.

    The answer is the payment as it stands: `handover` is what to show the payer. One that was answered before is given
    as it is. Raises NotFound, PaymentOver, ProviderNotSetUp, PublicAddressMissing, PayerNeeded, MethodNotOffered.
    """
    payment = _read(desk, merchant_id, payment_id)
    if payment.status in (PaymentStatus.PAID, PaymentStatus.PENDING):
        return payment
    if not payment.live or payment.overdue(desk.database.clock.now()):
        raise PaymentOver(status="expired" if payment.live else payment.status)
    account, provider = desk.provider(merchant_id, payment.provider)
    if account.payee != payment.payee:
        return _book(desk, merchant_id, payment_id, _CHANGED, Source.START)
    notify_url = desk.notify_url(merchant_id, payment.provider)
    if payment.provider is ProviderName.WECHAT and payment.method is not Method.AUTH_CODE and not notify_url:
        raise PublicAddressMissing
    told = provider.start(payment, payer, notify_url)
    payment = _book(desk, merchant_id, payment_id, told, Source.START)
    return check(desk, merchant_id, payment_id) if told.telling is Telling.UNKNOWN else payment


def check(desk: Desk, merchant_id: UUID, payment_id: UUID) -> Payment:
    """Ask the provider how a payment stands. Raises NotFound."""
    payment = _read(desk, merchant_id, payment_id)
    if payment.received_minor or payment.check_at is None:
        return payment
    return _book(desk, merchant_id, payment_id, _query(desk, merchant_id, payment), Source.QUERY)


def close(desk: Desk, merchant_id: UUID, payment_id: UUID) -> Payment:
    """See that nobody can pay it any more. One that was paid meanwhile is booked as paid instead. Raises NotFound."""
    with desk.database.merchant(merchant_id) as unit:
        store.give_up(unit, payment_id)
        payment = store.payment(unit, payment_id)
    if payment.received_minor or payment.check_at is None:
        return payment
    told = _query(desk, merchant_id, payment)
    payment = _book(desk, merchant_id, payment_id, told, Source.QUERY)
    if told.telling not in (Telling.PENDING, Telling.UNKNOWN):
        return payment
    provider = _provider(desk, merchant_id, payment)
    told = provider.close(payment) if provider else _CHANGED
    payment = _book(desk, merchant_id, payment_id, told, Source.CLOSE)
    return check(desk, merchant_id, payment_id) if told.telling is Telling.UNKNOWN and provider else payment


def _query(desk: Desk, merchant_id: UUID, payment: Payment) -> Told:
    provider = _provider(desk, merchant_id, payment)
    return provider.query(payment) if provider else _CHANGED


def send_refund(desk: Desk, merchant_id: UUID, refund_id: UUID) -> PaymentRefund:
    """Ask the provider to send the money back. Safe to repeat: it knows the refund by its id. Raises NotFound."""
    payment, refund = _read_refund(desk, merchant_id, refund_id)
    if refund.status is not RefundStatus.CREATED:
        return refund
    provider = _provider(desk, merchant_id, payment)
    told = _CHANGED
    if provider is not None:
        told = provider.refund(payment, refund, desk.notify_url(merchant_id, payment.provider))
    return _book_refund(desk, merchant_id, payment, refund_id, told, Source.REFUND)


def check_refund(desk: Desk, merchant_id: UUID, refund_id: UUID) -> PaymentRefund:
    """Ask the provider how a refund stands; one it does not know is sent (again). Raises NotFound."""
    payment, refund = _read_refund(desk, merchant_id, refund_id)
    if refund.status is RefundStatus.PENDING:
        provider = _provider(desk, merchant_id, payment)
        told = provider.query_refund(payment, refund) if provider else _CHANGED
        refund = _book_refund(desk, merchant_id, payment, refund_id, told, Source.REFUND_QUERY)
    return send_refund(desk, merchant_id, refund_id) if refund.status is RefundStatus.CREATED else refund


def _provider(desk: Desk, merchant_id: UUID, payment: Payment) -> Provider | None:
    """Access to the very account it was paid to; None when that is no longer set up."""
    try:
        account, provider = desk.provider(merchant_id, payment.provider)
    except ProviderNotSetUp:
        return None
    return provider if account.payee == payment.payee else None


def _read(desk: Desk, merchant_id: UUID, payment_id: UUID) -> Payment:
    with desk.database.merchant(merchant_id) as unit:
        return store.payment(unit, payment_id)


def _read_refund(desk: Desk, merchant_id: UUID, refund_id: UUID) -> tuple[Payment, PaymentRefund]:
    with desk.database.merchant(merchant_id) as unit:
        refund = store.refund(unit, refund_id)
        return store.payment(unit, refund.payment_id), refund


def _book(desk: Desk, merchant_id: UUID, payment_id: UUID, told: Told, source: Source) -> Payment:
    with desk.database.merchant(merchant_id) as unit:
        return record(unit, desk.on_paid, payment_id, told, source)[0]


def _book_refund(
    desk: Desk, merchant_id: UUID, payment: Payment, refund_id: UUID, told: Told, source: Source
) -> PaymentRefund:
    with desk.database.merchant(merchant_id) as unit:
        return record_refund(unit, payment, refund_id, told, source)[0]
