"""Copies of standing data: made once, dropped by whatever changes their topic."""

from threading import Thread

import pytest

from shuke.catalog import service as catalog
from shuke.catalog.model import ProductChanges
from shuke.infra.database import Unit
from shuke.infra.standing import Standing, versions
from shuke.tenancy import service as tenancy
from tests.support.world import World


class Undo(Exception):
    pass


def test_a_copy_serves_until_its_topic_changes(world: World) -> None:
    shop = world.merchant()
    loads: list[str] = []

    def load(unit: Unit) -> int:
        loads.append("load")
        return len(loads)

    copy = Standing(load, "catalog")

    def read() -> int:
        with shop.unit() as unit:
            return copy.of(unit)

    assert (read(), read()) == (1, 1)
    shop.store("S2")
    assert read() == 1, "another topic"
    shop.product("A")
    assert (read(), read()) == (2, 2)


def test_the_till_sees_a_price_as_soon_as_it_is_changed(world: World) -> None:
    shop = world.merchant()
    product = shop.product("A", price=1000)

    def price() -> int | None:
        with shop.unit() as unit:
            return catalog.for_sale(unit, ["A", "unknown"])["A"].list_price_minor

    assert (price(), price()) == (1000, 1000)
    with shop.unit() as unit:
        catalog.change(unit, product.product_id, ProductChanges(list_price_minor=900))
    assert price() == 900


def test_a_change_that_is_undone_leaves_no_copy_behind(world: World) -> None:
    shop = world.merchant()
    product = shop.product("A", price=1000)

    def undone() -> None:
        with shop.unit() as unit:
            catalog.change(unit, product.product_id, ProductChanges(list_price_minor=1))
            assert catalog.for_sale(unit, ["A"])["A"].list_price_minor == 1
            raise Undo

    with pytest.raises(Undo):
        undone()
    with shop.unit() as unit:
        catalog.change(unit, product.product_id, ProductChanges(list_price_minor=900))
    with shop.unit() as unit:
        assert catalog.for_sale(unit, ["A"])["A"].list_price_minor == 900


@pytest.mark.parametrize("asked_before", [True, False])
def test_who_changes_leaves_no_half_done_copy(world: World, asked_before: bool) -> None:
    shop = world.merchant()
    product = shop.product("A", price=1000)

    def price(unit: Unit) -> int | None:
        return catalog.for_sale(unit, ["A"])["A"].list_price_minor

    copy = Standing(lambda unit: catalog.get(unit, product.product_id).list_price_minor, "catalog")

    def undone() -> None:
        with shop.unit() as unit:
            if asked_before:
                versions(unit)
            catalog.change(unit, product.product_id, ProductChanges(list_price_minor=1))
            assert (copy.of(unit), price(unit)) == (1, 1)
            catalog.change(unit, product.product_id, ProductChanges(list_price_minor=2))
            raise Undo

    with pytest.raises(Undo):
        undone()
    with shop.unit() as unit:
        assert (copy.of(unit), price(unit)) == (1000, 1000)
    with shop.unit() as unit:
        catalog.change(unit, product.product_id, ProductChanges(list_price_minor=1))
        copy.of(unit)
        catalog.change(unit, product.product_id, ProductChanges(list_price_minor=2))
    with shop.unit() as unit:
        assert copy.of(unit) == 2


def test_merchants_do_not_share_copies(world: World) -> None:
    ours, theirs = world.merchant(), world.merchant()
    ours.product("A", price=1000)
    theirs.product("A", price=2000)
    prices = []
    for shop in (ours, theirs, ours):
        with shop.unit() as unit:
            prices.append(catalog.for_sale(unit, ["A"])["A"].list_price_minor)
            assert tenancy.premises(unit).merchant == shop.merchant
    assert prices == [1000, 2000, 1000]


def test_many_tills_and_a_changing_catalogue(world: World) -> None:
    """Whatever is read is a price that was current when the reading transaction began, or later."""
    shop = world.merchant()
    product = shop.product("A", price=1)
    wrong: list[tuple[int, int]] = []

    def look() -> None:
        for _ in range(60):
            with shop.unit() as unit:
                before = catalog.get(unit, product.product_id).list_price_minor or 0
                seen = catalog.for_sale(unit, ["A"])["A"].list_price_minor or 0
            if seen < before:
                wrong.append((before, seen))

    tills = [Thread(target=look) for _ in range(4)]
    for till in tills:
        till.start()
    for price in range(2, 40):
        with shop.unit() as unit:
            catalog.change(unit, product.product_id, ProductChanges(list_price_minor=price))
    for till in tills:
        till.join()
    assert wrong == []
