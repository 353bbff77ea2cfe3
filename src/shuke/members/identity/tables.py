"""By what people are recognised, and people who are no members yet."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

identifiers = tenant_table(
    "identifiers",
    sa.Column("namespace", sa.Text, primary_key=True, comment="phone, email, card, user_id, anonymous_id, …"),
    sa.Column("value_index", sa.LargeBinary, primary_key=True),
    sa.Column("person_id", sa.Uuid, nullable=False, comment="a member or a visitor"),
    sa.Column("origin_id", sa.Uuid, nullable=False, comment="the person it was first seen with"),
    sa.Column("value_cipher", sa.LargeBinary, nullable=True, comment="null: nobody is ever shown it"),
    sa.Column("main", sa.Boolean, nullable=False, comment="the one of its kind that her page shows"),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("first_seen_at", timestamp(), nullable=False),
    sa.Column("last_seen_on", sa.Date, nullable=False),
    sa.Index(None, "merchant_id", "person_id"),
)
"""No foreign key: a person is a member or a visitor, which `audit` proves."""

visitors = tenant_table(
    "visitors",
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("first_seen_at", timestamp(), nullable=False),
    sa.Column("last_seen_on", sa.Date, nullable=False),
    sa.Column("became_id", sa.Uuid, nullable=True, comment="whom the visitor turned out to be, in the end"),
    sa.Column(
        "unheard",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="turned out to be a member, whose fields what was told of the visitor may fill",
    ),
    sa.Index(None, "merchant_id", "became_id", postgresql_where=sa.text("became_id IS NOT NULL")),
    sa.Index(None, "merchant_id", "last_seen_on", postgresql_where=sa.text("became_id IS NULL")),
    sa.Index(None, "merchant_id", "person_id", postgresql_where=sa.text("unheard")),
)
"""People who were seen and are no members. Of one who turned out to be somebody the row stays, and says who."""

identity_policies = tenant_table(
    "identity_policies",
    json_column("spaces"),
    json_column("blocked"),
    sa.Column("two_members", sa.Text, nullable=False, comment="propose or merge"),
    sa.Column("changed_at", timestamp(), nullable=False),
    of_merchant=True,
    topic="identity",
)
"""By which rules a merchant recognises people; one that decided nothing has no row."""

identity_sightings = tenant_table(
    "identity_sightings",
    sa.Column("sighting_id", sa.Uuid, primary_key=True, comment="of the identifiers, in any order"),
    sa.Column("namespace", sa.Text, nullable=False, comment="of the strongest that was not left out"),
    sa.Column("value_index", sa.LargeBinary, nullable=False),
    sa.Column("keys", JSON, nullable=False, comment="[[namespace, blind index in hex]] of all"),
    sa.Column("dropped", JSON, nullable=False, comment="[[namespace, blind index in hex, reason]] of those left out"),
    sa.Column("first_at", timestamp(), nullable=False),
    sa.Column("last_at", timestamp(), nullable=False),
    sa.Column("times", sa.BigInteger, nullable=False),
    sa.Index(None, "merchant_id", "namespace", "value_index"),
    sa.Index(None, "merchant_id", "first_at", "sighting_id"),
)
"""Identifiers that were seen together, each set once: why somebody is taken for one person, and what another policy
would have made of it."""

proposals = tenant_table(
    "proposals",
    sa.Column("proposal_id", sa.Uuid, primary_key=True),
    sa.Column("a_id", sa.Uuid, nullable=False, comment="of two members the one with the smaller id"),
    sa.Column("b_id", sa.Uuid, nullable=False),
    sa.Column("cause", sa.Text, nullable=False, comment="event or likeness"),
    sa.Column("namespaces", JSON, nullable=False, comment="by what they were seen together"),
    json_column("obstacle", nullable=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("proposed_at", timestamp(), nullable=False),
    sa.Column("decided_at", timestamp(), nullable=True),
    sa.Column("probability_bps", sa.Integer, nullable=True, comment="of likeness"),
    sa.Column("weight_millis", sa.Integer, nullable=True, comment="thousandths of a bit"),
    sa.Column("evidence", JSON(none_as_null=True), nullable=True, comment="[{column, level, weight_millis}]"),
    sa.Column("run_id", sa.Uuid, nullable=True),
    sa.UniqueConstraint("merchant_id", "a_id", "b_id"),
    sa.Index(None, "merchant_id", "status", "proposed_at", "proposal_id"),
    sa.Index(
        None,
        "merchant_id",
        "status",
        "probability_bps",
        "proposal_id",
        postgresql_where=sa.text("probability_bps IS NOT NULL"),
    ),
    tenant_key("run_id", "proposal_runs"),
    tenant_key("a_id", "members", "member_id"),
    tenant_key("b_id", "members", "member_id"),
)
"""Members who may be one person: people decide. `obstacle` {code, zh, en}: why they were not made one at once."""

person_events = tenant_table(
    "person_events",
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("occurred_at", timestamp(), primary_key=True),
    sa.Column("message_key", sa.Uuid, primary_key=True, comment="of the event, as long as that is kept"),
    sa.Column("namespace", sa.Text, nullable=False, comment="by what the person was recognised"),
    sa.Column("origin_id", sa.Uuid, nullable=False, comment="with whom that was first seen"),
    sa.Column(
        "transaction_id",
        sa.BigInteger,
        nullable=False,
        server_default=sa.text("pg_current_xact_id()::text::bigint"),
        comment="in which it was followed",
    ),
    sa.Index(None, "merchant_id", "occurred_at"),
    sa.Index(None, "merchant_id", "transaction_id"),
    append_only=True,
    expiring=True,
)
"""Whose events are whose, as it was known when they were followed: read for a person and all who became her."""
