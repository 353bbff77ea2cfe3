"""Orders as they were settled: documents of which only the fate changes, and the refunds that follow them.

`gross` is shelf value; `discount` what all funders gave together; `paid` what the customer paid, stored value included;
`net` what the merchant receives, that is `paid` and the part of the discount that partners refund. Where prices are
without tax, `tax_added` is put on top; `tax` is what is contained in `paid` either way.
"""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp


def _amounts() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("gross_minor", sa.BigInteger, nullable=False),
        sa.Column("discount_minor", sa.BigInteger, nullable=False),
        sa.Column("net_minor", sa.BigInteger, nullable=False),
        sa.Column("paid_minor", sa.BigInteger, nullable=False),
        sa.Column("tax_minor", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("tax_added_minor", sa.BigInteger, nullable=False, server_default="0"),
        sa.CheckConstraint("gross_minor + tax_added_minor = discount_minor + paid_minor", name="amounts_add_up"),
    ]


def _came_back() -> list[sa.schema.SchemaItem]:
    """What refunds gave back so far, of each amount of the order."""
    names = ("gross", "discount", "net", "paid")
    return [
        *(sa.Column(f"refunded_{name}_minor", sa.BigInteger, nullable=False, server_default="0") for name in names),
        sa.Column("points_returned", sa.BigInteger, nullable=False, server_default="0", comment="of those spent"),
        sa.Column("points_taken_back", sa.BigInteger, nullable=False, server_default="0", comment="of those earned"),
    ]


FATE = (
    "member_id",
    "status",
    "paid_at",
    "cancelled_at",
    "tenders",
    "points_earned",
    "earned",
    "refunded_gross_minor",
    "refunded_discount_minor",
    "refunded_net_minor",
    "refunded_paid_minor",
    "points_returned",
    "points_taken_back",
)
"""Columns of an order that change after it was placed; what was sold at what price does not."""

orders = tenant_table(
    "orders",
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("identified_as", sa.Uuid, nullable=True, comment="another name of hers, if she came by that"),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False, comment="shuke, or the system the order was imported from"),
    sa.Column("external_ref", sa.Text, nullable=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("placed_at", timestamp(), nullable=False),
    sa.Column("hold_until", timestamp(), nullable=True, comment="a pending order is let go then"),
    sa.Column("paid_at", timestamp(), nullable=True, comment="null for imported orders"),
    sa.Column("cancelled_at", timestamp(), nullable=True),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("units", sa.Integer, nullable=False, comment="pieces; a line sold by measure counts as one"),
    sa.Column("line_count", sa.Integer, nullable=False),
    *_amounts(),
    sa.Column("stored_minor", sa.BigInteger, nullable=False, server_default="0", comment="paid with stored value"),
    sa.Column("points_earned", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("points_spent", sa.BigInteger, nullable=False, server_default="0"),
    json_column("tenders", "[]"),
    json_column("earned", "{}"),
    *_came_back(),
    sa.Column("cashier_id", sa.Uuid, nullable=True),
    sa.CheckConstraint("refunded_paid_minor BETWEEN 0 AND greatest(paid_minor, 0)", name="refunds_within_paid"),
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
    sa.Index(None, "merchant_id", "hold_until", postgresql_where=sa.text("status = 'pending'")),
    tenant_key("store_id", "stores"),
    tenant_key("member_id", "members"),
    tenant_key("identified_as", "members", "member_id"),
    changeable=FATE,
)
"""Tied to the merchant through the store: a foreign key of its own would lock the merchant's row for each order."""

order_lines = tenant_table(
    "order_lines",
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("line_no", sa.Integer, primary_key=True),
    sa.Column("product_id", sa.Uuid, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, server_default="goods", comment="goods, or the delivery of them"),
    sa.Column("quantity", sa.Numeric(12, 3), nullable=False),
    sa.Column("unit_price_minor", sa.BigInteger, nullable=True, comment="null when the source gave only the total"),
    *_amounts(),
    json_column("adjustments", "[]"),
    json_column("payments", "[]"),
    append_only=True,
    refers_in_sets={"order_id": "orders", "product_id": "products"},
)

refunds = tenant_table(
    "refunds",
    sa.Column("refund_id", sa.Uuid, primary_key=True),
    sa.Column("order_id", sa.Uuid, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=False, comment="where it was refunded"),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False, comment="nothing was left of the order afterwards"),
    *_amounts(),
    sa.Column("money_minor", sa.BigInteger, nullable=False, comment="the part of paid that was money"),
    sa.Column("deducted_minor", sa.BigInteger, nullable=False, comment="kept of it for points already spent"),
    sa.Column(
        "paid_out_minor",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="stored value of members who were erased, handed over in cash",
    ),
    sa.Column("points_returned", sa.BigInteger, nullable=False),
    sa.Column("points_taken_back", sa.BigInteger, nullable=False, comment="of those earned"),
    sa.Column("points_owed", sa.BigInteger, nullable=False, comment="of those: gone, and owed from now on"),
    sa.Column("growth_taken_back", sa.BigInteger, nullable=False),
    json_column("tenders", "[]"),
    json_column("assets", "[]"),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.CheckConstraint("deducted_minor BETWEEN 0 AND money_minor", name="deducted_from_money"),
    sa.CheckConstraint("money_minor BETWEEN 0 AND paid_minor", name="money_within_paid"),
    sa.Index(None, "merchant_id", "order_id"),
    sa.Index(None, "merchant_id", "business_day", "store_id"),
    tenant_key("order_id", "orders"),
    tenant_key("store_id", "stores"),
    changeable=("member_id", "reason"),
)

refund_lines = tenant_table(
    "refund_lines",
    sa.Column("refund_id", sa.Uuid, primary_key=True),
    sa.Column("line_no", sa.Integer, primary_key=True),
    sa.Column("order_id", sa.Uuid, nullable=False),
    sa.Column("quantity", sa.Numeric(12, 3), nullable=True, comment="null: money was given back and the goods stayed"),
    *_amounts(),
    json_column("discounts"),
    json_column("payments"),
    sa.Column("points", sa.BigInteger, nullable=False),
    sa.Index(None, "merchant_id", "order_id"),
    tenant_key("refund_id", "refunds"),
    tenant_key("order_id", "orders"),
    append_only=True,
)
"""`discounts` and `payments` are amounts, in the order of the order line's adjustments and payments."""

order_policies = tenant_table(
    "order_policies",
    sa.Column("hold_minutes", sa.Integer, nullable=False),
    sa.Column("refund_days", sa.Integer, nullable=True, comment="null: for ever"),
    sa.Column("grace_days", sa.Integer, nullable=False),
    sa.Column("returns_red_packets", sa.Boolean, nullable=False),
    sa.Column("takes_packets_back", sa.Boolean, nullable=False),
    sa.Column("money_back", sa.Text, nullable=False),
    of_merchant=True,
    topic="checkout",
)
"""What a merchant decided about its orders; one that decided nothing has no row."""

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

payment_wishes = tenant_table(
    "payment_wishes",
    sa.Column("wish_id", sa.Uuid, primary_key=True, comment="what its payment refers to"),
    sa.Column("kind", sa.Text, nullable=False, comment="top_up, plan, renewal or upgrade"),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("asked_as", sa.Uuid, nullable=False, comment="the name by which she asked, whoever she is by now"),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    json_column("terms", "{}"),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("done_at", timestamp(), nullable=True),
    sa.Column("result_id", sa.Uuid, nullable=True, comment="the top-up or subscription it became"),
    sa.Column("refused", sa.Text, nullable=True, comment="the code of what stood in the way when the money came"),
    sa.CheckConstraint("(done_at IS NULL) = (result_id IS NULL)", name="done_with_a_result"),
    tenant_key("member_id", "members"),
    tenant_key("asked_as", "members", "member_id"),
    tenant_key("store_id", "stores"),
    deletable=False,
)
"""Top-ups and plans that are paid through a provider: what to hand over when the money is there."""
