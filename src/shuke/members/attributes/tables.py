"""Decisions about attributes."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_table, timestamp

attribute_definitions = tenant_table(
    "attribute_definitions",
    sa.Column("attribute_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, comment="its key in members.attributes"),
    sa.Column("type", sa.Text, nullable=False),
    json_column("label"),
    sa.Column("personal", sa.Boolean, nullable=False),
    json_column("choices", "[]"),
    sa.Column("place", sa.Integer, nullable=True, comment="of its column in the lake; null: it was always personal"),
    sa.Column("since", sa.BigInteger, nullable=False, comment="the transaction that decided what leaves"),
    sa.Column("archived_at", timestamp(), nullable=True),
    sa.UniqueConstraint("merchant_id", "name"),
    of_merchant=True,
    deletable=False,
    topic="attributes",
)
