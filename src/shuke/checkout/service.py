"""What other domains may use of checkout."""

import sqlalchemy as sa

from shuke.checkout.auditing import audit
from shuke.checkout.quoting import quote
from shuke.checkout.relations import lines_relation, orders_relation, redemptions_relation
from shuke.checkout.settling import settle
from shuke.checkout.tables import orders
from shuke.infra.database import Unit

__all__ = ["audit", "has_orders", "lines_relation", "orders_relation", "quote", "redemptions_relation", "settle"]


def has_orders(unit: Unit) -> bool:
    """Whether the merchant's books are open: currency and time zone stay from then on."""
    return bool(unit.connection.scalar(sa.select(sa.exists().where(orders.c.merchant_id == unit.merchant_id))))
