"""Coupons, how they are handed out, and what became of them."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

coupon_stocks = tenant_table(
    "coupon_stocks",
    sa.Column("template_id", sa.Uuid, primary_key=True),
    sa.Column("stock", sa.BigInteger, nullable=True, comment="coupons in all; null: no limit"),
    sa.Column("issued", sa.BigInteger, nullable=False, server_default="0", comment="coupons, and codes not yet bound"),
    sa.CheckConstraint("issued >= 0", name="issued_not_negative"),
    tenant_key("template_id", "coupon_templates"),
)
"""Whoever issues locks the template's row here first: one issue after another."""

coupon_holders = tenant_table(
    "coupon_holders",
    sa.Column("template_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("issued", sa.Integer, nullable=False, comment="to this member, gifts not counted"),
    tenant_key("template_id", "coupon_templates"),
    tenant_key("member_id", "members"),
)

coupons = tenant_table(
    "coupons",
    sa.Column("coupon_id", sa.Uuid, primary_key=True),
    sa.Column("template_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=True, comment="null: of whoever shows the code"),
    sa.Column("status", sa.Text, nullable=False, comment="available, reserved, redeemed or revoked"),
    sa.Column("valid_from", timestamp(), nullable=False),
    sa.Column("valid_until", timestamp(), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("issue_key", sa.Text, nullable=True, comment="what must not be issued twice to the same member"),
    sa.Column("issued_to", sa.Uuid, nullable=True, comment="the member it was issued to, whoever has it now"),
    sa.Column("issued_at", timestamp(), nullable=False),
    sa.Column("order_id", sa.Uuid, nullable=True),
    sa.Column("reserved_until", timestamp(), nullable=True),
    sa.CheckConstraint("status IN ('available', 'reserved', 'redeemed', 'revoked')", name="known_status"),
    sa.CheckConstraint("(order_id IS NOT NULL) = (status IN ('reserved', 'redeemed'))", name="order_while_used"),
    sa.CheckConstraint("(reserved_until IS NOT NULL) = (status = 'reserved')", name="until_while_reserved"),
    sa.CheckConstraint("valid_until > valid_from", name="valid_for_a_while"),
    sa.Index(
        None,
        "merchant_id",
        "template_id",
        "issue_key",
        "issued_to",
        unique=True,
        postgresql_where=sa.text("issue_key IS NOT NULL"),
    ),
    sa.Index(None, "merchant_id", "member_id", "issued_at", "coupon_id"),
    sa.Index(None, "merchant_id", "template_id", "issued_at", "coupon_id"),
    sa.Index(None, "merchant_id", "order_id", postgresql_where=sa.text("order_id IS NOT NULL")),
    sa.Index(None, "merchant_id", "valid_until", postgresql_where=sa.text("status = 'available'")),
    tenant_key("template_id", "coupon_templates"),
    tenant_key("member_id", "members"),
)

coupon_redemptions = tenant_table(
    "coupon_redemptions",
    sa.Column("coupon_id", sa.Uuid, primary_key=True),
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("template_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("redeemed_at", timestamp(), nullable=False),
    sa.Column("returned_at", timestamp(), nullable=True),
    sa.Column("refund_id", sa.Uuid, nullable=True, comment="what gave the coupon back"),
    sa.Index(None, "merchant_id", "order_id"),
    sa.Index(None, "merchant_id", "template_id", "redeemed_at"),
    tenant_key("coupon_id", "coupons"),
)

coupon_batches = tenant_table(
    "coupon_batches",
    sa.Column("batch_id", sa.Uuid, primary_key=True),
    sa.Column("template_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("bind_until", timestamp(), nullable=True),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("voided_at", timestamp(), nullable=True),
    sa.Column("downloaded_at", timestamp(), nullable=True),
    sa.Column("sealed_codes", sa.LargeBinary, nullable=True, comment="the file, until it was downloaded"),
    sa.CheckConstraint("size > 0", name="size_positive"),
    sa.Index(None, "merchant_id", "created_at", "batch_id"),
    tenant_key("template_id", "coupon_templates"),
)

coupon_codes = tenant_table(
    "coupon_codes",
    sa.Column("code_index", sa.LargeBinary, primary_key=True),
    sa.Column("batch_id", sa.Uuid, nullable=False),
    sa.Column("last_four", sa.Text, nullable=False),
    sa.Column("coupon_id", sa.Uuid, nullable=True, comment="what the code became"),
    sa.Column("bound_at", timestamp(), nullable=True),
    sa.Index(None, "merchant_id", "batch_id"),
    tenant_key("batch_id", "coupon_batches"),
    tenant_key("coupon_id", "coupons"),
)

coupon_gifts = tenant_table(
    "coupon_gifts",
    sa.Column("gift_id", sa.Uuid, primary_key=True),
    sa.Column("coupon_id", sa.Uuid, nullable=False),
    sa.Column("token_index", sa.LargeBinary, nullable=False),
    sa.Column("from_member_id", sa.Uuid, nullable=False),
    sa.Column("to_member_id", sa.Uuid, nullable=True),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("expires_at", timestamp(), nullable=False),
    sa.Column("accepted_at", timestamp(), nullable=True),
    sa.Column("revoked_at", timestamp(), nullable=True),
    sa.CheckConstraint("accepted_at IS NULL OR to_member_id IS NOT NULL", name="accepted_by_somebody"),
    sa.UniqueConstraint("merchant_id", "token_index"),
    sa.Index(None, "merchant_id", "coupon_id"),
    sa.Index(None, "merchant_id", "created_at", "gift_id"),
    tenant_key("coupon_id", "coupons"),
    tenant_key("from_member_id", "members", "member_id"),
    tenant_key("to_member_id", "members", "member_id"),
)
