"""Red packets that members split among friends. What a member has of red packets is in the ledger."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.schema import tenant_key, tenant_table, timestamp

shared_packets = tenant_table(
    "shared_packets",
    sa.Column("packet_id", sa.Uuid, primary_key=True),
    sa.Column("campaign_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False, comment="who opened it"),
    sa.Column("token_index", sa.LargeBinary, nullable=False),
    sa.Column("total_minor", sa.BigInteger, nullable=False),
    sa.Column("parts", ARRAY(sa.BigInteger), nullable=False, comment="drawn when it was opened, taken in this order"),
    sa.Column("taken", sa.Integer, nullable=False, server_default="0", comment="parts taken"),
    sa.Column("opened_at", timestamp(), nullable=False),
    sa.Column("expires_at", timestamp(), nullable=False),
    sa.Column("closed_at", timestamp(), nullable=True, comment="what nobody took is back in the budget"),
    sa.CheckConstraint("taken BETWEEN 0 AND cardinality(parts)", name="taken_within_parts"),
    sa.UniqueConstraint("merchant_id", "token_index"),
    sa.Index(None, "merchant_id", "member_id"),
    sa.Index(None, "merchant_id", "opened_at", "packet_id"),
    sa.Index(None, "merchant_id", "expires_at", postgresql_where=sa.text("closed_at IS NULL")),
    tenant_key("campaign_id", "red_packet_campaigns"),
    tenant_key("member_id", "members"),
)

shared_packet_claims = tenant_table(
    "shared_packet_claims",
    sa.Column("packet_id", sa.Uuid, primary_key=True),
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("claimed_at", timestamp(), nullable=False),
    sa.UniqueConstraint("merchant_id", "packet_id", "part"),
    tenant_key("packet_id", "shared_packets"),
    tenant_key("member_id", "members"),
)
