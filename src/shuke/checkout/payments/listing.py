"""Payments for people: looking at them, and saying that one was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.payments import store
from shuke.checkout.payments.model import Payment, PaymentRefund, PaymentStatus, ProviderName, Purpose
from shuke.checkout.payments.tables import payment_refunds, payments
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.paging import Page
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """`attention`: those that a person must look at, or those that nobody needs to."""

    status: PaymentStatus | None = None
    provider: ProviderName | None = None
    purpose: Purpose | None = None
    reference_id: UUID | None = None
    attention: bool | None = None


@dataclass(frozen=True, slots=True)
class WholePayment:
    payment: Payment
    refunds: Sequence[PaymentRefund]


def whole(unit: Unit, payment_id: UUID) -> WholePayment:
    """Raises NotFound."""
    payment = store.payment(unit, payment_id)
    return WholePayment(payment, store.refunds(unit, [payment_id]))


def list_payments(unit: Unit, wanted: PaymentFilter, cursor: str | None, limit: int) -> Page[WholePayment]:
    """Payments of the stores within reach, newest first."""
    table = payments.c
    query = sa.select(payments).where(table.merchant_id == unit.merchant_id, *_conditions(wanted))
    if unit.principal.store_ids is not None:
        query = query.where(table.store_id.in_(list(unit.principal.store_ids)))
    rows, following = page(unit, query, Sort(table.created_at, table.payment_id, descending=True), cursor, limit)
    found = [store.read_payment(row) for row in rows]
    back = store.refunds(unit, [payment.payment_id for payment in found])
    return Page(
        [WholePayment(one, [refund for refund in back if refund.payment_id == one.payment_id]) for one in found],
        following,
    )


def _conditions(wanted: PaymentFilter) -> list[sa.ColumnElement[bool]]:
    table, found = payments.c, list[sa.ColumnElement[bool]]()
    for column, value in (
        (table.status, wanted.status),
        (table.provider, wanted.provider),
        (table.purpose, wanted.purpose),
    ):
        if value is not None:
            found.append(column == str(value))
    if wanted.reference_id is not None:
        found.append(table.reference_id == wanted.reference_id)
    if wanted.attention is not None:
        refunds = payment_refunds.c
        of_refund = sa.exists().where(
            refunds.merchant_id == table.merchant_id,
            refunds.payment_id == table.payment_id,
            refunds.attention.is_not(None),
        )
        needed = sa.or_(table.attention.is_not(None), of_refund)
        found.append(needed if wanted.attention else sa.not_(needed))
    return found


def clear_attention(unit: Unit, payment_id: UUID) -> WholePayment:
    """A person has looked at it and its refunds. What is still open is asked about again; if nothing has changed,
    attention is asked for again. Raises NotFound."""
    payment = store.payment(unit, payment_id, lock=True)
    refunds = store.refunds(unit, [payment_id])
    flagged = [refund for refund in refunds if refund.attention is not None]
    if payment.attention is not None:
        store.save(unit, replace(payment, attention=None, check_at=unit.now() if payment.live else payment.check_at))
    for refund in flagged:
        store.save_refund(unit, replace(refund, attention=None))
    given = [payment.attention, *(refund.attention for refund in flagged)]
    reasons = [str(attention) for attention in given if attention is not None]
    if reasons:
        before = {"attention": reasons}
        tenancy.record_change(unit, "payment.looked_at", "payment", payment_id, before, {"attention": []})
    return whole(unit, payment_id)
