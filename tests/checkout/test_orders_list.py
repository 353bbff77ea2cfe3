"""Orders found again: filters, sorts, pages, export, and whose they are."""

from datetime import timedelta
from typing import Any

import pytest

from shuke.checkout.listing import OrderSort
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.support.till import Till, member_id


@pytest.fixture
def week(till: Till) -> Till:
    """Seven days of orders, the n-th of n loaves of bread; a member's on every second day; the last elsewhere."""
    member = till.shop.member(name="=cmd()", card="VIP0001")
    home = till.store
    till.client = till.as_machine()
    for day in range(1, 8):
        if day == 7:
            till.store = till.shop.store("S-ELSE", "别处")
        channel = {"channel": "online"} if day == 3 else {}
        till.settle([("BREAD", day)], member if day % 2 == 0 else None, external_ref=f"R{day}", **channel)
        till.world.clock.advance(timedelta(days=1))
    till.store = home
    return till


def units(till: Till, **query: Any) -> list[int]:
    answer = till.client.get("/v1/orders", params=query)
    assert answer.status_code == 200, answer.text
    return [row["units"] for row in answer.json()["items"]]


def test_filters(week: Till) -> None:
    member = week.client.post("/v1/identify", json={"card": "VIP0001"}).json()["member"]["id"]
    number = week.client.get("/v1/orders", params={"q": "R5"}).json()["items"][0]["number"]
    assert units(week) == [7, 6, 5, 4, 3, 2, 1]
    assert units(week, **{"from": "2026-03-03", "to": "2026-03-05"}) == [4, 3, 2]
    assert units(week, store_id=week.store_id) == [6, 5, 4, 3, 2, 1]
    assert units(week, member_id=member) == [6, 4, 2]
    assert units(week, channel="online") == [3]
    assert units(week, source="shuke", q=number.lower()) == [5]
    assert units(week, min_minor=1500, max_minor=2500) == [5, 4, 3]
    assert units(week, q="R99") == []


def test_pages_walk_every_order_once(week: Till) -> None:
    for sort in OrderSort:
        walk(week, sort)


def walk(week: Till, sort: str) -> None:
    seen: list[int] = []
    cursor = None
    while True:
        query = {"limit": "2", "sort": sort} | ({"cursor": cursor} if cursor else {})
        page = week.client.get("/v1/orders", params=query).json()
        seen += [row["units"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == [1, 2, 3, 4, 5, 6, 7]
    if "discount" not in sort:
        assert seen == sorted(seen, reverse=sort.startswith("-"))


def test_bad_queries(week: Till) -> None:
    for query in (
        {"sort": "cashier"},
        {"limit": "0"},
        {"limit": "1000"},
        {"cursor": "x"},
        {"from": "yesterday"},
        {"store_id": "sto_1"},
        {"q": "\0"},
        {"min_minor": str(10**30)},
    ):
        assert week.client.get("/v1/orders", params=query).status_code == 422, query


def test_a_cashier_sees_the_orders_of_her_store(week: Till) -> None:
    elsewhere = week.client.get("/v1/orders", params={"q": "R7"}).json()["items"][0]
    cashier = week.as_staff(Role.CASHIER, week.store)
    assert [row["units"] for row in cashier.get("/v1/orders").json()["items"]] == [6, 5, 4, 3, 2, 1]
    asked = cashier.get("/v1/orders", params={"store_id": elsewhere["store"]["id"]})
    assert asked.json()["items"] == []
    assert cashier.get(f"/v1/orders/{elsewhere['id']}").status_code == 404
    assert cashier.get("/v1/orders/export").status_code == 403


def test_another_merchant_sees_none_of_it(week: Till) -> None:
    order = week.client.get("/v1/orders").json()["items"][0]
    stranger = week.world.client(week.world.merchant().login)
    assert stranger.get("/v1/orders").json()["items"] == []
    assert stranger.get(f"/v1/orders/{order['id']}").status_code == 404


def test_the_export_is_a_safe_csv(week: Till) -> None:
    answer = week.client.get("/v1/orders/export", params={"sort": "placed_at", "to": "2026-03-03"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,placed_at,business_day,store_code")
    assert len(lines) == 3
    assert ",R1,paid,1,1,500,0,500,500,0,0" in lines[1]
    assert "2026-03-03" in lines[2]


def test_a_reference_that_is_a_formula_is_exported_as_text(till: Till) -> None:
    till.settle([("BREAD", 1)], external_ref="=1+1")
    assert ",'=1+1," in till.client.get("/v1/orders/export").text


def test_an_order_that_is_not_there(till: Till) -> None:
    missing = till.client.get(f"/v1/orders/{show(Prefix.ORDER, till.store.store_id)}")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert till.client.get("/v1/orders/ord_1").status_code == 422
    assert till.client.get("/v1/orders", params={"member_id": member_id(till.shop.member())}).json()["items"] == []
