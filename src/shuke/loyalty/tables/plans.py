"""Who has which paid plan, and what was paid for it. The plans themselves are in the programme."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

subscriptions = tenant_table(
    "subscriptions",
    sa.Column("subscription_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("plan_id", sa.Uuid, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("starts_at", timestamp(), nullable=False),
    sa.Column("period_from", sa.Date, nullable=False, comment="first day of what was paid for last"),
    sa.Column("ends_on", sa.Date, nullable=False, comment="last day it is good"),
    sa.Column("ends_at", timestamp(), nullable=False, comment="where the day after begins"),
    sa.Column("trial", sa.Boolean, nullable=False),
    sa.Column("auto_renew", sa.Boolean, nullable=False),
    sa.Column("paid_minor", sa.BigInteger, nullable=False, comment="for the present period, net of refunds"),
    sa.Column("ended_at", timestamp(), nullable=True),
    sa.Column("replaces_id", sa.Uuid, nullable=True, comment="the subscription this one upgraded"),
    sa.CheckConstraint("paid_minor >= 0", name="paid_not_negative"),
    sa.Index(None, "merchant_id", "member_id", "plan_id", unique=True, postgresql_where=sa.text("status = 'active'")),
    sa.Index(None, "merchant_id", "ends_at", postgresql_where=sa.text("status = 'active'")),
    tenant_key("member_id", "members"),
    tenant_key("replaces_id", "subscriptions", "subscription_id"),
    deletable=False,
)

plan_payments = tenant_table(
    "plan_payments",
    sa.Column("payment_id", sa.Uuid, primary_key=True),
    sa.Column("subscription_id", sa.Uuid, nullable=False),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("reason", sa.Text, nullable=False, comment="open, renew, upgrade, refund"),
    sa.Column("kind", sa.Text, nullable=False, comment="cash, card, wechat, …"),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="negative: back to the member"),
    sa.Column("store_id", sa.Uuid, nullable=True),
    sa.Column("reference", sa.Text, nullable=True),
    sa.CheckConstraint("amount_minor <> 0", name="amount_not_zero"),
    sa.Index(None, "merchant_id", "subscription_id"),
    tenant_key("subscription_id", "subscriptions"),
    tenant_key("store_id", "stores"),
    append_only=True,
)
