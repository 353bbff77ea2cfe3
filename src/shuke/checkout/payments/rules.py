"""What follows from an answer, without a database: `(payment, told, now) → payment, effect`.

Answers come twice, late, out of order or not at all. So nothing final is ever taken back, money that arrived is booked
whatever state it meets, and silence decides nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from shuke.checkout.payments.model import (
    Attention,
    Payment,
    PaymentRefund,
    PaymentStatus,
    RefundStatus,
    Telling,
    Told,
)

FIRST_CHECK = timedelta(minutes=1)
"""A provider's answer is waited for this long before anybody else asks."""
LAST_LOOK = timedelta(minutes=5)
"""So long after nobody could pay any more, what ended without the provider's own word is asked about once again."""
_SHORTEST, _LONGEST = timedelta(seconds=15), timedelta(hours=1)


class Effect(StrEnum):
    """What an answer did. `late`: money came for a payment that was over. `differs`: not the money that was asked."""

    NOTHING = "nothing"
    PRESENTED = "presented"
    PAID = "paid"
    LATE = "late"
    FAILED = "failed"
    CLOSED = "closed"
    DIFFERS = "differs"
    ASKED_AGAIN = "asked_again"


_LAST_WORDS = frozenset({Telling.ABSENT, Telling.CLOSED, Telling.FAILED})
ARRIVED = frozenset({Effect.PAID, Effect.LATE})


def after(payment: Payment, told: Told, now: datetime) -> tuple[Payment, Effect]:
    """The payment as it stands after an answer, and what that answer did."""
    match told.telling:
        case Telling.PAID:
            return _paid(payment, told, now)
        case Telling.PENDING if payment.live:
            return _waiting(payment, told, now)
        case Telling.FAILED if payment.live:
            return _over(payment, PaymentStatus.FAILED, told, now), Effect.FAILED
        case Telling.CLOSED if payment.live:
            return replace(_over(payment, PaymentStatus.CLOSED, told, now), check_at=None), Effect.CLOSED
        case Telling.ABSENT if payment.live and payment.overdue(now):
            return _over(payment, PaymentStatus.CLOSED, told, now), Effect.CLOSED
        case _ if payment.check_at is not None:
            noted = told.attention or payment.attention
            return replace(payment, check_at=_when_again(payment, told, now), attention=noted), Effect.NOTHING
    return payment, Effect.NOTHING


def _paid(payment: Payment, told: Told, now: datetime) -> tuple[Payment, Effect]:
    if payment.received_minor:
        return payment, Effect.NOTHING
    if (told.amount_minor, told.currency) != (payment.amount_minor, payment.currency):
        return replace(payment, attention=Attention.AMOUNT_DIFFERS, check_at=None), Effect.DIFFERS
    booked = replace(
        payment,
        received_minor=payment.amount_minor,
        provider_ref=told.provider_ref or payment.provider_ref,
        paid_at=told.at or now,
        check_at=None,
        attention=None,
    )
    if not payment.live:
        return booked, Effect.LATE
    return replace(booked, status=PaymentStatus.PAID, ended_at=now), Effect.PAID


def _waiting(payment: Payment, told: Told, now: datetime) -> tuple[Payment, Effect]:
    waiting = replace(
        payment,
        status=PaymentStatus.PENDING,
        provider_ref=told.provider_ref or payment.provider_ref,
        handover=told.handover or payment.handover,
        check_at=payment.check_at and _when_again(payment, told, now),
    )
    return waiting, Effect.PRESENTED if payment.status is PaymentStatus.CREATED else Effect.NOTHING


def _over(payment: Payment, status: PaymentStatus, told: Told, now: datetime) -> Payment:
    """Ended unpaid. A code that nobody scanned is unknown to its provider and can still be scanned; a refusal may be
    unsigned: so there is a last look."""
    return replace(
        payment,
        status=status,
        failure=told.reason or None,
        ended_at=now,
        check_at=max(payment.expires_at, now) + LAST_LOOK,
        attention=told.attention or payment.attention,
    )


def _when_again(payment: Payment, told: Told, now: datetime) -> datetime | None:
    """Often at first, then more seldom, and at the moment when it is over."""
    if not payment.live and told.telling in _LAST_WORDS:
        return None if now >= payment.expires_at + LAST_LOOK else payment.check_at
    again = now + pause(now - payment.created_at)
    return payment.expires_at if now < payment.expires_at < again else again


def pause(age: timedelta) -> timedelta:
    return min(max(age / 2, _SHORTEST), _LONGEST)


def after_refund(refund: PaymentRefund, told: Told, now: datetime) -> tuple[PaymentRefund, Effect]:
    """The refund as it stands after an answer. What the provider does not know of is sent again; what it has no money
    for just now too, but a person is told."""
    if refund.status is RefundStatus.SUCCEEDED:
        return refund, Effect.NOTHING
    again = now + pause(now - refund.created_at)
    match told.telling:
        case Telling.PAID if told.amount_minor not in (None, refund.amount_minor):
            return replace(refund, attention=Attention.AMOUNT_DIFFERS, check_at=None), Effect.DIFFERS
        case Telling.PAID:
            ref = told.provider_ref or refund.provider_ref
            done = replace(refund, status=RefundStatus.SUCCEEDED, provider_ref=ref, ended_at=now)
            return replace(done, check_at=None, attention=None, failure=None), Effect.PAID
        case _ if refund.status is RefundStatus.FAILED:
            return refund, Effect.NOTHING
        case Telling.FAILED | Telling.CLOSED:
            lost = replace(refund, status=RefundStatus.FAILED, failure=told.reason or None, ended_at=now)
            return replace(lost, check_at=None, attention=Attention.REFUND_FAILED), Effect.FAILED
        case Telling.PENDING:
            ref = told.provider_ref or refund.provider_ref
            sent = replace(refund, status=RefundStatus.PENDING, provider_ref=ref, attention=told.attention)
            return replace(sent, check_at=again), Effect.PRESENTED
        case Telling.ABSENT:
            return replace(refund, status=RefundStatus.CREATED, check_at=again), Effect.ASKED_AGAIN
    return replace(refund, check_at=again, attention=told.attention or refund.attention), Effect.NOTHING


def refundable(payment: Payment, promised_minor: int) -> int:
    """What of it can still be sent back, when so much was already or is under way."""
    return payment.received_minor - promised_minor
