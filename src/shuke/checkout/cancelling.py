"""Letting a pending order go: by somebody, or because its time is over.

All that it held comes back: points, stored value and red packets to the lots they came from, coupons and limits to
their offers, and money that was tendered already to whoever paid it.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import holding, limited, store
from shuke.checkout.model import Order, OrderStatus
from shuke.checkout.paying import send_back
from shuke.checkout.payments import service as payments
from shuke.checkout.payments.model import Purpose
from shuke.checkout.policy import order_policy
from shuke.checkout.spending import give_all_back
from shuke.checkout.tables import orders
from shuke.checkout.telling import news
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.offers import service as offers

BATCH = 500
"""Orders looked up in one go."""


CANCELLED = "cancelled"
"""Why money that was tendered already is sent back."""


class CancelledBy(StrEnum):
    REQUEST = "request"
    TIME = "time"


def cancel(unit: Unit, order_id: UUID) -> Order:
    """Let a pending order go. Raises NotFound, OrderNotPending."""
    _stop_payments(unit, order_id)
    return _let_go(unit, holding.pending(unit, order_id), CancelledBy.REQUEST)


def overdue(unit: Unit, at: datetime, limit: int = BATCH) -> list[UUID]:
    """Pending orders whose time is over at `at`."""
    table = orders.c
    query = (
        sa.select(table.order_id)
        .where(table.merchant_id == unit.merchant_id, table.status == str(OrderStatus.PENDING), table.hold_until <= at)
        .order_by(table.hold_until)
        .limit(limit)
    )
    return list(unit.connection.scalars(query))


def let_go(unit: Unit, order_id: UUID, at: datetime) -> bool:
    """Let one order go whose time was over at `at`; False when it was paid or cancelled meanwhile.

    One order in a transaction: each holds wallets and limits that tills wait for, and a single one that cannot be let
    go must not keep the others.
    """
    _stop_payments(unit, order_id)
    order = store.order(unit, order_id, hold=True)
    if order is None or order.status is not OrderStatus.PENDING or order.hold_until is None or order.hold_until > at:
        return False
    _let_go(unit, order, CancelledBy.TIME)
    return True


def _stop_payments(unit: Unit, order_id: UUID) -> None:
    """Nobody is to pay it any more. Before the order is held, as whoever books a payment does: payments first."""
    payments.abandon(unit, Purpose.ORDER, order_id)


def _let_go(unit: Unit, order: Order, by: CancelledBy) -> Order:
    at = unit.now()
    give_all_back(unit, order.order_id, at, order_policy(unit).grace)
    offers.release(unit, order.order_id, at)
    limited.let_go(unit, order)
    for tender in order.tenders:
        send_back(unit, tender, tender.amount_minor, CANCELLED)
    cancelled = store.cancel(unit, order, at)
    told = news(unit, order) | {"by": str(by)}
    emit(unit, "order.cancelled", order.order_id, told, member_id=order.member_id, occurred_at=at)
    return cancelled
