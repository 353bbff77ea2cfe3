"""Who watches events misses none; who keeps them, keeps them so long."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from shuke.entrypoints.retention import forget
from shuke.events import retention
from shuke.kernel.clock import SimulatedClock
from tests.support.tracking import sender
from tests.support.world import World


def page(name: str) -> dict[str, Any]:
    return {"type": "page", "userId": "u1", "name": name, "properties": {"email": "a@b.cn"}}


def watch(client: TestClient, position: str | None = None, **query: str) -> tuple[list[str], str]:
    told = client.get("/v1/events/latest", params={**query, **({"after": position} if position else {})}).json()
    return [event["name"] for event in told["items"]], told["position"]


def test_whoever_watches_sees_each_event_once_and_late_ones_too(world: World) -> None:
    shop = world.merchant()
    till, web = sender(shop), sender(shop)
    client = world.client(shop.login)
    till.take(page("before"))
    seen, position = watch(client)
    assert seen == ["before"]
    with shop.database.merchant(shop.merchant_id) as slow:
        slow.connection.exec_driver_sql("SELECT pg_current_xact_id()")  # began to write before the others
        web.take(page("during"))
        seen, position = watch(client, position)
        assert seen == [], "nothing is shown that another could still come before"
    till.take(page("after"))
    seen, position = watch(client, position)
    assert seen == ["after", "during"]
    assert watch(client, position)[0] == []
    web.take(page("more"))
    assert watch(client, position, name="other")[0] == []
    assert watch(client, position, name="more")[0] == ["more"]
    assert client.get("/v1/events/latest", params={"after": "WyJ4Il0"}).status_code == 422


def test_what_is_over_is_deleted_with_what_was_sealed(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    source = sender(shop)
    client = world.client(shop.login)
    assert client.get("/v1/events/retention").json() == {"events_days": 730, "quarantine_days": 90}
    kept = {"events_days": 40, "quarantine_days": 10}
    assert client.put("/v1/events/retention", json=kept).json() == kept
    for number in range(5):
        source.take(page(f"old {number}"), {"type": "wink", "n": number})
    clock.advance(timedelta(days=11))
    source.take(page("young"), {"type": "wink", "n": "young"})
    assert forget(shop.database, shop.merchant_id) == 5
    assert (len(source.kept()), len(source.aside())) == (6, 1)
    clock.advance(timedelta(days=30))
    with shop.unit() as unit:
        assert retention.forget_batch(unit, unit.now(), limit=2) == 3
    assert forget(shop.database, shop.merchant_id) == 3
    assert [row["name"] for row in source.kept()] == ["young"]
    with shop.unit() as unit:
        sealed = unit.connection.exec_driver_sql("SELECT count(*) FROM event_personal").scalar()
    assert sealed == 1


def test_events_are_kept_longer_than_they_may_be_late(world: World) -> None:
    shop = world.merchant()
    sender(shop, late_days=30)
    client = world.client(shop.login)
    refused = client.put("/v1/events/retention", json={"events_days": 30, "quarantine_days": 10})
    assert (refused.status_code, refused.json()["code"]) == (409, "forgets_too_soon")
    assert client.put("/v1/events/retention", json={"events_days": 31, "quarantine_days": 10}).status_code == 200
    late = {"name": "late", "kind": "pos", "late_days": 31}
    assert client.post("/v1/event-sources", json=late).json()["code"] == "forgets_too_soon"
