"""One member's life in orders, straight from the orders."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.insight.model import ratio
from shuke.insight.sums import of, total
from shuke.kernel.clock import business_day

_orders = checkout.orders_relation("hers")


@dataclass(frozen=True, slots=True)
class LifeInOrders:
    orders: int
    paid_minor: int
    net_minor: int
    first_order_at: datetime | None
    last_order_at: datetime | None

    @property
    def average_ticket_minor(self) -> int:
        return ratio(self.net_minor, self.orders)

    def days_since_last(self, now: datetime, timezone: str) -> int | None:
        """Business days since the last order; 0 when it was today."""
        if self.last_order_at is None:
            return None
        return (business_day(now, timezone) - business_day(self.last_order_at, timezone)).days


def life_in_orders(unit: Unit, member_id: UUID) -> LifeInOrders:
    row = unit.connection.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(total(_orders.c.paid_minor), 0),
            sa.func.coalesce(total(_orders.c.net_minor), 0),
            sa.func.min(_orders.c.placed_at),
            sa.func.max(_orders.c.placed_at),
        ).where(of(unit, _orders), _orders.c.member_id == member_id)
    ).one()
    return LifeInOrders(*row)
