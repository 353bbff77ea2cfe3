"""Campaigns and whom they addressed."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table

campaigns = tenant_table(
    "campaigns",
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    of_merchant=True,
)

campaign_members = tenant_table(
    "campaign_members",
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("campaign_id", "campaigns"),
    tenant_key("member_id", "members"),
)
