"""Orders as relations, for read models that join many domains.

Every query on them must name the merchant itself (`merchant_id == unit.merchant_id`); row-level security stands behind.
"""

import sqlalchemy as sa

from shuke.checkout.model import OrderStatus
from shuke.checkout.tables import order_lines, order_redemptions, orders, refund_lines, refunds

SOLD = ("order.settled", "order.imported")
"""Types of the events whose subject is an order that now exists."""

REFUNDED = "order.refunded"
"""Type of the events whose subject is a refund that now exists."""

MOVED = "order.moved"
"""Type of the events that say whose an order is, and what came back of it, where earlier ones named another."""

_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor")


def orders_relation(name: str = "orders") -> sa.FromClause:
    """One row a settled order, with the columns of the table `orders`; pending and cancelled ones are not in it.

    The four amounts are net of refunds: what the order has come to so far. Units and points are as sold. Indexed by
    (business_day, store_id), by (member_id, placed_at) and by (placed_at, order_id), each behind merchant_id.
    """
    columns = [
        (column - orders.c[f"refunded_{column.name}"]).label(column.name) if column.name in _AMOUNTS else column
        for column in orders.columns
    ]
    return sa.select(*columns).where(_settled()).subquery(name)


def sold_relation(name: str = "sold") -> sa.FromClause:
    """The same with the amounts of the day they were sold for, whatever came back since."""
    return sa.select(*orders.columns).where(_settled()).subquery(name)


def _settled() -> sa.ColumnElement[bool]:
    """Written out in the statement, so that a prepared plan knows it."""
    unsettled = [
        sa.literal(str(status), literal_execute=True) for status in (OrderStatus.PENDING, OrderStatus.CANCELLED)
    ]
    return orders.c.status.not_in(unsettled)


def lines_relation(name: str = "order_lines") -> sa.FromClause:
    """One row a line, as sold: order_id, line_no, product_id, quantity, unit_price_minor, the amounts, adjustments.
    Lines of orders that were never settled are in it too; join the orders."""
    return order_lines.alias(name)


def refunds_relation(name: str = "refunds") -> sa.FromClause:
    """One row a refund: refund_id, order_id, store_id, member_id, at, business_day, the amounts given back."""
    return refunds.alias(name)


def refund_lines_relation(name: str = "refund_lines") -> sa.FromClause:
    """One row a refunded line: refund_id, order_id, line_no, quantity (null: the goods stayed), the amounts."""
    return refund_lines.alias(name)


def redemptions_relation(name: str = "order_redemptions") -> sa.FromClause:
    """One row a redeemed coupon: campaign_id, member_id, order_id (may be null), coupon_code, redeemed_on."""
    return order_redemptions.alias(name)
