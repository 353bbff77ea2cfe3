"""What is promised inside the caller's own transaction, before any provider hears of it.

intend(unit, …)            the payment exists, whatever happens next
── commit ──
talking.start(desk, …)     the provider is asked, outside of any transaction, and its answer booked
"""

from dataclasses import replace
from datetime import timedelta
from typing import NoReturn
from uuid import UUID

from shuke.checkout.payments import accounts, store
from shuke.checkout.payments.desk import AT_TILL
from shuke.checkout.payments.errors import CurrencyNotTaken, MethodNotOffered, NotPaid, ProviderNotSetUp, RefundTooMuch
from shuke.checkout.payments.model import (
    Intent,
    Method,
    Payer,
    Payment,
    PaymentRefund,
    PaymentStatus,
    ProviderName,
    Purpose,
    Source,
)
from shuke.checkout.payments.providers.till import AtTill
from shuke.checkout.payments.recording import add_refund, record_refund
from shuke.checkout.payments.rules import FIRST_CHECK, after, refundable
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.tenancy import service as tenancy

PATIENCE = timedelta(minutes=15)
"""How long a payer may take unless the intent says otherwise."""
_SCANNED = timedelta(minutes=2)
"""A code that was scanned at the till is paid at once, or after a password."""
_CURRENCY = "CNY"


def intend(unit: Unit, intent: Intent) -> Payment:
    """A payment that exists if and only if the caller's transaction commits.

    Cash and manual payments are paid with it, and nobody is told: the caller knows. For the others call
    `talking.start` after the commit. Raises MethodNotOffered, CurrencyNotTaken, ProviderNotSetUp.
    """
    now, currency = unit.now(), tenancy.merchant(unit).currency
    at_till = intent.provider in AT_TILL
    if at_till != (intent.method is Method.TILL):
        raise MethodNotOffered(provider=accounts.NAMES[intent.provider].zh, method=str(intent.method))
    payment = Payment(
        payment_id=new_id(now),
        purpose=intent.purpose,
        reference_id=intent.reference_id,
        provider=intent.provider,
        method=intent.method,
        payee="" if at_till else _payee(unit, intent.provider, currency),
        amount_minor=intent.amount_minor,
        currency=currency,
        description=intent.description,
        store_id=intent.store_id,
        status=PaymentStatus.CREATED,
        received_minor=0,
        provider_ref=intent.reference,
        handover={},
        failure=None,
        attention=None,
        created_at=now,
        expires_at=intent.expires_at or now + (_SCANNED if intent.method is Method.AUTH_CODE else PATIENCE),
        abandoned_at=None,
        paid_at=None,
        ended_at=None,
        delivered_at=None,
        check_at=now + FIRST_CHECK,
    )
    if at_till:
        return _take_at_till(unit, payment)
    store.add(unit, payment)
    _tell(unit, "payment.created", payment)
    return payment


def _take_at_till(unit: Unit, payment: Payment) -> Payment:
    told = AtTill().start(payment, Payer(), "")
    paid, effect = after(payment, told, unit.now())
    paid = replace(paid, delivered_at=unit.now())
    store.add(unit, paid)
    store.add_event(unit, paid.payment_id, told, Source.TILL, effect)
    _tell(unit, "payment.paid", paid)
    return paid


def takes(unit: Unit) -> bool:
    """Whether providers take money in the merchant's currency at all."""
    return tenancy.merchant(unit).currency == _CURRENCY


def _payee(unit: Unit, provider: ProviderName, currency: str) -> str:
    if currency != _CURRENCY:
        raise CurrencyNotTaken(provider=accounts.NAMES[provider].zh, currency=currency)
    account = accounts.find(unit, provider)
    if account is None:
        raise ProviderNotSetUp(provider=accounts.NAMES[provider].zh)
    return account.payee


def _tell(unit: Unit, news: str, payment: Payment) -> None:
    told = {"purpose": str(payment.purpose), "reference_id": str(payment.reference_id)}
    amount = {"provider": str(payment.provider), "amount_minor": payment.amount_minor, "currency": payment.currency}
    emit(unit, news, payment.payment_id, told | amount)


def intend_refund(unit: Unit, payment_id: UUID, amount_minor: int, reason: str) -> PaymentRefund:
    """Promise so much of a payment back; with the caller's transaction, once. At the till it is given back at once;
    for the others call `talking.send_refund` after the commit, or leave it to the worker.

    Raises NotFound, NotPaid, RefundTooMuch.
    """
    payment = store.payment(unit, payment_id, lock=True)
    if not payment.received_minor:
        raise NotPaid
    left = refundable(payment, store.promised(unit, payment_id))
    if not 0 < amount_minor <= left:
        _refuse(amount_minor, left, payment.currency)
    refund = add_refund(unit, payment, amount_minor, reason)
    if payment.provider not in AT_TILL:
        return refund
    told = AtTill().refund(payment, refund, "")
    return record_refund(unit, payment, refund.refund_id, told, Source.TILL)[0]


def _refuse(amount_minor: int, left: int, currency: str) -> NoReturn:
    raise RefundTooMuch(wanted=format_minor(amount_minor, currency), left=format_minor(left, currency))


def abandon(unit: Unit, purpose: Purpose, reference_id: UUID) -> list[UUID]:
    """Nobody waits any longer for the payments of something (its order was cancelled). They are closed at the provider
    after the commit: by `talking.close`, or within a minute by the worker. Money that still arrives goes back."""
    return store.give_up_all(unit, purpose, reference_id)
