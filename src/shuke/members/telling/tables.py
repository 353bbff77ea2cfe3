"""Since when fields of members hold what they hold."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

member_fields = tenant_table(
    "member_fields",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True, comment="name, gender, birthday, attributes.<name>"),
    sa.Column("entered", sa.Boolean, nullable=False, comment="by people, or told over what they had entered"),
    sa.Column("believed", sa.Boolean, nullable=False, comment="told by a program that nobody can imitate"),
    sa.Column("said_at", timestamp(), nullable=False),
    sa.Column("message_key", sa.Uuid, nullable=True, comment="null: a person said so"),
    sa.Column("source_name", sa.Text, nullable=True),
    sa.Column("cleared_at", timestamp(), nullable=True, comment="what was told before does not come back"),
    tenant_key("member_id", "members"),
)
"""Only of fields that changed since she joined: what has a value and no row was entered then."""
