"""Products and categories: list, export, create, change."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field, field_validator

from shuke.catalog import rules, service
from shuke.catalog.model import Category, NewProduct, ProductChanges, ProductFilter, ProductStatus, SoldBy
from shuke.catalog.model import Product as ProductValue
from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.http import Body, Call, Cursor, Limit, SearchText, View, allow
from shuke.infra.http_ids import CategoryId, ProductId
from shuke.infra.http_refs import CategoryRef
from shuke.kernel.money import MAX_MINOR, format_minor
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["catalogue"])

Code = Annotated[str, Field(min_length=1, max_length=rules.CODE_MAX)]
Name = Annotated[str, Field(min_length=1, max_length=rules.NAME_MAX)]
Brand = Annotated[str, Field(max_length=100)]
PackUnit = Annotated[str, Field(max_length=40, description="Pack size or unit of measure, as printed.")]
Price = Annotated[int, Field(ge=0, lt=MAX_MINOR, description="Minor units, per piece or per unit of measure.")]


class ProductFields(Body):
    @field_validator("barcode", "brand", "unit", mode="before", check_fields=False)
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


class ProductNew(ProductFields):
    """A product without `list_price_minor` is only sold at a stated price."""

    sku: Code
    name: Name
    barcode: Code | None = None
    brand: Brand | None = None
    category_id: CategoryId | None = None
    unit: PackUnit | None = None
    sold_by: SoldBy = SoldBy.PIECE
    list_price_minor: Price | None = None
    member_price_minor: Price | None = None
    status: ProductStatus = ProductStatus.ON_SHELF


class ProductChange(ProductFields):
    """Only what is sent changes; null clears a field that may be empty."""

    sku: Code = Field(default_factory=str)
    name: Name = Field(default_factory=str)
    barcode: Code | None = None
    brand: Brand | None = None
    category_id: CategoryId | None = None
    unit: PackUnit | None = None
    sold_by: SoldBy = Field(default_factory=lambda: SoldBy.PIECE)
    list_price_minor: Price | None = None
    member_price_minor: Price | None = None
    status: ProductStatus = Field(default_factory=lambda: ProductStatus.ON_SHELF)


class Product(View):
    """Prices are minor units of the merchant's currency; `sold_by` measure means weighed or poured."""

    id: ProductId
    sku: str
    barcode: str | None
    name: str
    brand: str | None
    category: CategoryRef | None
    unit: str | None
    sold_by: SoldBy
    list_price_minor: int | None
    member_price_minor: int | None
    status: ProductStatus

    @classmethod
    def of(cls, product: ProductValue) -> "Product":
        return cls(
            id=product.product_id,
            sku=product.sku,
            barcode=product.barcode,
            name=product.name,
            brand=product.brand,
            category=None if product.category is None else CategoryRef.of(product.category),
            unit=product.unit,
            sold_by=product.sold_by,
            list_price_minor=product.list_price_minor,
            member_price_minor=product.member_price_minor,
            status=product.status,
        )


class ProductList(View):
    items: list[Product]
    next_cursor: str | None


class CategoryNew(Body):
    code: Code
    name: Name
    parent_id: CategoryId | None = None


class CategoryView(View):
    id: CategoryId
    code: str
    name: str
    parent_id: CategoryId | None

    @classmethod
    def of(cls, category: Category) -> "CategoryView":
        return cls(id=category.category_id, code=category.code, name=category.name, parent_id=category.parent_id)


class CategoryList(View):
    items: list[CategoryView]


These = Annotated[list[ProductId] | None, Query(max_length=200, description="Only these; may be repeated.")]
InCategory = Annotated[CategoryId | None, Query(description="This category and everything below it.")]


@router.get("/products")
def list_products(
    call: Annotated[Call, allow(Permission.CATALOG_READ)],
    q: SearchText = "",
    category_id: InCategory = None,
    status: ProductStatus | None = None,
    id: These = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ProductList:
    """Products by name. `q` finds part of a SKU, barcode, name or brand; a code that fits exactly comes first."""
    with call.unit() as unit:
        page = service.listed(unit, ProductFilter(q, category_id, status, frozenset(id or ())), limit, cursor)
    return ProductList(items=[Product.of(product) for product in page.items], next_cursor=page.next_cursor)


@router.get("/products/export", response_class=StreamingResponse)
def export_products(
    call: Annotated[Call, allow(Permission.CATALOG_READ)],
    q: SearchText = "",
    category_id: InCategory = None,
    status: ProductStatus | None = None,
) -> StreamingResponse:
    """The list as CSV, in the columns that an import of products reads."""
    return csv_response("products", _COLUMNS, _rows(call, ProductFilter(q, category_id, status)))


@router.post("/products", status_code=201)
def create_product(body: ProductNew, call: Annotated[Call, allow(Permission.CATALOG_WRITE)]) -> Product:
    new = NewProduct(**{name: getattr(body, name) for name in ProductNew.model_fields})
    return call.once(Product, body, lambda unit: Product.of(service.create(unit, new)))


@router.patch("/products/{product_id}")
def change_product(
    product_id: ProductId, body: ProductChange, call: Annotated[Call, allow(Permission.CATALOG_WRITE)]
) -> Product:
    changes = ProductChanges(**{name: getattr(body, name) for name in body.model_fields_set})  # type: ignore[typeddict-item]
    return call.once(Product, body, lambda unit: Product.of(service.change(unit, product_id, changes)))


@router.get("/categories")
def list_categories(call: Annotated[Call, allow(Permission.CATALOG_READ)]) -> CategoryList:
    """All categories by name; `parent_id` makes them a tree."""
    with call.unit() as unit:
        return CategoryList(items=[CategoryView.of(category) for category in service.categories(unit)])


@router.post("/categories", status_code=201)
def create_category(body: CategoryNew, call: Annotated[Call, allow(Permission.CATALOG_WRITE)]) -> CategoryView:
    return call.once(
        CategoryView,
        body,
        lambda unit: CategoryView.of(service.create_category(unit, body.code, body.name, body.parent_id)),
    )


_ROWS_AT_ONCE = 1000
_COLUMNS = (
    "sku",
    "barcode",
    "name",
    "brand",
    "category_code",
    "category",
    "unit",
    "sold_by",
    "list_price",
    "member_price",
    "status",
)


def _rows(call: Call, wanted: ProductFilter) -> Iterator[Sequence[Cell]]:
    with call.unit() as unit:
        currency = tenancy.merchant(unit).currency
        cursor: str | None = None
        while True:
            page = service.listed(unit, wanted, _ROWS_AT_ONCE, cursor)
            for product in page.items:
                yield _row(product, currency)
            if (cursor := page.next_cursor) is None:
                return


def _row(product: ProductValue, currency: str) -> Sequence[Cell]:
    return (
        product.sku,
        product.barcode,
        product.name,
        product.brand,
        product.category.code if product.category else None,
        product.category.name if product.category else None,
        product.unit,
        product.sold_by,
        _price(product.list_price_minor, currency),
        _price(product.member_price_minor, currency),
        product.status,
    )


def _price(minor: int | None, currency: str) -> str | None:
    return None if minor is None else format_minor(minor, currency)
