"""A segment while it is being written: how many, some of them, and in words."""

import json
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from shuke.audience import asking, previewing
from shuke.entrypoints.lake import bring_up_to_date
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.stopping import Interrupted, Stop
from shuke.kernel.ids import Prefix, show
from shuke.members.consent import service as consent
from shuke.members.consent.model import Decision
from shuke.members.model import Channel, Purpose
from shuke.members.tags import service as tagging
from shuke.tenancy.model import Role
from tests.support.tagging import tag
from tests.support.till import Till

_EVER = {"window": "ever"}
_TWICE = {"test": "at_least", "value": 2}


def _settled(till: Till) -> None:
    lake = till.world.settings.lake
    bring_up_to_date(till.world.database, lake, till.shop.merchant_id)


def _ask(till: Till, tree: dict[str, Any], client: TestClient | None = None) -> Any:
    return (client or till.client).post("/v1/segments/preview", json={"tree": tree})


def _bought(till: Till, times: dict[str, Any]) -> dict[str, Any]:
    here = {"property": "store_id", "test": {"test": "is", "values": [till.store_id]}}
    return {"rule": "did", "what": {"fact": "order", "where": [here], "window": _EVER}, "times": times}


def test_who_came_twice(till: Till) -> None:
    often, once = till.shop.member(name="常客"), till.shop.member(name="稀客")
    for member in (often, once, often):
        till.settle([("A", 1)], member)
    till.settle([("A", 1)])
    _settled(till)
    answer = _ask(till, _bought(till, _TWICE)).json()
    assert (answer["count"], answer["everybody"]) == (1, 2)
    assert [member["name"] for member in answer["members"]] == ["常客"]
    assert answer["words"] == {
        "zh": "一直以来下单（门店为人民路店）的次数不少于 2",
        "en": "the number of orders ever with store is 人民路店 is at least 2",
    }
    assert _ask(till, {"rule": "not", "of": _bought(till, _TWICE)}).json()["count"] == 1


def test_before_the_first_export_it_says_so(till: Till) -> None:
    answer = _ask(till, _bought(till, _TWICE))
    assert (answer.status_code, answer.json()["code"]) == (409, "lake_empty")


def test_every_problem_is_named_at_its_field(till: Till) -> None:
    wrong = {
        "rule": "all",
        "of": [
            {"rule": "attribute", "name": "gendre", "test": {"test": "is", "values": ["female"]}},
            {"rule": "attribute", "name": "points", "test": {"test": "is", "values": ["many"]}},
            {"rule": "attribute", "name": "join_store_id", "test": {"test": "is", "values": ["7"]}},
            {"rule": "measure", "what": {"fact": "order"}, "aggregate": "sum", "test": _TWICE},
        ],
    }
    answer = _ask(till, wrong)
    assert answer.status_code == 422
    said = {problem["path"]: problem["message"] for problem in answer.json()["fields"]}
    assert set(said) == {
        "tree.of.0.name",
        "tree.of.1.test.values",
        "tree.of.2.test.values",
        "tree.of.3.property",
    }
    assert "gender" in str(said["tree.of.0.name"])


@pytest.mark.parametrize(
    "tree",
    [
        {"rule": "none"},
        {"rule": "all", "of": [{"rule": "all", "of": "x"}]},
        {"rule": "attribute", "name": "points", "test": {"test": "at_least", "value": 10**400}},
        {"rule": "attribute", "name": "gender", "test": {"test": "is", "values": ["\u0000"]}},
    ],
)
def test_what_is_no_tree_is_refused(till: Till, tree: dict[str, Any]) -> None:
    assert _ask(till, tree).status_code == 422


def test_a_deep_tree_is_refused(till: Till) -> None:
    tree: dict[str, Any] = {"rule": "all", "of": []}
    for _ in range(200):
        tree = {"rule": "not", "of": tree}
    assert _ask(till, tree).status_code == 422


_SLOW = "SELECT count(*) FROM range(100000) a, range(100000) b, range(100) c WHERE a.range * b.range + c.range = -1"


def test_what_takes_too_long_is_stopped(till: Till) -> None:
    _settled(till)
    native = next(till.world.settings.lake.rglob("*.duckdb"))
    with pytest.raises(Interrupted):
        engine_of(native).rows(_SLOW, 0.2)


def test_what_nobody_waits_for_is_stopped(till: Till) -> None:
    """Whether it runs already or not."""
    _settled(till)
    engine, stop = engine_of(next(till.world.settings.lake.rglob("*.duckdb"))), Stop()
    asked = Event()

    def ask() -> None:
        asked.set()
        engine.rows(_SLOW, 600, stop=stop)

    with ThreadPoolExecutor(1) as thread:
        question = thread.submit(ask)
        asked.wait()
        stop.now()
        with pytest.raises(Interrupted):
            question.result()
    with pytest.raises(Interrupted):
        engine.rows(_SLOW, 600, stop=stop)
    assert engine.rows("SELECT 1 AS one", 60)["one"].to_pylist() == [1], "others go on"


def test_who_breaks_off_cancels_the_count(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client goes as soon as it has asked; without that, this would take minutes."""
    _settled(till)
    client = till.as_machine()
    monkeypatch.setattr(previewing, "SECONDS", 600)
    monkeypatch.setattr(asking, "spelled", lambda *_, **__: f"SELECT member_no FROM members WHERE 0 < ({_SLOW})")
    body = json.dumps({"tree": _bought(till, _TWICE)}).encode()
    messages = [{"type": "http.request", "body": body}, {"type": "http.disconnect"}]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = {**client.headers, "content-type": "application/json", "content-length": str(len(body))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/segments/preview",
        "raw_path": b"/v1/segments/preview",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    anyio.run(client.app, scope, receive, send)
    assert sent[0]["status"] == 409
    assert json.loads(sent[1]["body"])["code"] == "stopped"


def test_what_it_costs_is_told_before(till: Till) -> None:
    till.client = till.as_machine()
    member = till.shop.member()
    for _ in range(2):
        till.settle([("A", 1)], member)
    till.world.clock.advance(timedelta(days=3))
    till.settle([("A", 1)])
    _settled(till)

    def rows(tree: dict[str, Any]) -> int:
        answer = till.client.post("/v1/segments/preview/cost", json={"tree": tree}).json()
        assert answer["dear"] is False
        assert answer["rows"] == _ask(till, tree).json()["rows"]
        return int(answer["rows"])

    everybody = {"rule": "all", "of": []}
    lately = {"rule": "did", "what": {"fact": "order", "window": {"window": "last", "count": 2}}, "times": _TWICE}
    ever = {**lately, "what": {"fact": "line"}}
    since = {**lately, "what": {"fact": "refund", "window": {"window": "since_last_order"}}}
    standing = {"rule": "percentile", "by": "monetary", "from_bps": 0, "to_bps": 5_000}
    assert [rows(tree) for tree in (everybody, lately, ever, since, standing)] == [1, 2, 4, 4, 4]
    assert rows({"rule": "all", "of": [lately, {"rule": "not", "of": ever}]}) == 5


def test_cashiers_may_not(till: Till) -> None:
    _settled(till)
    cashier = till.as_staff(Role.CASHIER, till.store)
    assert _ask(till, _bought(till, _TWICE), cashier).status_code == 403
    analyst = till.as_staff(Role.ANALYST)
    assert _ask(till, _bought(till, _TWICE), analyst).status_code == 200


def test_ids_are_those_of_the_api(till: Till) -> None:
    _settled(till)
    bare = {"rule": "attribute", "name": "join_store_id", "test": {"test": "is", "values": [str(till.store.store_id)]}}
    assert _ask(till, bare).status_code == 422
    shown = {**bare, "test": {"test": "is", "values": [show(Prefix.STORE, till.store.store_id)]}}
    assert _ask(till, shown).status_code == 200


def test_who_has_a_tag_and_who_may_be_addressed(till: Till) -> None:
    one, other = till.shop.member(name="甲"), till.shop.member(name="乙")
    with till.shop.unit() as unit:
        mum = tag(unit, "mum")
        tagging.put_on_many(unit, mum.tag_id, [one.member_id])
        decisions = [Decision(Purpose.MARKETING, Channel.ALL, True), Decision(Purpose.MARKETING, Channel.SMS, False)]
        consent.take(unit, other.member_id, decisions, "staff")
    _settled(till)
    tagged = {"rule": "tagged", "tag_id": show(Prefix.TAG, mum.tag_id)}

    def names(tree: dict[str, Any]) -> list[str]:
        return sorted(member["name"] for member in _ask(till, tree).json()["members"])

    def addressed(channel: str) -> dict[str, Any]:
        return {"rule": "consented", "purpose": "marketing", "channel": channel}

    assert names(tagged) == ["甲"]
    assert names({"rule": "not", "of": tagged}) == ["乙"]
    assert (names(addressed("email")), names(addressed("sms"))) == (["乙"], [])
    asked = {
        "tree": {"rule": "any", "of": [tagged, addressed("email")]},
        "member_id": show(Prefix.MEMBER, one.member_id),
    }
    why = till.post("segments/preview/why", asked).json()
    assert [each["holds"] for each in why["why"]["of"]] == [True, False]
