"""The record of erasures: what must be shown to whoever asks whether it was done."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

erasures = tenant_table(
    "erasures",
    sa.Column("erasure_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("forfeited", sa.Boolean, nullable=False, comment="she gave up what stood in the way"),
    json_column("counts", "{}"),
    json_column("losses", "{}"),
    sa.Column("left_lake_at", timestamp(), nullable=True, comment="since when the analytic copies have nothing of her"),
    sa.UniqueConstraint("merchant_id", "member_id"),
    sa.Index(None, "merchant_id", "at", "erasure_id"),
    sa.Index(None, "merchant_id", "at", postgresql_where=sa.text("left_lake_at IS NULL")),
    tenant_key("member_id", "members"),
    changeable=("left_lake_at",),
)
"""`counts` and `losses` are numbers by what they count: nothing in a row is personal."""

erased_marks = tenant_table(
    "erased_marks",
    sa.Column("mark", sa.LargeBinary, primary_key=True, comment="blind, under a key that nothing else is kept under"),
    sa.Column("erased_at", timestamp(), nullable=False),
    sa.Index(None, "merchant_id", "erased_at"),
)
"""By what files that were uploaded before an erasure are known to name somebody who is gone. As long as such files may
be read, and no longer."""
