"""Tracked events, from the wire to whom a segment holds: they count for whoever she turns out to be."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shuke.audience import service
from shuke.audience.asking import lake_of
from shuke.audience.facts import changed
from shuke.audience.facts.native import present
from shuke.audience.segments import touching
from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import SOURCES, bring_up_to_date, follow
from shuke.entrypoints.lake_events import forget_old
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.retention import SUBJECTS, forget
from shuke.events.model import SourceKind
from shuke.events.service import note_schemas
from shuke.infra.lake.engine import opened
from shuke.infra.lake.exporting import exported, write
from shuke.infra.lake.folder import LakeFolder, Range
from shuke.kernel.ids import Prefix, parse, show
from shuke.members import service as members
from shuke.members.merging import merging, undoing
from shuke.members.model import Member
from shuke.members.privacy import retention
from tests.support.till import Till, open_till
from tests.support.tracking import Sender, ago, sender
from tests.support.world import World

PHONES = ("13800001111", "13800002222")


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    return open_till(world)


@pytest.fixture
def source(till: Till) -> Sender:
    return sender(till.shop, SourceKind.SERVER)


def _send(till: Till, source: Sender, *messages: dict[str, Any]) -> None:
    """As a library does; afterwards everybody in them is recognised."""
    answer = till.client.post("/v1/segment/batch", json={"writeKey": source.write_key, "batch": messages})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    recognise(till.world.database, till.shop.merchant_id)


def _viewed(till: Till, by: str, hours: float = 1, event: str = "Product Viewed", **said: object) -> dict[str, Any]:
    at = ago(till.world.clock.now(), hours=hours)
    return {"type": "track", "event": event, "timestamp": at, "anonymousId": by, "properties": said}


def _is(till: Till, by: str, phone: str) -> dict[str, Any]:
    """Who a visitor is, says a server."""
    at = ago(till.world.clock.now(), hours=5)
    return {"type": "identify", "timestamp": at, "anonymousId": by, "traits": {"phone": phone}}


def _tree(*where: dict[str, Any], test: str = "at_least", value: int = 1, **more: Any) -> dict[str, Any]:
    event = {"name": "Product Viewed"}
    return {
        "rule": "did",
        "what": {"fact": "event", "event": event, "where": where, **more},
        "times": {"test": test, "value": value},
    }


def _filter(name: str, test: str, **values: object) -> dict[str, Any]:
    return {"property": f"properties.{name}", "test": {"test": test, **values}}


def _held(till: Till, tree: dict[str, Any]) -> list[str]:
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    answer = till.post("segments/preview", {"tree": tree})
    assert answer.status_code == 200, answer.text
    return sorted(each["name"] for each in answer.json()["members"])


def test_from_a_batch_to_a_count(till: Till, source: Sender) -> None:
    one, other = till.shop.member(name="甲", phone=PHONES[0]), till.shop.member(name="乙", phone=PHONES[1])
    _send(till, source, _is(till, "a", PHONES[0]), _is(till, "b", PHONES[1]))
    _send(till, source, _viewed(till, "a", price=129.5, colour="red", sale=True, tags=["x"]), _viewed(till, "a", 50))
    _send(till, source, _viewed(till, "b", price=20, colour="blue"), _viewed(till, "nobody"))
    assert _held(till, _tree()) == ["乙", "甲"]
    assert _held(till, _tree(value=2)) == ["甲"]
    assert _held(till, _tree(value=2, window={"window": "last", "count": 2})) == []
    assert _held(till, _tree(_filter("price", "at_least", value=129_500))) == ["甲"]
    assert _held(till, _tree(_filter("colour", "is_not", values=["red"]))) == ["乙"]
    assert _held(till, _tree(_filter("sale", "is", values=["yes"]))) == ["甲"]
    assert _held(till, _tree(_filter("price", "missing"))) == ["甲"]
    assert _held(till, _tree(_filter("tags", "present"))) == [], "nothing is asked of lists"
    assert _held(till, _tree(test="at_most", value=1)) == ["乙"], "once, or never"
    spent = {"fact": "event", "event": {"name": "Product Viewed"}}
    measured = {"rule": "measure", "what": spent, "aggregate": "sum", "property": "properties.price"}
    assert _held(till, {**measured, "test": {"test": "at_most", "value": 20_000}}) == ["乙"]
    segment = till.post("segments", {"code": "v", "name": "看过", "tree": _tree()}).json()
    assert segment["words"]["zh"] == "一直以来行为事件“Product Viewed”的次数不少于 1"
    assert till.post(f"segments/{segment['id']}/refresh").json()["last"]["size"] == 2
    for member, times in ((one, 2), (other, 1)):
        why = till.client.get(f"/v1/segments/{segment['id']}/members/{show(Prefix.MEMBER, member.member_id)}/why")
        assert why.json()["why"]["value"] == times


def test_what_a_visitor_did_comes_in_when_she_joins(till: Till, source: Sender) -> None:
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a", 3), _viewed(till, "b", 2))
    assert _held(till, _tree()) == []
    _send(till, source, _is(till, "b", PHONES[0]))
    assert _held(till, _tree()) == [], "one visitor now, and nobody yet"
    till.shop.member(name="甲", phone=PHONES[0])
    assert _held(till, _tree(value=2)) == ["甲"]
    _send(till, source, _viewed(till, "b"), _viewed(till, "a", 9))
    assert _held(till, _tree() | {"times": {"test": "is", "values": [4]}}) == ["甲"], "each once"


def test_they_follow_merges_and_their_undoing(till: Till, source: Sender) -> None:
    one, other = till.shop.member(name="甲", phone=PHONES[0]), till.shop.member(name="乙", phone=PHONES[1])
    _send(till, source, _is(till, "a", PHONES[0]), _is(till, "b", PHONES[1]), _viewed(till, "a"), _viewed(till, "b"))
    assert _held(till, _tree()) == ["乙", "甲"]
    with till.shop.unit() as unit:
        merge_id = merging.merge(unit, PLAN, one.member_id, other.member_id).merge_id
    _send(till, source, _viewed(till, "b", 0.5))
    assert _held(till, _tree(value=3)) == ["甲"]
    with till.shop.unit() as unit:
        undoing.undo(unit, PLAN, merge_id)
    assert _held(till, _tree(value=2)) == ["乙"], "what she was recognised by is hers again"
    assert _held(till, _tree()) == ["乙", "甲"]


def test_nothing_is_left_of_who_was_erased(till: Till, source: Sender) -> None:
    member = till.shop.member(name="甲", phone=PHONES[0])
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a", colour="vermilion"))
    assert _held(till, _tree()) == ["甲"]
    with till.shop.unit() as unit:
        members.erase(unit, ERASING, member.member_id, "x", forfeit=True)
    root = till.world.settings.lake
    follow(till.world.database, root, till.shop.merchant_id)
    assert _events(LakeFolder.of(root, till.shop.merchant_id)).num_rows == 0
    assert _held(till, _tree()) == []
    with opened(present(LakeFolder.of(root, till.shop.merchant_id))) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchall() == [(0,)]


def test_they_are_kept_as_long_as_events_are(till: Till, source: Sender) -> None:
    till.shop.member(name="甲", phone=PHONES[0])
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a"))
    assert _held(till, _tree()) == ["甲"]
    database, root, merchant = till.world.database, till.world.settings.lake, till.shop.merchant_id
    till.client = till.as_machine()
    till.world.clock.advance(timedelta(days=729))
    _send(till, source, _viewed(till, "a"))
    assert (_held(till, _tree(value=2)), forget_old(database, root, merchant)) == (["甲"], 0)
    till.world.clock.advance(timedelta(days=2))
    assert [forget_old(database, root, merchant) for _ in range(2)] == [1, 0]
    _send(till, source, _viewed(till, "nobody"))
    till.shop.member(name="乙")
    assert _held(till, _tree()) == ["甲"]
    assert _held(till, _tree(value=2)) == []


def test_they_leave_when_it_is_not_kept_any_more_whose_they_are(till: Till, source: Sender) -> None:
    till.shop.member(name="甲", phone=PHONES[0])
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a", 24 * 6), _viewed(till, "a"))
    assert _held(till, _tree(value=2)) == ["甲"]
    with till.shop.unit() as unit:
        retention.keep_for(unit, SUBJECTS, {"timeline": 30})
    database, root, merchant = till.world.database, till.world.settings.lake, till.shop.merchant_id
    till.world.clock.advance(timedelta(days=25))
    forget(database, merchant)
    assert forget_old(database, root, merchant) == 1
    till.client = till.as_machine()
    assert (_held(till, _tree()), _held(till, _tree(value=2))) == (["甲"], [])


def test_exported_again_they_are_the_same(till: Till, source: Sender, tmp_path: Path) -> None:
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a", 3, price=1.25, on=False, page="/secret"))
    till.shop.member(phone=PHONES[0])
    _send(till, source, _viewed(till, "a", email="a@example.com", street="中山路", note="写信给 a@example.com"))
    merchant, root = till.shop.merchant_id, till.world.settings.lake
    bring_up_to_date(till.world.database, root, merchant)
    folder, whole = LakeFolder.of(root, merchant), LakeFolder(tmp_path / "whole")
    source_of_events = next(each for each in SOURCES if each.dataset == "events")
    with till.shop.unit() as unit:
        spans = exported(unit)
        write(unit, whole, source_of_events, Range(0, spans[-1].upto))
    found = _events(folder)
    assert found == _events(whole)
    assert [dict(row) for row in found["texts"].to_pylist()] == [{"on": "no", "page": "/secret"}, {}]
    assert [dict(row) for row in found["numbers"].to_pylist()] == [{"price": 1_250}, {}], "nothing personal"
    assert {row["name"] for row in found.to_pylist()} == {"Product Viewed"}


def _events(folder: LakeFolder) -> pa.Table:
    read = [pq.read_table(file) for file in folder.partitions("events")]
    return pa.concat_tables(read).sort_by("occurred_at") if read else pa.table({})


def test_looks_by_what_came_find_what_full_looks_find(
    till: Till, source: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever's events came in is asked about: also of a visitor who joins, and of whom days slide past."""
    for module in (touching, changed):
        monkeypatch.setattr(module, "MOST", 0)
    three = {"window": "last", "count": 3}
    trees = [_tree(), _tree(window=three), _tree(test="at_most", value=0), _tree(_filter("price", "present"))]
    trees.append({"rule": "sequence", "steps": [_tree()["what"], {"fact": "event", "event": {"name": "Bought"}}]})
    made = [
        parse(Prefix.SEGMENT, till.post("segments", {"code": f"s{at}", "name": "某", "tree": tree}).json()["id"])
        for at, tree in enumerate(trees)
    ]
    till.client = till.as_machine()

    def look() -> list[int | None]:
        root, asked = till.world.settings.lake, []
        bring_up_to_date(till.world.database, root, till.shop.merchant_id)
        for segment_id in made:
            with till.shop.unit() as unit:
                some = touching.touched(unit, root, lake_of(unit, root), service.get(unit, segment_id))
                service.refresh(unit, root, segment_id)
            with till.shop.unit() as unit:
                seen = service.refresh(unit, root, segment_id, partly=False).last
            assert seen is not None
            assert (seen.entered, seen.left) == (0, 0)
            asked.append(None if some is None else len(some.ids))
        return asked

    till.shop.member(phone=PHONES[1])
    _send(till, source, _is(till, "a", PHONES[0]), _is(till, "b", PHONES[1]), _viewed(till, "a", 3, price=2))
    look()
    _send(till, source, _viewed(till, "b", 2))
    assert look() == [1] * len(made)
    joined = till.shop.member(phone=PHONES[0])
    assert look() == [1] * len(made), "with what she did before she joined"
    for days, messages in ((1, [_viewed(till, "a", 2, "Bought")]), (2, []), (2, [])):
        if messages:
            _send(till, source, *messages)
        till.world.clock.advance(timedelta(days=days))
        look()
    with till.shop.unit() as unit:
        merging.merge(unit, PLAN, joined.member_id, till.shop.member().member_id)
    look()
    assert till.broken_laws() == []


def test_trees_about_events_say_what_is_wrong(till: Till) -> None:
    follow(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"fact": "event"}, "tree.what.event"),
        ({"fact": "order", "event": {"name": "x"}}, "tree.what.event"),
        ({"fact": "event", "event": {}, "where": [{"property": "price", "test": {"test": "missing"}}]}, "property"),
        ({"fact": "event", "event": {}, "where": [_filter("p", "is", values=[1, "a"])]}, "test.values"),
    ]
    for what, path in wrong:
        answer = till.post("segments/preview", {"tree": _tree() | {"what": what}})
        assert answer.status_code == 422, answer.text
        assert answer.json()["fields"][0]["path"].endswith(path)


def test_what_came_is_offered_to_whoever_writes_a_rule(till: Till, source: Sender) -> None:
    till.shop.member(phone=PHONES[0])
    _send(till, source, _is(till, "a", PHONES[0]), _viewed(till, "a", price=2, colour="red", on=True, tags=[], age=3))
    _send(till, source, _viewed(till, "a", 2, colour="blue"), _viewed(till, "a", 3, colour="red"))
    with till.shop.unit() as unit:
        note_schemas(unit)
    offered = till.client.get("/v1/segments/values/events").json()["items"]
    types = {"colour": ["text"], "on": ["boolean"], "price": ["number"]}
    properties = [{"name": name, "types": kinds} for name, kinds in types.items()]
    offered[0]["properties"] = [each for each in offered[0]["properties"] if not each["name"].startswith("context.")]
    assert offered == [{"type": "track", "name": "Product Viewed", "seen": 3, "properties": properties}]
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    asked = {"name": "Product Viewed", "property": "colour", "containing": "r"}
    texts = till.client.get("/v1/segments/values/event-properties", params=asked).json()["items"]
    assert texts == [{"value": "red", "members": 1}]


def test_a_member_can_be_named(till: Till, source: Sender) -> None:
    """A segment of who looked at a page, whatever its name."""
    member: Member = till.shop.member(name="甲")
    page = {
        "type": "page",
        "name": "首页",
        "userId": show(Prefix.MEMBER, member.member_id),
        "properties": {"path": "/"},
    }
    _send(till, source, page)
    assert _held(till, _tree(event={"type": "page"})) == ["甲"]
    assert _held(till, _tree(event={"type": "page", "name": "首页"})) == ["甲"]
    assert _held(till, _tree(event={"type": "screen"})) == []
