"""Segments that are kept: who is in them, who came and went."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from httpx2 import Response

from shuke.audience import service
from shuke.audience.facts import changed
from shuke.audience.segments import touching
from shuke.audience.segments.model import Refresh
from shuke.audience.segments.tables import segments
from shuke.entrypoints.lake import bring_up_to_date, follow, look_at
from shuke.kernel.ids import Prefix, parse, show
from shuke.members.model import Member
from shuke.tenancy.model import Role
from tests.support.till import Till

BUYERS = {
    "rule": "did",
    "what": {"fact": "order", "window": {"window": "ever"}},
    "times": {"test": "at_least", "value": 2},
}


def _create(till: Till, code: str = "regulars", **more: Any) -> Any:
    body = {"code": code, "name": "常客", "tree": BUYERS} | more
    answer = till.post("segments", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _look(till: Till, segment: Any) -> Any:
    """Bring the lake up to date and look; the snapshot."""
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    answer = till.post(f"segments/{segment['id']}/refresh")
    assert answer.status_code == 200, answer.text
    return answer.json()["last"]


def _names(till: Till, segment: Any) -> list[str]:
    found = till.client.get(f"/v1/segments/{segment['id']}/members").json()["items"]
    return sorted(each["member"]["name"] for each in found)


def _buy(till: Till, *members: Member) -> None:
    for member in members:
        till.settle([("A", 1)], member)


def _counts(snapshot: Any) -> tuple[int, int, int]:
    return snapshot["size"], snapshot["entered"], snapshot["left"]


def test_who_came_and_who_went(till: Till) -> None:
    one, other = till.shop.member(name="甲"), till.shop.member(name="乙")
    segment = _create(till)
    assert segment["last"] is None
    assert segment["words"]["zh"] == "一直以来下单的次数不少于 2"
    _buy(till, one, one, other)
    assert _counts(_look(till, segment)) == (1, 1, 0)
    assert _names(till, segment) == ["甲"]
    _buy(till, other)
    assert _counts(_look(till, segment)) == (2, 1, 0)
    assert _names(till, segment) == ["乙", "甲"]
    assert _counts(_look(till, segment)) == (2, 0, 0), "nothing happened, and nothing is written"
    never = {**BUYERS, "times": {"test": "at_most", "value": 2}}
    changed = till.client.put(
        f"/v1/segments/{segment['id']}", json={"code": "rare", "name": "稀客", "tree": never, "version": 1}
    ).json()
    _buy(till, one)
    assert (changed["code"], changed["version"]) == ("rare", 2)
    assert _counts(_look(till, segment)) == (1, 0, 1)
    assert _names(till, segment) == ["乙"]
    history = till.client.get(f"/v1/segments/{segment['id']}/snapshots", params={"limit": 2}).json()
    assert [each["number"] for each in history["items"]] == [4, 3]
    assert till.broken_laws() == []


def test_segments_are_listed_and_archived(till: Till) -> None:
    _create(till, "a")
    second = _create(till, "b")
    listed = till.client.get("/v1/segments").json()["items"]
    assert [each["code"] for each in listed] == ["b", "a"]
    done = till.post(f"segments/{second['id']}/archive", {"version": 1})
    assert done.json()["status"] == "archived"
    assert [each["code"] for each in till.client.get("/v1/segments").json()["items"]] == ["a"]
    refused = till.post(f"segments/{second['id']}/refresh")
    assert (refused.status_code, refused.json()["code"]) == (409, "segment_archived")


def _refused(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_what_is_refused_changes_nothing(till: Till) -> None:
    segment = _create(till)
    body = {"code": "regulars", "name": "x", "tree": BUYERS}
    unknown = {"rule": "attribute", "name": "shoe_size", "test": {"test": "at_least", "value": 40}}
    analyst = till.as_staff(Role.ANALYST)
    before = till.everything()
    assert _refused(till.post("segments", body)) == (409, "segment_code_taken")
    assert _refused(till.post("segments", body | {"code": "c", "tree": unknown})) == (422, "tree_refused")
    assert _refused(till.post(f"segments/{segment['id']}/refresh")) == (409, "lake_empty")
    stale = till.client.put(f"/v1/segments/{segment['id']}", json=body | {"version": 9})
    assert _refused(stale) == (409, "stale")
    assert _refused(till.client.get("/v1/segments/seg_" + "0" * 32)) == (404, "segment_not_found")
    assert analyst.post("/v1/segments", json=body | {"code": "d"}).status_code == 403
    assert analyst.get(f"/v1/segments/{segment['id']}").status_code == 200
    assert till.everything() == before


def test_segments_follow_by_themselves(till: Till) -> None:
    member = till.shop.member()
    now, nightly = _create(till, "now", refresh="continuous"), _create(till, "nightly")
    lake, merchant = till.world.settings.lake, till.shop.merchant_id

    def sizes() -> list[int | None]:
        found = (till.client.get(f"/v1/segments/{each['id']}").json()["last"] for each in (now, nightly))
        return [last and last["size"] for last in found]

    _buy(till, member, member)
    follow(till.world.database, lake, merchant)
    assert sizes() == [1, None]
    look_at(till.world.database, lake, merchant, Refresh.DAILY)
    assert sizes() == [1, 1]
    follow(till.world.database, lake, merchant)
    assert till.client.get(f"/v1/segments/{now['id']}").json()["last"]["number"] <= 2


def _erase(till: Till, member: Member) -> None:
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/erasure"
    answer = till.world.client(till.shop.login).post(path, json={"reason": "她要求删除"})
    assert answer.status_code == 201, answer.text


def test_who_is_erased_leaves_also_if_nobody_else_is_in_it(till: Till) -> None:
    member = till.shop.member()
    segment = _create(till)
    _buy(till, member, member)
    assert _counts(_look(till, segment)) == (1, 1, 0)
    _erase(till, member)
    assert _counts(till.client.get(f"/v1/segments/{segment['id']}").json()["last"]) == (0, 0, 1)
    assert till.broken_laws() == []


def test_a_rule_that_was_changed_before_somebody_was_erased_is_asked_of_everybody(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (touching, changed):
        monkeypatch.setattr(module, "MOST", 0)
    one, other = till.shop.member(), till.shop.member(name="乙")
    segment = _create(till)
    _buy(till, one, one, other)
    assert _counts(_look(till, segment)) == (1, 1, 0)
    once = {**BUYERS, "times": {"test": "at_least", "value": 1}}
    body = {"code": "regulars", "name": "常客", "tree": once, "version": 1}
    assert till.client.put(f"/v1/segments/{segment['id']}", json=body).status_code == 200
    _erase(till, one)
    assert _counts(_look(till, segment)) == (1, 1, 0)
    assert _names(till, segment) == ["乙"]


def test_what_came_along_with_an_erasure_is_looked_at(till: Till) -> None:
    one, other = till.shop.member(), till.shop.member(name="乙")
    segment = _create(till, refresh="continuous")
    _buy(till, one, one)
    follow(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    _buy(till, other, other)
    _erase(till, one)
    follow(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    assert _names(till, segment) == ["乙"]


def test_two_who_look_at_once_look_one_after_the_other(till: Till) -> None:
    segment = _create(till)
    _look(till, segment)
    lake, segment_id = till.world.settings.lake, parse(Prefix.SEGMENT, segment["id"])

    def look() -> int:
        with till.shop.unit() as unit:
            seen = service.refresh(unit, lake, segment_id).last
        return seen.number if seen else 0

    with ThreadPoolExecutor(1) as pool:
        with till.shop.unit() as unit:
            first = service.refresh(unit, lake, segment_id).last
            other = pool.submit(look)
            sleep(0.5)
            assert not other.done()
        assert first
        assert (first.number, other.result()) == (2, 3)


def test_a_rule_that_cannot_be_asked_any_more_keeps_no_other_from_being_looked_at(till: Till) -> None:
    """An attribute was archived in the moment in which a segment was written that asks for it."""
    unknown = {"rule": "registered", "name": "city", "test": {"test": "present"}}
    refused, other = _create(till, "a", refresh="continuous"), _create(till, "b", refresh="continuous")
    with till.shop.unit() as unit:
        wanted = segments.c.segment_id == parse(Prefix.SEGMENT, refused["id"])
        unit.connection.execute(segments.update().where(wanted).values(tree=unknown))
    member = till.shop.member()
    _buy(till, member, member)
    follow(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    last = [till.client.get(f"/v1/segments/{each['id']}").json()["last"] for each in (refused, other)]
    assert [each and each["size"] for each in last] == [None, 1]
