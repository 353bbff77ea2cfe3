"""Asking again, for the worker: nothing that was cut off stays unknown, and nothing overdue stays open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from uuid import UUID

import sqlalchemy as sa
import structlog

from shuke.checkout.payments import store
from shuke.checkout.payments.desk import Desk
from shuke.checkout.payments.model import PaymentStatus
from shuke.checkout.payments.recording import deliver
from shuke.checkout.payments.tables import payment_refunds, payments
from shuke.checkout.payments.talking import check, check_refund, close
from shuke.kernel.errors import ShukeError

_BATCH, _CLAIM = 5, timedelta(minutes=3)
"""Longer than asking about a batch can take; a worker that dies leaves its batch to the next one after this."""
_PATIENCE_S = 60.0
"""A provider that does not answer must not keep the others waiting: the rest is asked about next time."""
_log = structlog.get_logger("shuke.payments")

_Ask = Callable[[Desk, UUID, UUID], object]


@dataclass(frozen=True, slots=True)
class Swept:
    """How many were asked about."""

    payments: int
    refunds: int


def settle_unknown(desk: Desk, merchant_id: UUID) -> Swept:
    """Ask about every payment and refund of a merchant whose time has come; close what is overdue; hand over what was
    paid and could not be handed over. May run twice at once and be cut off anywhere."""
    until = monotonic() + _PATIENCE_S
    asked = _each(desk, merchant_id, payments, "payment_id", _settle, until)
    return Swept(asked, _each(desk, merchant_id, payment_refunds, "refund_id", check_refund, until))


def _each(desk: Desk, merchant_id: UUID, table: sa.Table, key: str, ask: _Ask, until: float) -> int:
    done = 0
    for row_id in _due(desk, merchant_id, table, key, until):
        try:
            ask(desk, merchant_id, row_id)
        except ShukeError as error:
            _log.error("payment.not_settled", id=str(row_id), code=error.code)
        done += 1
    return done


def _due(desk: Desk, merchant_id: UUID, table: sa.Table, key: str, until: float) -> Iterator[UUID]:
    while monotonic() < until:
        with desk.database.merchant(merchant_id) as unit:
            ids = store.due(unit, table, key, unit.now() + _CLAIM, _BATCH)
        yield from ids
        if len(ids) < _BATCH:
            return


def _settle(desk: Desk, merchant_id: UUID, payment_id: UUID) -> None:
    with desk.database.merchant(merchant_id) as unit:
        payment = store.payment(unit, payment_id, lock=True)
        if payment.status is PaymentStatus.PAID and payment.delivered_at is None:
            deliver(unit, desk.on_paid, payment)
            return
        overdue = payment.overdue(unit.now())
    (close if overdue else check)(desk, merchant_id, payment_id)
