"""What brought stored value about. Balances are the ledger's."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

stored_value_policies = tenant_table(
    "stored_value_policies",
    sa.Column("spend_order", sa.Text, nullable=False, comment="bonus_first, principal_first or proportional"),
    sa.Column("bonus_rule", sa.Text, nullable=False, comment="what becomes of the bonus when a top-up is refunded"),
    sa.Column("min_top_up_minor", sa.BigInteger, nullable=False),
    sa.Column("max_top_up_minor", sa.BigInteger, nullable=False),
    sa.Column("max_balance_minor", sa.BigInteger, nullable=True),
    sa.Column("any_amount", sa.Boolean, nullable=False, comment="not only the steps' amounts"),
    sa.CheckConstraint("min_top_up_minor BETWEEN 1 AND max_top_up_minor", name="least_up_to_most"),
    of_merchant=True,
    topic="stored_value",
)

top_up_ladders = tenant_table(
    "top_up_ladders",
    sa.Column("ladder_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("starts_at", timestamp(), nullable=True),
    sa.Column("ends_at", timestamp(), nullable=True),
    json_column("store_ids", "[]"),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("retired_at", timestamp(), nullable=True),
    of_merchant=True,
    changeable=("retired_at",),
    topic="stored_value",
)

top_up_steps = tenant_table(
    "top_up_steps",
    sa.Column("step_id", sa.Uuid, primary_key=True),
    sa.Column("ladder_id", sa.Uuid, nullable=False),
    sa.Column("pay_minor", sa.BigInteger, nullable=False),
    sa.Column("bonus_minor", sa.BigInteger, nullable=False),
    sa.Column("bonus_days", sa.Integer, nullable=True, comment="null: the bonus never expires"),
    sa.Column("per_member", sa.Integer, nullable=True, comment="null: as often as she likes"),
    sa.CheckConstraint("pay_minor > 0 AND bonus_minor >= 0", name="amounts_in_range"),
    sa.UniqueConstraint("merchant_id", "ladder_id", "pay_minor"),
    tenant_key("ladder_id", "top_up_ladders"),
    append_only=True,
    topic="stored_value",
)

top_up_step_uses = tenant_table(
    "top_up_step_uses",
    sa.Column("step_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("used", sa.Integer, nullable=False, comment="how often she got this step's bonus"),
    sa.CheckConstraint("used > 0", name="used_at_all"),
    tenant_key("step_id", "top_up_steps"),
    tenant_key("member_id", "members"),
)

top_ups = tenant_table(
    "top_ups",
    sa.Column("top_up_id", sa.Uuid, primary_key=True, comment="the source of the lots it granted"),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("step_id", sa.Uuid, nullable=True),
    sa.Column("principal_minor", sa.BigInteger, nullable=False),
    sa.Column("bonus_minor", sa.BigInteger, nullable=False),
    sa.Column("bonus_expires_at", timestamp(), nullable=True),
    json_column("tenders"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("external_ref", sa.Text, nullable=True),
    sa.Column("staff_id", sa.Uuid, nullable=True),
    sa.Column("identified_as", sa.Uuid, nullable=True, comment="another name of hers, if she came by that"),
    sa.CheckConstraint("principal_minor > 0 AND bonus_minor >= 0", name="amounts_in_range"),
    sa.UniqueConstraint("merchant_id", "external_ref"),
    sa.Index(None, "merchant_id", "member_id", "at"),
    sa.Index(None, "merchant_id", "at", "top_up_id"),
    tenant_key("member_id", "members"),
    tenant_key("store_id", "stores"),
    tenant_key("step_id", "top_up_steps"),
    tenant_key("identified_as", "members", "member_id"),
    changeable=("member_id",),
)

top_up_refunds = tenant_table(
    "top_up_refunds",
    sa.Column("refund_id", sa.Uuid, primary_key=True),
    sa.Column("top_up_id", sa.Uuid, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("refunded_minor", sa.BigInteger, nullable=False, comment="principal paid out"),
    sa.Column("deducted_minor", sa.BigInteger, nullable=False, comment="principal kept for bonus that was spent"),
    sa.Column("forfeited_minor", sa.BigInteger, nullable=False, comment="bonus taken back"),
    sa.Column("kind", sa.Text, nullable=False, comment="how the money went out"),
    sa.Column("reason", sa.Text, nullable=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("staff_id", sa.Uuid, nullable=True),
    sa.CheckConstraint(
        "refunded_minor >= 0 AND deducted_minor >= 0 AND forfeited_minor >= 0", name="amounts_not_negative"
    ),
    sa.Index(None, "merchant_id", "top_up_id"),
    tenant_key("top_up_id", "top_ups"),
    tenant_key("store_id", "stores"),
    changeable=("reason",),
)

card_batches = tenant_table(
    "card_batches",
    sa.Column("batch_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("face_minor", sa.BigInteger, nullable=False),
    sa.Column("valid_days", sa.Integer, nullable=True, comment="from activation; null: for ever"),
    sa.Column("file_cipher", sa.LargeBinary, nullable=True, comment="numbers and PINs, until they are fetched"),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("downloaded_at", timestamp(), nullable=True),
    sa.Column("voided_at", timestamp(), nullable=True),
    sa.CheckConstraint("size > 0 AND face_minor > 0", name="worth_something"),
    of_merchant=True,
    changeable=("file_cipher", "downloaded_at", "voided_at"),
)

card_sales = tenant_table(
    "card_sales",
    sa.Column("sale_id", sa.Uuid, primary_key=True),
    sa.Column("store_id", sa.Uuid, nullable=False),
    sa.Column("cards", sa.Integer, nullable=False),
    sa.Column("face_minor", sa.BigInteger, nullable=False, comment="of all cards together; what was paid"),
    json_column("tenders"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("staff_id", sa.Uuid, nullable=True),
    sa.Index(None, "merchant_id", "at"),
    tenant_key("store_id", "stores"),
    append_only=True,
)

cards = tenant_table(
    "cards",
    sa.Column("card_id", sa.Uuid, primary_key=True, comment="its wallet's id too"),
    sa.Column("batch_id", sa.Uuid, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("pin_hash", sa.LargeBinary, nullable=False, comment="keyed, with the number"),
    sa.Column("status", sa.Text, nullable=False, server_default="inactive"),
    sa.Column("sale_id", sa.Uuid, nullable=True),
    sa.Column("expires_at", timestamp(), nullable=True),
    sa.Column("member_id", sa.Uuid, nullable=True, comment="whose wallet its balance went to"),
    sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0"), comment="wrong PINs in a row"),
    sa.Column("last_try_at", timestamp(), nullable=True),
    sa.UniqueConstraint("merchant_id", "number"),
    sa.Index(None, "merchant_id", "batch_id", "card_id"),
    tenant_key("batch_id", "card_batches"),
    tenant_key("sale_id", "card_sales"),
    tenant_key("member_id", "members"),
    changeable=("status", "sale_id", "expires_at", "member_id", "tries", "last_try_at"),
)
