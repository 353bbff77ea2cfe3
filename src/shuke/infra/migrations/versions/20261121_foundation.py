"""The foundation: tenancy, members, catalogue, orders, ledger, tiers, imports, events, jobs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shuke.infra.migrations.guard import (
    create_versions,
    drop_reference,
    drop_versions,
    note_versions,
    protect,
    refer_in_sets,
)
from shuke.infra.migrations.queue import create_queue, drop_queue

revision: str = "20261121_foundation"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "audit_log",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("merchant_id", "entry_id", name=op.f("pk_audit_log")),
    )
    op.create_index(
        op.f("ix_audit_log_merchant_id_at_entry_id"), "audit_log", ["merchant_id", "at", "entry_id"], unique=False
    )
    op.create_table(
        "consumers",
        sa.Column("consumer_id", sa.Uuid(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer_id", name=op.f("pk_consumers")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_consumers_phone_index")),
    )
    op.create_table(
        "domain_events",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "payload",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("merchant_id", "transaction_id", "event_id", name=op.f("pk_domain_events")),
    )
    op.create_index(
        op.f("ix_domain_events_merchant_id_member_id_occurred_at"),
        "domain_events",
        ["merchant_id", "member_id", "occurred_at"],
        unique=False,
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.create_table(
        "erased_marks",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mark", sa.LargeBinary(), nullable=False, comment="blind, under a key that nothing else is kept under"
        ),
        sa.Column("erased_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "mark", name=op.f("pk_erased_marks")),
    )
    op.create_index(
        op.f("ix_erased_marks_merchant_id_erased_at"), "erased_marks", ["merchant_id", "erased_at"], unique=False
    )
    op.create_table(
        "event_personal",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="path in the message → value"),
        sa.PrimaryKeyConstraint("merchant_id", "message_key", name=op.f("pk_event_personal")),
    )
    op.create_table(
        "event_quarantine",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("quarantined_id", sa.Uuid(), nullable=False, comment="of the source and all the message says"),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="the message; of one too large, its beginning"),
        sa.Column(
            "replayed_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="when it became an event after all",
        ),
        sa.PrimaryKeyConstraint("merchant_id", "quarantined_id", name=op.f("pk_event_quarantine")),
    )
    op.create_index(
        op.f("ix_event_quarantine_merchant_id_received_at_quarantined_id"),
        "event_quarantine",
        ["merchant_id", "received_at", "quarantined_id"],
        unique=False,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "principal_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(
        op.f("ix_idempotency_keys_merchant_id_created_at"),
        "idempotency_keys",
        ["merchant_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "identifiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("namespace", sa.Text(), nullable=False, comment="phone, email, card, user_id, anonymous_id, …"),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False, comment="a member or a visitor"),
        sa.Column("origin_id", sa.Uuid(), nullable=False, comment="the person it was first seen with"),
        sa.Column("value_cipher", sa.LargeBinary(), nullable=True, comment="null: nobody is ever shown it"),
        sa.Column("main", sa.Boolean(), nullable=False, comment="the one of its kind that her page shows"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "namespace", "value_index", name=op.f("pk_identifiers")),
    )
    op.create_index(
        op.f("ix_identifiers_merchant_id_person_id"), "identifiers", ["merchant_id", "person_id"], unique=False
    )
    op.create_table(
        "identity_sightings",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False, comment="of the identifiers, in any order"),
        sa.Column("namespace", sa.Text(), nullable=False, comment="of the strongest that was not left out"),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "keys",
            postgresql.JSON(astext_type=sa.Text()),
            nullable=False,
            comment="[[namespace, blind index in hex]] of all",
        ),
        sa.Column(
            "dropped",
            postgresql.JSON(astext_type=sa.Text()),
            nullable=False,
            comment="[[namespace, blind index in hex, reason]] of those left out",
        ),
        sa.Column("first_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "sighting_id", name=op.f("pk_identity_sightings")),
    )
    op.create_index(
        op.f("ix_identity_sightings_merchant_id_first_at_sighting_id"),
        "identity_sightings",
        ["merchant_id", "first_at", "sighting_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_identity_sightings_merchant_id_namespace_value_index"),
        "identity_sightings",
        ["merchant_id", "namespace", "value_index"],
        unique=False,
    )
    op.create_table(
        "insight_category_days",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False, comment="all zeros: products without a category"),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False, comment="that hold at least one line of the category"),
        sa.PrimaryKeyConstraint("merchant_id", "business_day", "category_id", name=op.f("pk_insight_category_days")),
    )
    op.create_table(
        "insight_members",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("first_order_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "last_order_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=False,
            comment="1970-01-01: never; so that it sorts and pages",
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", name=op.f("pk_insight_members")),
    )
    op.create_index(
        op.f("ix_insight_members_merchant_id_last_order_at_member_id"),
        "insight_members",
        ["merchant_id", "last_order_at", "member_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_insight_members_merchant_id_orders_member_id"),
        "insight_members",
        ["merchant_id", "orders", "member_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_insight_members_merchant_id_paid_minor_member_id"),
        "insight_members",
        ["merchant_id", "paid_minor", "member_id"],
        unique=False,
    )
    op.create_table(
        "insight_products",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("measured", sa.Boolean(), nullable=False, comment="sold by measure: a line counts as one unit"),
        sa.PrimaryKeyConstraint("merchant_id", "product_id", name=op.f("pk_insight_products")),
    )
    op.create_index(
        op.f("ix_insight_products_merchant_id_category_id"),
        "insight_products",
        ["merchant_id", "category_id"],
        unique=False,
    )
    op.create_table(
        "lake_exports",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False, comment="the last transaction whose events are in it"),
        sa.Column("after", sa.BigInteger(), nullable=False, comment="the last one of the export before"),
        sa.Column("rows", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("exported_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "upto", name=op.f("pk_lake_exports")),
    )
    op.create_table(
        "ledger_balances",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("wallet_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="member", nullable=False, comment="whose: member, card or family"),
        sa.Column("points", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("points_owed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("growth", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("stored_principal", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("stored_bonus", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("red_packet", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("growth >= 0", name=op.f("ck_ledger_balances_growth_not_negative")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_ledger_balances_points_not_negative")),
        sa.CheckConstraint("points_owed >= 0", name=op.f("ck_ledger_balances_points_owed_not_negative")),
        sa.CheckConstraint("red_packet >= 0", name=op.f("ck_ledger_balances_red_packet_not_negative")),
        sa.CheckConstraint("stored_bonus >= 0", name=op.f("ck_ledger_balances_stored_bonus_not_negative")),
        sa.CheckConstraint("stored_principal >= 0", name=op.f("ck_ledger_balances_stored_principal_not_negative")),
        sa.PrimaryKeyConstraint("merchant_id", "wallet_id", name=op.f("pk_ledger_balances")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "ledger_lot_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="taken from the lot; negative: given back"),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_lot_uses_amount_not_zero")),
        sa.PrimaryKeyConstraint("merchant_id", "posting_id", "lot_id", name=op.f("pk_ledger_lot_uses")),
    )
    op.create_index(
        op.f("ix_ledger_lot_uses_merchant_id_lot_id"), "ledger_lot_uses", ["merchant_id", "lot_id"], unique=False
    )
    op.create_table(
        "ledger_lots",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False, comment="the posting that granted it"),
        sa.Column("wallet_id", sa.Uuid(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("earned_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "available_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="cannot be spent before; null: at once",
        ),
        sa.Column(
            "expires_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="cannot be spent from then on; null: never expires",
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True, comment="the order, top-up, card or campaign that granted it"),
        sa.Column(
            "refilled_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="when something last came back to it",
        ),
        sa.CheckConstraint(
            "granted > 0 AND remaining BETWEEN 0 AND granted", name=op.f("ck_ledger_lots_remaining_within_granted")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "lot_id", name=op.f("pk_ledger_lots")),
    )
    op.create_index(
        op.f("ix_ledger_lots_merchant_id_expires_at_wallet_id"),
        "ledger_lots",
        ["merchant_id", "expires_at", "wallet_id"],
        unique=False,
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_index(
        op.f("ix_ledger_lots_merchant_id_wallet_id_asset_expires_at"),
        "ledger_lots",
        ["merchant_id", "wallet_id", "asset", "expires_at"],
        unique=False,
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_table(
        "ledger_postings",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("wallet_id", sa.Uuid(), nullable=False, comment="a member's, card's or family's id"),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="positive: to the wallet"),
        sa.Column(
            "counter_account", sa.Text(), nullable=False, comment="the merchant's side: earned, spent, expired, …"
        ),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_postings_amount_not_zero")),
        sa.PrimaryKeyConstraint("merchant_id", "posting_id", name=op.f("pk_ledger_postings")),
    )
    op.create_index(
        op.f("ix_ledger_postings_merchant_id_transaction_id"),
        "ledger_postings",
        ["merchant_id", "transaction_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ledger_postings_merchant_id_wallet_id_asset_at"),
        "ledger_postings",
        ["merchant_id", "wallet_id", "asset", "at"],
        unique=False,
        postgresql_include=["amount"],
    )
    op.create_table(
        "ledger_transactions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False, comment="the order, adjustment or run that caused it"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "returns_id", sa.Uuid(), nullable=True, comment="the transaction that this one undoes, or part of it"
        ),
        sa.Column(
            "member_id", sa.Uuid(), nullable=True, comment="who acted, where that is not the wallet's own member"
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "returns_id"],
            ["ledger_transactions.merchant_id", "ledger_transactions.transaction_id"],
            name=op.f("fk_ledger_transactions_merchant_id_returns_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "transaction_id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint(
            "merchant_id", "reference_id", "kind", name=op.f("uq_ledger_transactions_merchant_id_reference_id_kind")
        ),
    )
    op.create_index(
        op.f("ix_ledger_transactions_merchant_id_returns_id"),
        "ledger_transactions",
        ["merchant_id", "returns_id"],
        unique=False,
        postgresql_where=sa.text("returns_id IS NOT NULL"),
    )
    op.create_table(
        "member_search_terms",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "term", sa.LargeBinary(), nullable=False, comment="blind index of a name prefix or a phone's last four"
        ),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "term", "member_id", name=op.f("pk_member_search_terms")),
    )
    op.create_index(
        op.f("ix_member_search_terms_merchant_id_member_id"),
        "member_search_terms",
        ["merchant_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "merchant_versions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="the transaction that changed the topic last"),
        sa.PrimaryKeyConstraint("merchant_id", "topic", name=op.f("pk_merchant_versions")),
    )
    op.create_table(
        "merchants",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_merchants")),
    )
    op.create_table(
        "order_lines",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="goods", nullable=False, comment="goods, or the delivery of them"),
        sa.Column("quantity", sa.Numeric(precision=12, scale=3), nullable=False),
        sa.Column(
            "unit_price_minor", sa.BigInteger(), nullable=True, comment="null when the source gave only the total"
        ),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_added_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "adjustments",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "payments",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "gross_minor + tax_added_minor = discount_minor + paid_minor", name=op.f("ck_order_lines_amounts_add_up")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", "line_no", name=op.f("pk_order_lines")),
    )
    op.create_table(
        "person_events",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False, comment="of the event, as long as that is kept"),
        sa.Column("namespace", sa.Text(), nullable=False, comment="by what the person was recognised"),
        sa.Column("origin_id", sa.Uuid(), nullable=False, comment="with whom that was first seen"),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
            comment="in which it was followed",
        ),
        sa.PrimaryKeyConstraint(
            "merchant_id", "person_id", "occurred_at", "message_key", name=op.f("pk_person_events")
        ),
    )
    op.create_index(
        op.f("ix_person_events_merchant_id_occurred_at"), "person_events", ["merchant_id", "occurred_at"], unique=False
    )
    op.create_index(
        op.f("ix_person_events_merchant_id_transaction_id"),
        "person_events",
        ["merchant_id", "transaction_id"],
        unique=False,
    )
    op.create_table(
        "platform_idempotency_keys",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("principal_id", "key", name=op.f("pk_platform_idempotency_keys")),
    )
    op.create_index(
        op.f("ix_platform_idempotency_keys_created_at"), "platform_idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "segment_members",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", "member_id", name=op.f("pk_segment_members")),
    )
    op.create_index(
        op.f("ix_segment_members_merchant_id_member_id"), "segment_members", ["merchant_id", "member_id"], unique=False
    )
    op.create_index(
        op.f("ix_segment_members_merchant_id_segment_id_since_member_id"),
        "segment_members",
        ["merchant_id", "segment_id", "since", "member_id"],
        unique=False,
    )
    op.create_table(
        "segment_moves",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the snapshot"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("entered", sa.Boolean(), nullable=False, comment="false: left"),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", "number", "member_id", name=op.f("pk_segment_moves")),
    )
    op.create_index(
        op.f("ix_segment_moves_merchant_id_member_id"), "segment_moves", ["merchant_id", "member_id"], unique=False
    )
    op.create_index(
        op.f("ix_segment_moves_merchant_id_transaction_id_segment_id_member_id"),
        "segment_moves",
        ["merchant_id", "transaction_id", "segment_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.Text(), nullable=False, comment="a login or a client address"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_attempts")),
    )
    op.create_table(
        "tracked_events",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False, comment="of the source and its message id"),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("occurred_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "sent_for", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="the time its sender gave it"
        ),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "keys",
            postgresql.JSON(astext_type=sa.Text()),
            nullable=False,
            comment="[[namespace, blind index in hex]], strongest first",
        ),
        sa.Column("body", postgresql.JSON(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "message_key", name=op.f("pk_tracked_events")),
    )
    op.create_index(
        op.f("ix_tracked_events_merchant_id_transaction_id_message_key"),
        "tracked_events",
        ["merchant_id", "transaction_id", "message_key"],
        unique=False,
    )
    op.create_table(
        "trait_states",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("lifecycle", sa.Text(), nullable=False),
        sa.Column("lifecycle_since", sa.Date(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("grade_since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", name=op.f("pk_trait_states")),
    )
    op.create_table(
        "uploads",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="below the data folder; sealed with the master key"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "upload_id", name=op.f("pk_uploads")),
    )
    op.create_table(
        "visitors",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("became_id", sa.Uuid(), nullable=True, comment="whom the visitor turned out to be, in the end"),
        sa.Column(
            "unheard",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="turned out to be a member, whose fields what was told of the visitor may fill",
        ),
        sa.PrimaryKeyConstraint("merchant_id", "person_id", name=op.f("pk_visitors")),
    )
    op.create_index(
        op.f("ix_visitors_merchant_id_became_id"),
        "visitors",
        ["merchant_id", "became_id"],
        unique=False,
        postgresql_where=sa.text("became_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_visitors_merchant_id_last_seen_on"),
        "visitors",
        ["merchant_id", "last_seen_on"],
        unique=False,
        postgresql_where=sa.text("became_id IS NULL"),
    )
    op.create_index(
        op.f("ix_visitors_merchant_id_person_id"),
        "visitors",
        ["merchant_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("unheard"),
    )
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("platform_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("disabled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_sign_in_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_accounts_merchant_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "api_keys",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_used_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_api_keys_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "key_id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("merchant_id", "secret_hash", name=op.f("uq_api_keys_merchant_id_secret_hash")),
    )
    op.create_table(
        "attribute_definitions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="its key in members.attributes"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("label", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column(
            "choices",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "place", sa.Integer(), nullable=True, comment="of its column in the lake; null: it was always personal"
        ),
        sa.Column("since", sa.BigInteger(), nullable=False, comment="the transaction that decided what leaves"),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_attribute_definitions_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "attribute_id", name=op.f("pk_attribute_definitions")),
        sa.UniqueConstraint("merchant_id", "name", name=op.f("uq_attribute_definitions_merchant_id_name")),
    )
    op.create_table(
        "campaigns",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campaigns_ends_after_start")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_campaigns_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "campaign_id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_campaigns_merchant_id_code")),
    )
    op.create_table(
        "card_batches",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("face_minor", sa.BigInteger(), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=True, comment="from activation; null: for ever"),
        sa.Column("file_cipher", sa.LargeBinary(), nullable=True, comment="numbers and PINs, until they are fetched"),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("downloaded_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("voided_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0 AND face_minor > 0", name=op.f("ck_card_batches_worth_something")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_card_batches_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "batch_id", name=op.f("pk_card_batches")),
    )
    op.create_table(
        "categories",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "parent_id"],
            ["categories.merchant_id", "categories.category_id"],
            name=op.f("fk_categories_merchant_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_categories_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "category_id", name=op.f("pk_categories")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_categories_merchant_id_code")),
    )
    op.create_table(
        "clearing_days",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.BigInteger(), nullable=False, comment="entries of days that had been closed before"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False, comment="the sum of the entries"),
        sa.Column("closed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("horizon", sa.BigInteger(), nullable=False, comment="transactions below it had all been seen then"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_clearing_days_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "business_day", name=op.f("pk_clearing_days")),
    )
    op.create_table(
        "clearing_terms",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "since", sa.Date(), nullable=True, comment="the first day that is cleared; null: when the merchant came"
        ),
        sa.Column("stores_settle", sa.Boolean(), nullable=False),
        sa.Column("merchant_funds", sa.Boolean(), nullable=False),
        sa.Column("bonus_bearer", sa.Text(), nullable=False, comment="issuing_store or merchant"),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_clearing_terms_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_clearing_terms")),
    )
    op.create_table(
        "consent_texts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, 2, … of the purpose, whatever the channel"),
        sa.Column("channel", sa.Text(), nullable=False, comment="*: all that have no text of their own"),
        sa.Column("text", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("double_opt_in", sa.Boolean(), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_consent_texts_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "purpose", "version", name=op.f("pk_consent_texts")),
    )
    op.create_table(
        "coupon_templates",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "terms",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="for the first time"),
        sa.Column("group_code", sa.Text(), server_default="default", nullable=False),
        sa.Column(
            "rules",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'paused', 'ended')", name=op.f("ck_coupon_templates_known_status")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_coupon_templates_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "template_id", name=op.f("pk_coupon_templates")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_coupon_templates_merchant_id_code")),
    )
    op.create_index(
        op.f("ix_coupon_templates_merchant_id_created_at_template_id"),
        "coupon_templates",
        ["merchant_id", "created_at", "template_id"],
        unique=False,
    )
    op.create_table(
        "event_progress",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_event_progress_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "reader", name=op.f("pk_event_progress")),
    )
    op.create_table(
        "event_retention",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("events_days", sa.Integer(), nullable=False),
        sa.Column("quarantine_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_event_retention_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_event_retention")),
    )
    op.create_table(
        "event_schemas",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("schema_id", sa.Uuid(), nullable=False, comment="of type and name"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False, comment="inferred or enforced"),
        sa.Column(
            "properties",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("others", sa.Boolean(), nullable=False, comment="properties that are not named may come too"),
        sa.Column(
            "sightings", postgresql.JSON(astext_type=sa.Text()), nullable=False, comment="property → type → times"
        ),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_event_schemas_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "schema_id", name=op.f("pk_event_schemas")),
    )
    op.create_table(
        "event_sources",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_cipher", sa.LargeBinary(), nullable=False, comment="the write key, to be shown again"),
        sa.Column("per_second", sa.Integer(), nullable=False),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False, comment="inferred or enforced"),
        sa.Column(
            "profiles", sa.Text(), nullable=False, comment="off, fill or overwrite: what its traits do to members"
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_event_sources_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "source_id", name=op.f("pk_event_sources")),
        sa.UniqueConstraint("merchant_id", "key_hash", name=op.f("uq_event_sources_merchant_id_key_hash")),
    )
    op.create_table(
        "identity_policies",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("spaces", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("blocked", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("two_members", sa.Text(), nullable=False, comment="propose or merge"),
        sa.Column("changed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_identity_policies_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_identity_policies")),
    )
    op.create_table(
        "imports",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False, comment="of the content, the kind and the mapping"),
        sa.Column("upload_id", sa.Uuid(), nullable=True),
        sa.Column(
            "mapping",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rows_total", sa.BigInteger(), nullable=True),
        sa.Column(
            "rows_done", sa.BigInteger(), server_default="0", nullable=False, comment="loaded or rejected so far"
        ),
        sa.Column("created", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("updated", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rejected", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "notes",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "upload_id"],
            ["uploads.merchant_id", "uploads.upload_id"],
            name=op.f("fk_imports_merchant_id_upload_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "import_id", name=op.f("pk_imports")),
    )
    op.create_index(
        op.f("ix_imports_merchant_id_started_at_import_id"),
        "imports",
        ["merchant_id", "started_at", "import_id"],
        unique=False,
    )
    op.create_table(
        "insight_progress",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False, comment="of the last event counted"),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_insight_progress_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_insight_progress")),
    )
    op.create_table(
        "offer_counters",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False, comment="a promotion, a coupon template or a packet campaign"),
        sa.Column("max_uses", sa.BigInteger(), nullable=True),
        sa.Column("budget_minor", sa.BigInteger(), nullable=True),
        sa.Column("uses_per_member", sa.BigInteger(), nullable=True),
        sa.Column("pieces_per_member", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True, comment="in whose every turn a member's limits start anew"),
        sa.Column("uses", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spent_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("uses >= 0 AND spent_minor >= 0", name=op.f("ck_offer_counters_not_negative")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_offer_counters_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "offer_id", name=op.f("pk_offer_counters")),
    )
    op.create_table(
        "order_policies",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("refund_days", sa.Integer(), nullable=True, comment="null: for ever"),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("returns_red_packets", sa.Boolean(), nullable=False),
        sa.Column("takes_packets_back", sa.Boolean(), nullable=False),
        sa.Column("money_back", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_order_policies_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_order_policies")),
    )
    op.create_table(
        "payment_accounts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False, comment="new with every change"),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column(
            "details",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("secret_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_payment_accounts_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "provider", name=op.f("pk_payment_accounts")),
    )
    op.create_table(
        "programme_versions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_programme_versions_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "version", name=op.f("pk_programme_versions")),
    )
    op.create_table(
        "promotions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "terms",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="for the first time"),
        sa.Column("group_code", sa.Text(), server_default="default", nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'paused', 'ended')", name=op.f("ck_promotions_known_status")
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_promotions_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "promotion_id", name=op.f("pk_promotions")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_promotions_merchant_id_code")),
    )
    op.create_index(
        op.f("ix_promotions_merchant_id_created_at_promotion_id"),
        "promotions",
        ["merchant_id", "created_at", "promotion_id"],
        unique=False,
    )
    op.create_table(
        "proposal_runs",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True, comment="what is being done while it runs"),
        sa.Column("asked_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False, comment="how often it was begun"),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("threshold_bps", sa.Integer(), nullable=False),
        sa.Column("learned", sa.Boolean(), nullable=False, comment="the model is learned anew"),
        sa.Column("dry_run", sa.Boolean(), nullable=False, comment="nothing is proposed, only counted"),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("pairs", sa.BigInteger(), nullable=True, comment="that were compared"),
        sa.Column("proposed", sa.Integer(), nullable=True),
        sa.Column("took_ms", sa.BigInteger(), nullable=True),
        sa.Column(
            "bands",
            postgresql.JSON(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="[[basis points, pairs at least so probable]]",
        ),
        sa.Column(
            "model",
            postgresql.JSON(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="how much each level says; nobody's values",
        ),
        sa.Column("note", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_proposal_runs_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "run_id", name=op.f("pk_proposal_runs")),
    )
    op.create_index(
        op.f("ix_proposal_runs_merchant_id_asked_at_run_id"),
        "proposal_runs",
        ["merchant_id", "asked_at", "run_id"],
        unique=False,
    )
    op.create_table(
        "red_packet_campaigns",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "terms",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="for the first time"),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'paused', 'ended')", name=op.f("ck_red_packet_campaigns_known_status")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_red_packet_campaigns_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "campaign_id", name=op.f("pk_red_packet_campaigns")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_red_packet_campaigns_merchant_id_code")),
    )
    op.create_index(
        op.f("ix_red_packet_campaigns_merchant_id_created_at_campaign_id"),
        "red_packet_campaigns",
        ["merchant_id", "created_at", "campaign_id"],
        unique=False,
    )
    op.create_table(
        "regions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_regions_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "region_id", name=op.f("pk_regions")),
        sa.UniqueConstraint("merchant_id", "name", name=op.f("uq_regions_merchant_id_name")),
    )
    op.create_table(
        "retention_rules",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_retention_rules_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "subject", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "segments",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="rule, set or upload"),
        sa.Column("tree", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("cap", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("refresh", sa.Text(), nullable=False, comment="continuous, daily or once"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_segments_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", name=op.f("pk_segments")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_segments_merchant_id_code")),
    )
    op.create_index(
        op.f("ix_segments_merchant_id_updated_at_segment_id"),
        "segments",
        ["merchant_id", "updated_at", "segment_id"],
        unique=False,
    )
    op.create_table(
        "stacking_groups",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.Column("after", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("excludes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.CheckConstraint("at_most > 0", name=op.f("ck_stacking_groups_at_most_positive")),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_stacking_groups_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "code", name=op.f("pk_stacking_groups")),
    )
    op.create_table(
        "staff",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("disabled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_sign_in_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_staff_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "staff_id", name=op.f("pk_staff")),
        sa.UniqueConstraint("merchant_id", "account_id", name=op.f("uq_staff_merchant_id_account_id")),
    )
    op.create_table(
        "stored_value_policies",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("spend_order", sa.Text(), nullable=False, comment="bonus_first, principal_first or proportional"),
        sa.Column(
            "bonus_rule", sa.Text(), nullable=False, comment="what becomes of the bonus when a top-up is refunded"
        ),
        sa.Column("min_top_up_minor", sa.BigInteger(), nullable=False),
        sa.Column("max_top_up_minor", sa.BigInteger(), nullable=False),
        sa.Column("max_balance_minor", sa.BigInteger(), nullable=True),
        sa.Column("any_amount", sa.Boolean(), nullable=False, comment="not only the steps' amounts"),
        sa.CheckConstraint(
            "min_top_up_minor BETWEEN 1 AND max_top_up_minor", name=op.f("ck_stored_value_policies_least_up_to_most")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_stored_value_policies_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_stored_value_policies")),
    )
    op.create_table(
        "tag_groups",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_tag_groups_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "group_id", name=op.f("pk_tag_groups")),
    )
    op.create_table(
        "tiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, comment="0 is the tier everybody starts in"),
        sa.Column("threshold_growth", sa.BigInteger(), nullable=False),
        sa.Column("discount_bps", sa.Integer(), nullable=False),
        sa.Column("points_multiplier_bps", sa.Integer(), nullable=False),
        sa.Column(
            "retired_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="dropped by a later version; kept for the past",
        ),
        sa.CheckConstraint("discount_bps BETWEEN 0 AND 10000", name=op.f("ck_tiers_discount_up_to_whole")),
        sa.CheckConstraint("points_multiplier_bps >= 0", name=op.f("ck_tiers_multiplier_not_negative")),
        sa.CheckConstraint("threshold_growth >= 0", name=op.f("ck_tiers_threshold_not_negative")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_tiers_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "tier_id", name=op.f("pk_tiers")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_tiers_merchant_id_code")),
    )
    op.create_table(
        "top_up_ladders",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("ladder_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ends_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "store_ids",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("retired_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_top_up_ladders_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "ladder_id", name=op.f("pk_top_up_ladders")),
    )
    op.create_table(
        "trait_runs",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False, comment="the last business day that counts"),
        sa.Column("upto", sa.BigInteger(), nullable=False, comment="the last transaction it knows of"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column(
            "changed", sa.Integer(), nullable=False, comment="members whose stage or grade is another than before"
        ),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("terms", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("parameters", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("thresholds", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_trait_runs_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "number", name=op.f("pk_trait_runs")),
    )
    op.create_table(
        "clearing_facts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False, comment="an order, refund or refund of a top-up"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False, comment="on which it was cleared"),
        sa.Column("own_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "business_day"],
            ["clearing_days.merchant_id", "clearing_days.business_day"],
            name=op.f("fk_clearing_facts_merchant_id_business_day"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "reference_id", name=op.f("pk_clearing_facts")),
    )
    op.create_table(
        "coupon_batches",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bind_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("voided_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("downloaded_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("sealed_codes", sa.LargeBinary(), nullable=True, comment="the file, until it was downloaded"),
        sa.CheckConstraint("size > 0", name=op.f("ck_coupon_batches_size_positive")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "template_id"],
            ["coupon_templates.merchant_id", "coupon_templates.template_id"],
            name=op.f("fk_coupon_batches_merchant_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "batch_id", name=op.f("pk_coupon_batches")),
    )
    op.create_index(
        op.f("ix_coupon_batches_merchant_id_created_at_batch_id"),
        "coupon_batches",
        ["merchant_id", "created_at", "batch_id"],
        unique=False,
    )
    op.create_table(
        "coupon_stocks",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("stock", sa.BigInteger(), nullable=True, comment="coupons in all; null: no limit"),
        sa.Column(
            "issued", sa.BigInteger(), server_default="0", nullable=False, comment="coupons, and codes not yet bound"
        ),
        sa.CheckConstraint("issued >= 0", name=op.f("ck_coupon_stocks_issued_not_negative")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "template_id"],
            ["coupon_templates.merchant_id", "coupon_templates.template_id"],
            name=op.f("fk_coupon_stocks_merchant_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "template_id", name=op.f("pk_coupon_stocks")),
    )
    op.create_table(
        "import_chunks",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("chunk_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "import_id"],
            ["imports.merchant_id", "imports.import_id"],
            name=op.f("fk_import_chunks_merchant_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "import_id", "chunk_no", name=op.f("pk_import_chunks")),
    )
    op.create_table(
        "import_rejects",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row_no", sa.BigInteger(), nullable=False, comment="1 is the first row after the header"),
        sa.Column(
            "row_cipher",
            sa.LargeBinary(),
            nullable=False,
            comment="{row, zh, en}: the row as it stood, and why it was refused, which may quote it; may be personal",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "import_id"],
            ["imports.merchant_id", "imports.import_id"],
            name=op.f("fk_import_rejects_merchant_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "import_id", "row_no", name=op.f("pk_import_rejects")),
    )
    op.create_table(
        "offer_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "order_id", sa.Uuid(), nullable=False, comment="an order; of packet campaigns what the packet was for"
        ),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("turn", sa.Date(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False, comment="held by a pending order"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("uses >= 0 AND pieces >= 0 AND minor >= 0", name=op.f("ck_offer_uses_not_negative")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "offer_id"],
            ["offer_counters.merchant_id", "offer_counters.offer_id"],
            name=op.f("fk_offer_uses_merchant_id_offer_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", "offer_id", name=op.f("pk_offer_uses")),
    )
    op.create_index(
        op.f("ix_offer_uses_merchant_id_offer_id_member_id_turn"),
        "offer_uses",
        ["merchant_id", "offer_id", "member_id", "turn"],
        unique=False,
    )
    op.create_table(
        "products",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True, comment="pack size or unit of measure, as printed"),
        sa.Column("sold_by", sa.Text(), nullable=False, comment="piece or measure"),
        sa.Column("list_price_minor", sa.BigInteger(), nullable=True, comment="null: only sold at a stated price"),
        sa.Column("member_price_minor", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "attributes",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "search_text",
            sa.Text(collation="C"),
            sa.Computed(
                "lower(sku || ' '::text || COALESCE(barcode, ''::text) || ' '::text || name || ' '::text || COALESCE(brand, ''::text))",
                persisted=True,
            ),
            nullable=True,
            comment="kept so that a search over a large catalogue does not fold case 70 000 times",
        ),
        sa.CheckConstraint("list_price_minor >= 0", name=op.f("ck_products_list_price_not_negative")),
        sa.CheckConstraint(
            "member_price_minor BETWEEN 0 AND list_price_minor", name=op.f("ck_products_member_price_up_to_list")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "category_id"],
            ["categories.merchant_id", "categories.category_id"],
            name=op.f("fk_products_merchant_id_category_id"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_products_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "product_id", name=op.f("pk_products")),
        sa.UniqueConstraint("merchant_id", "sku", name=op.f("uq_products_merchant_id_sku")),
    )
    op.create_index(
        op.f("ix_products_merchant_id_barcode"),
        "products",
        ["merchant_id", "barcode"],
        unique=True,
        postgresql_where=sa.text("barcode IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_products_merchant_id_category_id"), "products", ["merchant_id", "category_id"], unique=False
    )
    op.create_index(
        op.f("ix_products_merchant_id_name_product_id"), "products", ["merchant_id", "name", "product_id"], unique=False
    )
    op.create_table(
        "programmes",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the one that is live"),
        sa.Column("draft", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("draft_changed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "version"],
            ["programme_versions.merchant_id", "programme_versions.version"],
            name=op.f("fk_programmes_merchant_id_version"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "proposal_acceptances",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("acceptance_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("threshold_bps", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True, comment="only what this search proposed"),
        sa.Column("asked_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "run_id"],
            ["proposal_runs.merchant_id", "proposal_runs.run_id"],
            name=op.f("fk_proposal_acceptances_merchant_id_run_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_proposal_acceptances_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "acceptance_id", name=op.f("pk_proposal_acceptances")),
    )
    op.create_index(
        op.f("ix_proposal_acceptances_merchant_id_asked_at_acceptance_id"),
        "proposal_acceptances",
        ["merchant_id", "asked_at", "acceptance_id"],
        unique=False,
    )
    op.create_table(
        "segment_snapshots",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False, comment="the business day that windows end with"),
        sa.Column("upto", sa.BigInteger(), nullable=False, comment="the last transaction it knows of"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the segment as it was written then"),
        sa.Column(
            "horizon", sa.BigInteger(), nullable=False, comment="it knows all moves of others below this transaction"
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "segment_id"],
            ["segments.merchant_id", "segments.segment_id"],
            name=op.f("fk_segment_snapshots_merchant_id_segment_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", "number", name=op.f("pk_segment_snapshots")),
    )
    op.create_table(
        "segment_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False, comment="it is made of …"),
        sa.Column("used_id", sa.Uuid(), nullable=False, comment="… this one, among others"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "segment_id"],
            ["segments.merchant_id", "segments.segment_id"],
            name=op.f("fk_segment_uses_merchant_id_segment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "used_id"],
            ["segments.merchant_id", "segments.segment_id"],
            name=op.f("fk_segment_uses_merchant_id_used_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", "used_id", name=op.f("pk_segment_uses")),
    )
    op.create_index(
        op.f("ix_segment_uses_merchant_id_used_id"), "segment_uses", ["merchant_id", "used_id"], unique=False
    )
    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)
    op.create_table(
        "stores",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "region_id"],
            ["regions.merchant_id", "regions.region_id"],
            name=op.f("fk_stores_merchant_id_region_id"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_stores_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "store_id", name=op.f("pk_stores")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_stores_merchant_id_code")),
    )
    op.create_table(
        "tags",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("colour", sa.Text(), nullable=True, comment="null: its group's"),
        sa.Column("days", sa.Integer(), nullable=True, comment="how long it lasts once put; null: for good"),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "group_id"],
            ["tag_groups.merchant_id", "tag_groups.group_id"],
            name=op.f("fk_tags_merchant_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "tag_id", name=op.f("pk_tags")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_tags_merchant_id_code")),
    )
    op.create_index(op.f("ix_tags_merchant_id_group_id"), "tags", ["merchant_id", "group_id"], unique=False)
    op.create_table(
        "top_up_steps",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("ladder_id", sa.Uuid(), nullable=False),
        sa.Column("pay_minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus_minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus_days", sa.Integer(), nullable=True, comment="null: the bonus never expires"),
        sa.Column("per_member", sa.Integer(), nullable=True, comment="null: as often as she likes"),
        sa.CheckConstraint("pay_minor > 0 AND bonus_minor >= 0", name=op.f("ck_top_up_steps_amounts_in_range")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "ladder_id"],
            ["top_up_ladders.merchant_id", "top_up_ladders.ladder_id"],
            name=op.f("fk_top_up_steps_merchant_id_ladder_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "step_id", name=op.f("pk_top_up_steps")),
        sa.UniqueConstraint(
            "merchant_id", "ladder_id", "pay_minor", name=op.f("uq_top_up_steps_merchant_id_ladder_id_pay_minor")
        ),
    )
    op.create_table(
        "card_sales",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("sale_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("face_minor", sa.BigInteger(), nullable=False, comment="of all cards together; what was paid"),
        sa.Column("tenders", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_card_sales_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "sale_id", name=op.f("pk_card_sales")),
    )
    op.create_index(op.f("ix_card_sales_merchant_id_at"), "card_sales", ["merchant_id", "at"], unique=False)
    op.create_table(
        "clearing_entries",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="made from reference, reason and parties"),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("own_day", sa.Date(), nullable=False),
        sa.Column("debtor", sa.Text(), nullable=False),
        sa.Column("creditor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False, comment="negative: taken back"),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_clearing_entries_amount_not_zero")),
        sa.CheckConstraint("debtor <> creditor", name=op.f("ck_clearing_entries_between_two")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "business_day"],
            ["clearing_days.merchant_id", "clearing_days.business_day"],
            name=op.f("fk_clearing_entries_merchant_id_business_day"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "reference_id"],
            ["clearing_facts.merchant_id", "clearing_facts.reference_id"],
            name=op.f("fk_clearing_entries_merchant_id_reference_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "entry_id", name=op.f("pk_clearing_entries")),
    )
    op.create_index(
        op.f("ix_clearing_entries_merchant_id_business_day_reference_id_entry_id"),
        "clearing_entries",
        ["merchant_id", "business_day", "reference_id", "entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_clearing_entries_merchant_id_creditor_business_day"),
        "clearing_entries",
        ["merchant_id", "creditor", "business_day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_clearing_entries_merchant_id_debtor_business_day"),
        "clearing_entries",
        ["merchant_id", "debtor", "business_day"],
        unique=False,
    )
    op.create_table(
        "members",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("consumer_id", sa.Uuid(), nullable=True, comment="consumers live on the platform: no foreign key"),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("name_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column(
            "attributes",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "generated", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="made-up personal data"
        ),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("joined_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("join_store_id", sa.Uuid(), nullable=True),
        sa.Column("join_channel", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True, comment="whom she is another name of"),
        sa.Column(
            "erased_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="since when nothing says who she was",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "join_store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_members_merchant_id_join_store_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "merged_into"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_members_merchant_id_merged_into"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_members_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", name=op.f("pk_members")),
        sa.UniqueConstraint("merchant_id", "number", name=op.f("uq_members_merchant_id_number")),
    )
    op.create_index(
        op.f("ix_members_merchant_id_external_ref"),
        "members",
        ["merchant_id", "external_ref"],
        unique=True,
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_members_merchant_id_joined_at_member_id"),
        "members",
        ["merchant_id", "joined_at", "member_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_members_merchant_id_merged_into"),
        "members",
        ["merchant_id", "merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_table(
        "payments",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False, comment="what is paid for: an order, a top-up, a plan"),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False, comment="the account at the provider"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_ref", sa.Text(), nullable=True, comment="the provider's own number"),
        sa.Column("failure", sa.Text(), nullable=True, comment="the provider's word for why not"),
        sa.Column("attention", sa.Text(), nullable=True, comment="why a person must look at it"),
        sa.Column("received_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "handover",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("abandoned_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("paid_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("check_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'paid') <= (received_minor > 0)", name=op.f("ck_payments_paid_has_arrived")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payments_amount_is_positive")),
        sa.CheckConstraint("received_minor IN (0, amount_minor)", name=op.f("ck_payments_all_or_nothing_arrives")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_payments_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "payment_id", name=op.f("pk_payments")),
    )
    op.create_index(
        "ix_payments_attention",
        "payments",
        ["merchant_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("attention IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payments_merchant_id_check_at"),
        "payments",
        ["merchant_id", "check_at"],
        unique=False,
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payments_merchant_id_created_at_payment_id"),
        "payments",
        ["merchant_id", "created_at", "payment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_payments_merchant_id_purpose_reference_id"),
        "payments",
        ["merchant_id", "purpose", "reference_id"],
        unique=False,
    )
    op.create_table(
        "segment_tags",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False, comment="it is on whoever is in the segment"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the snapshot that it follows; 0: of none yet"),
        sa.Column("ended", sa.Boolean(), nullable=False, comment="it goes from whom the rule gave it, then this row"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "segment_id"],
            ["segments.merchant_id", "segments.segment_id"],
            name=op.f("fk_segment_tags_merchant_id_segment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "tag_id"],
            ["tags.merchant_id", "tags.tag_id"],
            name=op.f("fk_segment_tags_merchant_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "segment_id", "tag_id", name=op.f("pk_segment_tags")),
    )
    op.create_index(
        op.f("ix_segment_tags_merchant_id_segment_id"),
        "segment_tags",
        ["merchant_id", "segment_id"],
        unique=True,
        postgresql_where=sa.text("NOT ended"),
    )
    op.create_index(
        op.f("ix_segment_tags_merchant_id_tag_id"),
        "segment_tags",
        ["merchant_id", "tag_id"],
        unique=True,
        postgresql_where=sa.text("NOT ended"),
    )
    op.create_table(
        "staff_stores",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"],
            ["staff.merchant_id", "staff.staff_id"],
            name=op.f("fk_staff_stores_merchant_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_staff_stores_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "staff_id", "store_id", name=op.f("pk_staff_stores")),
    )
    op.create_table(
        "access_log",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="list, profile, identify, …"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_access_log_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "entry_id", name=op.f("pk_access_log")),
    )
    op.create_index(
        op.f("ix_access_log_merchant_id_at_entry_id"), "access_log", ["merchant_id", "at", "entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_access_log_merchant_id_member_id_at_entry_id"),
        "access_log",
        ["merchant_id", "member_id", "at", "entry_id"],
        unique=False,
    )
    op.create_table(
        "benefit_grants",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False, comment="birthday:2026, upgrade:gold:2026-03, …"),
        sa.Column("kind", sa.Text(), nullable=False, comment="coupon_pack or partner_code"),
        sa.Column(
            "content",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), server_default="due", nullable=False),
        sa.Column("given_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True, comment="why it could not be given"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_benefit_grants_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "grant_id", name=op.f("pk_benefit_grants")),
        sa.UniqueConstraint(
            "merchant_id",
            "benefit_id",
            "member_id",
            "occasion",
            name=op.f("uq_benefit_grants_merchant_id_benefit_id_member_id_occasion"),
        ),
    )
    op.create_index(
        op.f("ix_benefit_grants_merchant_id_due_at_grant_id"),
        "benefit_grants",
        ["merchant_id", "due_at", "grant_id"],
        unique=False,
        postgresql_where=sa.text("status = 'due'"),
    )
    op.create_index(
        op.f("ix_benefit_grants_merchant_id_member_id"), "benefit_grants", ["merchant_id", "member_id"], unique=False
    )
    op.create_table(
        "benefit_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("use_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False, comment="the period it counts in"),
        sa.Column("pieces", sa.Integer(), nullable=False, comment="negative: given back"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=True, comment="the order, where one used it"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("pieces <> 0", name=op.f("ck_benefit_uses_pieces_not_zero")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_benefit_uses_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "use_id", name=op.f("pk_benefit_uses")),
    )
    op.create_index(
        op.f("ix_benefit_uses_merchant_id_member_id_benefit_id_turn"),
        "benefit_uses",
        ["merchant_id", "member_id", "benefit_id", "turn"],
        unique=False,
    )
    op.create_table(
        "campaign_members",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "campaign_id"],
            ["campaigns.merchant_id", "campaigns.campaign_id"],
            name=op.f("fk_campaign_members_merchant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_campaign_members_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "campaign_id", "member_id", name=op.f("pk_campaign_members")),
    )
    op.create_index(
        op.f("ix_campaign_members_merchant_id_member_id"),
        "campaign_members",
        ["merchant_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "cards",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False, comment="its wallet's id too"),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=False, comment="keyed, with the number"),
        sa.Column("status", sa.Text(), server_default="inactive", nullable=False),
        sa.Column("sale_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="whose wallet its balance went to"),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="wrong PINs in a row"),
        sa.Column("last_try_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "batch_id"],
            ["card_batches.merchant_id", "card_batches.batch_id"],
            name=op.f("fk_cards_merchant_id_batch_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_cards_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "sale_id"],
            ["card_sales.merchant_id", "card_sales.sale_id"],
            name=op.f("fk_cards_merchant_id_sale_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "card_id", name=op.f("pk_cards")),
        sa.UniqueConstraint("merchant_id", "number", name=op.f("uq_cards_merchant_id_number")),
    )
    op.create_index(
        op.f("ix_cards_merchant_id_batch_id_card_id"), "cards", ["merchant_id", "batch_id", "card_id"], unique=False
    )
    op.create_table(
        "consent_states",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False, comment="*: every channel that has no row of its own"),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "text_version", sa.Integer(), nullable=True, comment="null: agreed to elsewhere, or before there was one"
        ),
        sa.Column(
            "pending_until",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="a yes may be confirmed till then",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_consent_states_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", "purpose", "channel", name=op.f("pk_consent_states")),
    )
    op.create_table(
        "coupon_holders",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False, comment="to this member, gifts not counted"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_coupon_holders_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "template_id"],
            ["coupon_templates.merchant_id", "coupon_templates.template_id"],
            name=op.f("fk_coupon_holders_merchant_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "template_id", "member_id", name=op.f("pk_coupon_holders")),
    )
    op.create_table(
        "coupons",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="null: of whoever shows the code"),
        sa.Column("status", sa.Text(), nullable=False, comment="available, reserved, redeemed or revoked"),
        sa.Column("valid_from", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("valid_until", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("issue_key", sa.Text(), nullable=True, comment="what must not be issued twice to the same member"),
        sa.Column("issued_to", sa.Uuid(), nullable=True, comment="the member it was issued to, whoever has it now"),
        sa.Column("issued_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("reserved_until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(order_id IS NOT NULL) = (status IN ('reserved', 'redeemed'))", name=op.f("ck_coupons_order_while_used")
        ),
        sa.CheckConstraint(
            "(reserved_until IS NOT NULL) = (status = 'reserved')", name=op.f("ck_coupons_until_while_reserved")
        ),
        sa.CheckConstraint(
            "status IN ('available', 'reserved', 'redeemed', 'revoked')", name=op.f("ck_coupons_known_status")
        ),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_coupons_valid_for_a_while")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_coupons_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "template_id"],
            ["coupon_templates.merchant_id", "coupon_templates.template_id"],
            name=op.f("fk_coupons_merchant_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "coupon_id", name=op.f("pk_coupons")),
    )
    op.create_index(
        op.f("ix_coupons_merchant_id_member_id_issued_at_coupon_id"),
        "coupons",
        ["merchant_id", "member_id", "issued_at", "coupon_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_coupons_merchant_id_order_id"),
        "coupons",
        ["merchant_id", "order_id"],
        unique=False,
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_coupons_merchant_id_template_id_issue_key_issued_to"),
        "coupons",
        ["merchant_id", "template_id", "issue_key", "issued_to"],
        unique=True,
        postgresql_where=sa.text("issue_key IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_coupons_merchant_id_template_id_issued_at_coupon_id"),
        "coupons",
        ["merchant_id", "template_id", "issued_at", "coupon_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_coupons_merchant_id_valid_until"),
        "coupons",
        ["merchant_id", "valid_until"],
        unique=False,
        postgresql_where=sa.text("status = 'available'"),
    )
    op.create_table(
        "erasures",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("forfeited", sa.Boolean(), nullable=False, comment="she gave up what stood in the way"),
        sa.Column(
            "counts",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "losses",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "left_lake_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="since when the analytic copies have nothing of her",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_erasures_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "erasure_id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("merchant_id", "member_id", name=op.f("uq_erasures_merchant_id_member_id")),
    )
    op.create_index(
        op.f("ix_erasures_merchant_id_at"),
        "erasures",
        ["merchant_id", "at"],
        unique=False,
        postgresql_where=sa.text("left_lake_at IS NULL"),
    )
    op.create_index(
        op.f("ix_erasures_merchant_id_at_erasure_id"), "erasures", ["merchant_id", "at", "erasure_id"], unique=False
    )
    op.create_table(
        "families",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("earns_to", sa.Text(), nullable=False, comment="family or person"),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "owner_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_families_merchant_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "family_id", name=op.f("pk_families")),
    )
    op.create_table(
        "kept_apart",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("a_id", sa.Uuid(), nullable=False, comment="the smaller id of the two"),
        sa.Column("b_id", sa.Uuid(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "a_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_kept_apart_merchant_id_a_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "b_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_kept_apart_merchant_id_b_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "a_id", "b_id", name=op.f("pk_kept_apart")),
    )
    op.create_table(
        "member_benefits",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_benefits_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", "benefit_id", name=op.f("pk_member_benefits")),
    )
    op.create_table(
        "member_consents",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, comment="1, 2, … of this member"),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="given, withdrawn, asked, confirmed"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_consents_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "consent_id", name=op.f("pk_member_consents")),
        sa.UniqueConstraint(
            "merchant_id", "member_id", "turn", name=op.f("uq_member_consents_merchant_id_member_id_turn")
        ),
    )
    op.create_table(
        "member_fields",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False, comment="name, gender, birthday, attributes.<name>"),
        sa.Column("entered", sa.Boolean(), nullable=False, comment="by people, or told over what they had entered"),
        sa.Column("believed", sa.Boolean(), nullable=False, comment="told by a program that nobody can imitate"),
        sa.Column("said_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("message_key", sa.Uuid(), nullable=True, comment="null: a person said so"),
        sa.Column("source_name", sa.Text(), nullable=True),
        sa.Column(
            "cleared_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="what was told before does not come back",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_fields_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", "field", name=op.f("pk_member_fields")),
    )
    op.create_table(
        "member_tags",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_tags_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "tag_id"],
            ["tags.merchant_id", "tags.tag_id"],
            name=op.f("fk_member_tags_merchant_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", "tag_id", name=op.f("pk_member_tags")),
    )
    op.create_index(
        op.f("ix_member_tags_merchant_id_tag_id_member_id"),
        "member_tags",
        ["merchant_id", "tag_id", "member_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_member_tags_merchant_id_until"),
        "member_tags",
        ["merchant_id", "until"],
        unique=False,
        postgresql_where=sa.text("until IS NOT NULL"),
    )
    op.create_table(
        "member_tiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("growth", sa.BigInteger(), nullable=False, comment="in the window that decided the tier"),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True, comment="last day of grace, while growth does not suffice"),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_tiers_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "tier_id"],
            ["tiers.merchant_id", "tiers.tier_id"],
            name=op.f("fk_member_tiers_merchant_id_tier_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", name=op.f("pk_member_tiers")),
    )
    op.create_index(
        op.f("ix_member_tiers_merchant_id_tier_id_member_id"),
        "member_tiers",
        ["merchant_id", "tier_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "merges",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("absorbed_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, comment="1, 2, … of this survivor"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False, comment="hand, event or proposal"),
        sa.Column(
            "evidence",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
            comment="in which it was done: what is told in later ones happened since",
        ),
        sa.Column("undone_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "absorbed_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_merges_merchant_id_absorbed_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "survivor_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_merges_merchant_id_survivor_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "merge_id", name=op.f("pk_merges")),
    )
    op.create_index(
        op.f("ix_merges_merchant_id_absorbed_id"),
        "merges",
        ["merchant_id", "absorbed_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index(
        op.f("ix_merges_merchant_id_absorbed_id_at"), "merges", ["merchant_id", "absorbed_id", "at"], unique=False
    )
    op.create_index(
        op.f("ix_merges_merchant_id_at_merge_id"), "merges", ["merchant_id", "at", "merge_id"], unique=False
    )
    op.create_index(op.f("ix_merges_merchant_id_survivor_id"), "merges", ["merchant_id", "survivor_id"], unique=False)
    op.create_table(
        "offer_member_counters",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "turn", sa.Date(), nullable=False, comment="the period's first day; 0001-01-01 where there is no period"
        ),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("uses >= 0 AND pieces >= 0", name=op.f("ck_offer_member_counters_not_negative")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_offer_member_counters_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "offer_id"],
            ["offer_counters.merchant_id", "offer_counters.offer_id"],
            name=op.f("fk_offer_member_counters_merchant_id_offer_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "offer_id", "member_id", "turn", name=op.f("pk_offer_member_counters")),
    )
    op.create_table(
        "orders",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("identified_as", sa.Uuid(), nullable=True, comment="another name of hers, if she came by that"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="shuke, or the system the order was imported from"),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("placed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "hold_until", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="a pending order is let go then"
        ),
        sa.Column("paid_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="null for imported orders"),
        sa.Column("cancelled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False, comment="pieces; a line sold by measure counts as one"),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_added_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "stored_minor", sa.BigInteger(), server_default="0", nullable=False, comment="paid with stored value"
        ),
        sa.Column("points_earned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("points_spent", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "tenders",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "earned",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("refunded_gross_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunded_discount_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunded_net_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunded_paid_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("points_returned", sa.BigInteger(), server_default="0", nullable=False, comment="of those spent"),
        sa.Column("points_taken_back", sa.BigInteger(), server_default="0", nullable=False, comment="of those earned"),
        sa.Column("cashier_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "gross_minor + tax_added_minor = discount_minor + paid_minor", name=op.f("ck_orders_amounts_add_up")
        ),
        sa.CheckConstraint(
            "refunded_paid_minor BETWEEN 0 AND greatest(paid_minor, 0)", name=op.f("ck_orders_refunds_within_paid")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "identified_as"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_orders_merchant_id_identified_as"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_orders_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_orders_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", name=op.f("pk_orders")),
        sa.UniqueConstraint("merchant_id", "number", name=op.f("uq_orders_merchant_id_number")),
    )
    op.create_index(
        op.f("ix_orders_merchant_id_business_day_store_id"),
        "orders",
        ["merchant_id", "business_day", "store_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_orders_merchant_id_hold_until"),
        "orders",
        ["merchant_id", "hold_until"],
        unique=False,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        op.f("ix_orders_merchant_id_member_id_placed_at"),
        "orders",
        ["merchant_id", "member_id", "placed_at"],
        unique=False,
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_orders_merchant_id_placed_at_order_id"),
        "orders",
        ["merchant_id", "placed_at", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_orders_merchant_id_source_external_ref"),
        "orders",
        ["merchant_id", "source", "external_ref"],
        unique=True,
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    )
    op.create_table(
        "payment_refunds",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_ref", sa.Text(), nullable=True, comment="the provider's own number"),
        sa.Column("failure", sa.Text(), nullable=True, comment="the provider's word for why not"),
        sa.Column("attention", sa.Text(), nullable=True, comment="why a person must look at it"),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("check_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_refunds_amount_is_positive")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payment_id"],
            ["payments.merchant_id", "payments.payment_id"],
            name=op.f("fk_payment_refunds_merchant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "refund_id", name=op.f("pk_payment_refunds")),
    )
    op.create_index(
        op.f("ix_payment_refunds_merchant_id_check_at"),
        "payment_refunds",
        ["merchant_id", "check_at"],
        unique=False,
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payment_refunds_merchant_id_payment_id"),
        "payment_refunds",
        ["merchant_id", "payment_id"],
        unique=False,
    )
    op.create_table(
        "payment_wishes",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("wish_id", sa.Uuid(), nullable=False, comment="what its payment refers to"),
        sa.Column("kind", sa.Text(), nullable=False, comment="top_up, plan, renewal or upgrade"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked_as", sa.Uuid(), nullable=False, comment="the name by which she asked, whoever she is by now"),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "terms",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("done_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True, comment="the top-up or subscription it became"),
        sa.Column("refused", sa.Text(), nullable=True, comment="the code of what stood in the way when the money came"),
        sa.CheckConstraint(
            "(done_at IS NULL) = (result_id IS NULL)", name=op.f("ck_payment_wishes_done_with_a_result")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "asked_as"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_payment_wishes_merchant_id_asked_as"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_payment_wishes_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_payment_wishes_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "wish_id", name=op.f("pk_payment_wishes")),
    )
    op.create_table(
        "points_requests",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="negative: from the member"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("decided_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_points_requests_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_points_requests_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "request_id", name=op.f("pk_points_requests")),
    )
    op.create_index(
        op.f("ix_points_requests_merchant_id_asked_at_request_id"),
        "points_requests",
        ["merchant_id", "asked_at", "request_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_points_requests_merchant_id_member_id"), "points_requests", ["merchant_id", "member_id"], unique=False
    )
    op.create_table(
        "proposals",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("a_id", sa.Uuid(), nullable=False, comment="of two members the one with the smaller id"),
        sa.Column("b_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False, comment="event or likeness"),
        sa.Column(
            "namespaces",
            postgresql.JSON(astext_type=sa.Text()),
            nullable=False,
            comment="by what they were seen together",
        ),
        sa.Column("obstacle", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("proposed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("decided_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("probability_bps", sa.Integer(), nullable=True, comment="of likeness"),
        sa.Column("weight_millis", sa.Integer(), nullable=True, comment="thousandths of a bit"),
        sa.Column(
            "evidence",
            postgresql.JSON(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="[{column, level, weight_millis}]",
        ),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "a_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_proposals_merchant_id_a_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "b_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_proposals_merchant_id_b_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "run_id"],
            ["proposal_runs.merchant_id", "proposal_runs.run_id"],
            name=op.f("fk_proposals_merchant_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "proposal_id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("merchant_id", "a_id", "b_id", name=op.f("uq_proposals_merchant_id_a_id_b_id")),
    )
    op.create_index(
        op.f("ix_proposals_merchant_id_status_probability_bps_proposal_id"),
        "proposals",
        ["merchant_id", "status", "probability_bps", "proposal_id"],
        unique=False,
        postgresql_where=sa.text("probability_bps IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_proposals_merchant_id_status_proposed_at_proposal_id"),
        "proposals",
        ["merchant_id", "status", "proposed_at", "proposal_id"],
        unique=False,
    )
    op.create_table(
        "shared_packets",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("packet_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False, comment="who opened it"),
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "parts",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="drawn when it was opened, taken in this order",
        ),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False, comment="parts taken"),
        sa.Column("opened_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "closed_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="what nobody took is back in the budget",
        ),
        sa.CheckConstraint("taken BETWEEN 0 AND cardinality(parts)", name=op.f("ck_shared_packets_taken_within_parts")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "campaign_id"],
            ["red_packet_campaigns.merchant_id", "red_packet_campaigns.campaign_id"],
            name=op.f("fk_shared_packets_merchant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_shared_packets_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "packet_id", name=op.f("pk_shared_packets")),
        sa.UniqueConstraint("merchant_id", "token_index", name=op.f("uq_shared_packets_merchant_id_token_index")),
    )
    op.create_index(
        op.f("ix_shared_packets_merchant_id_expires_at"),
        "shared_packets",
        ["merchant_id", "expires_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_shared_packets_merchant_id_member_id"), "shared_packets", ["merchant_id", "member_id"], unique=False
    )
    op.create_index(
        op.f("ix_shared_packets_merchant_id_opened_at_packet_id"),
        "shared_packets",
        ["merchant_id", "opened_at", "packet_id"],
        unique=False,
    )
    op.create_table(
        "subscriptions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False, comment="first day of what was paid for last"),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="last day it is good"),
        sa.Column("ends_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="where the day after begins"),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("auto_renew", sa.Boolean(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False, comment="for the present period, net of refunds"),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True, comment="the subscription this one upgraded"),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_subscriptions_paid_not_negative")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_subscriptions_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "replaces_id"],
            ["subscriptions.merchant_id", "subscriptions.subscription_id"],
            name=op.f("fk_subscriptions_merchant_id_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "subscription_id", name=op.f("pk_subscriptions")),
    )
    op.create_index(
        op.f("ix_subscriptions_merchant_id_ends_at"),
        "subscriptions",
        ["merchant_id", "ends_at"],
        unique=False,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        op.f("ix_subscriptions_merchant_id_member_id_plan_id"),
        "subscriptions",
        ["merchant_id", "member_id", "plan_id"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "tag_history",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, comment="1, 2, … of this tag on this member"),
        sa.Column("put", sa.Boolean(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("until", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_tag_history_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "tag_id"],
            ["tags.merchant_id", "tags.tag_id"],
            name=op.f("fk_tag_history_merchant_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "entry_id", name=op.f("pk_tag_history")),
        sa.UniqueConstraint(
            "merchant_id", "member_id", "tag_id", "turn", name=op.f("uq_tag_history_merchant_id_member_id_tag_id_turn")
        ),
    )
    op.create_table(
        "top_up_step_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False, comment="how often she got this step's bonus"),
        sa.CheckConstraint("used > 0", name=op.f("ck_top_up_step_uses_used_at_all")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_top_up_step_uses_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "step_id"],
            ["top_up_steps.merchant_id", "top_up_steps.step_id"],
            name=op.f("fk_top_up_step_uses_merchant_id_step_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "step_id", "member_id", name=op.f("pk_top_up_step_uses")),
    )
    op.create_table(
        "top_ups",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("top_up_id", sa.Uuid(), nullable=False, comment="the source of the lots it granted"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus_minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus_expires_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("tenders", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("identified_as", sa.Uuid(), nullable=True, comment="another name of hers, if she came by that"),
        sa.CheckConstraint("principal_minor > 0 AND bonus_minor >= 0", name=op.f("ck_top_ups_amounts_in_range")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "identified_as"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_top_ups_merchant_id_identified_as"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_top_ups_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "step_id"],
            ["top_up_steps.merchant_id", "top_up_steps.step_id"],
            name=op.f("fk_top_ups_merchant_id_step_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_top_ups_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "top_up_id", name=op.f("pk_top_ups")),
        sa.UniqueConstraint("merchant_id", "external_ref", name=op.f("uq_top_ups_merchant_id_external_ref")),
    )
    op.create_index(
        op.f("ix_top_ups_merchant_id_at_top_up_id"), "top_ups", ["merchant_id", "at", "top_up_id"], unique=False
    )
    op.create_index(
        op.f("ix_top_ups_merchant_id_member_id_at"), "top_ups", ["merchant_id", "member_id", "at"], unique=False
    )
    op.create_table(
        "acceptance_pairs",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("acceptance_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, comment="1 is the most probable"),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True, comment="null while it waits"),
        sa.Column("merge_id", sa.Uuid(), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=True, comment="null where nobody tried"),
        sa.Column("reason", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "acceptance_id"],
            ["proposal_acceptances.merchant_id", "proposal_acceptances.acceptance_id"],
            name=op.f("fk_acceptance_pairs_merchant_id_acceptance_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "merge_id"],
            ["merges.merchant_id", "merges.merge_id"],
            name=op.f("fk_acceptance_pairs_merchant_id_merge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "proposal_id"],
            ["proposals.merchant_id", "proposals.proposal_id"],
            name=op.f("fk_acceptance_pairs_merchant_id_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "acceptance_id", "turn", name=op.f("pk_acceptance_pairs")),
    )
    op.create_table(
        "coupon_codes",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=True, comment="what the code became"),
        sa.Column("bound_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "batch_id"],
            ["coupon_batches.merchant_id", "coupon_batches.batch_id"],
            name=op.f("fk_coupon_codes_merchant_id_batch_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "coupon_id"],
            ["coupons.merchant_id", "coupons.coupon_id"],
            name=op.f("fk_coupon_codes_merchant_id_coupon_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "code_index", name=op.f("pk_coupon_codes")),
    )
    op.create_index(
        op.f("ix_coupon_codes_merchant_id_batch_id"), "coupon_codes", ["merchant_id", "batch_id"], unique=False
    )
    op.create_table(
        "coupon_gifts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("gift_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column("from_member_id", sa.Uuid(), nullable=False),
        sa.Column("to_member_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("accepted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "accepted_at IS NULL OR to_member_id IS NOT NULL", name=op.f("ck_coupon_gifts_accepted_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "coupon_id"],
            ["coupons.merchant_id", "coupons.coupon_id"],
            name=op.f("fk_coupon_gifts_merchant_id_coupon_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "from_member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_coupon_gifts_merchant_id_from_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "to_member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_coupon_gifts_merchant_id_to_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "gift_id", name=op.f("pk_coupon_gifts")),
        sa.UniqueConstraint("merchant_id", "token_index", name=op.f("uq_coupon_gifts_merchant_id_token_index")),
    )
    op.create_index(
        op.f("ix_coupon_gifts_merchant_id_coupon_id"), "coupon_gifts", ["merchant_id", "coupon_id"], unique=False
    )
    op.create_index(
        op.f("ix_coupon_gifts_merchant_id_created_at_gift_id"),
        "coupon_gifts",
        ["merchant_id", "created_at", "gift_id"],
        unique=False,
    )
    op.create_table(
        "coupon_redemptions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("redeemed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("returned_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True, comment="what gave the coupon back"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "coupon_id"],
            ["coupons.merchant_id", "coupons.coupon_id"],
            name=op.f("fk_coupon_redemptions_merchant_id_coupon_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "coupon_id", "order_id", name=op.f("pk_coupon_redemptions")),
    )
    op.create_index(
        op.f("ix_coupon_redemptions_merchant_id_order_id"),
        "coupon_redemptions",
        ["merchant_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_coupon_redemptions_merchant_id_template_id_redeemed_at"),
        "coupon_redemptions",
        ["merchant_id", "template_id", "redeemed_at"],
        unique=False,
    )
    op.create_table(
        "family_invitations",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "family_id"],
            ["families.merchant_id", "families.family_id"],
            name=op.f("fk_family_invitations_merchant_id_family_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_family_invitations_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "invitation_id", name=op.f("pk_family_invitations")),
    )
    op.create_index(
        op.f("ix_family_invitations_merchant_id_family_id_member_id"),
        "family_invitations",
        ["merchant_id", "family_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        op.f("ix_family_invitations_merchant_id_member_id"),
        "family_invitations",
        ["merchant_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "family_people",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("left_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("points_day", sa.BigInteger(), nullable=True),
        sa.Column("points_month", sa.BigInteger(), nullable=True),
        sa.Column("value_day_minor", sa.BigInteger(), nullable=True),
        sa.Column("value_month_minor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "family_id"],
            ["families.merchant_id", "families.family_id"],
            name=op.f("fk_family_people_merchant_id_family_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_family_people_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "family_id", "member_id", name=op.f("pk_family_people")),
    )
    op.create_index(
        op.f("ix_family_people_merchant_id_member_id"),
        "family_people",
        ["merchant_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "merge_rows",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="table.column"),
        sa.Column("keys", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "merge_id"],
            ["merges.merchant_id", "merges.merge_id"],
            name=op.f("fk_merge_rows_merchant_id_merge_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "merge_id", "place", name=op.f("pk_merge_rows")),
    )
    op.create_table(
        "order_redemptions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("redemption_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True, comment="null when no order of that day shows the coupon"),
        sa.Column("coupon_code", sa.Text(), nullable=False),
        sa.Column("redeemed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "campaign_id"],
            ["campaigns.merchant_id", "campaigns.campaign_id"],
            name=op.f("fk_order_redemptions_merchant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_order_redemptions_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"],
            ["orders.merchant_id", "orders.order_id"],
            name=op.f("fk_order_redemptions_merchant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "redemption_id", name=op.f("pk_order_redemptions")),
    )
    op.create_index(
        op.f("ix_order_redemptions_merchant_id_member_id"),
        "order_redemptions",
        ["merchant_id", "member_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_order_redemptions_merchant_id_order_id"),
        "order_redemptions",
        ["merchant_id", "order_id"],
        unique=False,
    )
    op.create_table(
        "partner_codes",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False, comment="blind index: a code is there once"),
        sa.Column("code_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=True, comment="to whom it was given"),
        sa.ForeignKeyConstraint(
            ["merchant_id", "grant_id"],
            ["benefit_grants.merchant_id", "benefit_grants.grant_id"],
            name=op.f("fk_partner_codes_merchant_id_grant_id"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_partner_codes_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "code_id", name=op.f("pk_partner_codes")),
        sa.UniqueConstraint(
            "merchant_id", "benefit_id", "code_index", name=op.f("uq_partner_codes_merchant_id_benefit_id_code_index")
        ),
        sa.UniqueConstraint("merchant_id", "grant_id", name=op.f("uq_partner_codes_merchant_id_grant_id")),
    )
    op.create_index(
        op.f("ix_partner_codes_merchant_id_benefit_id_code_id"),
        "partner_codes",
        ["merchant_id", "benefit_id", "code_id"],
        unique=False,
        postgresql_where=sa.text("grant_id IS NULL"),
    )
    op.create_table(
        "payment_events",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True, comment="null: the provider tells of one we do not know"),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True, comment="the provider's number of a notification"),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("provider_ref", sa.Text(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column(
            "payload",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payment_id"],
            ["payments.merchant_id", "payments.payment_id"],
            name=op.f("fk_payment_events_merchant_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "refund_id"],
            ["payment_refunds.merchant_id", "payment_refunds.refund_id"],
            name=op.f("fk_payment_events_merchant_id_refund_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "event_id", name=op.f("pk_payment_events")),
    )
    op.create_index(
        op.f("ix_payment_events_merchant_id_key"),
        "payment_events",
        ["merchant_id", "key"],
        unique=True,
        postgresql_where=sa.text("key IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payment_events_merchant_id_payment_id_at"),
        "payment_events",
        ["merchant_id", "payment_id", "at"],
        unique=False,
    )
    op.create_table(
        "plan_payments",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="open, renew, upgrade, refund"),
        sa.Column("kind", sa.Text(), nullable=False, comment="cash, card, wechat, …"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False, comment="negative: back to the member"),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_plan_payments_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_plan_payments_merchant_id_store_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "subscription_id"],
            ["subscriptions.merchant_id", "subscriptions.subscription_id"],
            name=op.f("fk_plan_payments_merchant_id_subscription_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "payment_id", name=op.f("pk_plan_payments")),
    )
    op.create_index(
        op.f("ix_plan_payments_merchant_id_subscription_id"),
        "plan_payments",
        ["merchant_id", "subscription_id"],
        unique=False,
    )
    op.create_table(
        "refunds",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False, comment="where it was refunded"),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False, comment="nothing was left of the order afterwards"),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_added_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("money_minor", sa.BigInteger(), nullable=False, comment="the part of paid that was money"),
        sa.Column("deducted_minor", sa.BigInteger(), nullable=False, comment="kept of it for points already spent"),
        sa.Column(
            "paid_out_minor",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="stored value of members who were erased, handed over in cash",
        ),
        sa.Column("points_returned", sa.BigInteger(), nullable=False),
        sa.Column("points_taken_back", sa.BigInteger(), nullable=False, comment="of those earned"),
        sa.Column("points_owed", sa.BigInteger(), nullable=False, comment="of those: gone, and owed from now on"),
        sa.Column("growth_taken_back", sa.BigInteger(), nullable=False),
        sa.Column(
            "tenders",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "assets",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("deducted_minor BETWEEN 0 AND money_minor", name=op.f("ck_refunds_deducted_from_money")),
        sa.CheckConstraint(
            "gross_minor + tax_added_minor = discount_minor + paid_minor", name=op.f("ck_refunds_amounts_add_up")
        ),
        sa.CheckConstraint("money_minor BETWEEN 0 AND paid_minor", name=op.f("ck_refunds_money_within_paid")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"],
            ["orders.merchant_id", "orders.order_id"],
            name=op.f("fk_refunds_merchant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_refunds_merchant_id_store_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "refund_id", name=op.f("pk_refunds")),
    )
    op.create_index(
        op.f("ix_refunds_merchant_id_business_day_store_id"),
        "refunds",
        ["merchant_id", "business_day", "store_id"],
        unique=False,
    )
    op.create_index(op.f("ix_refunds_merchant_id_order_id"), "refunds", ["merchant_id", "order_id"], unique=False)
    op.create_table(
        "shared_packet_claims",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("packet_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_shared_packet_claims_merchant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "packet_id"],
            ["shared_packets.merchant_id", "shared_packets.packet_id"],
            name=op.f("fk_shared_packet_claims_merchant_id_packet_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "packet_id", "member_id", name=op.f("pk_shared_packet_claims")),
        sa.UniqueConstraint(
            "merchant_id", "packet_id", "part", name=op.f("uq_shared_packet_claims_merchant_id_packet_id_part")
        ),
    )
    op.create_table(
        "top_up_refunds",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("top_up_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False, comment="principal paid out"),
        sa.Column("deducted_minor", sa.BigInteger(), nullable=False, comment="principal kept for bonus that was spent"),
        sa.Column("forfeited_minor", sa.BigInteger(), nullable=False, comment="bonus taken back"),
        sa.Column("kind", sa.Text(), nullable=False, comment="how the money went out"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "refunded_minor >= 0 AND deducted_minor >= 0 AND forfeited_minor >= 0",
            name=op.f("ck_top_up_refunds_amounts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_top_up_refunds_merchant_id_store_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "top_up_id"],
            ["top_ups.merchant_id", "top_ups.top_up_id"],
            name=op.f("fk_top_up_refunds_merchant_id_top_up_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "refund_id", name=op.f("pk_top_up_refunds")),
    )
    op.create_index(
        op.f("ix_top_up_refunds_merchant_id_top_up_id"), "top_up_refunds", ["merchant_id", "top_up_id"], unique=False
    )
    op.create_table(
        "refund_lines",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "quantity",
            sa.Numeric(precision=12, scale=3),
            nullable=True,
            comment="null: money was given back and the goods stayed",
        ),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_added_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("discounts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("payments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "gross_minor + tax_added_minor = discount_minor + paid_minor", name=op.f("ck_refund_lines_amounts_add_up")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"],
            ["orders.merchant_id", "orders.order_id"],
            name=op.f("fk_refund_lines_merchant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "refund_id"],
            ["refunds.merchant_id", "refunds.refund_id"],
            name=op.f("fk_refund_lines_merchant_id_refund_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "refund_id", "line_no", name=op.f("pk_refund_lines")),
    )
    op.create_index(
        op.f("ix_refund_lines_merchant_id_order_id"), "refund_lines", ["merchant_id", "order_id"], unique=False
    )
    protect("audit_log", tenant=True, append_only=True)
    protect("consumers", tenant=False)
    protect("domain_events", tenant=True, append_only=True)
    protect("erased_marks", tenant=True)
    protect("event_personal", tenant=True, append_only=True, expiring=True)
    protect("event_quarantine", tenant=True, changeable=("replayed_at",), expiring=True)
    protect("idempotency_keys", tenant=True)
    protect("identifiers", tenant=True)
    protect("identity_sightings", tenant=True)
    protect("insight_category_days", tenant=True)
    protect("insight_members", tenant=True)
    protect("insight_products", tenant=True)
    protect("lake_exports", tenant=True)
    protect("ledger_balances", tenant=True)
    protect("ledger_lot_uses", tenant=True, append_only=True)
    protect("ledger_lots", tenant=True, deletable=False)
    protect("ledger_postings", tenant=True, changeable=("wallet_id",))
    protect("ledger_transactions", tenant=True, changeable=("member_id", "note"))
    protect("member_search_terms", tenant=True)
    protect("merchant_versions", tenant=True)
    protect("merchants", tenant=True)
    protect("order_lines", tenant=True, append_only=True)
    protect("person_events", tenant=True, append_only=True, expiring=True)
    protect("platform_idempotency_keys", tenant=False)
    protect("segment_members", tenant=True)
    protect("segment_moves", tenant=True, append_only=True)
    protect("sign_in_attempts", tenant=False)
    protect("tracked_events", tenant=True, changeable=("keys", "body"), expiring=True)
    protect("trait_states", tenant=True)
    protect("uploads", tenant=True)
    protect("visitors", tenant=True)
    protect("accounts", tenant=False)
    protect("api_keys", tenant=True)
    protect("attribute_definitions", tenant=True, deletable=False)
    protect("campaigns", tenant=True)
    protect("card_batches", tenant=True, changeable=("file_cipher", "downloaded_at", "voided_at"))
    protect("categories", tenant=True)
    protect("clearing_days", tenant=True, append_only=True)
    protect("clearing_terms", tenant=True)
    protect("consent_texts", tenant=True, append_only=True)
    protect("coupon_templates", tenant=True)
    protect("event_progress", tenant=True)
    protect("event_retention", tenant=True)
    protect("event_schemas", tenant=True)
    protect("event_sources", tenant=True, changeable=("mode", "profiles", "revoked_at"))
    protect("identity_policies", tenant=True)
    protect("imports", tenant=True)
    protect("insight_progress", tenant=True)
    protect("offer_counters", tenant=True)
    protect("order_policies", tenant=True)
    protect("payment_accounts", tenant=True)
    protect("programme_versions", tenant=True, append_only=True)
    protect("promotions", tenant=True)
    protect("proposal_runs", tenant=True)
    protect("red_packet_campaigns", tenant=True)
    protect("regions", tenant=True)
    protect("retention_rules", tenant=True)
    protect("segments", tenant=True, deletable=False)
    protect("stacking_groups", tenant=True)
    protect("staff", tenant=True)
    protect("stored_value_policies", tenant=True)
    protect("tag_groups", tenant=True)
    protect("tiers", tenant=True, deletable=False)
    protect("top_up_ladders", tenant=True, changeable=("retired_at",))
    protect("trait_runs", tenant=True, append_only=True)
    protect("clearing_facts", tenant=True, append_only=True)
    protect("coupon_batches", tenant=True)
    protect("coupon_stocks", tenant=True)
    protect("import_chunks", tenant=True, append_only=True)
    protect("import_rejects", tenant=True)
    protect("offer_uses", tenant=True)
    protect("products", tenant=True, deletable=False)
    protect("programmes", tenant=True, deletable=False)
    protect("proposal_acceptances", tenant=True)
    protect("segment_snapshots", tenant=True, append_only=True)
    protect("segment_uses", tenant=True)
    protect("sessions", tenant=False)
    protect("stores", tenant=True)
    protect("tags", tenant=True, deletable=False)
    protect("top_up_steps", tenant=True, append_only=True)
    protect("card_sales", tenant=True, append_only=True)
    protect("clearing_entries", tenant=True, append_only=True)
    protect("members", tenant=True)
    protect("payments", tenant=True, deletable=False)
    protect("segment_tags", tenant=True)
    protect("staff_stores", tenant=True)
    protect("access_log", tenant=True, append_only=True, expiring=True)
    protect("benefit_grants", tenant=True, deletable=False)
    protect("benefit_uses", tenant=True, changeable=("member_id", "note"))
    protect("campaign_members", tenant=True)
    protect("cards", tenant=True, changeable=("status", "sale_id", "expires_at", "member_id", "tries", "last_try_at"))
    protect("consent_states", tenant=True)
    protect("coupon_holders", tenant=True)
    protect("coupons", tenant=True)
    protect("erasures", tenant=True, changeable=("left_lake_at",))
    protect("families", tenant=True, deletable=False)
    protect("kept_apart", tenant=True)
    protect("member_benefits", tenant=True)
    protect("member_consents", tenant=True, append_only=True)
    protect("member_fields", tenant=True)
    protect("member_tags", tenant=True)
    protect("member_tiers", tenant=True)
    protect("merges", tenant=True, changeable=("undone_at", "undone_by"))
    protect("offer_member_counters", tenant=True)
    protect(
        "orders",
        tenant=True,
        changeable=(
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
        ),
    )
    protect("payment_refunds", tenant=True, deletable=False)
    protect("payment_wishes", tenant=True, deletable=False)
    protect("points_requests", tenant=True, deletable=False)
    protect("proposals", tenant=True)
    protect("shared_packets", tenant=True)
    protect("subscriptions", tenant=True, deletable=False)
    protect("tag_history", tenant=True, changeable=("member_id",), expiring=True)
    protect("top_up_step_uses", tenant=True)
    protect("top_ups", tenant=True, changeable=("member_id",))
    protect("acceptance_pairs", tenant=True)
    protect("coupon_codes", tenant=True)
    protect("coupon_gifts", tenant=True)
    protect("coupon_redemptions", tenant=True)
    protect("family_invitations", tenant=True, deletable=False)
    protect("family_people", tenant=True, deletable=False)
    protect("merge_rows", tenant=True, append_only=True, expiring=True)
    protect("order_redemptions", tenant=True)
    protect("partner_codes", tenant=True, deletable=False)
    protect("payment_events", tenant=True, append_only=True)
    protect("plan_payments", tenant=True, append_only=True)
    protect("refunds", tenant=True, changeable=("member_id", "reason"))
    protect("shared_packet_claims", tenant=True)
    protect("top_up_refunds", tenant=True, changeable=("reason",))
    protect("refund_lines", tenant=True, append_only=True)
    refer_in_sets("event_quarantine", "source_id", "event_sources")
    refer_in_sets("order_lines", "order_id", "orders")
    refer_in_sets("order_lines", "product_id", "products")
    refer_in_sets("tracked_events", "source_id", "event_sources")
    create_versions()
    note_versions("merchants", "tenancy")
    note_versions("attribute_definitions", "attributes")
    note_versions("categories", "catalog")
    note_versions("consent_texts", "consent")
    note_versions("coupon_templates", "offers")
    note_versions("event_schemas", "events")
    note_versions("identity_policies", "identity")
    note_versions("order_policies", "checkout")
    note_versions("promotions", "offers")
    note_versions("red_packet_campaigns", "offers")
    note_versions("regions", "tenancy")
    note_versions("stacking_groups", "offers")
    note_versions("stored_value_policies", "stored_value")
    note_versions("top_up_ladders", "stored_value")
    note_versions("products", "catalog")
    note_versions("programmes", "programme")
    note_versions("stores", "tenancy")
    note_versions("top_up_steps", "stored_value")
    create_queue()


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    drop_queue()
    drop_reference("event_quarantine", "source_id")
    drop_reference("order_lines", "order_id")
    drop_reference("order_lines", "product_id")
    drop_reference("tracked_events", "source_id")
    op.drop_index(op.f("ix_refund_lines_merchant_id_order_id"), table_name="refund_lines")
    op.drop_table("refund_lines")
    op.drop_index(op.f("ix_top_up_refunds_merchant_id_top_up_id"), table_name="top_up_refunds")
    op.drop_table("top_up_refunds")
    op.drop_table("shared_packet_claims")
    op.drop_index(op.f("ix_refunds_merchant_id_order_id"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_merchant_id_business_day_store_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_index(op.f("ix_plan_payments_merchant_id_subscription_id"), table_name="plan_payments")
    op.drop_table("plan_payments")
    op.drop_index(op.f("ix_payment_events_merchant_id_payment_id_at"), table_name="payment_events")
    op.drop_index(
        op.f("ix_payment_events_merchant_id_key"),
        table_name="payment_events",
        postgresql_where=sa.text("key IS NOT NULL"),
    )
    op.drop_table("payment_events")
    op.drop_index(
        op.f("ix_partner_codes_merchant_id_benefit_id_code_id"),
        table_name="partner_codes",
        postgresql_where=sa.text("grant_id IS NULL"),
    )
    op.drop_table("partner_codes")
    op.drop_index(op.f("ix_order_redemptions_merchant_id_order_id"), table_name="order_redemptions")
    op.drop_index(op.f("ix_order_redemptions_merchant_id_member_id"), table_name="order_redemptions")
    op.drop_table("order_redemptions")
    op.drop_table("merge_rows")
    op.drop_index(
        op.f("ix_family_people_merchant_id_member_id"),
        table_name="family_people",
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.drop_table("family_people")
    op.drop_index(op.f("ix_family_invitations_merchant_id_member_id"), table_name="family_invitations")
    op.drop_index(
        op.f("ix_family_invitations_merchant_id_family_id_member_id"),
        table_name="family_invitations",
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_table("family_invitations")
    op.drop_index(op.f("ix_coupon_redemptions_merchant_id_template_id_redeemed_at"), table_name="coupon_redemptions")
    op.drop_index(op.f("ix_coupon_redemptions_merchant_id_order_id"), table_name="coupon_redemptions")
    op.drop_table("coupon_redemptions")
    op.drop_index(op.f("ix_coupon_gifts_merchant_id_created_at_gift_id"), table_name="coupon_gifts")
    op.drop_index(op.f("ix_coupon_gifts_merchant_id_coupon_id"), table_name="coupon_gifts")
    op.drop_table("coupon_gifts")
    op.drop_index(op.f("ix_coupon_codes_merchant_id_batch_id"), table_name="coupon_codes")
    op.drop_table("coupon_codes")
    op.drop_table("acceptance_pairs")
    op.drop_index(op.f("ix_top_ups_merchant_id_member_id_at"), table_name="top_ups")
    op.drop_index(op.f("ix_top_ups_merchant_id_at_top_up_id"), table_name="top_ups")
    op.drop_table("top_ups")
    op.drop_table("top_up_step_uses")
    op.drop_table("tag_history")
    op.drop_index(
        op.f("ix_subscriptions_merchant_id_member_id_plan_id"),
        table_name="subscriptions",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_index(
        op.f("ix_subscriptions_merchant_id_ends_at"),
        table_name="subscriptions",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_table("subscriptions")
    op.drop_index(op.f("ix_shared_packets_merchant_id_opened_at_packet_id"), table_name="shared_packets")
    op.drop_index(op.f("ix_shared_packets_merchant_id_member_id"), table_name="shared_packets")
    op.drop_index(
        op.f("ix_shared_packets_merchant_id_expires_at"),
        table_name="shared_packets",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_table("shared_packets")
    op.drop_index(op.f("ix_proposals_merchant_id_status_proposed_at_proposal_id"), table_name="proposals")
    op.drop_index(
        op.f("ix_proposals_merchant_id_status_probability_bps_proposal_id"),
        table_name="proposals",
        postgresql_where=sa.text("probability_bps IS NOT NULL"),
    )
    op.drop_table("proposals")
    op.drop_index(op.f("ix_points_requests_merchant_id_member_id"), table_name="points_requests")
    op.drop_index(op.f("ix_points_requests_merchant_id_asked_at_request_id"), table_name="points_requests")
    op.drop_table("points_requests")
    op.drop_table("payment_wishes")
    op.drop_index(op.f("ix_payment_refunds_merchant_id_payment_id"), table_name="payment_refunds")
    op.drop_index(
        op.f("ix_payment_refunds_merchant_id_check_at"),
        table_name="payment_refunds",
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.drop_table("payment_refunds")
    op.drop_index(
        op.f("ix_orders_merchant_id_source_external_ref"),
        table_name="orders",
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    )
    op.drop_index(op.f("ix_orders_merchant_id_placed_at_order_id"), table_name="orders")
    op.drop_index(
        op.f("ix_orders_merchant_id_member_id_placed_at"),
        table_name="orders",
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_orders_merchant_id_hold_until"), table_name="orders", postgresql_where=sa.text("status = 'pending'")
    )
    op.drop_index(op.f("ix_orders_merchant_id_business_day_store_id"), table_name="orders")
    op.drop_table("orders")
    op.drop_table("offer_member_counters")
    op.drop_index(op.f("ix_merges_merchant_id_survivor_id"), table_name="merges")
    op.drop_index(op.f("ix_merges_merchant_id_at_merge_id"), table_name="merges")
    op.drop_index(op.f("ix_merges_merchant_id_absorbed_id_at"), table_name="merges")
    op.drop_index(
        op.f("ix_merges_merchant_id_absorbed_id"), table_name="merges", postgresql_where=sa.text("undone_at IS NULL")
    )
    op.drop_table("merges")
    op.drop_index(op.f("ix_member_tiers_merchant_id_tier_id_member_id"), table_name="member_tiers")
    op.drop_table("member_tiers")
    op.drop_index(
        op.f("ix_member_tags_merchant_id_until"),
        table_name="member_tags",
        postgresql_where=sa.text("until IS NOT NULL"),
    )
    op.drop_index(op.f("ix_member_tags_merchant_id_tag_id_member_id"), table_name="member_tags")
    op.drop_table("member_tags")
    op.drop_table("member_fields")
    op.drop_table("member_consents")
    op.drop_table("member_benefits")
    op.drop_table("kept_apart")
    op.drop_table("families")
    op.drop_index(op.f("ix_erasures_merchant_id_at_erasure_id"), table_name="erasures")
    op.drop_index(
        op.f("ix_erasures_merchant_id_at"), table_name="erasures", postgresql_where=sa.text("left_lake_at IS NULL")
    )
    op.drop_table("erasures")
    op.drop_index(
        op.f("ix_coupons_merchant_id_valid_until"),
        table_name="coupons",
        postgresql_where=sa.text("status = 'available'"),
    )
    op.drop_index(op.f("ix_coupons_merchant_id_template_id_issued_at_coupon_id"), table_name="coupons")
    op.drop_index(
        op.f("ix_coupons_merchant_id_template_id_issue_key_issued_to"),
        table_name="coupons",
        postgresql_where=sa.text("issue_key IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_coupons_merchant_id_order_id"), table_name="coupons", postgresql_where=sa.text("order_id IS NOT NULL")
    )
    op.drop_index(op.f("ix_coupons_merchant_id_member_id_issued_at_coupon_id"), table_name="coupons")
    op.drop_table("coupons")
    op.drop_table("coupon_holders")
    op.drop_table("consent_states")
    op.drop_index(op.f("ix_cards_merchant_id_batch_id_card_id"), table_name="cards")
    op.drop_table("cards")
    op.drop_index(op.f("ix_campaign_members_merchant_id_member_id"), table_name="campaign_members")
    op.drop_table("campaign_members")
    op.drop_index(op.f("ix_benefit_uses_merchant_id_member_id_benefit_id_turn"), table_name="benefit_uses")
    op.drop_table("benefit_uses")
    op.drop_index(op.f("ix_benefit_grants_merchant_id_member_id"), table_name="benefit_grants")
    op.drop_index(
        op.f("ix_benefit_grants_merchant_id_due_at_grant_id"),
        table_name="benefit_grants",
        postgresql_where=sa.text("status = 'due'"),
    )
    op.drop_table("benefit_grants")
    op.drop_index(op.f("ix_access_log_merchant_id_member_id_at_entry_id"), table_name="access_log")
    op.drop_index(op.f("ix_access_log_merchant_id_at_entry_id"), table_name="access_log")
    op.drop_table("access_log")
    op.drop_table("staff_stores")
    op.drop_index(
        op.f("ix_segment_tags_merchant_id_tag_id"), table_name="segment_tags", postgresql_where=sa.text("NOT ended")
    )
    op.drop_index(
        op.f("ix_segment_tags_merchant_id_segment_id"), table_name="segment_tags", postgresql_where=sa.text("NOT ended")
    )
    op.drop_table("segment_tags")
    op.drop_index(op.f("ix_payments_merchant_id_purpose_reference_id"), table_name="payments")
    op.drop_index(op.f("ix_payments_merchant_id_created_at_payment_id"), table_name="payments")
    op.drop_index(
        op.f("ix_payments_merchant_id_check_at"),
        table_name="payments",
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.drop_index("ix_payments_attention", table_name="payments", postgresql_where=sa.text("attention IS NOT NULL"))
    op.drop_table("payments")
    op.drop_index(
        op.f("ix_members_merchant_id_merged_into"),
        table_name="members",
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.drop_index(op.f("ix_members_merchant_id_joined_at_member_id"), table_name="members")
    op.drop_index(
        op.f("ix_members_merchant_id_external_ref"),
        table_name="members",
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    )
    op.drop_table("members")
    op.drop_index(op.f("ix_clearing_entries_merchant_id_debtor_business_day"), table_name="clearing_entries")
    op.drop_index(op.f("ix_clearing_entries_merchant_id_creditor_business_day"), table_name="clearing_entries")
    op.drop_index(
        op.f("ix_clearing_entries_merchant_id_business_day_reference_id_entry_id"), table_name="clearing_entries"
    )
    op.drop_table("clearing_entries")
    op.drop_index(op.f("ix_card_sales_merchant_id_at"), table_name="card_sales")
    op.drop_table("card_sales")
    op.drop_table("top_up_steps")
    op.drop_index(op.f("ix_tags_merchant_id_group_id"), table_name="tags")
    op.drop_table("tags")
    op.drop_table("stores")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_segment_uses_merchant_id_used_id"), table_name="segment_uses")
    op.drop_table("segment_uses")
    op.drop_table("segment_snapshots")
    op.drop_index(op.f("ix_proposal_acceptances_merchant_id_asked_at_acceptance_id"), table_name="proposal_acceptances")
    op.drop_table("proposal_acceptances")
    op.drop_table("programmes")
    op.drop_index(op.f("ix_products_merchant_id_name_product_id"), table_name="products")
    op.drop_index(op.f("ix_products_merchant_id_category_id"), table_name="products")
    op.drop_index(
        op.f("ix_products_merchant_id_barcode"), table_name="products", postgresql_where=sa.text("barcode IS NOT NULL")
    )
    op.drop_table("products")
    op.drop_index(op.f("ix_offer_uses_merchant_id_offer_id_member_id_turn"), table_name="offer_uses")
    op.drop_table("offer_uses")
    op.drop_table("import_rejects")
    op.drop_table("import_chunks")
    op.drop_table("coupon_stocks")
    op.drop_index(op.f("ix_coupon_batches_merchant_id_created_at_batch_id"), table_name="coupon_batches")
    op.drop_table("coupon_batches")
    op.drop_table("clearing_facts")
    op.drop_table("trait_runs")
    op.drop_table("top_up_ladders")
    op.drop_table("tiers")
    op.drop_table("tag_groups")
    op.drop_table("stored_value_policies")
    op.drop_table("staff")
    op.drop_table("stacking_groups")
    op.drop_index(op.f("ix_segments_merchant_id_updated_at_segment_id"), table_name="segments")
    op.drop_table("segments")
    op.drop_table("retention_rules")
    op.drop_table("regions")
    op.drop_index(op.f("ix_red_packet_campaigns_merchant_id_created_at_campaign_id"), table_name="red_packet_campaigns")
    op.drop_table("red_packet_campaigns")
    op.drop_index(op.f("ix_proposal_runs_merchant_id_asked_at_run_id"), table_name="proposal_runs")
    op.drop_table("proposal_runs")
    op.drop_index(op.f("ix_promotions_merchant_id_created_at_promotion_id"), table_name="promotions")
    op.drop_table("promotions")
    op.drop_table("programme_versions")
    op.drop_table("payment_accounts")
    op.drop_table("order_policies")
    op.drop_table("offer_counters")
    op.drop_table("insight_progress")
    op.drop_index(op.f("ix_imports_merchant_id_started_at_import_id"), table_name="imports")
    op.drop_table("imports")
    op.drop_table("identity_policies")
    op.drop_table("event_sources")
    op.drop_table("event_schemas")
    op.drop_table("event_retention")
    op.drop_table("event_progress")
    op.drop_index(op.f("ix_coupon_templates_merchant_id_created_at_template_id"), table_name="coupon_templates")
    op.drop_table("coupon_templates")
    op.drop_table("consent_texts")
    op.drop_table("clearing_terms")
    op.drop_table("clearing_days")
    op.drop_table("categories")
    op.drop_table("card_batches")
    op.drop_table("campaigns")
    op.drop_table("attribute_definitions")
    op.drop_table("api_keys")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_visitors_merchant_id_person_id"), table_name="visitors", postgresql_where=sa.text("unheard"))
    op.drop_index(
        op.f("ix_visitors_merchant_id_last_seen_on"),
        table_name="visitors",
        postgresql_where=sa.text("became_id IS NULL"),
    )
    op.drop_index(
        op.f("ix_visitors_merchant_id_became_id"),
        table_name="visitors",
        postgresql_where=sa.text("became_id IS NOT NULL"),
    )
    op.drop_table("visitors")
    op.drop_table("uploads")
    op.drop_table("trait_states")
    op.drop_index(op.f("ix_tracked_events_merchant_id_transaction_id_message_key"), table_name="tracked_events")
    op.drop_table("tracked_events")
    op.drop_table("sign_in_attempts")
    op.drop_index(op.f("ix_segment_moves_merchant_id_transaction_id_segment_id_member_id"), table_name="segment_moves")
    op.drop_index(op.f("ix_segment_moves_merchant_id_member_id"), table_name="segment_moves")
    op.drop_table("segment_moves")
    op.drop_index(op.f("ix_segment_members_merchant_id_segment_id_since_member_id"), table_name="segment_members")
    op.drop_index(op.f("ix_segment_members_merchant_id_member_id"), table_name="segment_members")
    op.drop_table("segment_members")
    op.drop_index(op.f("ix_platform_idempotency_keys_created_at"), table_name="platform_idempotency_keys")
    op.drop_table("platform_idempotency_keys")
    op.drop_index(op.f("ix_person_events_merchant_id_transaction_id"), table_name="person_events")
    op.drop_index(op.f("ix_person_events_merchant_id_occurred_at"), table_name="person_events")
    op.drop_table("person_events")
    op.drop_table("order_lines")
    op.drop_table("merchants")
    op.drop_table("merchant_versions")
    op.drop_index(op.f("ix_member_search_terms_merchant_id_member_id"), table_name="member_search_terms")
    op.drop_table("member_search_terms")
    op.drop_index(
        op.f("ix_ledger_transactions_merchant_id_returns_id"),
        table_name="ledger_transactions",
        postgresql_where=sa.text("returns_id IS NOT NULL"),
    )
    op.drop_table("ledger_transactions")
    op.drop_index(
        op.f("ix_ledger_postings_merchant_id_wallet_id_asset_at"),
        table_name="ledger_postings",
        postgresql_include=["amount"],
    )
    op.drop_index(op.f("ix_ledger_postings_merchant_id_transaction_id"), table_name="ledger_postings")
    op.drop_table("ledger_postings")
    op.drop_index(
        op.f("ix_ledger_lots_merchant_id_wallet_id_asset_expires_at"),
        table_name="ledger_lots",
        postgresql_where=sa.text("remaining > 0"),
    )
    op.drop_index(
        op.f("ix_ledger_lots_merchant_id_expires_at_wallet_id"),
        table_name="ledger_lots",
        postgresql_where=sa.text("remaining > 0"),
    )
    op.drop_table("ledger_lots")
    op.drop_index(op.f("ix_ledger_lot_uses_merchant_id_lot_id"), table_name="ledger_lot_uses")
    op.drop_table("ledger_lot_uses")
    op.drop_table("ledger_balances")
    op.drop_table("lake_exports")
    op.drop_index(op.f("ix_insight_products_merchant_id_category_id"), table_name="insight_products")
    op.drop_table("insight_products")
    op.drop_index(op.f("ix_insight_members_merchant_id_paid_minor_member_id"), table_name="insight_members")
    op.drop_index(op.f("ix_insight_members_merchant_id_orders_member_id"), table_name="insight_members")
    op.drop_index(op.f("ix_insight_members_merchant_id_last_order_at_member_id"), table_name="insight_members")
    op.drop_table("insight_members")
    op.drop_table("insight_category_days")
    op.drop_index(op.f("ix_identity_sightings_merchant_id_namespace_value_index"), table_name="identity_sightings")
    op.drop_index(op.f("ix_identity_sightings_merchant_id_first_at_sighting_id"), table_name="identity_sightings")
    op.drop_table("identity_sightings")
    op.drop_index(op.f("ix_identifiers_merchant_id_person_id"), table_name="identifiers")
    op.drop_table("identifiers")
    op.drop_index(op.f("ix_idempotency_keys_merchant_id_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("ix_event_quarantine_merchant_id_received_at_quarantined_id"), table_name="event_quarantine")
    op.drop_table("event_quarantine")
    op.drop_table("event_personal")
    op.drop_index(op.f("ix_erased_marks_merchant_id_erased_at"), table_name="erased_marks")
    op.drop_table("erased_marks")
    op.drop_index(
        op.f("ix_domain_events_merchant_id_member_id_occurred_at"),
        table_name="domain_events",
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.drop_table("domain_events")
    op.drop_table("consumers")
    op.drop_index(op.f("ix_audit_log_merchant_id_at_entry_id"), table_name="audit_log")
    op.drop_table("audit_log")
    drop_versions()
