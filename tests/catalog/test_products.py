"""Products: created, changed, found, listed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shuke.catalog import service
from shuke.catalog.errors import CategoryCodeTaken, CategoryNotFound, ProductCodeTaken, ProductNotFound
from shuke.catalog.model import NewProduct, Product, ProductChanges, ProductFilter, ProductStatus, SoldBy
from shuke.catalog.tables import products
from shuke.infra.outbox import START, read_after
from shuke.kernel.errors import Invalid
from shuke.kernel.paging import BadCursor
from shuke.tenancy.tables import audit_log
from tests.support.world import Shop, World


def test_product_is_kept_as_given(world: World) -> None:
    shop = world.merchant()
    dairy = shop.category("乳品", "DAIRY")
    made = shop.product(
        "MILK-1",
        1290,
        name="全脂牛奶",
        barcode="6901234567892",
        brand="大树",
        category_id=dairy.category_id,
        unit="1 L",
        member_price_minor=1190,
    )
    with shop.unit() as unit:
        assert service.get(unit, made.product_id) == made
        assert service.by_codes(unit, ["MILK-1", "6901234567892", "nothing"]) == {
            "MILK-1": made,
            "6901234567892": made,
        }
    assert (made.category, made.sold_by, made.status) == (dairy, SoldBy.PIECE, ProductStatus.ON_SHELF)
    assert (made.list_price_minor, made.member_price_minor) == (1290, 1190)


def test_sku_wins_where_it_is_another_products_barcode(world: World) -> None:
    shop = world.merchant()
    by_sku = shop.product("100")
    shop.product("200", barcode="100")
    with shop.unit() as unit:
        assert service.by_codes(unit, ["100"]) == {"100": by_sku}


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"sku": ""}, "sku"),
    ({"sku": " 1"}, "sku"),
    ({"sku": "a\nb"}, "sku"),
    ({"sku": "9" * 65}, "sku"),
    ({"barcode": ""}, "barcode"),
    ({"name": " "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"list_price_minor": -1}, "list_price_minor"),
    ({"list_price_minor": 10**13}, "list_price_minor"),
    ({"list_price_minor": 100, "member_price_minor": 101}, "member_price_minor"),
    ({"list_price_minor": None, "member_price_minor": 1}, "member_price_minor"),
)


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    shop = world.merchant()
    kept = shop.product("P")
    before = _counts(shop)
    with shop.unit() as unit:
        for given, path in BAD:
            with pytest.raises(Invalid) as refused:
                service.create(unit, NewProduct(**{"sku": "NEW", "name": "x", "list_price_minor": 100, **given}))
            assert refused.value.fields[0].path == path, given
            with pytest.raises(Invalid) as refused:
                service.change(unit, kept.product_id, ProductChanges(**given))  # type: ignore[typeddict-item]
            assert refused.value.fields[0].path == path, given
        assert service.get(unit, kept.product_id) == kept
    assert _counts(shop) == before


def test_codes_belong_to_one_product(world: World) -> None:
    shop = world.merchant()
    shop.product("A", barcode="111")
    other = shop.product("B")
    before = _counts(shop)
    with shop.unit() as unit:
        for field, attempt in (
            ("sku", lambda: service.create(unit, NewProduct(sku="A", name="x"))),
            ("barcode", lambda: service.create(unit, NewProduct(sku="C", name="x", barcode="111"))),
            ("sku", lambda: service.change(unit, other.product_id, ProductChanges(sku="A"))),
            ("barcode", lambda: service.change(unit, other.product_id, ProductChanges(barcode="111"))),
        ):
            with pytest.raises(ProductCodeTaken) as refused:
                attempt()
            assert refused.value.fields[0].path == field
        assert service.get(unit, other.product_id) == other
    assert _counts(shop) == before


def test_change_is_audited_and_told(world: World) -> None:
    shop = world.merchant()
    product = shop.product("A", 1000, brand="大树")
    with shop.unit() as unit:
        changes = ProductChanges(list_price_minor=1200, brand=None, name=product.name, status=ProductStatus.OFF_SHELF)
        after = service.change(unit, product.product_id, changes)
        assert service.change(unit, product.product_id, changes) == after
    with shop.unit() as unit:
        entries = unit.connection.execute(sa.select(audit_log).where(audit_log.c.action == "product.changed")).all()
        told = [event.type for event in read_after(unit, START)[0] if event.subject_id == product.product_id]
    assert (after.list_price_minor, after.brand, after.status) == (1200, None, ProductStatus.OFF_SHELF)
    assert [(entry.before, entry.after) for entry in entries] == [
        (
            {"list_price_minor": 1000, "brand": "大树", "status": "on_shelf"},
            {"list_price_minor": 1200, "brand": None, "status": "off_shelf"},
        )
    ]
    assert told == ["product.created", "product.changed"]


def test_what_is_not_there_is_said(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    theirs, their_category = other.product(), other.category()
    mine = shop.product()
    with shop.unit() as unit:
        for product_id in (theirs.product_id, uuid4()):
            with pytest.raises(ProductNotFound):
                service.change(unit, product_id, ProductChanges(name="x"))
        with pytest.raises(CategoryNotFound):
            service.create(unit, NewProduct(sku="N", name="x", category_id=their_category.category_id))
        with pytest.raises(CategoryNotFound):
            service.change(unit, mine.product_id, ProductChanges(category_id=their_category.category_id))


def test_category_codes_are_unique_and_filters_reach_down_the_tree(world: World) -> None:
    shop = world.merchant()
    food = shop.category("食品", "FOOD")
    dairy = shop.category("乳品", "DAIRY", food.category_id)
    milk = shop.product("MILK", category_id=dairy.category_id)
    shop.product("SOAP")
    with shop.unit() as unit:
        with pytest.raises(CategoryCodeTaken):
            service.create_category(unit, "FOOD", "again")
        assert [item.code for item in service.categories(unit)] == ["DAIRY", "FOOD"]
        found = service.listed(unit, ProductFilter(category_id=food.category_id), 10)
    assert found.items == [milk]


FOUND = {
    "milk": ["Whole Milk", "milk chocolate"],
    "MILK": ["Whole Milk", "milk chocolate"],
    "牛奶": ["全脂牛奶"],
    "牛": ["全脂牛奶"],
    "6901": ["Whole Milk", "全脂牛奶"],
    "6901234567892": ["全脂牛奶"],
    "42": ["全脂牛奶", "42 candles"],
    "tree": ["milk chocolate"],
    "%": ["100% juice"],
    "_": [],
    "\\": [],
    " ": ["100% juice", "42 candles", "Whole Milk", "milk chocolate", "全脂牛奶"],
}


def test_search_finds_parts_of_codes_names_and_brands_exact_codes_first(world: World) -> None:
    shop = world.merchant()
    shop.product("7", name="42 candles")
    shop.product("42", name="全脂牛奶", barcode="6901234567892")
    shop.product("8", name="Whole Milk", barcode="6901000000000")
    shop.product("9", name="milk chocolate", brand="Tree")
    shop.product("10", name="100% juice")
    world.merchant().product("42", name="milk of another merchant")
    with shop.unit() as unit:
        found = {q: [item.name for item in service.listed(unit, ProductFilter(q), 10).items] for q in FOUND}
    assert found == FOUND


def test_products_are_listed_by_their_ids(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    made = [shop.product(f"S{number}", name=f"N{number}") for number in range(3)]
    foreign = other.product("S1")
    wanted = frozenset({made[0].product_id, made[2].product_id, foreign.product_id})
    with shop.unit() as unit:
        found = service.listed(unit, ProductFilter(product_ids=wanted), 10).items
    assert [item.sku for item in found] == ["S0", "S2"]


def test_pages_walk_every_product_once(world: World) -> None:
    shop = world.merchant()
    made = [shop.product(f"S{number % 7}-{number}", name=f"N{number % 5}") for number in range(23)]
    for q in ("", "S3", "S3-3"):
        expected = {item.product_id for item in made if q in item.sku}
        walked: list[Product] = []
        cursor = None
        with shop.unit() as unit:
            while True:
                page = service.listed(unit, ProductFilter(q), 4, cursor)
                walked += page.items
                if (cursor := page.next_cursor) is None:
                    break
        assert len(walked) == len(expected)
        assert {item.product_id for item in walked} == expected
    with shop.unit() as unit:
        for bad in ("x", "WyJhIiwxLDJd", "WzEsIm4iLCJub3QgYW4gaWQiXQ"):
            with pytest.raises(BadCursor):
                service.listed(unit, ProductFilter(), 4, bad)


def test_two_creating_one_sku_make_one_product(world: World) -> None:
    shop = world.merchant()

    def create(_: int) -> bool:
        try:
            with world.database.merchant(shop.merchant_id) as unit:
                service.create(unit, NewProduct(sku="A", name="x"))
        except ProductCodeTaken:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(create, range(12))) == 1


def _counts(shop: Shop) -> list[int | None]:
    with shop.unit() as unit:
        return [
            unit.connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in (products, audit_log)
        ]
