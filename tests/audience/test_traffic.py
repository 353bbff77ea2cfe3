"""Segments by how somebody came: from a message's context to whom a segment holds, and why."""

from pathlib import Path
from typing import Any

import pytest

from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date
from shuke.events.service import note_schemas
from shuke.kernel.ids import Prefix, show
from tests.support.till import Till, open_till
from tests.support.tracking import Sender, ago, sender
from tests.support.world import World

_SOURCE = "context.campaign.source"


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    return open_till(world)


def _came(till: Till, source: Sender, phone: str, context: dict[str, Any], **said: object) -> None:
    at = ago(till.world.clock.now(), hours=1)
    answer = till.client.post(
        "/v1/segment/batch",
        json={
            "writeKey": source.write_key,
            "batch": [
                {"type": "identify", "timestamp": at, "anonymousId": phone[-4:], "traits": {"phone": phone}},
                {"type": "page", "timestamp": at, "anonymousId": phone[-4:], "name": "Sale", "context": context}
                | {"properties": said},
            ],
        },
    )
    assert answer.status_code == 200, answer.text


def _tree(name: str, *values: str, aggregate: str | None = None) -> dict[str, Any]:
    what = {"fact": "event", "event": {"name": "Sale", "type": "page"}}
    if aggregate:
        test = {"test": "at_least", "value": 1}
        return {"rule": "measure", "what": what, "aggregate": aggregate, "property": f"properties.{name}", "test": test}
    where = [{"property": f"properties.{name}", "test": {"test": "is", "values": list(values)}}]
    return {"rule": "did", "what": {**what, "where": where}, "times": {"test": "at_least", "value": 1}}


def _held(till: Till, tree: dict[str, Any]) -> list[str]:
    answer = till.post("segments/preview", {"tree": tree})
    assert answer.status_code == 200, answer.text
    return sorted(each["name"] for each in answer.json()["members"])


def test_how_she_came_can_be_asked_for(till: Till) -> None:
    source, people = sender(till.shop), {"甲": "13800001111", "乙": "13800002222", "丙": "13800003333"}
    made = {name: till.shop.member(name=name, phone=phone) for name, phone in people.items()}
    referrer = {"url": "https://www.example.com/search?q=13800001111"}
    _came(till, source, people["甲"], {"campaign": {"source": "weixin"}, "channel": "door", "referrer": referrer})
    _came(till, source, people["乙"], {"campaign": {"source": "douyin", "name": "a@example.com"}})
    _came(till, source, people["丙"], {}, **{_SOURCE: "weixin", "channel": "door"})
    recognise(till.world.database, till.shop.merchant_id)
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    assert _held(till, _tree(_SOURCE, "weixin")) == ["甲"], "what is only called the same is something else"
    assert _held(till, _tree(_SOURCE, "weixin", "douyin")) == ["乙", "甲"]
    assert _held(till, _tree(_SOURCE, aggregate="distinct")) == ["乙", "甲"]
    assert _held(till, _tree("context.channel", "door")) == ["甲"]
    assert _held(till, _tree("context.referrer.host", "www.example.com")) == [], "it was sealed: it held a number"
    assert _held(till, _tree("context.campaign.name", aggregate="distinct")) == [], "nothing personal leaves"
    offered = {"name": "Sale", "type": "page", "property": _SOURCE}
    texts = till.client.get("/v1/segments/values/event-properties", params=offered).json()["items"]
    assert {each["value"]: each["members"] for each in texts} == {"weixin": 1, "douyin": 1}
    segment = till.post("segments", {"code": "w", "name": "微信来的", "tree": _tree(_SOURCE, "weixin")}).json()
    assert "广告来源（utm_source）为weixin" in segment["words"]["zh"]
    for name, held in (("甲", True), ("乙", False)):
        who = show(Prefix.MEMBER, made[name].member_id)
        why = till.client.get(f"/v1/segments/{segment['id']}/members/{who}/why").json()
        assert why["why"]["holds"] is held


def test_it_is_offered_with_every_event(till: Till) -> None:
    _came(till, sender(till.shop), "13800001111", {"campaign": {"source": "weixin"}}, colour="red")
    with till.shop.unit() as unit:
        note_schemas(unit)
    offered = till.client.get("/v1/segments/values/events").json()["items"]
    names = [each["name"] for each in offered[0]["properties"]]
    assert names[0] == "colour"
    assert _SOURCE in names
