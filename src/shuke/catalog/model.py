"""Products and categories as other domains see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict
from uuid import UUID


class SoldBy(StrEnum):
    """`piece`: whole numbers only. `measure`: weighed or poured, up to three decimals of `unit`."""

    PIECE = "piece"
    MEASURE = "measure"


class ProductStatus(StrEnum):
    ON_SHELF = "on_shelf"
    OFF_SHELF = "off_shelf"


@dataclass(frozen=True, slots=True)
class Category:
    category_id: UUID
    code: str
    name: str
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is sold. Prices are minor units per piece or per `unit`; no list price means "only at a stated price",
    and a member price never exceeds the list price."""

    product_id: UUID
    sku: str
    barcode: str | None
    name: str
    brand: str | None
    category: Category | None
    unit: str | None
    sold_by: SoldBy
    list_price_minor: int | None
    member_price_minor: int | None
    status: ProductStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    sku: str
    name: str
    barcode: str | None = None
    brand: str | None = None
    category_id: UUID | None = None
    unit: str | None = None
    sold_by: SoldBy = SoldBy.PIECE
    list_price_minor: int | None = None
    member_price_minor: int | None = None
    status: ProductStatus = ProductStatus.ON_SHELF
    attributes: Mapping[str, str | int | bool | None] = field(default_factory=dict)


class ProductChanges(TypedDict, total=False):
    """What to change of a product: a key that is absent stays as it is, None clears the field."""

    sku: str
    name: str
    barcode: str | None
    brand: str | None
    category_id: UUID | None
    unit: str | None
    sold_by: SoldBy
    list_price_minor: int | None
    member_price_minor: int | None
    status: ProductStatus


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products a list shows; None does not restrict, nor does an empty `product_ids`."""

    q: str = ""
    category_id: UUID | None = None
    status: ProductStatus | None = None
    product_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Goods of any of these products, categories (with all below them) or brands; all goods where none is named.

    Less the excluded ones. Delivery is no goods: no scope holds it.
    """

    products: frozenset[UUID] = frozenset()
    categories: frozenset[UUID] = frozenset()
    brands: frozenset[str] = frozenset()
    without_products: frozenset[UUID] = frozenset()
    without_categories: frozenset[UUID] = frozenset()
    without_brands: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        return not (self.products or self.categories or self.brands)

    def holds(self, product_id: UUID, categories: frozenset[UUID], brand: str | None) -> bool:
        """Whether goods are in scope; `categories` is the product's own and all above it."""
        if product_id in self.without_products or brand in self.without_brands or categories & self.without_categories:
            return False
        return (
            self.everything
            or product_id in self.products
            or brand in self.brands
            or not categories.isdisjoint(self.categories)
        )


ALL_GOODS = Scope()
