"""The nights on which traits were reckoned, and where each member has stood since when."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_table, timestamp

trait_runs = tenant_table(
    "trait_runs",
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("as_of", sa.Date, nullable=False, comment="the last business day that counts"),
    sa.Column("upto", sa.BigInteger, nullable=False, comment="the last transaction it knows of"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False, comment="members whose stage or grade is another than before"),
    sa.Column("took_ms", sa.Integer, nullable=False),
    json_column("terms"),
    json_column("parameters"),
    json_column("thresholds"),
    of_merchant=True,
    append_only=True,
)
"""The values are in the lake, in a file named by the number of the run."""

trait_states = tenant_table(
    "trait_states",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("lifecycle", sa.Text, nullable=False),
    sa.Column("lifecycle_since", sa.Date, nullable=False),
    sa.Column("grade", sa.Text, nullable=False),
    sa.Column("grade_since", sa.Date, nullable=False),
)
"""By the last run. Derived, and many: no foreign keys."""
