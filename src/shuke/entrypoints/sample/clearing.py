"""The last quarter of the sample's year is cleared, so that there is something to look at."""

from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.checkout.clearing import service as clearing
from shuke.infra.database import Database
from shuke.kernel.clock import months_before

MONTHS = 2
"""Whole months before the one in which the orders end."""


def clear_history(database: Database, merchant_id: UUID) -> None:
    """Close every day that is over, from the first of some month on; again: nothing."""
    with database.merchant(merchant_id) as unit:
        order = checkout.orders_relation().c
        last = unit.connection.scalar(
            sa.select(sa.func.max(order.business_day)).where(order.merchant_id == unit.merchant_id)
        )
        if last is not None and clearing.standing(unit).closed is None:
            clearing.change_terms(unit, {"since": months_before(last.replace(day=1), MONTHS)})
            clearing.close_due(unit)
