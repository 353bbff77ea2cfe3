"""What counts, how it came to be, and what was agreed to."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

consent_texts = tenant_table(
    "consent_texts",
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, comment="1, 2, … of the purpose, whatever the channel"),
    sa.Column("channel", sa.Text, nullable=False, comment="*: all that have no text of their own"),
    json_column("text"),
    sa.Column("double_opt_in", sa.Boolean, nullable=False),
    sa.Column("published_at", timestamp(), nullable=False),
    of_merchant=True,
    append_only=True,
    topic="consent",
)

consent_states = tenant_table(
    "consent_states",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True, comment="*: every channel that has no row of its own"),
    sa.Column("granted", sa.Boolean, nullable=False),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("text_version", sa.Integer, nullable=True, comment="null: agreed to elsewhere, or before there was one"),
    sa.Column("pending_until", timestamp(), nullable=True, comment="a yes may be confirmed till then"),
    tenant_key("member_id", "members"),
)
"""What the history comes to. Whoever writes here holds the member's row, so that her history has one order."""

member_consents = tenant_table(
    "member_consents",
    sa.Column("consent_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False, comment="1, 2, … of this member"),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, comment="given, withdrawn, asked, confirmed"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("text_version", sa.Integer, nullable=True),
    sa.UniqueConstraint("merchant_id", "member_id", "turn"),
    tenant_key("member_id", "members"),
    append_only=True,
)
