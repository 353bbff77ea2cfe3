"""Sums that would take too long to add up at every look. All derived: `service.rebuild` makes them again.

They follow the domain events (see `facts.py`), so they lag behind orders by as long as the oldest transaction
still running, and cost about as much as what changed.
"""

import sqlalchemy as sa

from shuke.infra.schema import tenant_table, timestamp

insight_progress = tenant_table(
    "insight_progress",
    sa.Column("transaction_id", sa.BigInteger, nullable=False, comment="of the last event counted"),
    sa.Column("event_id", sa.Uuid, nullable=False),
    of_merchant=True,
)

insight_members = tenant_table(
    "insight_members",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("orders", sa.BigInteger, nullable=False),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("paid_minor", sa.BigInteger, nullable=False),
    sa.Column("first_order_at", timestamp(), nullable=True),
    sa.Column("last_order_at", timestamp(), nullable=False, comment="1970-01-01: never; so that it sorts and pages"),
    sa.Index(None, "merchant_id", "orders", "member_id"),
    sa.Index(None, "merchant_id", "paid_minor", "member_id"),
    sa.Index(None, "merchant_id", "last_order_at", "member_id"),
)
"""One row for every member, also for those who never bought: what they ordered in their life."""

insight_category_days = tenant_table(
    "insight_category_days",
    sa.Column("business_day", sa.Date, primary_key=True),
    sa.Column("category_id", sa.Uuid, primary_key=True, comment="all zeros: products without a category"),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("units", sa.BigInteger, nullable=False),
    sa.Column("orders", sa.BigInteger, nullable=False, comment="that hold at least one line of the category"),
)
"""Sales by day and category over all stores. One store's are few enough to be added up from its order lines."""

insight_products = tenant_table(
    "insight_products",
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("category_id", sa.Uuid, nullable=False),
    sa.Column("measured", sa.Boolean, nullable=False, comment="sold by measure: a line counts as one unit"),
    sa.Index(None, "merchant_id", "category_id"),
)
"""How the sales of a product are counted: when it moves to another category, its old sales move along."""
