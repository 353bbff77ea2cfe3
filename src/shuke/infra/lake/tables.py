"""What has left PostgreSQL."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_table, timestamp

lake_exports = tenant_table(
    "lake_exports",
    sa.Column("upto", sa.BigInteger, primary_key=True, comment="the last transaction whose events are in it"),
    sa.Column("after", sa.BigInteger, nullable=False, comment="the last one of the export before"),
    json_column("rows"),
    sa.Column("exported_at", timestamp(), nullable=False),
)
"""One row for each range of transactions; `rows` counts what each dataset got of it. Each range has one file a dataset,
named by it."""
