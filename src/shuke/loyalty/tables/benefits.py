"""What was given to whom for which occasion, and what was used. The benefits themselves are in the programme."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

member_benefits = tenant_table(
    "member_benefits",
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("benefit_id", sa.Uuid, primary_key=True),
    sa.Column("starts_at", timestamp(), nullable=False),
    sa.Column("ends_at", timestamp(), nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
    tenant_key("member_id", "members"),
)

benefit_grants = tenant_table(
    "benefit_grants",
    sa.Column("grant_id", sa.Uuid, primary_key=True),
    sa.Column("benefit_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("occasion", sa.Text, nullable=False, comment="birthday:2026, upgrade:gold:2026-03, …"),
    sa.Column("kind", sa.Text, nullable=False, comment="coupon_pack or partner_code"),
    json_column("content", "[]"),
    sa.Column("due_at", timestamp(), nullable=False),
    sa.Column("status", sa.Text, nullable=False, server_default="due"),
    sa.Column("given_at", timestamp(), nullable=True),
    sa.Column("note", sa.Text, nullable=True, comment="why it could not be given"),
    sa.UniqueConstraint("merchant_id", "benefit_id", "member_id", "occasion"),
    sa.Index(None, "merchant_id", "due_at", "grant_id", postgresql_where=sa.text("status = 'due'")),
    sa.Index(None, "merchant_id", "member_id"),
    tenant_key("member_id", "members"),
    deletable=False,
)

benefit_uses = tenant_table(
    "benefit_uses",
    sa.Column("use_id", sa.Uuid, primary_key=True),
    sa.Column("benefit_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=False),
    sa.Column("turn", sa.Text, nullable=False, comment="the period it counts in"),
    sa.Column("pieces", sa.Integer, nullable=False, comment="negative: given back"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("reference_id", sa.Uuid, nullable=True, comment="the order, where one used it"),
    sa.Column("note", sa.Text, nullable=True),
    sa.CheckConstraint("pieces <> 0", name="pieces_not_zero"),
    sa.Index(None, "merchant_id", "member_id", "benefit_id", "turn"),
    tenant_key("member_id", "members"),
    changeable=("member_id", "note"),
)

partner_codes = tenant_table(
    "partner_codes",
    sa.Column("code_id", sa.Uuid, primary_key=True),
    sa.Column("benefit_id", sa.Uuid, nullable=False),
    sa.Column("code_index", sa.LargeBinary, nullable=False, comment="blind index: a code is there once"),
    sa.Column("code_cipher", sa.LargeBinary, nullable=False),
    sa.Column("added_at", timestamp(), nullable=False),
    sa.Column("grant_id", sa.Uuid, nullable=True, comment="to whom it was given"),
    sa.UniqueConstraint("merchant_id", "benefit_id", "code_index"),
    sa.UniqueConstraint("merchant_id", "grant_id"),
    sa.Index(None, "merchant_id", "benefit_id", "code_id", postgresql_where=sa.text("grant_id IS NULL")),
    tenant_key("grant_id", "benefit_grants"),
    of_merchant=True,
    deletable=False,
)
