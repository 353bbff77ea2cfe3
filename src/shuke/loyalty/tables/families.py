"""Families, who is in them, and who is asked to be."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

families = tenant_table(
    "families",
    sa.Column("family_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("owner_id", sa.Uuid, nullable=False),
    sa.Column("earns_to", sa.Text, nullable=False, comment="family or person"),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("closed_at", timestamp(), nullable=True),
    tenant_key("owner_id", "members", "member_id"),
    deletable=False,
)

family_people = tenant_table(
    "family_people",
    sa.Column("family_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("joined_at", timestamp(), nullable=False),
    sa.Column("left_at", timestamp(), nullable=True),
    sa.Column("points_day", sa.BigInteger, nullable=True),
    sa.Column("points_month", sa.BigInteger, nullable=True),
    sa.Column("value_day_minor", sa.BigInteger, nullable=True),
    sa.Column("value_month_minor", sa.BigInteger, nullable=True),
    sa.Index(None, "merchant_id", "member_id", unique=True, postgresql_where=sa.text("left_at IS NULL")),
    tenant_key("family_id", "families"),
    tenant_key("member_id", "members"),
    deletable=False,
)

family_invitations = tenant_table(
    "family_invitations",
    sa.Column("invitation_id", sa.Uuid, primary_key=True),
    sa.Column("family_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("expires_at", timestamp(), nullable=False),
    sa.Index(None, "merchant_id", "family_id", "member_id", unique=True, postgresql_where=sa.text("status = 'open'")),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("family_id", "families"),
    tenant_key("member_id", "members"),
    deletable=False,
)
