"""Tables of sources, their events, and what was set aside."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON

from shuke.infra.schema import json_column, tenant_table, timestamp

event_sources = tenant_table(
    "event_sources",
    sa.Column("source_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key_hash", sa.LargeBinary, nullable=False),
    sa.Column("key_cipher", sa.LargeBinary, nullable=False, comment="the write key, to be shown again"),
    sa.Column("per_second", sa.Integer, nullable=False),
    sa.Column("late_days", sa.Integer, nullable=False),
    sa.Column("mode", sa.Text, nullable=False, comment="inferred or enforced"),
    sa.Column("profiles", sa.Text, nullable=False, comment="off, fill or overwrite: what its traits do to members"),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Column("revoked_at", timestamp(), nullable=True),
    sa.UniqueConstraint("merchant_id", "key_hash"),
    of_merchant=True,
    changeable=("mode", "profiles", "revoked_at"),
)

tracked_events = tenant_table(
    "tracked_events",
    sa.Column("message_key", sa.Uuid, primary_key=True, comment="of the source and its message id"),
    sa.Column(
        "transaction_id", sa.BigInteger, nullable=False, server_default=sa.text("pg_current_xact_id()::text::bigint")
    ),
    sa.Column("source_id", sa.Uuid, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("occurred_at", timestamp(), nullable=False),
    sa.Column("sent_for", timestamp(), nullable=True, comment="the time its sender gave it"),
    sa.Column("received_at", timestamp(), nullable=False),
    # json, not jsonb: nothing searches inside, and what nobody searches need not be taken apart.
    sa.Column("keys", JSON, nullable=False, comment="[[namespace, blind index in hex]], strongest first"),
    sa.Column("body", JSON, nullable=False),
    sa.Index(None, "merchant_id", "transaction_id", "message_key"),
    changeable=("keys", "body"),
    expiring=True,
    refers_in_sets={"source_id": "event_sources"},
)

event_personal = tenant_table(
    "event_personal",
    sa.Column("message_key", sa.Uuid, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="path in the message → value"),
    append_only=True,
    expiring=True,
)

event_quarantine = tenant_table(
    "event_quarantine",
    sa.Column("quarantined_id", sa.Uuid, primary_key=True, comment="of the source and all the message says"),
    sa.Column("source_id", sa.Uuid, nullable=False),
    sa.Column("received_at", timestamp(), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="the message; of one too large, its beginning"),
    sa.Column("replayed_at", timestamp(), nullable=True, comment="when it became an event after all"),
    sa.Index(None, "merchant_id", "received_at", "quarantined_id"),
    changeable=("replayed_at",),
    expiring=True,
    refers_in_sets={"source_id": "event_sources"},
)

event_schemas = tenant_table(
    "event_schemas",
    sa.Column("schema_id", sa.Uuid, primary_key=True, comment="of type and name"),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False, comment="inferred or enforced"),
    json_column("properties", "{}"),
    sa.Column("others", sa.Boolean, nullable=False, comment="properties that are not named may come too"),
    sa.Column("sightings", JSON, nullable=False, comment="property → type → times"),
    sa.Column("seen", sa.BigInteger, nullable=False),
    sa.Column("first_seen_at", timestamp(), nullable=True),
    sa.Column("last_seen_at", timestamp(), nullable=True),
    of_merchant=True,
    topic="events",
)

event_progress = tenant_table(
    "event_progress",
    sa.Column("reader", sa.Text, primary_key=True),
    sa.Column("transaction_id", sa.BigInteger, nullable=False),
    sa.Column("message_key", sa.Uuid, nullable=False),
    of_merchant=True,
)

event_retention = tenant_table(
    "event_retention",
    sa.Column("events_days", sa.Integer, nullable=False),
    sa.Column("quarantine_days", sa.Integer, nullable=False),
    of_merchant=True,
)
