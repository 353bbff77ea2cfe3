"""Messages nobody would send by mistake: set aside with a reason, or refused as a whole, and the rest is kept."""

import base64
import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shuke.kernel.clock import SimulatedClock
from tests.support.tracking import Sender, sender
from tests.support.world import World

GOOD = {"type": "track", "userId": "u1", "event": "Good"}


def nested(levels: int, ends: tuple[str, str]) -> str:
    return ends[0] * levels + ends[1] * levels


REFUSED = {
    "nothing": b"",
    "no object": b"[1,2]",
    "no list": b'{"batch":{"type":"track"}}',
    "cut off": b'{"batch":[{"type":',
    "no number": b'{"batch":[{"type":"track","userId":"u","event":"E","properties":{"n":NaN}}]}',
    "no number, with half a letter": b'{"batch":[{"event":"\\ud800","n":NaN}]}',
    "infinite": b'{"batch":[{"event":"\\ud800","n":1e999}]}',
    "no text": b'{"batch":[{"type":"\xff\xfe"}]}',
    "bottomless": f'{{"batch":{nested(100_000, ("[", "]"))}}}'.encode(),
    "bottomless, with half a letter": f'{{"a":"\\ud800","batch":{nested(900, ("[", "]"))}}}'.encode(),
    "too many": json.dumps({"batch": [GOOD] * 2_501}).encode(),
    "too much": json.dumps({"batch": [GOOD], "pad": "x" * 600_000}).encode(),
    "a million keys": json.dumps({"batch": [{"properties": {str(key): 1 for key in range(1_000_000)}}]}).encode(),
    "context for all too large": json.dumps({"batch": [GOOD], "context": {"pad": "x" * 5_000}}).encode(),
}


@pytest.fixture
def web(world: World) -> Sender:
    return sender(world.merchant())


def post(client: TestClient, web: Sender, content: bytes, **headers: str) -> Any:
    key = base64.b64encode(f"{web.write_key}:".encode()).decode()
    return client.post("/v1/segment/batch", content=content, headers={"Authorization": f"Basic {key}", **headers})


def test_what_cannot_be_read_is_refused_whole(world: World, web: Sender) -> None:
    client = world.client()
    for name, plain in REFUSED.items():
        for body, headers in ((plain, {}), (gzip.compress(plain), {"Content-Encoding": "gzip"})):
            answer = post(client, web, body, **headers)
            assert answer.status_code == (413 if len(body) > 2 * 1024 * 1024 else 400), name
            assert answer.json()["code"] in ("not_readable", "body_too_large", "content_too_large")
    assert (web.kept(), web.aside()) == ([], [])


def test_packing_that_does_not_open(world: World, web: Sender) -> None:
    client = world.client()
    for body in (b"not gzip", gzip.compress(b"x" * 10)[:-4], gzip.compress(b" " * 50_000_000)):
        assert post(client, web, body, **{"Content-Encoding": "gzip"}).status_code == 400


def test_each_bad_message_is_set_aside_and_the_good_ones_kept(world: World, web: Sender, clock: SimulatedClock) -> None:
    ahead = (clock.now() + timedelta(hours=25)).isoformat()
    bad: list[tuple[str, Any]] = [
        ("wrong_type", 7),
        ("wrong_type", None),
        ("wrong_type", ["track"]),
        ("wrong_type", {**GOOD, "userId": {"$gt": ""}}),
        ("wrong_type", {**GOOD, "userId": True}),
        ("wrong_type", {**GOOD, "properties": "none"}),
        ("wrong_type", {**GOOD, "context": [1]}),
        ("wrong_type", {**GOOD, "event": 5}),
        ("wrong_type", {**GOOD, "messageId": []}),
        ("unknown_type", {**GOOD, "type": None}),
        ("unknown_type", {**GOOD, "type": ["track"]}),
        ("unknown_type", {**GOOD, "type": "delete"}),
        ("no_identifier", {"type": "track", "event": "E"}),
        ("no_identifier", {**GOOD, "userId": "", "anonymousId": None}),
        ("no_identifier", {"type": "alias", "userId": "u"}),
        ("no_identifier", {"type": "group", "userId": "u"}),
        ("no_event_name", {"type": "track", "userId": "u"}),
        ("no_event_name", {**GOOD, "event": "  "}),
        ("too_large", {**GOOD, "properties": {"pad": "x" * 33_000}}),
        ("too_large", {**GOOD, "event": "x" * 201}),
        ("too_large", {**GOOD, "userId": "1" * 201}),
        ("too_many_keys", {**GOOD, "properties": {str(key): 1 for key in range(501)}}),
        ("too_deep", {**GOOD, "properties": {"deep": json.loads(nested(150, ("[", "]")))}}),
        ("not_text", {**GOOD, "properties": {"nul": "a\0b"}}),
        ("not_text", {**GOOD, "properties": {"n\0l": 1}}),
        ("not_text", {**GOOD, "event": "\ud800"}),
        ("not_text", {**GOOD, "properties": {"\udc00": 1}}),
        ("bad_timestamp", {**GOOD, "timestamp": "yesterday"}),
        ("bad_timestamp", {**GOOD, "timestamp": 1_700_000_000}),
        ("bad_timestamp", {**GOOD, "timestamp": "9999-12-31T23:59:59-12:00"}),
        ("bad_timestamp", {**GOOD, "timestamp": "10000-01-01T00:00:00Z"}),
        ("future", {**GOOD, "timestamp": "9999-12-31T23:59:59Z"}),
        ("future", {**GOOD, "timestamp": ahead}),
        ("bot", {**GOOD, "context": {"userAgent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}}),
        ("bot", {**GOOD, "context": {"userAgent": "Mozilla/5.0 (compatible; bingbot/2.0; +http://x)"}}),
        ("bot", {**GOOD, "context": {"userAgent": "Mozilla/5.0 (X11) HeadlessChrome/140.0 Safari/537.36"}}),
        ("bot", {**GOOD, "context": {"userAgent": "curl/8.5.0"}}),
        ("too_old", {**GOOD, "timestamp": "0001-01-01T00:00:00Z"}),
        ("too_old", {**GOOD, "timestamp": "1970-01-01T00:00:00Z", "sentAt": "2040-01-01T00:00:00Z"}),
    ]
    whole = json.dumps({"batch": [GOOD, *(message for _, message in bad), {**GOOD, "event": "反斜杠\\u0000"}]})
    assert post(world.client(), web, whole.encode()).json() == {"success": True}
    assert {row["name"] for row in web.kept()} == {"Good", "反斜杠\\u0000"}
    assert sorted(reason for reason, _, _ in web.aside()) == sorted(reason for reason, _ in bad)
    kept = {raw if reason == "too_large" else json.dumps(json.loads(raw)) for reason, _, raw in web.aside()}
    whole_ones = {json.dumps(message) for reason, message in bad if reason != "too_large"}
    assert whole_ones <= kept, "nothing of a message set aside is lost"


def test_odd_but_honest_messages_pass(world: World, web: Sender) -> None:
    honest: list[dict[str, Any]] = [
        {"context": {"userAgent": "Mozilla/5.0 (Linux; Android 13; CUBOT X70) Mobile Safari/537.36"}},
        {"context": {"userAgent": 7}},
        {"properties": {"": {"": [None, [], {}]}, "toString": 1, "__proto__": {"a": 1}, "constructor": "x"}},
        {"properties": {"sql": "'; DROP TABLE tracked_events; --", "html": "<script>alert(1)</script>"}},
        {"properties": {"\u202e": "\ufeff", "emoji": "👨‍👩‍👧‍👦" * 50}},
        {"timestamp": "2026-03-02T04:00:00.123456789Z"},
        {"timestamp": None, "sentAt": "9999-12-31T23:59:59Z"},
        {"messageId": "x" * 200, "integrations": {"All": False}, "extra": [[[]]], "type": "track"},
        {"anonymousId": 0, "userId": None},
    ]
    batch = [{**GOOD, "event": str(number), **message} for number, message in enumerate(honest)]
    assert post(world.client(), web, json.dumps({"batch": batch}).encode()).status_code == 200
    assert web.aside() == []
    assert {row["name"] for row in web.kept()} == {str(number) for number in range(len(honest))}


def test_numbers_of_any_size_pass(world: World, web: Sender) -> None:
    numbers = b'"userId":12345678901234567890123,"properties":{"a":1e308,"b":-0.0,"c":99999999999999999999999}'
    odd = b'{"batch":[{"type":"track","event":"N",%s}]}' % numbers
    assert post(world.client(), web, odd).status_code == 200
    assert [row["name"] for row in web.kept()] == ["N"]


def test_a_source_cannot_occupy_the_ids_of_another(world: World) -> None:
    shop = world.merchant()
    mine, other = sender(shop), sender(shop)
    for each in (mine, other):
        each.take({**GOOD, "messageId": "1"})
    assert [len(each.kept()) for each in (mine, other)] == [1, 1]
