"""Events and the quarantine, as people look at them."""

from datetime import timedelta

from fastapi.testclient import TestClient

from shuke.events.api.explorer import WORDS
from shuke.events.model import Reason
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.support.tracking import ago, sender
from tests.support.world import World


def _all(client: TestClient, path: str, **query: str) -> list[dict[str, object]]:
    """Every page, two rows each."""
    found, cursor = [], None
    while True:
        page = client.get(path, params={"limit": 2, **query, **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_events_are_listed_latest_first(world: World) -> None:
    shop = world.merchant()
    till, web = sender(shop), sender(shop)
    till.take({"type": "track", "userId": "u1", "event": "Paid", "properties": {"email": "a@b.cn", "n": 1}})
    web.take({"type": "page", "anonymousId": "a1", "name": "Home"})
    web.take({"type": "page", "anonymousId": "a1", "name": "Cart"})
    client = world.client(shop.login)
    events = _all(client, "/v1/events")
    assert [event["name"] for event in events] == ["Cart", "Home", "Paid"]
    assert events[2]["body"] == {"properties": {"n": 1}}
    assert events[2]["namespaces"] == ["user_id"]
    source = show(Prefix.EVENT_SOURCE, web.source.source_id)
    assert [event["name"] for event in _all(client, "/v1/events", source_id=source)] == ["Cart", "Home"]
    assert [event["name"] for event in _all(client, "/v1/events", type="track")] == ["Paid"]
    assert [event["name"] for event in _all(client, "/v1/events", name="Home")] == ["Home"]
    assert "a@b.cn" not in client.get("/v1/events").text


def test_the_quarantine_says_why_and_shows_messages_to_whoever_may_see_them(world: World) -> None:
    shop = world.merchant()
    web = sender(shop)
    web.take({"type": "track", "userId": "king@example.com"}, {"type": "wink"}, 7)
    client = world.client(shop.login)
    aside = _all(client, "/v1/events/quarantine")
    assert {item["reason"] for item in aside} == {"no_event_name", "unknown_type", "wrong_type"}
    (nameless,) = _all(client, "/v1/events/quarantine", reason="no_event_name")
    assert nameless["message"] == '{"type":"track","userId":"king@example.com"}'
    assert (nameless["field"], nameless["words"]) == (
        "event",
        {"zh": "没有事件名。", "en": "It does not name the event."},
    )
    analyst = world.client(shop.staff(Role.ANALYST))
    assert [item["message"] for item in _all(analyst, "/v1/events/quarantine")] == [None] * 3


def test_what_can_be_read_by_now_is_replayed_once(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    till = sender(shop)
    page = {"type": "page", "userId": "u1", "name": "Home"}
    old, ahead = (page | {"timestamp": ago(clock.now(), days=days)} for days in (40, -3))
    till.take(old, ahead, {"type": "wink"}, page | {"properties": {"pad": "x" * 33_000}})
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"
    ids = [item["id"] for item in _all(client, "/v1/events/quarantine")]
    counts = []
    for hours in (0, 48, 0):
        clock.advance(timedelta(hours=hours))
        answer = client.post("/v1/events/quarantine/replay", json={"ids": ids})
        counts.append(answer.json())
    assert counts == [{"replayed": 1, "left": 3}, {"replayed": 2, "left": 2}, {"replayed": 2, "left": 2}]
    assert {row["occurred_at"].isoformat() for row in till.kept()} == {old["timestamp"], ahead["timestamp"]}
    assert {item["reason"] for item in _all(client, "/v1/events/quarantine")} == {"unknown_type", "too_large"}


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Reason)
