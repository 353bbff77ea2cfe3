"""A tag that a segment puts on its members, from the page to the member."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.audience.segments import tagging
from shuke.entrypoints import tagging as worker
from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.tagging import follow_segments
from shuke.kernel.ids import Prefix, show
from shuke.members import service as members
from shuke.members.merging import merging
from shuke.members.model import Member
from shuke.members.tags import following, service
from shuke.members.tags.model import Tag
from shuke.tenancy.model import Permission, Role
from tests.support.tagging import group_of, held, tag
from tests.support.till import Till

BUYERS = {
    "rule": "did",
    "what": {"fact": "order", "window": {"window": "ever"}},
    "times": {"test": "at_least", "value": 2},
}
FEW = {**BUYERS, "times": {"test": "at_most", "value": 1}}


def _create(till: Till, code: str, tree: Any = BUYERS) -> Any:
    answer = till.post("segments", {"code": code, "name": code, "tree": tree})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def _tag(till: Till, code: str, **more: Any) -> Tag:
    with till.shop.unit() as unit:
        return tag(unit, code, **more)


def _puts(till: Till, segment: str, made: Tag | None) -> Any:
    body = {"tag_id": made and show(Prefix.TAG, made.tag_id)}
    return till.client.put(f"/v1/segments/{segment}/tag", json=body)


def _look(till: Till, *segments: str) -> None:
    _see(till, *segments)
    _follow(till)


def _see(till: Till, *segments: str) -> None:
    till.world.clock.advance(timedelta(seconds=1))
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    for segment in segments:
        assert till.post(f"segments/{segment}/refresh").status_code == 200


def _follow(till: Till) -> None:
    follow_segments(till.world.database, till.shop.merchant_id)


def _buy(till: Till, *members: Member) -> None:
    for member in members:
        till.settle([("A", 1)], member)


def _held(till: Till, member: Member) -> set[str]:
    with till.shop.unit() as unit:
        return held(unit, member.member_id)


def _tagging(till: Till, segment: str) -> tuple[str | None, int, bool]:
    told = till.client.get(f"/v1/segments/{segment}/tag").json()
    return told["tag"] and told["tag"]["name"]["zh"], told["members"], told["pending"]


def test_who_comes_gets_the_tag_and_who_goes_loses_it(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 1)
    one, two, three = (till.shop.member(name=name) for name in "甲乙丙")
    segment, made = _create(till, "regulars"), _tag(till, "regular", days=3)
    _buy(till, one, one, two, two)
    assert _puts(till, segment, made).json()["members"] == 0
    _look(till, segment)
    assert [_held(till, each) for each in (one, two, three)] == [{"regular"}, {"regular"}, set()]
    assert _tagging(till, segment) == ("regular", 2, False)
    shown = till.client.get("/v1/segments", params={"tagging": True}).json()["items"]
    assert [each["tag"]["name"]["zh"] for each in shown] == ["regular"]
    with till.shop.unit() as unit:
        (told,) = service.of_member(unit, one.member_id)
        assert (told.source, told.until) == ("rule", None), "as long as she is in it"
        service.change(unit, two.member_id, {made.tag_id: None}, ())
    rare = {"code": "regulars", "name": "x", "tree": FEW, "version": 1}
    assert till.client.put(f"/v1/segments/{segment}", json=rare).status_code == 200
    _look(till, segment)
    assert [_held(till, each) for each in (one, two, three)] == [set(), {"regular"}, {"regular"}], "乙 has it by hand"
    lines = till.client.get(f"/v1/members/{show(Prefix.MEMBER, one.member_id)}/tags/history").json()["items"]
    assert [(line["put"], line["source"]) for line in lines] == [(False, "rule"), (True, "rule")]
    assert till.broken_laws() == []


@pytest.mark.parametrize("how", ["none", "archived", "another"])
def test_it_goes_when_the_segment_puts_it_no_more(till: Till, how: str) -> None:
    one, other = till.shop.member(), till.shop.member()
    segment, made, second = _create(till, "regulars"), _tag(till, "regular"), _tag(till, "second")
    _buy(till, one, one)
    _puts(till, segment, made)
    _look(till, segment)
    with till.shop.unit() as unit:
        service.change(unit, other.member_id, {made.tag_id: None}, ())
    if how == "archived":
        assert till.post(f"segments/{segment}/archive", {"version": 1}).status_code == 200
    else:
        assert _puts(till, segment, second if how == "another" else None).status_code == 200
    assert _tagging(till, segment)[2], "the worker has still to do it"
    _follow(till)
    assert not _tagging(till, segment)[2]
    assert _held(till, one) == ({"second"} if how == "another" else set())
    assert _held(till, other) == {"regular"}, "what people put stays"
    assert till.broken_laws() == []


def test_in_an_exclusive_group_what_is_there_stays_until_it_goes(till: Till) -> None:
    with till.shop.unit() as unit:
        group = group_of(unit, exclusive=True)
    few, many = _tag(till, "few", group=group), _tag(till, "many", group=group)
    first, second = _create(till, "few", FEW), _create(till, "many")
    one, byhand = till.shop.member(), till.shop.member()
    _puts(till, first, few)
    _puts(till, second, many)
    with till.shop.unit() as unit:
        service.change(unit, byhand.member_id, {few.tag_id: None}, ())
    _buy(till, one)
    _look(till, first, second)
    assert _held(till, one) == {"few"}
    _buy(till, one, byhand, byhand)
    _look(till, second)
    assert _held(till, one) == {"few"}, "the other segment has not been looked at"
    _look(till, first)
    assert (_held(till, one), _held(till, byhand)) == ({"many"}, {"few"})
    assert till.broken_laws() == []


def test_where_taking_broke_off_the_other_tag_of_the_group_comes_all_the_same(till: Till) -> None:
    with till.shop.unit() as unit:
        group = group_of(unit, exclusive=True)
    few, many = _tag(till, "few", group=group), _tag(till, "many", group=group)
    first, second = _create(till, "few", FEW), _create(till, "many")
    one = till.shop.member()
    _puts(till, first, few)
    _puts(till, second, many)
    _look(till, first, second)
    _buy(till, one, one)
    _look(till, second)
    _see(till, first)
    with till.shop.unit() as unit:
        (rule,) = tagging.to_follow(unit)
        assert tagging.take(unit, rule, UUID(int=0)) == one.member_id
    assert _held(till, one) == set()
    _follow(till)
    assert _held(till, one) == {"many"}


def test_a_look_while_it_follows_is_followed_too(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    one = till.shop.member()
    segment, made, by_batches = _create(till, "few", FEW), _tag(till, "few"), worker._by_batches
    _puts(till, segment, made)
    _look(till, segment)

    def and_a_look(*given: Any) -> None:
        by_batches(*given)
        monkeypatch.setattr(worker, "_by_batches", by_batches)
        _buy(till, one, one)
        _see(till, segment)

    assert _held(till, one) == {"few"}
    monkeypatch.setattr(worker, "_by_batches", and_a_look)
    _look(till, segment)
    assert _held(till, one) == set(), "she left when leaving had been followed already"
    assert till.broken_laws() == []


def test_who_became_one_with_a_member_of_it_keeps_the_tag_until_a_look_knows_of_it(till: Till) -> None:
    survivor, one = till.shop.member(), till.shop.member()
    segment, made = _create(till, "regulars"), _tag(till, "regular")
    _puts(till, segment, made)
    _buy(till, one, one)
    _look(till, segment)
    with till.shop.unit() as unit:
        merging.merge(unit, PLAN, survivor.member_id, one.member_id)
    assert till.post(f"segments/{segment}/refresh").status_code == 200
    _follow(till)
    assert _held(till, survivor) == {"regular"}, "what the lake does not know yet takes nothing from her"
    _look(till, segment)
    assert _held(till, survivor) == {"regular"}
    assert till.broken_laws() == []


def test_an_archived_tag_is_put_on_nobody_and_an_erased_member_has_none(till: Till) -> None:
    one, gone = till.shop.member(), till.shop.member()
    segment, made = _create(till, "regulars"), _tag(till, "regular")
    tag_id = show(Prefix.TAG, made.tag_id)
    _puts(till, segment, made)
    _buy(till, one, one, gone, gone)
    assert till.client.patch(f"/v1/tags/{tag_id}", json={"archived": True}).status_code == 200
    _look(till, segment)
    assert till.client.patch(f"/v1/tags/{tag_id}", json={"archived": False}).status_code == 200
    assert _held(till, one) == set()
    with till.shop.unit() as unit:
        members.erase(unit, ERASING, gone.member_id, "x", forfeit=True)
    _look(till, segment)
    assert (_held(till, one), _tagging(till, segment)) == ({"regular"}, ("regular", 1, False))
    assert till.broken_laws() == []


def test_what_is_refused_changes_nothing(till: Till) -> None:
    made, free = _tag(till, "regular"), _tag(till, "free")
    tagged = {"rule": "tagged", "tag_id": show(Prefix.TAG, made.tag_id)}
    segment, other = _create(till, "regulars"), _create(till, "others")
    asking = _create(till, "asking", {"rule": "not", "of": tagged})
    circle = _create(till, "circle", {"rule": "in", "segment_id": asking})
    archived = _create(till, "old")
    till.post(f"segments/{archived}/archive", {"version": 1})
    assert _puts(till, segment, made).status_code == 200
    closing = {"code": "regulars", "name": "x", "tree": {"rule": "in", "segment_id": circle}, "version": 1}
    analyst = till.as_staff(Role.ANALYST)
    till.client.patch(f"/v1/tags/{show(Prefix.TAG, free.tag_id)}", json={"archived": True})
    machine = {"Authorization": f"Bearer {till.shop.key(Permission.SEGMENTS_WRITE)}"}
    before = till.everything()
    for answer, code in (
        (_puts(till, other, made), "tag_follows_another"),
        (_puts(till, other, free), "tag_archived"),
        (_puts(till, archived, made), "segment_archived"),
        (till.client.put(f"/v1/segments/{segment}", json=closing), "circular_segments"),
        (till.client.put(f"/v1/segments/{segment}/tag", json={"tag_id": "tag_" + "0" * 32}), "tag_not_found"),
    ):
        assert answer.json()["code"] == code, answer.text
    assert analyst.put(f"/v1/segments/{segment}/tag", json={"tag_id": None}).status_code == 403
    refused = till.world.client().put(f"/v1/segments/{segment}/tag", json={"tag_id": None}, headers=machine)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert till.everything() == before
    assert _puts(till, segment, None).status_code == 200
    refused = _puts(till, asking, made)
    assert refused.json()["code"] == "circular_segments"
    assert "asking → asking" in refused.text
    shown = till.client.get(f"/v1/segments/{circle}/lineage").json()
    assert [each["code"] for each in shown["segments"]] == ["asking", "circle"]
