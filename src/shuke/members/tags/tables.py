"""Tags, who has them, and all that ever happened to them."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

tag_groups = tenant_table(
    "tag_groups",
    sa.Column("group_id", sa.Uuid, primary_key=True),
    json_column("name"),
    sa.Column("colour", sa.Text, nullable=False),
    sa.Column("exclusive", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    of_merchant=True,
)

tags = tenant_table(
    "tags",
    sa.Column("tag_id", sa.Uuid, primary_key=True),
    sa.Column("group_id", sa.Uuid, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    json_column("name"),
    sa.Column("colour", sa.Text, nullable=True, comment="null: its group's"),
    sa.Column("days", sa.Integer, nullable=True, comment="how long it lasts once put; null: for good"),
    sa.Column("archived_at", timestamp(), nullable=True),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.Index(None, "merchant_id", "group_id"),
    tenant_key("group_id", "tag_groups"),
    deletable=False,
)

member_tags = tenant_table(
    "member_tags",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("tag_id", sa.Uuid, primary_key=True),
    sa.Column("since", timestamp(), nullable=False),
    sa.Column("until", timestamp(), nullable=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Index(None, "merchant_id", "tag_id", "member_id"),
    sa.Index(None, "merchant_id", "until", postgresql_where=sa.text("until IS NOT NULL")),
    tenant_key("member_id", "members"),
    tenant_key("tag_id", "tags"),
)
"""What the history says of now. Whoever writes here holds the member's row, so that her history has one order."""

tag_history = tenant_table(
    "tag_history",
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("tag_id", sa.Uuid, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False, comment="1, 2, … of this tag on this member"),
    sa.Column("put", sa.Boolean, nullable=False),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("until", timestamp(), nullable=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.UniqueConstraint("merchant_id", "member_id", "tag_id", "turn"),
    tenant_key("member_id", "members"),
    tenant_key("tag_id", "tags"),
    changeable=("member_id",),
    expiring=True,
)
