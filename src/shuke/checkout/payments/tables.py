"""Payments, their refunds, everything that was ever answered about them, and the accounts they are paid to."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp


def _pace() -> list[sa.schema.SchemaItem]:
    """`check_at` is when the worker asks again: null when nothing is left to ask."""
    return [
        sa.Column("created_at", timestamp(), nullable=False),
        sa.Column("ended_at", timestamp(), nullable=True),
        sa.Column("check_at", timestamp(), nullable=True),
        sa.Index(None, "merchant_id", "check_at", postgresql_where=sa.text("check_at IS NOT NULL")),
    ]


def _outcome() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("provider_ref", sa.Text, nullable=True, comment="the provider's own number"),
        sa.Column("failure", sa.Text, nullable=True, comment="the provider's word for why not"),
        sa.Column("attention", sa.Text, nullable=True, comment="why a person must look at it"),
    ]


payments = tenant_table(
    "payments",
    sa.Column("payment_id", sa.Uuid, primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("reference_id", sa.Uuid, nullable=False, comment="what is paid for: an order, a top-up, a plan"),
    sa.Column("provider", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("payee", sa.Text, nullable=False, comment="the account at the provider"),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("store_id", sa.Uuid, nullable=True),
    *_outcome(),
    sa.Column("received_minor", sa.BigInteger, nullable=False, server_default="0"),
    json_column("handover", "{}"),
    sa.Column("expires_at", timestamp(), nullable=False),
    sa.Column("abandoned_at", timestamp(), nullable=True),
    sa.Column("paid_at", timestamp(), nullable=True),
    sa.Column("delivered_at", timestamp(), nullable=True),
    *_pace(),
    sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    sa.CheckConstraint("received_minor IN (0, amount_minor)", name="all_or_nothing_arrives"),
    sa.CheckConstraint("(status = 'paid') <= (received_minor > 0)", name="paid_has_arrived"),
    sa.Index(None, "merchant_id", "purpose", "reference_id"),
    sa.Index(None, "merchant_id", "created_at", "payment_id"),
    sa.Index("ix_payments_attention", "merchant_id", "created_at", postgresql_where=sa.text("attention IS NOT NULL")),
    tenant_key("store_id", "stores"),
    deletable=False,
)
"""Not tied to the merchant's own row, as orders are not: a foreign key would lock it for each payment."""

payment_refunds = tenant_table(
    "payment_refunds",
    sa.Column("refund_id", sa.Uuid, primary_key=True),
    sa.Column("payment_id", sa.Uuid, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    *_outcome(),
    *_pace(),
    sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    sa.Index(None, "merchant_id", "payment_id"),
    tenant_key("payment_id", "payments"),
    deletable=False,
)

payment_events = tenant_table(
    "payment_events",
    sa.Column("event_id", sa.Uuid, primary_key=True),
    sa.Column("payment_id", sa.Uuid, nullable=True, comment="null: the provider tells of one we do not know"),
    sa.Column("refund_id", sa.Uuid, nullable=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=True, comment="the provider's number of a notification"),
    sa.Column("telling", sa.Text, nullable=False),
    sa.Column("effect", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("provider_ref", sa.Text, nullable=True),
    sa.Column("amount_minor", sa.BigInteger, nullable=True),
    sa.Column("currency", sa.Text, nullable=True),
    json_column("payload", "{}"),
    sa.Index(None, "merchant_id", "payment_id", "at"),
    sa.Index(None, "merchant_id", "key", unique=True, postgresql_where=sa.text("key IS NOT NULL")),
    tenant_key("payment_id", "payments"),
    tenant_key("refund_id", "payment_refunds"),
    append_only=True,
)
"""Every answer of every provider. Rows say nothing about people."""

payment_accounts = tenant_table(
    "payment_accounts",
    sa.Column("provider", sa.Text, primary_key=True),
    sa.Column("version", sa.Uuid, nullable=False, comment="new with every change"),
    sa.Column("payee", sa.Text, nullable=False),
    json_column("details", "{}"),
    sa.Column("secret_cipher", sa.LargeBinary, nullable=False),
    sa.Column("set_at", timestamp(), nullable=False),
    of_merchant=True,
)
