"""A merchant, its settings, its stores and regions, and the log of what was done."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.kernel.clock import SimulatedClock
from shuke.tenancy.model import Role
from tests.support.every_table import fill
from tests.support.world import World


def _store(client: TestClient, **given: Any) -> dict[str, Any]:
    answer = client.post("/v1/stores", json={"code": "S1", "name": "人民路店", **given})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_store_opens_and_closes_on_its_days(world: World, clock: SimulatedClock) -> None:
    """By the merchant's own calendar: noon UTC plus twelve hours is the next day in Shanghai already."""
    client = world.client(world.merchant().login)
    store = _store(client, opened_on="2026-03-03", closed_on="2026-03-05")
    statuses = []
    for _ in range(8):
        statuses.append(client.get("/v1/stores").json()["items"][0]["status"])
        found = client.get("/v1/stores", params={"status": statuses[-1]}).json()["items"]
        assert [item["id"] for item in found] == [store["id"]]
        clock.advance(timedelta(hours=9))
        client = world.client(client.get("/v1/session").json()["account"]["login"])
    assert statuses == ["planned"] * 2 + ["open"] * 5 + ["closed"]


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"closed_on": "2025-12-31"}, 422, "closed_on"),
        ({"region_id": "reg_" + "0" * 32}, 422, "region_id"),
        ({"code": "S2"}, 409, None),
        ({"code": "with space"}, 422, "code"),
        ({"name": ""}, 422, "name"),
        ({"colour": "red"}, 422, "colour"),
    ],
)
def test_a_wrong_change_of_a_store_changes_nothing(
    world: World, change: dict[str, str], status: int, where: str | None
) -> None:
    client = world.client(world.merchant().login)
    store = _store(client, opened_on="2026-01-01")
    _store(client, code="S2")
    before = client.get("/v1/stores").json(), client.get("/v1/audit-log").json()
    answer = client.patch(f"/v1/stores/{store['id']}", json=change)
    assert answer.status_code == status, answer.text
    if where:
        assert [field["path"] for field in answer.json()["fields"]] == [where]
    assert (client.get("/v1/stores").json(), client.get("/v1/audit-log").json()) == before


def test_null_clears_and_absence_leaves(world: World) -> None:
    client = world.client(world.merchant().login)
    region = client.post("/v1/regions", json={"name": "华东"}).json()
    store = _store(client, region_id=region["id"], opened_on="2026-01-01")
    path = f"/v1/stores/{store['id']}"
    assert client.patch(path, json={"name": "新名"}).json()["region"] == region
    cleared = client.patch(path, json={"region_id": None, "name": None}).json()
    assert (cleared["region"], cleared["name"], cleared["opened_on"]) == (None, "新名", "2026-01-01")
    assert client.get("/v1/regions").json()["items"] == [{**region, "stores": 0}]


def test_search_takes_letters_as_they_are(world: World) -> None:
    client = world.client(world.merchant().login)
    for code, name in (("A1", "100% 鲜"), ("A_2", "人民路"), ("B1", "人民广场")):
        _store(client, code=code, name=name)
    found = {q: [item["code"] for item in client.get("/v1/stores", params={"q": q}).json()["items"]] for q in _SEARCHES}
    assert found == _SEARCHES


_SEARCHES = {"人民": ["A_2", "B1"], "%": ["A1"], "_": [], "a_": ["A_2"], "a": ["A1", "A_2"], "\\": [], "路": ["A_2"]}


def test_staff_of_some_stores_see_those(world: World) -> None:
    shop = world.merchant()
    here, _there = shop.store(), shop.store()
    client = world.client(shop.staff(Role.CASHIER, [here]))
    assert [item["code"] for item in client.get("/v1/stores").json()["items"]] == [here.code]
    assert client.get("/v1/stores/export").text.count("\n") == 2


def test_currency_and_time_zone_stand_once_there_are_orders(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    assert client.patch("/v1/settings", json={"currency": "USD"}).json()["currency"] == "USD"
    with world.database.merchant(shop.merchant_id) as unit:
        fill(unit, "order")
    assert client.get("/v1/settings").json()["has_orders"] is True
    for change in ({"currency": "CNY"}, {"timezone": "America/New_York"}, {"currency": "CNY", "name": "新名"}):
        answer = client.patch("/v1/settings", json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "books_are_open")
    same = client.patch("/v1/settings", json={"currency": "USD", "name": "新名", "locale": "en"}).json()
    assert (same["name"], same["locale"], same["currency"]) == ("新名", "en", "USD")


@pytest.mark.parametrize(
    "change",
    [{"currency": "XXX"}, {"timezone": "Mars/Base"}, {"timezone": "/etc/passwd"}, {"locale": "fr"}, {"name": "a\0b"}],
)
def test_impossible_settings(world: World, change: dict[str, str]) -> None:
    client = world.client(world.merchant().login)
    before = client.get("/v1/settings").json()
    assert client.patch("/v1/settings", json=change).status_code == 422
    assert client.get("/v1/settings").json() == before


def test_the_platform_opens_merchants(world: World) -> None:
    client = world.client(world.platform_admin())
    body = {"name": "新店", "currency": "CNY", "timezone": "Asia/Shanghai", "owner": {"login": "boss", "name": "老板"}}
    opened = client.post("/v1/merchants", json=body).json()
    assert [item["id"] for item in client.get("/v1/merchants", params={"q": "新"}).json()["items"]] == [opened["id"]]
    owner = world.client()
    signed = owner.post("/v1/session", json={"login": "boss", "password": opened["owner"]["password"]})
    assert signed.json()["role"] == "owner"
    assert len(owner.get("/v1/programme").json()["tiers"]) == 4
    first = owner.get("/v1/audit-log", params={"action": "merchant.opened"}).json()["items"][0]
    assert (first["actor"]["kind"], first["after"]["name"]) == ("platform", "新店")
    taken = client.post("/v1/merchants", json={**body, "name": "另一家"})
    assert taken.json()["code"] == "login_taken"
    assert len(client.get("/v1/merchants", params={"q": "另一家"}).json()["items"]) == 0


def test_the_log_is_found_by_what_it_tells(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    region = client.post("/v1/regions", json={"name": "华东"}).json()["id"]
    clock.advance(timedelta(hours=11, minutes=59))
    client = world.client(shop.login)
    client.patch(f"/v1/regions/{region}", json={"name": "=华南"})
    clock.advance(timedelta(minutes=1))
    client.patch(f"/v1/regions/{region}", json={"name": "华北"})

    def actions(**wanted: str) -> list[str]:
        return [entry["action"] for entry in client.get("/v1/audit-log", params=wanted).json()["items"]]

    assert actions(subject=region) == ["region.renamed", "region.renamed", "region.added"]
    assert actions(subject=region, sort="at")[0] == "region.added"
    assert actions(subject="region", action="region.added") == ["region.added"]
    assert actions(action="region") == ["region.renamed", "region.renamed", "region.added"]
    assert actions(**{"from": "2026-03-03", "to": "2026-03-03"}) == ["region.renamed"], "midnight in Shanghai"
    assert actions(action="region", to="2026-03-02") == ["region.renamed", "region.added"]
    assert actions(actor="店主", action="region.added") == ["region.added"]
    assert actions(actor="nobody") == []
    pages = client.get("/v1/audit-log", params={"limit": 2}).json()
    following = client.get("/v1/audit-log", params={"limit": 2, "cursor": pages["next_cursor"]}).json()
    assert {item["id"] for item in pages["items"]} & {item["id"] for item in following["items"]} == set()
    assert client.get("/v1/audit-log", params={"from": "2026-03-03", "to": "2026-03-02"}).status_code == 422
    exported = client.get("/v1/audit-log/export", params={"subject": region})
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert exported.text.startswith("\ufeffat,")
    assert exported.text.count("\n") == 4
