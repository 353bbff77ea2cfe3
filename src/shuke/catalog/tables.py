"""Products and categories."""

import sqlalchemy as sa

from shuke.infra.schema import json_column, tenant_key, tenant_table, timestamp

_SEARCHED = (
    "lower(sku || ' '::text || COALESCE(barcode, ''::text) || ' '::text || name || ' '::text"
    " || COALESCE(brand, ''::text))"
)

categories = tenant_table(
    "categories",
    sa.Column("category_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parent_id", sa.Uuid, nullable=True),
    sa.UniqueConstraint("merchant_id", "code"),
    tenant_key("parent_id", "categories", "category_id"),
    of_merchant=True,
    topic="catalog",
)

products = tenant_table(
    "products",
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("barcode", sa.Text, nullable=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("brand", sa.Text, nullable=True),
    sa.Column("category_id", sa.Uuid, nullable=True),
    sa.Column("unit", sa.Text, nullable=True, comment="pack size or unit of measure, as printed"),
    sa.Column("sold_by", sa.Text, nullable=False, comment="piece or measure"),
    sa.Column("list_price_minor", sa.BigInteger, nullable=True, comment="null: only sold at a stated price"),
    sa.Column("member_price_minor", sa.BigInteger, nullable=True),
    sa.Column("status", sa.Text, nullable=False),
    json_column("attributes", "{}"),
    sa.Column("updated_at", timestamp(), nullable=False),
    sa.Column(
        "search_text",
        sa.Text(collation="C"),
        sa.Computed(_SEARCHED, persisted=True),
        comment="kept so that a search over a large catalogue does not fold case 70 000 times",
    ),
    sa.UniqueConstraint("merchant_id", "sku"),
    sa.Index(None, "merchant_id", "barcode", unique=True, postgresql_where=sa.text("barcode IS NOT NULL")),
    sa.Index(None, "merchant_id", "category_id"),
    sa.Index(None, "merchant_id", "name", "product_id"),
    sa.CheckConstraint("list_price_minor >= 0", name="list_price_not_negative"),
    sa.CheckConstraint("member_price_minor BETWEEN 0 AND list_price_minor", name="member_price_up_to_list"),
    tenant_key("category_id", "categories"),
    of_merchant=True,
    deletable=False,
    topic="catalog",
)
