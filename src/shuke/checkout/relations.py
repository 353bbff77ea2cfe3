"""Orders as relations, for read models that join many domains.

Every query on them must name the merchant itself (`merchant_id == unit.merchant_id`); row-level security stands behind.
"""

import sqlalchemy as sa

from shuke.checkout.tables import order_lines, order_redemptions, orders


def orders_relation(name: str = "orders") -> sa.FromClause:
    """One row an order, with the columns of the table `orders`. Indexed by (business_day, store_id), by
    (member_id, placed_at) and by (placed_at, order_id), each behind merchant_id."""
    return orders.alias(name)


def lines_relation(name: str = "order_lines") -> sa.FromClause:
    """One row a line: order_id, line_no, product_id, quantity, unit_price_minor, the four amounts, adjustments."""
    return order_lines.alias(name)


def redemptions_relation(name: str = "order_redemptions") -> sa.FromClause:
    """One row a redeemed coupon: campaign_id, member_id, order_id (may be null), coupon_code, redeemed_on."""
    return order_redemptions.alias(name)
