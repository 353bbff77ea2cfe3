"""Products and categories come to be and change."""

from typing import NoReturn
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from shuke.catalog import rules, store
from shuke.catalog.errors import CategoryCodeTaken, CategoryNotFound, ProductCodeTaken, ProductNotFound
from shuke.catalog.model import Category, NewProduct, Product, ProductChanges
from shuke.catalog.tables import categories, products
from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.tenancy import service as tenancy

_Values = dict[str, object]


def create(unit: Unit, new: NewProduct) -> Product:
    """Raises Invalid, CategoryNotFound, ProductCodeTaken."""
    values: _Values = {name: getattr(new, name) for name in NewProduct.__dataclass_fields__}
    _check(unit, new)
    product_id = new_id()
    if not store.add(unit, {"product_id": product_id, **values}):
        _refuse(unit, product_id, new)
    told = {name: value for name, value in values.items() if value is not None and name != "attributes"}
    tenancy.record_change(unit, "product.created", "product", product_id, None, told)
    return _read(unit, product_id)


def change(unit: Unit, product_id: UUID, changes: ProductChanges) -> Product:
    """The product after `changes`. Raises ProductNotFound, Invalid, CategoryNotFound, ProductCodeTaken."""
    if not store.lock(unit, product_id):
        raise ProductNotFound
    before = _as_new(_read(unit, product_id))
    after = NewProduct(**{**before, **changes})  # type: ignore[arg-type]
    values: _Values = {name: getattr(after, name) for name in changes if before[name] != getattr(after, name)}
    if not values:
        return _read(unit, product_id)
    _check(unit, after)
    try:
        with unit.connection.begin_nested():
            store.update(unit, product_id, values)
    except IntegrityError:
        _refuse(unit, product_id, after)
    tenancy.record_change(
        unit, "product.changed", "product", product_id, {name: before[name] for name in values}, values
    )
    return _read(unit, product_id)


def create_category(unit: Unit, code: str, name: str, parent_id: UUID | None = None) -> Category:
    """Raises Invalid, CategoryNotFound (the parent), CategoryCodeTaken."""
    rules.check_code("code", code)
    rules.check_name(name)
    _check_category(unit, parent_id)
    added = Category(new_id(), code, name, parent_id)
    if not store.add_category(unit, added):
        raise CategoryCodeTaken(code=code)
    told = {"code": code, "name": name, "parent_id": parent_id}
    tenancy.record_change(unit, "category.created", "category", added.category_id, None, told)
    return added


def _as_new(product: Product) -> _Values:
    values: _Values = {
        name: getattr(product, name)
        for name in NewProduct.__dataclass_fields__
        if name not in ("category_id", "attributes")
    }
    return values | {"category_id": product.category.category_id if product.category else None}


def _check(unit: Unit, product: NewProduct) -> None:
    rules.check_code("sku", product.sku)
    if product.barcode is not None:
        rules.check_code("barcode", product.barcode)
    rules.check_name(product.name)
    rules.check_prices(product.list_price_minor, product.member_price_minor)
    _check_category(unit, product.category_id)


def _check_category(unit: Unit, category_id: UUID | None) -> None:
    if category_id is not None and not store.categories_where(unit, categories.c.category_id == category_id):
        raise CategoryNotFound


def _refuse(unit: Unit, product_id: UUID, product: NewProduct) -> NoReturn:
    """Say which code another product has."""
    taken = store.taken_codes(unit, product_id, product.sku, product.barcode)
    field = taken[0] if taken else "sku"
    raise ProductCodeTaken(field, product.sku if field == "sku" else product.barcode or "")


def _read(unit: Unit, product_id: UUID) -> Product:
    return store.products_where(unit, products.c.product_id == product_id)[0]
