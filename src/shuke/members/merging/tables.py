"""Merges, what each of them moved, and who must not be taken for one person again."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

merges = tenant_table(
    "merges",
    sa.Column("merge_id", sa.Uuid, primary_key=True),
    sa.Column("survivor_id", sa.Uuid, nullable=False),
    sa.Column("absorbed_id", sa.Uuid, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False, comment="1, 2, … of this survivor"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False, comment="hand, event or proposal"),
    json_column("evidence", "{}"),
    sa.Column(
        "transaction_id",
        sa.BigInteger,
        nullable=False,
        server_default=sa.text("pg_current_xact_id()::text::bigint"),
        comment="in which it was done: what is told in later ones happened since",
    ),
    sa.Column("undone_at", timestamp(), nullable=True),
    sa.Column("undone_by", sa.Uuid, nullable=True),
    sa.Index(None, "merchant_id", "survivor_id"),
    sa.Index(None, "merchant_id", "absorbed_id", unique=True, postgresql_where=sa.text("undone_at IS NULL")),
    sa.Index(None, "merchant_id", "absorbed_id", "at"),
    sa.Index(None, "merchant_id", "at", "merge_id"),
    tenant_key("survivor_id", "members", "member_id"),
    tenant_key("absorbed_id", "members", "member_id"),
    changeable=("undone_at", "undone_by"),
)

merge_rows = tenant_table(
    "merge_rows",
    sa.Column("merge_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True, comment="table.column"),
    json_column("keys", nullable=True),
    json_column("before", nullable=True),
    json_column("after", nullable=True),
    tenant_key("merge_id", "merges"),
    append_only=True,
    expiring=True,
)
"""The journal. `keys`: primary keys of the rows that moved, as they were afterwards. `before` and `after`: the rows of
both, where they were folded."""

kept_apart = tenant_table(
    "kept_apart",
    sa.Column("a_id", sa.Uuid, primary_key=True, comment="the smaller id of the two"),
    sa.Column("b_id", sa.Uuid, primary_key=True),
    sa.Column("since", timestamp(), nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    tenant_key("a_id", "members", "member_id"),
    tenant_key("b_id", "members", "member_id"),
)
"""Whom somebody said to be two: nothing but a person makes them one again."""
