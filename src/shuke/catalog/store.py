"""The SQL of products and categories."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from shuke.catalog.model import Category, Product, ProductFilter, ProductStatus, SoldBy
from shuke.catalog.tables import categories, products
from shuke.infra.database import Unit

PRODUCTS = sa.select(
    products.c.merchant_id,
    products.c.product_id,
    products.c.sku,
    products.c.barcode,
    products.c.name,
    products.c.brand,
    products.c.category_id,
    products.c.unit,
    products.c.sold_by,
    products.c.list_price_minor,
    products.c.member_price_minor,
    products.c.status,
).subquery("products")

CATEGORIES = sa.select(
    categories.c.merchant_id,
    categories.c.category_id,
    categories.c.code,
    categories.c.name,
    categories.c.parent_id,
).subquery("categories")

_CATEGORY = sa.and_(
    categories.c.merchant_id == products.c.merchant_id, categories.c.category_id == products.c.category_id
)


def products_where(unit: Unit, *conditions: sa.ColumnElement[bool]) -> list[Product]:
    return [_product(row) for row in unit.connection.execute(_select(unit).where(*conditions))]


def coded(codes: Collection[str]) -> sa.ColumnElement[bool]:
    """Products whose SKU or barcode is one of `codes`: one array, so that baskets of every size are one statement."""
    wanted = sa.any_(sa.literal(list(codes), ARRAY(sa.Text)))
    return sa.or_(products.c.sku == wanted, products.c.barcode == wanted)


def page(
    unit: Unit, wanted: ProductFilter, after: tuple[int, str, UUID] | None, limit: int
) -> list[tuple[int, Product]]:
    """Products with their rank (0: the code searched for, exactly; 1: others), by rank and name, after a key."""
    q = wanted.q.strip()
    rank = sa.case((coded([q]), 0), else_=1) if q else sa.literal(1)
    statement = _select(unit).add_columns(rank.label("rank"))
    if q:
        statement = statement.where(sa.func.strpos(products.c.search_text, sa.func.lower(q)) > 0)
    if wanted.category_id is not None:
        statement = statement.where(products.c.category_id.in_(_branch(unit, wanted.category_id)))
    if wanted.status is not None:
        statement = statement.where(products.c.status == str(wanted.status))
    if wanted.product_ids:
        statement = statement.where(products.c.product_id.in_(list(wanted.product_ids)))
    key: list[sa.ColumnElement[Any]] = [products.c.name, products.c.product_id]
    if q:
        key.insert(0, rank)
    if after is not None:
        statement = statement.where(sa.tuple_(*key) > sa.tuple_(*(after if q else after[1:])))
    rows = unit.connection.execute(statement.order_by(*key).limit(limit))
    return [(row.rank, _product(row)) for row in rows]


def _branch(unit: Unit, category_id: UUID) -> sa.Select[tuple[UUID]]:
    """Ids of a category and of all below it."""
    table = categories.c
    found = (
        sa.select(table.category_id)
        .where(table.merchant_id == unit.merchant_id, table.category_id == category_id)
        .cte("branch", recursive=True)
    )
    below = sa.select(table.category_id).where(
        table.merchant_id == unit.merchant_id, table.parent_id == found.c.category_id
    )
    return sa.select(found.union(below).c.category_id)


def _select(unit: Unit) -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            products,
            categories.c.code.label("category_code"),
            categories.c.name.label("category_name"),
            categories.c.parent_id.label("category_parent"),
        )
        .outerjoin(categories, _CATEGORY)
        .where(products.c.merchant_id == unit.merchant_id)
    )


def _product(row: sa.Row[tuple[object, ...]]) -> Product:
    category = Category(row.category_id, row.category_code, row.category_name, row.category_parent)
    return Product(
        product_id=row.product_id,
        sku=row.sku,
        barcode=row.barcode,
        name=row.name,
        brand=row.brand,
        category=category if row.category_id else None,
        unit=row.unit,
        sold_by=SoldBy(row.sold_by),
        list_price_minor=row.list_price_minor,
        member_price_minor=row.member_price_minor,
        status=ProductStatus(row.status),
    )


def add(unit: Unit, values: Mapping[str, object]) -> bool:
    """Insert one product; False when its SKU or barcode is taken."""
    added = unit.connection.execute(
        insert(products)
        .values(merchant_id=unit.merchant_id, updated_at=unit.now(), **values)
        .on_conflict_do_nothing()
        .returning(products.c.product_id)
    )
    return added.first() is not None


def lock(unit: Unit, product_id: UUID) -> bool:
    """Hold the product's row until the transaction ends; False when there is none."""
    return (
        unit.connection.execute(
            sa.select(products.c.product_id).where(mine(unit, product_id)).with_for_update()
        ).first()
        is not None
    )


def update(unit: Unit, product_id: UUID, values: Mapping[str, object]) -> None:
    """Raises IntegrityError when a new SKU or barcode is taken."""
    unit.connection.execute(products.update().where(mine(unit, product_id)).values(updated_at=unit.now(), **values))


def mine(unit: Unit, product_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(products.c.merchant_id == unit.merchant_id, products.c.product_id == product_id)


def taken_codes(unit: Unit, product_id: UUID, sku: str, barcode: str | None) -> list[str]:
    """Which of the fields `sku` and `barcode` hold a code that another product has."""
    others = sa.select(products.c.sku, products.c.barcode).where(
        products.c.merchant_id == unit.merchant_id,
        products.c.product_id != product_id,
        sa.or_(products.c.sku == sku, products.c.barcode == barcode),
    )
    found = unit.connection.execute(others).all()
    fields = ["sku"] if any(row.sku == sku for row in found) else []
    return [*fields, "barcode"] if barcode is not None and any(row.barcode == barcode for row in found) else fields


def categories_where(unit: Unit, *conditions: sa.ColumnElement[bool]) -> list[Category]:
    """Categories by name."""
    table = categories.c
    rows = unit.connection.execute(
        sa.select(table.category_id, table.code, table.name, table.parent_id)
        .where(table.merchant_id == unit.merchant_id, *conditions)
        .order_by(table.name, table.category_id)
    )
    return [Category(*row) for row in rows]


def add_category(unit: Unit, category: Category) -> bool:
    """Insert one category; False when its code is taken."""
    added = unit.connection.execute(
        insert(categories)
        .values(
            merchant_id=unit.merchant_id,
            category_id=category.category_id,
            code=category.code,
            name=category.name,
            parent_id=category.parent_id,
        )
        .on_conflict_do_nothing(index_elements=["merchant_id", "code"])
        .returning(categories.c.category_id)
    )
    return added.first() is not None
