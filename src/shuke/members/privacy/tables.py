"""Who saw what of whom."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

access_log = tenant_table(
    "access_log",
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Uuid, nullable=False),
    sa.Column("actor_name", sa.Text, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("fields", sa.ARRAY(sa.Text), nullable=False),
    sa.Column("place", sa.Text, nullable=False, comment="list, profile, identify, …"),
    sa.Index(None, "merchant_id", "member_id", "at", "entry_id"),
    sa.Index(None, "merchant_id", "at", "entry_id"),
    tenant_key("member_id", "members"),
    append_only=True,
    expiring=True,
)
"""A line for each member whose contact data an answer held in clear."""
