"""Programme of a merchant, its tiers, where each member stands, and points changed by hand.

A programme is one document, published as a whole and never rewritten. Tiers have rows of their own, because members
refer to them and read models join them.
"""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

programme_versions = tenant_table(
    "programme_versions",
    sa.Column("version", sa.Integer, primary_key=True),
    json_column("document"),
    sa.Column("published_at", timestamp(), nullable=False),
    sa.Column("published_by", sa.Uuid, nullable=False),
    sa.Column("published_by_name", sa.Text, nullable=False),
    of_merchant=True,
    append_only=True,
)

programmes = tenant_table(
    "programmes",
    sa.Column("version", sa.Integer, nullable=False, comment="the one that is live"),
    json_column("draft", nullable=True),
    sa.Column("draft_changed_at", timestamp(), nullable=True),
    tenant_key("version", "programme_versions"),
    deletable=False,
    topic="programme",
)

tiers = tenant_table(
    "tiers",
    sa.Column("tier_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    json_column("name"),
    sa.Column("rank", sa.Integer, nullable=False, comment="0 is the tier everybody starts in"),
    sa.Column("threshold_growth", sa.BigInteger, nullable=False),
    sa.Column("discount_bps", sa.Integer, nullable=False),
    sa.Column("points_multiplier_bps", sa.Integer, nullable=False),
    sa.Column("retired_at", timestamp(), nullable=True, comment="dropped by a later version; kept for the past"),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.CheckConstraint("discount_bps BETWEEN 0 AND 10000", name="discount_up_to_whole"),
    sa.CheckConstraint("points_multiplier_bps >= 0", name="multiplier_not_negative"),
    sa.CheckConstraint("threshold_growth >= 0", name="threshold_not_negative"),
    of_merchant=True,
    deletable=False,
)

member_tiers = tenant_table(
    "member_tiers",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("tier_id", sa.Uuid, nullable=False),
    sa.Column("growth", sa.BigInteger, nullable=False, comment="in the window that decided the tier"),
    sa.Column("since", timestamp(), nullable=False),
    sa.Column("kept_until", sa.Date, nullable=True, comment="last day of grace, while growth does not suffice"),
    sa.Column("reviewed_on", sa.Date, nullable=False),
    sa.Index(None, "merchant_id", "tier_id", "member_id"),
    tenant_key("member_id", "members"),
    tenant_key("tier_id", "tiers"),
)

points_requests = tenant_table(
    "points_requests",
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="negative: from the member"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("asked_at", timestamp(), nullable=False),
    sa.Column("asked_by", sa.Uuid, nullable=False),
    sa.Column("asked_by_name", sa.Text, nullable=False),
    sa.Column("decided_at", timestamp(), nullable=True),
    sa.Column("decided_by", sa.Uuid, nullable=True),
    sa.Column("decided_by_name", sa.Text, nullable=True),
    sa.CheckConstraint("amount <> 0", name="amount_not_zero"),
    sa.Index(None, "merchant_id", "asked_at", "request_id"),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("member_id", "members"),
    deletable=False,
)
