"""Orders that the caller may see and holds: nobody else changes their fate until the transaction ends."""

from uuid import UUID

from shuke.checkout import store
from shuke.checkout.errors import OrderNotPending
from shuke.checkout.model import Order, OrderStatus
from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound


def held(unit: Unit, order_id: UUID) -> Order:
    """The order, held. Raises NotFound, also for one of a store out of reach."""
    return _within_reach(unit, store.order(unit, order_id, hold=True))


def seen(unit: Unit, order_id: UUID) -> Order:
    """The order as it stands. Raises NotFound, also for one of a store out of reach."""
    return _within_reach(unit, store.order(unit, order_id))


def pending(unit: Unit, order_id: UUID) -> Order:
    """The order, held, which waits for payment. Raises NotFound, OrderNotPending."""
    found = held(unit, order_id)
    if found.status is not OrderStatus.PENDING:
        raise OrderNotPending(number=found.number, status=found.status)
    return found


def _within_reach(unit: Unit, found: Order | None) -> Order:
    reach = unit.principal.store_ids
    if found is None or (reach is not None and found.store_id not in reach):
        raise NotFound(what="order")
    return found
