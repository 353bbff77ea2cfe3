"""How long what is kept."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_table

retention_rules = tenant_table(
    "retention_rules",
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("days", sa.Integer, nullable=False),
    of_merchant=True,
)
"""What a merchant decided; of what it decided nothing the defaults hold."""
