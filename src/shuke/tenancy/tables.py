"""Tables of the platform, its merchants, their stores and staff."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.schema import json_column, platform_table, tenant_key, tenant_table, timestamp

merchants = tenant_table(
    "merchants",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("locale", sa.Text, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False),
    topic="tenancy",
)

accounts = platform_table(
    "accounts",
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("platform_admin", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("merchant_id", sa.Uuid, sa.ForeignKey("merchants.merchant_id"), nullable=True),
    sa.Column("disabled_at", timestamp(), nullable=True),
    sa.Column("last_sign_in_at", timestamp(), nullable=True),
    sa.Column("created_at", timestamp(), nullable=False),
)

sessions = platform_table(
    "sessions",
    sa.Column("secret_hash", sa.LargeBinary, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("expires_at", timestamp(), nullable=False),
)

sign_in_attempts = platform_table(
    "sign_in_attempts",
    sa.Column("subject", sa.Text, primary_key=True, comment="a login or a client address"),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_failure_at", timestamp(), nullable=False),
)

regions = tenant_table(
    "regions",
    sa.Column("region_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.UniqueConstraint("merchant_id", "name"),
    of_merchant=True,
    topic="tenancy",
)

stores = tenant_table(
    "stores",
    sa.Column("store_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("region_id", sa.Uuid, nullable=True),
    sa.Column("opened_on", sa.Date, nullable=True),
    sa.Column("closed_on", sa.Date, nullable=True),
    sa.UniqueConstraint("merchant_id", "code"),
    tenant_key("region_id", "regions"),
    of_merchant=True,
    topic="tenancy",
)

staff = tenant_table(
    "staff",
    sa.Column("staff_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("login", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("disabled_at", timestamp(), nullable=True),
    sa.Column("last_sign_in_at", timestamp(), nullable=True),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.UniqueConstraint("merchant_id", "account_id"),
    of_merchant=True,
)

staff_stores = tenant_table(
    "staff_stores",
    sa.Column("staff_id", sa.Uuid, primary_key=True),
    sa.Column("store_id", sa.Uuid, primary_key=True),
    tenant_key("staff_id", "staff"),
    tenant_key("store_id", "stores"),
)

api_keys = tenant_table(
    "api_keys",
    sa.Column("key_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("secret_hash", sa.LargeBinary, nullable=False),
    sa.Column("scopes", ARRAY(sa.Text), nullable=False),
    sa.Column("created_by", sa.Uuid, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("expires_at", timestamp(), nullable=True),
    sa.Column("revoked_at", timestamp(), nullable=True),
    sa.Column("last_used_at", timestamp(), nullable=True),
    sa.UniqueConstraint("merchant_id", "secret_hash"),
    of_merchant=True,
)

audit_log = tenant_table(
    "audit_log",
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Uuid, nullable=False),
    sa.Column("actor_name", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Uuid, nullable=False),
    json_column("before", nullable=True),
    json_column("after", nullable=True),
    sa.Index(None, "merchant_id", "at", "entry_id"),
    append_only=True,
)
