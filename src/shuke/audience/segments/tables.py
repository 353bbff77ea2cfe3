"""Segments, their snapshots, their members, every coming and going, and the tags that follow."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

segments = tenant_table(
    "segments",
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, comment="rule, set or upload"),
    json_column("tree", nullable=True),
    json_column("cap", nullable=True),
    sa.Column("refresh", sa.Text, nullable=False, comment="continuous, daily or once"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("updated_at", timestamp(), nullable=False),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.Index(None, "merchant_id", "updated_at", "segment_id"),
    of_merchant=True,
    deletable=False,
)

segment_uses = tenant_table(
    "segment_uses",
    sa.Column("segment_id", sa.Uuid, primary_key=True, comment="it is made of …"),
    sa.Column("used_id", sa.Uuid, primary_key=True, comment="… this one, among others"),
    sa.Index(None, "merchant_id", "used_id"),
    tenant_key("segment_id", "segments"),
    tenant_key("used_id", "segments", "segment_id"),
)
"""Of active segments: who is made of whom. What their trees say."""

segment_snapshots = tenant_table(
    "segment_snapshots",
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("as_of", sa.Date, nullable=False, comment="the business day that windows end with"),
    sa.Column("upto", sa.BigInteger, nullable=False, comment="the last transaction it knows of"),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("entered", sa.Integer, nullable=False),
    sa.Column("left", sa.Integer, nullable=False),
    sa.Column("took_ms", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, comment="of the segment as it was written then"),
    sa.Column("horizon", sa.BigInteger, nullable=False, comment="it knows all moves of others below this transaction"),
    tenant_key("segment_id", "segments"),
    append_only=True,
)

segment_members = tenant_table(
    "segment_members",
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("since", timestamp(), nullable=False),
    sa.Index(None, "merchant_id", "member_id"),
    sa.Index(None, "merchant_id", "segment_id", "since", "member_id"),
)
"""Who is in it by the last snapshot. Derived, and many: no foreign keys; `audit` replays the moves."""

segment_moves = tenant_table(
    "segment_moves",
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, comment="of the snapshot"),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("entered", sa.Boolean, nullable=False, comment="false: left"),
    sa.Column(
        "transaction_id",
        sa.BigInteger,
        nullable=False,
        server_default=sa.text("pg_current_xact_id()::text::bigint"),
    ),
    sa.Index(None, "merchant_id", "transaction_id", "segment_id", "member_id"),
    sa.Index(None, "merchant_id", "member_id"),
    append_only=True,
)
"""Entries and exits, to be read by a cursor over transactions like events: a million of them are no million events."""

segment_tags = tenant_table(
    "segment_tags",
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("tag_id", sa.Uuid, primary_key=True, comment="it is on whoever is in the segment"),
    sa.Column("number", sa.Integer, nullable=False, comment="of the snapshot that it follows; 0: of none yet"),
    sa.Column("ended", sa.Boolean, nullable=False, comment="it goes from whom the rule gave it, then this row"),
    sa.Index(None, "merchant_id", "segment_id", unique=True, postgresql_where=sa.text("NOT ended")),
    sa.Index(None, "merchant_id", "tag_id", unique=True, postgresql_where=sa.text("NOT ended")),
    tenant_key("segment_id", "segments"),
    tenant_key("tag_id", "tags"),
)
"""A segment puts one tag at most, and a tag is put by one segment at most."""
