"""Programme of a merchant: tiers, how points are earned, and where each member stands."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

tiers = tenant_table(
    "tiers",
    sa.Column("tier_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    json_column("name"),
    sa.Column("rank", sa.Integer, nullable=False, comment="0 is the tier everybody starts in"),
    sa.Column("threshold_growth", sa.BigInteger, nullable=False),
    sa.Column("discount_bps", sa.Integer, nullable=False),
    sa.Column("points_multiplier_bps", sa.Integer, nullable=False),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.UniqueConstraint("merchant_id", "rank"),
    sa.CheckConstraint("discount_bps BETWEEN 0 AND 10000", name="discount_up_to_whole"),
    sa.CheckConstraint("points_multiplier_bps >= 0", name="multiplier_not_negative"),
    sa.CheckConstraint("threshold_growth >= 0", name="threshold_not_negative"),
    of_merchant=True,
)

earn_rules = tenant_table(
    "earn_rules",
    sa.Column("rule_id", sa.Uuid, primary_key=True),
    sa.Column("asset", sa.Text, nullable=False, comment="points or growth"),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="units of the asset earned …"),
    sa.Column("per_minor", sa.BigInteger, nullable=False, comment="… for each so many minor units paid"),
    sa.Column("expiry_months", sa.Integer, nullable=True),
    sa.UniqueConstraint("merchant_id", "asset"),
    sa.CheckConstraint("amount > 0 AND per_minor > 0", name="rate_positive"),
    of_merchant=True,
)

programmes = tenant_table(
    "programmes",
    sa.Column("growth_window_months", sa.Integer, nullable=False),
    sa.Column("points_per_unit", sa.BigInteger, nullable=False, comment="so many points are worth …"),
    sa.Column("unit_minor", sa.BigInteger, nullable=False, comment="… so many minor units when spent"),
    sa.Column("points_max_share_bps", sa.Integer, nullable=False, comment="of an order, payable with points"),
    sa.CheckConstraint("points_per_unit > 0 AND unit_minor > 0", name="points_worth_positive"),
    sa.CheckConstraint("points_max_share_bps BETWEEN 0 AND 10000", name="share_up_to_whole"),
    of_merchant=True,
)

member_tiers = tenant_table(
    "member_tiers",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("tier_id", sa.Uuid, nullable=False),
    sa.Column("growth", sa.BigInteger, nullable=False, comment="in the window that decided the tier"),
    sa.Column("since", timestamp(), nullable=False),
    sa.Column("reviewed_on", sa.Date, nullable=False),
    sa.Index(None, "merchant_id", "tier_id", "member_id"),
    tenant_key("member_id", "members"),
    tenant_key("tier_id", "tiers"),
)
