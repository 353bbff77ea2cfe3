"""The SQL of payments and their refunds."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.checkout.payments.model import (
    LIVE,
    Attention,
    Method,
    Payment,
    PaymentRefund,
    PaymentStatus,
    ProviderName,
    Purpose,
    RefundStatus,
    Source,
    Told,
)
from shuke.checkout.payments.rules import Effect
from shuke.checkout.payments.tables import payment_events, payment_refunds, payments
from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id

_PAYMENT = tuple(field.name for field in fields(Payment))
_REFUND = tuple(field.name for field in fields(PaymentRefund))
_LIVE = [str(status) for status in LIVE]


def add(unit: Unit, payment: Payment) -> None:
    unit.connection.execute(payments.insert().values(merchant_id=unit.merchant_id, **_payment_row(payment)))


def save(unit: Unit, payment: Payment) -> None:
    row = _payment_row(payment)
    unit.connection.execute(payments.update().where(_this(unit, payment.payment_id)).values(row))


def find(unit: Unit, payment_id: UUID, *, lock: bool = False) -> Payment | None:
    query = sa.select(payments).where(_this(unit, payment_id))
    row = unit.connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else read_payment(row)


def payment(unit: Unit, payment_id: UUID, *, lock: bool = False) -> Payment:
    """Raises NotFound, also for one of a store out of reach."""
    found = find(unit, payment_id, lock=lock)
    if found is None:
        raise NotFound(what="payment")
    if found.store_id is not None:
        unit.principal.require_store(found.store_id)
    return found


def of_reference(unit: Unit, purpose: Purpose, reference_id: UUID, *, lock: bool = False) -> list[Payment]:
    """Payments for one thing, oldest first."""
    table = payments.c
    query = (
        sa.select(payments)
        .where(table.merchant_id == unit.merchant_id, table.purpose == purpose, table.reference_id == reference_id)
        .order_by(table.payment_id)
    )
    return [read_payment(row) for row in unit.connection.execute(query.with_for_update() if lock else query)]


def add_refund(unit: Unit, refund: PaymentRefund) -> None:
    unit.connection.execute(payment_refunds.insert().values(merchant_id=unit.merchant_id, **_refund_row(refund)))


def save_refund(unit: Unit, refund: PaymentRefund) -> None:
    unit.connection.execute(
        payment_refunds.update().where(_this_refund(unit, refund.refund_id)).values(_refund_row(refund))
    )


def refund(unit: Unit, refund_id: UUID, *, lock: bool = False) -> PaymentRefund:
    """Raises NotFound."""
    query = sa.select(payment_refunds).where(_this_refund(unit, refund_id))
    row = unit.connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound(what="refund")
    return read_refund(row)


def find_refund(unit: Unit, refund_id: UUID) -> PaymentRefund | None:
    row = unit.connection.execute(sa.select(payment_refunds).where(_this_refund(unit, refund_id))).first()
    return None if row is None else read_refund(row)


def refunds(unit: Unit, payment_ids: Sequence[UUID]) -> list[PaymentRefund]:
    """Refunds of these payments, oldest first."""
    table = payment_refunds.c
    rows = unit.connection.execute(
        sa.select(payment_refunds)
        .where(table.merchant_id == unit.merchant_id, table.payment_id.in_(list(payment_ids)))
        .order_by(table.refund_id)
    )
    return [read_refund(row) for row in rows]


def promised(unit: Unit, payment_id: UUID) -> int:
    """What was sent back of a payment, or is about to be."""
    table = payment_refunds.c
    total = unit.connection.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(table.amount_minor), 0)).where(
            table.merchant_id == unit.merchant_id,
            table.payment_id == payment_id,
            table.status != str(RefundStatus.FAILED),
        )
    )
    return int(total or 0)


def add_event(
    unit: Unit,
    payment_id: UUID | None,
    told: Told,
    source: Source,
    effect: Effect,
    *,
    refund_id: UUID | None = None,
    key: str | None = None,
) -> None:
    """Keep an answer for good. A notification that is there already is left as it is."""
    row = {
        "merchant_id": unit.merchant_id,
        "event_id": new_id(),
        "payment_id": payment_id,
        "refund_id": refund_id,
        "at": unit.now(),
        "source": str(source),
        "key": key,
        "telling": str(told.telling),
        "effect": str(effect),
        "reason": told.reason,
        "provider_ref": told.provider_ref,
        "amount_minor": told.amount_minor,
        "currency": told.currency,
        "payload": dict(told.payload),
    }
    unit.connection.execute(insert(payment_events).values(row).on_conflict_do_nothing())


def known_notification(unit: Unit, key: str) -> bool:
    table = payment_events.c
    found = sa.exists().where(table.merchant_id == unit.merchant_id, table.key == key)
    return bool(unit.connection.scalar(sa.select(found)))


def give_up(unit: Unit, payment_id: UUID) -> None:
    """Nobody waits for it any longer: it is closed as soon as its provider is asked."""
    unit.connection.execute(_given_up(unit).where(payments.c.payment_id == payment_id))


def give_up_all(unit: Unit, purpose: Purpose, reference_id: UUID) -> list[UUID]:
    """The same for everything that was to pay for one thing."""
    table = payments.c
    mine = _given_up(unit).where(table.purpose == str(purpose), table.reference_id == reference_id)
    return list(unit.connection.scalars(mine.returning(table.payment_id)))


def _given_up(unit: Unit) -> sa.Update:
    table, now = payments.c, unit.now()
    live = sa.and_(table.merchant_id == unit.merchant_id, table.status.in_(_LIVE))
    return payments.update().where(live).values(abandoned_at=now, check_at=now)


def due(unit: Unit, table: sa.Table, key: str, until: datetime, limit: int) -> list[UUID]:
    """Claim rows of `table` whose `check_at` has come: until then they are this worker's."""
    columns = table.c
    few = (
        sa.select(columns[key])
        .where(columns.merchant_id == unit.merchant_id, columns.check_at <= unit.now())
        .order_by(columns.check_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    mine = sa.and_(columns.merchant_id == unit.merchant_id, columns[key].in_(few))
    return list(unit.connection.scalars(table.update().where(mine).values(check_at=until).returning(columns[key])))


def under_way(unit: Unit, provider: ProviderName) -> int:
    """Payments and refunds of a provider that are not over."""
    money, back = payments.c, payment_refunds.c
    open_payments = sa.select(sa.func.count()).where(
        money.merchant_id == unit.merchant_id, money.provider == provider, money.status.in_(_LIVE)
    )
    open_refunds = (
        sa.select(sa.func.count())
        .select_from(payment_refunds.join(payments, _same_payment()))
        .where(
            back.merchant_id == unit.merchant_id,
            money.provider == provider,
            back.status.in_([str(RefundStatus.CREATED), str(RefundStatus.PENDING)]),
        )
    )
    return sum(unit.connection.scalar(query) or 0 for query in (open_payments, open_refunds))


def read_payment(row: sa.Row[Any]) -> Payment:
    values = {name: getattr(row, name) for name in _PAYMENT}
    return Payment(
        **values
        | {
            "purpose": Purpose(row.purpose),
            "provider": ProviderName(row.provider),
            "method": Method(row.method),
            "status": PaymentStatus(row.status),
            "attention": Attention(row.attention) if row.attention else None,
        }
    )


def read_refund(row: sa.Row[Any]) -> PaymentRefund:
    values = {name: getattr(row, name) for name in _REFUND}
    attention = Attention(row.attention) if row.attention else None
    return PaymentRefund(**values | {"status": RefundStatus(row.status), "attention": attention})


def _payment_row(payment: Payment) -> dict[str, Any]:
    return {name: getattr(payment, name) for name in _PAYMENT} | {"handover": dict(payment.handover)}


def _refund_row(refund: PaymentRefund) -> dict[str, Any]:
    return {name: getattr(refund, name) for name in _REFUND}


def _this(unit: Unit, payment_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(payments.c.merchant_id == unit.merchant_id, payments.c.payment_id == payment_id)


def _this_refund(unit: Unit, refund_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(payment_refunds.c.merchant_id == unit.merchant_id, payment_refunds.c.refund_id == refund_id)


def _same_payment() -> sa.ColumnElement[bool]:
    return sa.and_(
        payments.c.merchant_id == payment_refunds.c.merchant_id,
        payments.c.payment_id == payment_refunds.c.payment_id,
    )
