"""Searches for members who are alike."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON

from shuke.infra.schema import json_column, tenant_table, timestamp

proposal_runs = tenant_table(
    "proposal_runs",
    sa.Column("run_id", sa.Uuid, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=True, comment="what is being done while it runs"),
    sa.Column("asked_at", timestamp(), nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_id", sa.Uuid, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("started_at", timestamp(), nullable=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0", comment="how often it was begun"),
    sa.Column("finished_at", timestamp(), nullable=True),
    sa.Column("threshold_bps", sa.Integer, nullable=False),
    sa.Column("learned", sa.Boolean, nullable=False, comment="the model is learned anew"),
    sa.Column("dry_run", sa.Boolean, nullable=False, comment="nothing is proposed, only counted"),
    sa.Column("records", sa.Integer, nullable=True),
    sa.Column("pairs", sa.BigInteger, nullable=True, comment="that were compared"),
    sa.Column("proposed", sa.Integer, nullable=True),
    sa.Column("took_ms", sa.BigInteger, nullable=True),
    sa.Column("bands", JSON(none_as_null=True), nullable=True, comment="[[basis points, pairs at least so probable]]"),
    sa.Column("model", JSON(none_as_null=True), nullable=True, comment="how much each level says; nobody's values"),
    json_column("note", nullable=True),
    sa.Index(None, "merchant_id", "asked_at", "run_id"),
    of_merchant=True,
)
