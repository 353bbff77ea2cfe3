"""Orders as they were settled: documents that are never rewritten.

`gross` is shelf value; `discount` what all funders gave together; `paid` what the customer paid;
`net` what the merchant receives, that is `paid` and the part of the discount that partners refund.
"""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp


def _amounts() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("gross_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("net_minor", sa.BigInteger, nullable=False),
        sa.Column("paid_minor", sa.BigInteger, nullable=False),
        sa.CheckConstraint("gross_minor = discount_minor + paid_minor", name="amounts_add_up"),
    ]


orders = tenant_table(
    "orders",
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False, comment="shuke, or the system the order was imported from"),
    sa.Column("external_ref", sa.Text, nullable=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("placed_at", timestamp(), nullable=False),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("units", sa.Integer, nullable=False, comment="pieces; a line sold by measure counts as one"),
    sa.Column("line_count", sa.Integer, nullable=False),
    *_amounts(),
    sa.Column("points_earned", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("points_spent", sa.BigInteger, nullable=False, server_default="0"),
    json_column("tenders", "[]"),
    sa.Column("cashier_id", sa.Uuid, nullable=True),
    sa.UniqueConstraint("merchant_id", "number"),
    sa.Index(
        None,
        "merchant_id",
        "source",
        "external_ref",
        unique=True,
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    ),
    sa.Index(None, "merchant_id", "business_day", "store_id"),
    sa.Index(None, "merchant_id", "member_id", "placed_at", postgresql_where=sa.text("member_id IS NOT NULL")),
    sa.Index(None, "merchant_id", "placed_at", "order_id"),
    tenant_key("store_id", "stores"),
    tenant_key("member_id", "members"),
    deletable=False,
)
"""Tied to the merchant through the store: a foreign key of its own would lock the merchant's row for each order."""

order_lines = tenant_table(
    "order_lines",
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("line_no", sa.Integer, primary_key=True),
    sa.Column("product_id", sa.Uuid, nullable=False),
    sa.Column("quantity", sa.Numeric(12, 3), nullable=False),
    sa.Column("unit_price_minor", sa.BigInteger, nullable=True, comment="null when the source gave only the total"),
    *_amounts(),
    json_column("adjustments", "[]"),
    append_only=True,
    refers_in_sets={"order_id": "orders", "product_id": "products"},
)

order_redemptions = tenant_table(
    "order_redemptions",
    sa.Column("redemption_id", sa.Uuid, primary_key=True),
    sa.Column("campaign_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("order_id", sa.Uuid, nullable=True, comment="null when no order of that day shows the coupon"),
    sa.Column("coupon_code", sa.Text, nullable=False),
    sa.Column("redeemed_on", sa.Date, nullable=False),
    sa.Index(None, "merchant_id", "order_id"),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("campaign_id", "campaigns"),
    tenant_key("member_id", "members"),
    tenant_key("order_id", "orders"),
)
