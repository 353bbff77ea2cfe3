"""Products and categories, as other domains use them."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import store
from shuke.catalog.changing import change, create, create_category
from shuke.catalog.errors import ProductNotFound
from shuke.catalog.model import Category, Product, ProductFilter
from shuke.catalog.tables import products
from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.kernel.paging import BadCursor, Page, decode_cursor, encode_cursor

__all__ = [
    "by_codes",
    "categories",
    "categories_relation",
    "change",
    "create",
    "create_category",
    "for_sale",
    "get",
    "get_many",
    "listed",
    "products_relation",
]


def by_codes(unit: Unit, codes: Collection[str]) -> dict[str, Product]:
    """Products by the code asked for, in one query. Where one product's SKU is another's barcode, the SKU wins."""
    wanted = set(codes)
    found = store.products_where(unit, store.coded(wanted)) if wanted else []
    barcodes = {product.barcode: product for product in found if product.barcode in wanted}
    skus = {product.sku: product for product in found if product.sku in wanted}
    return {**{code: product for code, product in barcodes.items() if code is not None}, **skus}


_COPIES: Standing[dict[str, Product]] = Standing(lambda _unit: {}, "catalog")
_COPIES_LIMIT = 100_000
"""Products of one merchant that a process keeps."""


def for_sale(unit: Unit, codes: Collection[str]) -> dict[str, Product]:
    """`by_codes` for the till: asks only for what this process has not seen since the catalogue changed."""
    copies = _COPIES.of(unit)
    found = {code: product for code in codes if (product := copies.get(code)) is not None}
    unseen = set(codes) - found.keys()
    if unseen:
        fresh = by_codes(unit, unseen)
        if len(copies) < _COPIES_LIMIT and _COPIES.settled(unit):
            copies.update(fresh)
        found |= fresh
    return found


def get(unit: Unit, product_id: UUID) -> Product:
    """One product; raises ProductNotFound."""
    found = get_many(unit, [product_id])
    if not found:
        raise ProductNotFound
    return found[product_id]


def get_many(unit: Unit, product_ids: Collection[UUID]) -> dict[UUID, Product]:
    """Those of the ids that are the merchant's products."""
    if not product_ids:
        return {}
    found = store.products_where(unit, products.c.product_id.in_(list(product_ids)))
    return {product.product_id: product for product in found}


def listed(unit: Unit, wanted: ProductFilter, limit: int, cursor: str | None = None) -> Page[Product]:
    """A page of products by name, one with exactly the code searched for first. Raises BadCursor."""
    rows = store.page(unit, wanted, _position(cursor), limit + 1)
    shown = [product for _, product in rows[:limit]]
    if len(rows) <= limit:
        return Page(shown, None)
    rank, last = rows[limit - 1]
    return Page(shown, encode_cursor([rank, last.name, last.product_id.hex]))


def _position(cursor: str | None) -> tuple[int, str, UUID] | None:
    if cursor is None:
        return None
    rank, name, product_id = decode_cursor(cursor, 3)
    try:
        return int(rank or 0), str(name), UUID(hex=str(product_id))
    except ValueError as error:
        raise BadCursor from error


def categories(unit: Unit) -> list[Category]:
    """All categories by name."""
    return store.categories_where(unit)


def products_relation() -> sa.FromClause:
    """Columns merchant_id, product_id, sku, barcode, name, brand, category_id, unit, sold_by, list_price_minor,
    member_price_minor and status, for read models to join."""
    return store.PRODUCTS


def categories_relation() -> sa.FromClause:
    """Columns merchant_id, category_id, code, name and parent_id, for read models to join."""
    return store.CATEGORIES
