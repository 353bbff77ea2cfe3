"""The tracking API: messages come in over HTTP as the protocol says."""

import base64
import gzip
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.events.pace import Pace
from shuke.kernel.clock import SimulatedClock
from shuke.tenancy.model import Permission
from tests.support.tracking import Sender, ago, sender
from tests.support.world import World


def basic(key: str, colon: str = ":") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}{colon}".encode()).decode()}


@pytest.fixture
def web(world: World) -> Sender:
    return sender(world.merchant())


@pytest.fixture
def client(world: World) -> TestClient:
    return world.client()


CALLS: dict[str, dict[str, Any]] = {
    "identify": {"userId": "u1", "traits": {"plan": "gold"}},
    "track": {"userId": "u1", "event": "Order Rated", "properties": {"stars": 5}},
    "page": {"anonymousId": "a1", "name": "Home", "category": "Mall"},
    "screen": {"anonymousId": "a1", "category": "Mall"},
    "group": {"userId": "u1", "groupId": "g1", "traits": {"size": 3}},
    "alias": {"userId": "u1", "previousId": "a1"},
}


def test_every_call_is_taken(web: Sender, client: TestClient) -> None:
    for below in ("", "/v1"):
        for call, body in CALLS.items():
            answer = client.post(f"/v1/segment{below}/{call}", json=body, headers=basic(web.write_key))
            assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert {(row["type"], row["name"]) for row in web.kept()} == {
        ("identify", ""),
        ("track", "Order Rated"),
        ("page", "Home"),
        ("screen", "Mall"),
        ("group", ""),
        ("alias", ""),
    }
    assert web.aside() == []


def test_a_source_shows_its_write_key(web: Sender, client: TestClient) -> None:
    ways: list[tuple[dict[str, str], dict[str, str]]] = [
        ({}, basic(web.write_key)),
        ({}, basic(web.write_key, colon="")),
        ({"writeKey": web.write_key}, {}),
    ]
    for number, (shown, headers) in enumerate(ways):
        body = {**CALLS["track"], **shown, "messageId": str(number)}
        assert client.post("/v1/segment/track", json=body, headers=headers).status_code == 200
    assert len(web.kept()) == 3


def test_a_wrong_or_revoked_key_is_refused(world: World, client: TestClient) -> None:
    shop = world.merchant()
    mine = sender(shop)
    boss = world.client(shop.login)
    source = boss.get("/v1/event-sources").json()["items"][0]
    assert source["write_key"] == mine.write_key
    assert boss.delete(f"/v1/event-sources/{source['id']}").status_code == 204
    other = mine.write_key[:-1] + ("A" if mine.write_key[-1] != "A" else "B")
    for key in (mine.write_key, other, "wk_x_y", "sk_1", "", "é"):
        for body, headers in ((CALLS["track"], basic(key)), ({**CALLS["track"], "writeKey": key}, {})):
            answer = client.post("/v1/segment/track", json=body, headers=headers)
            assert answer.status_code == 401, key
            assert {"success": False, "code": "wrong_write_key"}.items() <= answer.json().items()
            assert answer.json()["message"]
    assert mine.kept() == []


def test_who_may_only_look_sees_no_key(world: World, client: TestClient) -> None:
    shop = world.merchant()
    sender(shop)
    client.headers["Authorization"] = f"Bearer {shop.key(Permission.EVENTS_READ)}"
    assert [item["write_key"] for item in client.get("/v1/event-sources").json()["items"]] == [None]


def test_a_batch_says_for_all_what_lies_under_each(web: Sender, client: TestClient) -> None:
    batch = {
        "batch": [
            {"type": "track", "userId": "u1", "event": "A", "messageId": "1"},
            {"type": "track", "userId": "u1", "event": "B", "messageId": "2", "context": {"locale": "en"}},
            {"type": "wink", "userId": "u1", "messageId": "3"},
        ],
        "context": {"locale": "zh", "timezone": "Asia/Shanghai"},
    }
    body = gzip.compress(json.dumps(batch).encode())
    headers = {**basic(web.write_key), "Content-Encoding": "gzip", "Content-Type": "text/plain"}
    for _ in range(2):
        assert client.post("/v1/segment/batch", content=body, headers=headers).status_code == 200
    contexts = {row["name"]: row["body"]["context"] for row in web.kept()}
    assert contexts == {
        "A": {"locale": "zh", "timezone": "Asia/Shanghai"},
        "B": {"locale": "en", "timezone": "Asia/Shanghai"},
    }
    assert [(reason, field) for reason, field, _ in web.aside()] == [("unknown_type", "type")]


def test_clocks_that_are_wrong_are_corrected_but_not_for_history(
    web: Sender, client: TestClient, clock: SimulatedClock
) -> None:
    now = clock.now()
    message = {"type": "track", "userId": "u1", "event": "A", "timestamp": ago(now, hours=3)}
    body = {"batch": [message], "sentAt": ago(now, hours=2)}
    old = {"batch": [{**message, "event": "B", "timestamp": ago(now, days=900)}], "sentAt": ago(now, hours=2)}
    for call, said in (("batch", body), ("batch", old), ("import", old)):
        assert client.post(f"/v1/segment/{call}", json=said, headers=basic(web.write_key)).status_code == 200
    found = {row["name"]: row["occurred_at"].isoformat() for row in web.kept()}
    assert found == {"A": ago(now, hours=1), "B": ago(now, days=900)}
    assert [reason for reason, _, _ in web.aside()] == ["too_old"]


def test_what_is_personal_is_sealed(web: Sender, client: TestClient, world: World) -> None:
    said = {
        "userId": "king@example.com",
        "anonymousId": "a1",
        "traits": {"name": "王小明", "phone": "13800138000", "plan": "gold", "tags": ["vip", "+8613800138000"]},
        "context": {"ip": "203.0.113.77", "page": {"url": "https://x.cn/?m=king@example.com", "title": "首页"}},
    }
    assert client.post("/v1/segment/identify", json=said, headers=basic(web.write_key)).status_code == 200
    (row,) = web.kept()
    assert row["body"] == {
        "traits": {"plan": "gold", "tags": ["vip", None]},
        "context": {"ip": "203.0.113.0", "page": {"title": "首页"}},
    }
    assert row["personal"] == {
        "/userId": "king@example.com",
        "/traits/name": "王小明",
        "/traits/phone": "13800138000",
        "/traits/tags/1": "+8613800138000",
        "/context/page/url": "https://x.cn/?m=king@example.com",
    }
    with web.shop.unit() as unit:
        expected = [["user_id", "king@example.com"], ["anonymous_id", "a1"]]
        assert row["keys"] == [[space, unit.index(space, value).hex()] for space, value in expected]


def test_too_fast_is_told_to_wait(world: World, client: TestClient) -> None:
    slow = sender(world.merchant(), per_second=2)
    batch = {"batch": [{"type": "track", "userId": "u", "event": str(number)} for number in range(7)]}
    answers = [client.post("/v1/segment/batch", json=batch, headers=basic(slow.write_key)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["retry-after"] == "3"
    assert answers[1].json()["code"] == "too_many_events"
    assert client.post("/v1/segment/import", json=batch, headers=basic(slow.write_key)).status_code == 200
    assert len(slow.kept()) == 7


def test_a_bucket_fills_again(world: World) -> None:
    now = [100.0]
    pace, source = Pace(2, lambda: now[0]), sender(world.merchant(), per_second=10).source
    pace.enter(source)
    pace.take(source, 15)  # five a second are this process's share
    with pytest.raises(Exception, match="2 seconds"):
        pace.enter(source)
    now[0] += 2.1
    pace.enter(source)
