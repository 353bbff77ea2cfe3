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
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
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
        sa.PrimaryKeyConstraint("merchant_id", "event_id", name=op.f("pk_domain_events")),
    )
    op.create_index(
        op.f("ix_domain_events_merchant_id_member_id_occurred_at"),
        "domain_events",
        ["merchant_id", "member_id", "occurred_at"],
        unique=False,
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_domain_events_merchant_id_transaction_id_event_id"),
        "domain_events",
        ["merchant_id", "transaction_id", "event_id"],
        unique=False,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=True),
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
        "ledger_transactions",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False, comment="the order, adjustment or run that caused it"),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "returns_id", sa.Uuid(), nullable=True, comment="the transaction of which this one gives back takings"
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
        sa.Column("quantity", sa.Numeric(precision=12, scale=3), nullable=False),
        sa.Column(
            "unit_price_minor", sa.BigInteger(), nullable=True, comment="null when the source gave only the total"
        ),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "adjustments",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint("gross_minor = discount_minor + paid_minor", name=op.f("ck_order_lines_amounts_add_up")),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", "line_no", name=op.f("pk_order_lines")),
    )
    op.create_table(
        "platform_idempotency_keys",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("principal_id", "key", name=op.f("pk_platform_idempotency_keys")),
    )
    op.create_index(
        op.f("ix_platform_idempotency_keys_created_at"), "platform_idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.Text(), nullable=False, comment="a login or a client address"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_attempts")),
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
        "earn_rules",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False, comment="points or growth"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="units of the asset earned …"),
        sa.Column("per_minor", sa.BigInteger(), nullable=False, comment="… for each so many minor units paid"),
        sa.Column("expiry_months", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0 AND per_minor > 0", name=op.f("ck_earn_rules_rate_positive")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_earn_rules_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "rule_id", name=op.f("pk_earn_rules")),
        sa.UniqueConstraint("merchant_id", "asset", name=op.f("uq_earn_rules_merchant_id_asset")),
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
        "ledger_postings",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="positive: to the member"),
        sa.Column(
            "counter_account", sa.Text(), nullable=False, comment="the merchant's side: earned, spent, expired, …"
        ),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_postings_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "transaction_id"],
            ["ledger_transactions.merchant_id", "ledger_transactions.transaction_id"],
            name=op.f("fk_ledger_postings_merchant_id_transaction_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "posting_id", name=op.f("pk_ledger_postings")),
    )
    op.create_index(
        op.f("ix_ledger_postings_merchant_id_member_id_asset_at"),
        "ledger_postings",
        ["merchant_id", "member_id", "asset", "at"],
        unique=False,
        postgresql_include=["amount"],
    )
    op.create_index(
        op.f("ix_ledger_postings_merchant_id_transaction_id"),
        "ledger_postings",
        ["merchant_id", "transaction_id"],
        unique=False,
    )
    op.create_table(
        "programmes",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("growth_window_months", sa.Integer(), nullable=False),
        sa.Column("points_per_unit", sa.BigInteger(), nullable=False, comment="so many points are worth …"),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False, comment="… so many minor units when spent"),
        sa.Column("points_max_share_bps", sa.Integer(), nullable=False, comment="of an order, payable with points"),
        sa.CheckConstraint("points_max_share_bps BETWEEN 0 AND 10000", name=op.f("ck_programmes_share_up_to_whole")),
        sa.CheckConstraint("points_per_unit > 0 AND unit_minor > 0", name=op.f("ck_programmes_points_worth_positive")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_programmes_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_programmes")),
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
        "tiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, comment="0 is the tier everybody starts in"),
        sa.Column("threshold_growth", sa.BigInteger(), nullable=False),
        sa.Column("discount_bps", sa.Integer(), nullable=False),
        sa.Column("points_multiplier_bps", sa.Integer(), nullable=False),
        sa.CheckConstraint("discount_bps BETWEEN 0 AND 10000", name=op.f("ck_tiers_discount_up_to_whole")),
        sa.CheckConstraint("points_multiplier_bps >= 0", name=op.f("ck_tiers_multiplier_not_negative")),
        sa.CheckConstraint("threshold_growth >= 0", name=op.f("ck_tiers_threshold_not_negative")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_tiers_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "tier_id", name=op.f("pk_tiers")),
        sa.UniqueConstraint("merchant_id", "code", name=op.f("uq_tiers_merchant_id_code")),
        sa.UniqueConstraint("merchant_id", "rank", name=op.f("uq_tiers_merchant_id_rank")),
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
            "row_cipher", sa.LargeBinary(), nullable=False, comment="the row as it stood; may hold personal data"
        ),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "import_id"],
            ["imports.merchant_id", "imports.import_id"],
            name=op.f("fk_import_rejects_merchant_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "import_id", "row_no", name=op.f("pk_import_rejects")),
    )
    op.create_table(
        "ledger_lots",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False, comment="the posting that granted it"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("earned_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "granted > 0 AND remaining BETWEEN 0 AND granted", name=op.f("ck_ledger_lots_remaining_within_granted")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "lot_id"],
            ["ledger_postings.merchant_id", "ledger_postings.posting_id"],
            name=op.f("fk_ledger_lots_merchant_id_lot_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "lot_id", name=op.f("pk_ledger_lots")),
    )
    op.create_index(
        op.f("ix_ledger_lots_merchant_id_expires_at"),
        "ledger_lots",
        ["merchant_id", "expires_at"],
        unique=False,
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_index(
        op.f("ix_ledger_lots_merchant_id_member_id_asset_expires_at"),
        "ledger_lots",
        ["merchant_id", "member_id", "asset", "expires_at"],
        unique=False,
        postgresql_where=sa.text("remaining > 0"),
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
        "ledger_lot_uses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="taken from the lot; negative: given back"),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_lot_uses_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "lot_id"],
            ["ledger_lots.merchant_id", "ledger_lots.lot_id"],
            name=op.f("fk_ledger_lot_uses_merchant_id_lot_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "posting_id"],
            ["ledger_postings.merchant_id", "ledger_postings.posting_id"],
            name=op.f("fk_ledger_lot_uses_merchant_id_posting_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "posting_id", "lot_id", name=op.f("pk_ledger_lot_uses")),
    )
    op.create_index(
        op.f("ix_ledger_lot_uses_merchant_id_lot_id"), "ledger_lot_uses", ["merchant_id", "lot_id"], unique=False
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
        sa.ForeignKeyConstraint(
            ["merchant_id", "join_store_id"],
            ["stores.merchant_id", "stores.store_id"],
            name=op.f("fk_members_merchant_id_join_store_id"),
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
        "ledger_balances",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_ledger_balances_balance_not_negative")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_ledger_balances_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "member_id", "asset", name=op.f("pk_ledger_balances")),
    )
    op.create_table(
        "member_consents",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_consents_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "consent_id", name=op.f("pk_member_consents")),
    )
    op.create_index(
        op.f("ix_member_consents_merchant_id_member_id_purpose_at"),
        "member_consents",
        ["merchant_id", "member_id", "purpose", "at"],
        unique=False,
    )
    op.create_table(
        "member_identifiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="phone, email, card, …"),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("value_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "member_id"],
            ["members.merchant_id", "members.member_id"],
            name=op.f("fk_member_identifiers_merchant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "kind", "value_index", name=op.f("pk_member_identifiers")),
    )
    op.create_index(
        op.f("ix_member_identifiers_merchant_id_member_id"),
        "member_identifiers",
        ["merchant_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "member_tiers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("growth", sa.BigInteger(), nullable=False, comment="in the window that decided the tier"),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
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
        "orders",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="shuke, or the system the order was imported from"),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("placed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False, comment="pieces; a line sold by measure counts as one"),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("points_earned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("points_spent", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "tenders",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("cashier_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("gross_minor = discount_minor + paid_minor", name=op.f("ck_orders_amounts_add_up")),
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
    protect("audit_log", tenant=True, append_only=True)
    protect("consumers", tenant=False)
    protect("domain_events", tenant=True, append_only=True)
    protect("idempotency_keys", tenant=True)
    protect("insight_category_days", tenant=True)
    protect("insight_members", tenant=True)
    protect("insight_products", tenant=True)
    protect("ledger_transactions", tenant=True, append_only=True)
    protect("member_search_terms", tenant=True)
    protect("merchant_versions", tenant=True)
    protect("merchants", tenant=True)
    protect("order_lines", tenant=True, append_only=True)
    protect("platform_idempotency_keys", tenant=False)
    protect("sign_in_attempts", tenant=False)
    protect("uploads", tenant=True)
    protect("accounts", tenant=False)
    protect("api_keys", tenant=True)
    protect("campaigns", tenant=True)
    protect("categories", tenant=True)
    protect("earn_rules", tenant=True)
    protect("imports", tenant=True)
    protect("insight_progress", tenant=True)
    protect("ledger_postings", tenant=True, append_only=True)
    protect("programmes", tenant=True)
    protect("regions", tenant=True)
    protect("staff", tenant=True)
    protect("tiers", tenant=True)
    protect("import_chunks", tenant=True, append_only=True)
    protect("import_rejects", tenant=True)
    protect("ledger_lots", tenant=True)
    protect("products", tenant=True, deletable=False)
    protect("sessions", tenant=False)
    protect("stores", tenant=True)
    protect("ledger_lot_uses", tenant=True, append_only=True)
    protect("members", tenant=True)
    protect("staff_stores", tenant=True)
    protect("campaign_members", tenant=True)
    protect("ledger_balances", tenant=True)
    protect("member_consents", tenant=True, append_only=True)
    protect("member_identifiers", tenant=True)
    protect("member_tiers", tenant=True)
    protect("orders", tenant=True, deletable=False)
    protect("order_redemptions", tenant=True)
    refer_in_sets("order_lines", "order_id", "orders")
    refer_in_sets("order_lines", "product_id", "products")
    create_versions()
    note_versions("merchants", "tenancy")
    note_versions("categories", "catalog")
    note_versions("regions", "tenancy")
    note_versions("products", "catalog")
    note_versions("stores", "tenancy")
    create_queue()


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    drop_queue()
    drop_reference("order_lines", "order_id")
    drop_reference("order_lines", "product_id")
    op.drop_index(op.f("ix_order_redemptions_merchant_id_order_id"), table_name="order_redemptions")
    op.drop_index(op.f("ix_order_redemptions_merchant_id_member_id"), table_name="order_redemptions")
    op.drop_table("order_redemptions")
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
    op.drop_index(op.f("ix_orders_merchant_id_business_day_store_id"), table_name="orders")
    op.drop_table("orders")
    op.drop_index(op.f("ix_member_tiers_merchant_id_tier_id_member_id"), table_name="member_tiers")
    op.drop_table("member_tiers")
    op.drop_index(op.f("ix_member_identifiers_merchant_id_member_id"), table_name="member_identifiers")
    op.drop_table("member_identifiers")
    op.drop_index(op.f("ix_member_consents_merchant_id_member_id_purpose_at"), table_name="member_consents")
    op.drop_table("member_consents")
    op.drop_table("ledger_balances")
    op.drop_index(op.f("ix_campaign_members_merchant_id_member_id"), table_name="campaign_members")
    op.drop_table("campaign_members")
    op.drop_table("staff_stores")
    op.drop_index(op.f("ix_members_merchant_id_joined_at_member_id"), table_name="members")
    op.drop_index(
        op.f("ix_members_merchant_id_external_ref"),
        table_name="members",
        postgresql_where=sa.text("external_ref IS NOT NULL"),
    )
    op.drop_table("members")
    op.drop_index(op.f("ix_ledger_lot_uses_merchant_id_lot_id"), table_name="ledger_lot_uses")
    op.drop_table("ledger_lot_uses")
    op.drop_table("stores")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_products_merchant_id_name_product_id"), table_name="products")
    op.drop_index(op.f("ix_products_merchant_id_category_id"), table_name="products")
    op.drop_index(
        op.f("ix_products_merchant_id_barcode"), table_name="products", postgresql_where=sa.text("barcode IS NOT NULL")
    )
    op.drop_table("products")
    op.drop_index(
        op.f("ix_ledger_lots_merchant_id_member_id_asset_expires_at"),
        table_name="ledger_lots",
        postgresql_where=sa.text("remaining > 0"),
    )
    op.drop_index(
        op.f("ix_ledger_lots_merchant_id_expires_at"),
        table_name="ledger_lots",
        postgresql_where=sa.text("remaining > 0"),
    )
    op.drop_table("ledger_lots")
    op.drop_table("import_rejects")
    op.drop_table("import_chunks")
    op.drop_table("tiers")
    op.drop_table("staff")
    op.drop_table("regions")
    op.drop_table("programmes")
    op.drop_index(op.f("ix_ledger_postings_merchant_id_transaction_id"), table_name="ledger_postings")
    op.drop_index(
        op.f("ix_ledger_postings_merchant_id_member_id_asset_at"),
        table_name="ledger_postings",
        postgresql_include=["amount"],
    )
    op.drop_table("ledger_postings")
    op.drop_table("insight_progress")
    op.drop_index(op.f("ix_imports_merchant_id_started_at_import_id"), table_name="imports")
    op.drop_table("imports")
    op.drop_table("earn_rules")
    op.drop_table("categories")
    op.drop_table("campaigns")
    op.drop_table("api_keys")
    op.drop_table("accounts")
    op.drop_table("uploads")
    op.drop_table("sign_in_attempts")
    op.drop_index(op.f("ix_platform_idempotency_keys_created_at"), table_name="platform_idempotency_keys")
    op.drop_table("platform_idempotency_keys")
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
    op.drop_index(op.f("ix_insight_products_merchant_id_category_id"), table_name="insight_products")
    op.drop_table("insight_products")
    op.drop_index(op.f("ix_insight_members_merchant_id_paid_minor_member_id"), table_name="insight_members")
    op.drop_index(op.f("ix_insight_members_merchant_id_orders_member_id"), table_name="insight_members")
    op.drop_index(op.f("ix_insight_members_merchant_id_last_order_at_member_id"), table_name="insight_members")
    op.drop_table("insight_members")
    op.drop_table("insight_category_days")
    op.drop_index(op.f("ix_idempotency_keys_merchant_id_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("ix_domain_events_merchant_id_transaction_id_event_id"), table_name="domain_events")
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
