"""What breaks at one merchant keeps no other from its turn, whatever the job."""

from uuid import UUID

import pytest
from structlog.testing import capture_logs

from shuke.entrypoints import worker
from shuke.entrypoints.wiring import Installation
from shuke.infra.jobs import queue_app
from tests.support.tracking import sender
from tests.support.world import World

MINUTE = (
    ("insight.refresh", "refresh"),
    ("identity.follow", "recognise"),
    ("events.schemas", "look_at_events"),
    ("orders.let_go", "let_go"),
    ("benefits.give", "give_due"),
    ("tags.expire", "lapse_tags"),
    ("nightly", "_by_the_hour"),
)


def run(world: World, job: str) -> None:
    installation = Installation(world.settings, world.database, "", "", None)
    url = world.database.engine.url.render_as_string(hide_password=False)
    worker.tasks(installation, queue_app(url)).tasks[job].func(timestamp=0)


@pytest.mark.parametrize(("job", "part"), MINUTE)
def test_the_others_have_their_turn(world: World, monkeypatch: pytest.MonkeyPatch, job: str, part: str) -> None:
    there = {world.merchant(name).merchant_id for name in ("甲", "乙", "丙")}
    turns: list[UUID] = []

    def breaking(_database: object, merchant_id: UUID) -> None:
        turns.append(merchant_id)
        if len(turns) == 1:
            raise RuntimeError("broken")

    monkeypatch.setattr(worker, part, breaking)
    with capture_logs() as logs:
        run(world, job)
    assert there <= set(turns)
    assert [(each["event"], each["job"]) for each in logs if each["log_level"] == "error"] == [("job.broke_off", job)]


def test_people_are_recognised_after_a_batch_that_breaks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = [world.merchant(name) for name in ("甲", "乙")]
    senders = [sender(shop) for shop in shops]
    for each in senders:
        each.take({"type": "page", "anonymousId": "a"})
    real, broken = worker.recognise, shops[0].merchant_id

    def breaking(database: object, merchant_id: UUID) -> None:
        if merchant_id == broken:
            raise RuntimeError("broken")
        real(database, merchant_id)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "recognise", breaking)
    run(world, "identity.follow")
    for shop, seen in zip(shops, (0, 1), strict=True):
        with shop.unit() as unit:
            assert len(unit.connection.exec_driver_sql("SELECT 1 FROM visitors").all()) == seen


def test_what_breaks_at_night_keeps_nothing_else_of_the_merchant(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, done = world.merchant(), []
    monkeypatch.setattr(worker, "_is_night", lambda *_: True)
    for part in ("nightly", "forget", "reckon", "drop_files", "close_shared_packets"):

        def breaking(*_: object, part: str = part) -> None:
            done.append(part)
            raise RuntimeError("broken")

        monkeypatch.setattr(worker, part, breaking)
    worker._by_the_hour(Installation(world.settings, world.database, "", "", None), shop.merchant_id)
    assert done == ["nightly", "forget", "reckon", "drop_files", "close_shared_packets"]
