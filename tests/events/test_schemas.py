"""What events look like is noted, and may be enforced."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.entrypoints.worker import look_at_events
from shuke.events import inferring, schemas
from tests.support.tracking import Sender, sender
from tests.support.world import Shop, World


@pytest.fixture
def shop(world: World) -> Shop:
    return world.merchant()


@pytest.fixture
def client(world: World, shop: Shop) -> TestClient:
    return world.client(shop.login)


def rated(number: int, **properties: Any) -> dict[str, Any]:
    message = {"type": "track", "userId": "u1", "event": "Order Rated", "messageId": str(number)}
    return {**message, "properties": properties}


def schema(client: TestClient, name: str = "Order Rated") -> Any:
    look = client.get("/v1/event-schemas").json()["items"]
    (found,) = (item for item in look if item["name"] == name)
    return client.get(f"/v1/event-schemas/{found['id']}").json()


def enforce(client: TestClient, found: Any, properties: Any, *, others: bool = True) -> Any:
    body = {"mode": "enforced", "properties": properties, "others": others}
    answer = client.put(f"/v1/event-schemas/{found['id']}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def reasons(source: Sender) -> list[tuple[str, str]]:
    return sorted((reason, field) for reason, field, _ in source.aside())


def test_what_comes_is_noted_once(shop: Shop, client: TestClient) -> None:
    source = sender(shop)
    source.take(*(rated(number, stars=number, note="好" if number else None, email="a@b.cn") for number in range(3)))
    source.take({"type": "identify", "userId": "u1", "traits": {"plan": "gold"}})
    look_at_events(shop.database, shop.merchant_id)
    source.take(rated(3, stars="five"), rated(0, stars=0))
    for _ in range(2):
        look_at_events(shop.database, shop.merchant_id)
    found = schema(client)
    assert (found["mode"], found["seen"], found["properties"]) == ("inferred", 4, {})
    assert found["sightings"] == {"stars": {"number": 3, "text": 1}, "note": {"text": 2}}
    assert found["inferred"] == {
        "stars": {"types": ["number", "text"], "required": True},
        "note": {"types": ["text"], "required": False},
    }
    assert schema(client, "")["sightings"] == {"plan": {"text": 1}}


def test_names_without_end_are_not_noted_without_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "SCHEMAS_MAX", 5)
    source = sender(shop)
    source.take(*({"type": "track", "userId": "u1", "event": f"E{number:02d}"} for number in range(20)))
    with shop.unit() as unit:
        assert inferring.follow(unit, limit=7)
    look_at_events(shop.database, shop.merchant_id)
    with shop.unit() as unit:
        assert schemas.room(unit) == 0
    assert len(source.kept()) == 20


def test_what_does_not_fit_is_set_aside_until_the_schema_is_changed(shop: Shop, client: TestClient) -> None:
    source = sender(shop)
    source.take(rated(0, stars=5))
    look_at_events(shop.database, shop.merchant_id)
    stars = {"stars": {"types": ["number"], "required": True}}
    enforce(client, schema(client), stars, others=False)
    source.take(
        rated(1, stars=4), rated(2, stars="many"), rated(3), rated(4, stars=1, extra=True), rated(5, stars=None)
    )
    assert len(source.kept()) == 2
    assert reasons(source) == [("schema", ""), ("schema", "stars"), ("schema", "stars"), ("schema", "stars")]

    looser = {"stars": {"types": ["number", "text"], "required": True}}
    enforce(client, schema(client), looser)
    ids = [item["id"] for item in client.get("/v1/events/quarantine", params={"reason": "schema"}).json()["items"]]
    preview = client.post("/v1/events/quarantine/replay", json={"ids": ids, "preview": True})
    assert preview.json() == {"replayed": 2, "left": 2}
    assert len(source.kept()) == 2, "a preview changes nothing"
    assert client.post("/v1/events/quarantine/replay", json={"ids": ids}).json() == {"replayed": 2, "left": 2}
    assert len(source.kept()) == 4


def test_a_strict_source_sends_only_what_is_decided(shop: Shop, client: TestClient) -> None:
    strict, other = sender(shop), sender(shop)
    (mine,) = (
        item for item in client.get("/v1/event-sources").json()["items"] if item["write_key"] == strict.write_key
    )
    changed = client.patch(f"/v1/event-sources/{mine['id']}", json={"mode": "enforced"}).json()
    assert (changed["mode"], changed["write_key"]) == ("enforced", strict.write_key)
    declared = client.post("/v1/event-schemas", json={"type": "track", "name": "Order Rated", "mode": "enforced"})
    assert declared.status_code == 201
    for source in (strict, other):
        message = {"batch": [rated(0), {"type": "page", "userId": "u1", "name": "Home"}], "writeKey": source.write_key}
        assert client.post("/v1/segment/batch", json=message).status_code == 200
    assert ([row["name"] for row in strict.kept()], reasons(strict)) == (["Order Rated"], [("schema", "")])
    assert len(other.kept()) == 2


def test_a_schema_is_tried_before_it_counts(shop: Shop, client: TestClient) -> None:
    source = sender(shop)
    source.take(*(rated(number, stars=number or "none", email="a@b.cn") for number in range(4)))
    look_at_events(shop.database, shop.merchant_id)
    found = schema(client)
    email = {"types": ["text"], "required": True}
    body = {"mode": "enforced", "properties": {"stars": {"types": ["number"]}, "email": email}, "others": False}
    trial = client.post(f"/v1/event-schemas/{found['id']}/trial", json=body).json()
    assert trial == {"tried": 4, "refused": 1, "by_property": {"stars": 1}}
    assert schema(client) == found


def test_schemas_are_declared_once_and_forgotten(shop: Shop, client: TestClient) -> None:
    body = {"type": "track", "name": "Planned", "mode": "inferred"}
    assert client.post("/v1/event-schemas", json=body).status_code == 201
    assert client.post("/v1/event-schemas", json=body).json()["code"] == "schema_known"
    path = f"/v1/event-schemas/{schema(client, 'Planned')['id']}"
    assert [client.delete(path).status_code for _ in range(2)] == [204, 404]
