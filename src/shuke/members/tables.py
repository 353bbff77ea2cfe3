"""Members, and how they are searched."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, platform_table, tenant_key, tenant_table, timestamp

consumers = platform_table(
    "consumers",
    sa.Column("consumer_id", sa.Uuid, primary_key=True),
    sa.Column("phone_index", sa.LargeBinary, nullable=True, unique=True),
    sa.Column("created_at", timestamp(), nullable=False),
)

members = tenant_table(
    "members",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("consumer_id", sa.Uuid, nullable=True, comment="consumers live on the platform: no foreign key"),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("name_cipher", sa.LargeBinary, nullable=True),
    sa.Column("gender", sa.Text, nullable=True),
    sa.Column("birthday", sa.Date, nullable=True),
    json_column("attributes", "{}"),
    sa.Column("generated", sa.Boolean, nullable=False, server_default=sa.false(), comment="made-up personal data"),
    sa.Column("external_ref", sa.Text, nullable=True),
    sa.Column("joined_at", timestamp(), nullable=False),
    sa.Column("join_store_id", sa.Uuid, nullable=True),
    sa.Column("join_channel", sa.Text, nullable=False),
    sa.Column("merged_into", sa.Uuid, nullable=True, comment="whom she is another name of"),
    sa.Column("erased_at", timestamp(), nullable=True, comment="since when nothing says who she was"),
    sa.UniqueConstraint("merchant_id", "number"),
    sa.Index(None, "merchant_id", "external_ref", unique=True, postgresql_where=sa.text("external_ref IS NOT NULL")),
    sa.Index(None, "merchant_id", "joined_at", "member_id"),
    sa.Index(None, "merchant_id", "merged_into", postgresql_where=sa.text("merged_into IS NOT NULL")),
    tenant_key("join_store_id", "stores", "store_id"),
    tenant_key("merged_into", "members", "member_id"),
    of_merchant=True,
)

member_search_terms = tenant_table(
    "member_search_terms",
    sa.Column("term", sa.LargeBinary, primary_key=True, comment="blind index of a name prefix or a phone's last four"),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Index(None, "merchant_id", "member_id"),
)
"""Derived from members, and many: no foreign key (it would be more than half of what an insert costs); `audit` looks
for terms of nobody.

A table and not an array with a GIN index: behind row-level security the planner uses an index only for
operators that are leakproof, which equality is and array containment is not."""
