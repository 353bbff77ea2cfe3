"""By what people are recognised, and people who are no members yet."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_table, timestamp

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
    sa.Index(None, "merchant_id", "became_id", postgresql_where=sa.text("became_id IS NOT NULL")),
)
"""People who were seen and are no members. Of one who turned out to be somebody the row stays, and says who."""
