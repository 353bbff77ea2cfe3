"""Promotions, coupons, red packets and what was done with them; campaigns known from imports.

What a merchant wrote (promotions, templates, groups, campaigns) is standing data and changes rarely. What counts along
with every order stands in rows of its own, so that selling changes nothing that every till keeps a copy of.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp


def _written() -> list[sa.schema.SchemaItem]:
    """What is drafted, published, paused and ended; `version` counts the changes."""
    return [
        sa.Column("code", sa.Text, nullable=False),
        json_column("name"),
        sa.Column("status", sa.Text, nullable=False),
        json_column("terms", "{}"),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", timestamp(), nullable=False),
        sa.Column("updated_at", timestamp(), nullable=False),
        sa.Column("published_at", timestamp(), nullable=True, comment="for the first time"),
        sa.UniqueConstraint("merchant_id", "code"),
        sa.CheckConstraint("status IN ('draft', 'published', 'paused', 'ended')", name="known_status"),
    ]


campaigns = tenant_table(
    "campaigns",
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.UniqueConstraint("merchant_id", "code"),
    sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    of_merchant=True,
)

campaign_members = tenant_table(
    "campaign_members",
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("campaign_id", "campaigns"),
    tenant_key("member_id", "members"),
)

promotions = tenant_table(
    "promotions",
    sa.Column("promotion_id", sa.Uuid, primary_key=True),
    *_written(),
    sa.Column("group_code", sa.Text, nullable=False, server_default="default"),
    sa.Index(None, "merchant_id", "created_at", "promotion_id"),
    of_merchant=True,
    topic="offers",
)

stacking_groups = tenant_table(
    "stacking_groups",
    sa.Column("code", sa.Text, primary_key=True),
    json_column("name"),
    sa.Column("at_most", sa.Integer, nullable=True),
    sa.Column("after", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("excludes", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.CheckConstraint("at_most > 0", name="at_most_positive"),
    of_merchant=True,
    topic="offers",
)

coupon_templates = tenant_table(
    "coupon_templates",
    sa.Column("template_id", sa.Uuid, primary_key=True),
    *_written(),
    sa.Column("group_code", sa.Text, nullable=False, server_default="default"),
    json_column("rules", "{}"),
    sa.Index(None, "merchant_id", "created_at", "template_id"),
    of_merchant=True,
    topic="offers",
)

red_packet_campaigns = tenant_table(
    "red_packet_campaigns",
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    *_written(),
    sa.Index(None, "merchant_id", "created_at", "campaign_id"),
    of_merchant=True,
    topic="offers",
)

offer_counters = tenant_table(
    "offer_counters",
    sa.Column("offer_id", sa.Uuid, primary_key=True, comment="a promotion, a coupon template or a packet campaign"),
    sa.Column("max_uses", sa.BigInteger, nullable=True),
    sa.Column("budget_minor", sa.BigInteger, nullable=True),
    sa.Column("uses_per_member", sa.BigInteger, nullable=True),
    sa.Column("pieces_per_member", sa.BigInteger, nullable=True),
    sa.Column("period", sa.Text, nullable=True, comment="in whose every turn a member's limits start anew"),
    sa.Column("uses", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("spent_minor", sa.BigInteger, nullable=False, server_default="0"),
    sa.CheckConstraint("uses >= 0 AND spent_minor >= 0", name="not_negative"),
    of_merchant=True,
)
"""Only of offers with limits; counted only where there is a limit for everybody, or all tills would queue for nothing.

Amounts may be lowered below what is used already, hence no check against them: whoever uses, checks.
"""

offer_member_counters = tenant_table(
    "offer_member_counters",
    sa.Column("offer_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("turn", sa.Date, primary_key=True, comment="the period's first day; 0001-01-01 where there is no period"),
    sa.Column("uses", sa.BigInteger, nullable=False),
    sa.Column("pieces", sa.BigInteger, nullable=False),
    sa.CheckConstraint("uses >= 0 AND pieces >= 0", name="not_negative"),
    tenant_key("offer_id", "offer_counters"),
    tenant_key("member_id", "members"),
)

offer_uses = tenant_table(
    "offer_uses",
    sa.Column("order_id", sa.Uuid, primary_key=True, comment="an order; of packet campaigns what the packet was for"),
    sa.Column("offer_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("turn", sa.Date, nullable=False),
    sa.Column("uses", sa.BigInteger, nullable=False),
    sa.Column("pieces", sa.BigInteger, nullable=False),
    sa.Column("minor", sa.BigInteger, nullable=False),
    sa.Column("reserved", sa.Boolean, nullable=False, comment="held by a pending order"),
    sa.Column("at", timestamp(), nullable=False),
    sa.CheckConstraint("uses >= 0 AND pieces >= 0 AND minor >= 0", name="not_negative"),
    sa.Index(None, "merchant_id", "offer_id", "member_id", "turn"),
    tenant_key("offer_id", "offer_counters"),
)
"""What orders use of offers with limits, less what they gave back: the sum of them is what the counters say."""
