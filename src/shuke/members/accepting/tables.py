"""Acceptances of many proposals, and what became of each pair."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

proposal_acceptances = tenant_table(
    "proposal_acceptances",
    sa.Column("acceptance_id", sa.Uuid, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("threshold_bps", sa.Integer, nullable=False),
    sa.Column("run_id", sa.Uuid, nullable=True, comment="only what this search proposed"),
    sa.Column("asked_at", timestamp(), nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("finished_at", timestamp(), nullable=True),
    sa.Index(None, "merchant_id", "asked_at", "acceptance_id"),
    tenant_key("run_id", "proposal_runs"),
    of_merchant=True,
)

acceptance_pairs = tenant_table(
    "acceptance_pairs",
    sa.Column("acceptance_id", sa.Uuid, primary_key=True),
    sa.Column("turn", sa.Integer, primary_key=True, comment="1 is the most probable"),
    sa.Column("proposal_id", sa.Uuid, nullable=False),
    sa.Column("outcome", sa.Text, nullable=True, comment="null while it waits"),
    sa.Column("merge_id", sa.Uuid, nullable=True),
    sa.Column("taken_back", sa.Boolean, nullable=True, comment="null where nobody tried"),
    json_column("reason", nullable=True),
    tenant_key("acceptance_id", "proposal_acceptances"),
    tenant_key("proposal_id", "proposals"),
    tenant_key("merge_id", "merges"),
)
