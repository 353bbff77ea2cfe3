"""Tags by hand, by list and by time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.worker import lapse_tags
from shuke.infra.outbox import START, read_after
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import Invalid
from shuke.kernel.ids import Prefix, show
from shuke.kernel.text import Text
from shuke.members.errors import MemberNotFound
from shuke.members.merging import merging, undoing
from shuke.members.model import Member
from shuke.members.tags import catalogue, service
from shuke.members.tags.errors import (
    GroupNotEmpty,
    OneOfGroup,
    SeveralHeld,
    TagArchived,
    TagCodeTaken,
    TagNotFound,
)
from shuke.members.tags.model import Colour, Source, TagChanges
from shuke.members.tags.tables import tag_history
from shuke.tenancy.model import Role
from tests.support.tagging import broken, group_of, held, put, tag
from tests.support.world import Shop, World


def change(shop: Shop, member: Member, put: list[UUID] | None = None, off: list[UUID] | None = None) -> set[str]:
    with shop.unit() as unit:
        found = service.change(unit, member.member_id, dict.fromkeys(put or []), off or [])
    return {each.tag.code for each in found}


def turns(shop: Shop) -> int:
    with shop.unit() as unit:
        return unit.connection.scalar(sa.select(sa.func.count()).select_from(tag_history)) or 0


def test_put_and_take_off_by_hand(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        vip, mum = tag(unit, "vip"), tag(unit, "mum", days=30)
    assert change(shop, member, [vip.tag_id, mum.tag_id]) == {"vip", "mum"}
    began = clock.now()
    clock.advance(timedelta(days=1))
    assert change(shop, member, [vip.tag_id]) == {"vip", "mum"}
    assert turns(shop) == 2, "to put what is there for good changes nothing"
    change(shop, member, [mum.tag_id])
    with shop.unit() as unit:
        found = {each.tag.code: each for each in service.of_member(unit, member.member_id)}
    assert (found["mum"].since, found["mum"].until) == (began, clock.now() + timedelta(days=30)), "longer, not anew"
    clock.advance(timedelta(days=1))
    assert change(shop, member, off=[vip.tag_id, mum.tag_id]) == set()
    assert change(shop, member, off=[vip.tag_id]) == set()
    with shop.unit() as unit:
        entries, following = service.history(unit, member.member_id, None, 3)
        older, _ = service.history(unit, member.member_id, following, 3)
        told = [event.type for event in read_after(unit, START)[0] if event.member_id == member.member_id]
        assert broken(unit) == []
    assert [entry.put for entry in (*entries, *older)] == [False, False, True, True, True]
    assert {entry.by for entry in entries} == {"店主"}
    assert told.count("tag.put") == 3
    assert told.count("tag.taken_off") == 2


def test_of_an_exclusive_group_the_last_one_stays(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        group = group_of(unit, exclusive=True)
        low, high = tag(unit, "low", group=group), tag(unit, "high", group=group)
    assert change(shop, member, [low.tag_id]) == {"low"}
    assert change(shop, member, [high.tag_id]) == {"high"}
    assert change(shop, member, [low.tag_id], [high.tag_id]) == {"low"}, "the way back"
    with pytest.raises(OneOfGroup):
        change(shop, member, [low.tag_id, high.tag_id])
    with shop.unit() as unit:
        last = service.history(unit, member.member_id, None, 50)[0]
        assert {entry.source for entry in last if not entry.put} == {Source.HAND, Source.EXCLUSIVE}
        assert broken(unit) == []


def test_a_group_becomes_exclusive_only_while_nobody_has_two(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        group = group_of(unit)
        low, high = tag(unit, "low", group=group), tag(unit, "high", group=group)
    change(shop, member, [low.tag_id, high.tag_id])
    with pytest.raises(SeveralHeld, match="1 members"), shop.unit() as unit:
        catalogue.change_group(unit, group, {"exclusive": True})
    change(shop, member, off=[low.tag_id])
    with shop.unit() as unit:
        assert catalogue.change_group(unit, group, {"exclusive": True}).exclusive
        assert broken(unit) == []


def test_what_is_due_counts_no_more_and_is_taken_off_by_the_worker(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    short, long, member = shop.member(), shop.member(), shop.member()
    with shop.unit() as unit:
        made = tag(unit, "trial", days=7)
        put(unit, made, [short.member_id, long.member_id])
        service.put_on_many(unit, made.tag_id, [long.member_id], clock.now() + timedelta(days=20))
        service.put_on_many(unit, tag(unit, "always").tag_id, [member.member_id])
    clock.advance(timedelta(days=7))
    with shop.unit() as unit:
        assert held(unit, short.member_id) == set(), "before the worker has come by"
    assert lapse_tags(world.database, shop.merchant_id) == 1
    assert lapse_tags(world.database, shop.merchant_id) == 0
    with shop.unit() as unit:
        assert [held(unit, each.member_id) for each in (short, long, member)] == [set(), {"trial"}, {"always"}]
        assert catalogue.counts(unit)[made.tag_id] == 1
        entry = service.history(unit, short.member_id, None, 1)[0][0]
        told = [event.payload for event in read_after(unit, START)[0] if event.type == "tag.expired"]
        assert broken(unit) == []
    assert (entry.put, entry.source) == (False, Source.EXPIRY)
    assert told == [{"members": 1, "source": "expiry"}]


def test_what_is_put_after_it_was_due_begins_anew(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        made = tag(unit, "trial", days=7)
    change(shop, member, [made.tag_id])
    clock.advance(timedelta(days=8))
    change(shop, member, [made.tag_id])
    with shop.unit() as unit:
        assert service.of_member(unit, member.member_id)[0].since == clock.now()
        assert broken(unit) == []


def test_a_list_with_half_of_the_ids_unknown(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    people = [shop.member().member_id for _ in range(3)]
    strangers = sorted([uuid4(), other.member().member_id])
    with shop.unit() as unit:
        made = tag(unit, "vip")
        put(unit, made, people[:1])
        done = service.put_on_many(unit, made.tag_id, [*people, *people, *strangers])
        assert (done.changed, done.unchanged, list(done.unknown)) == (2, 1, strangers)
        off = service.take_off_many(unit, made.tag_id, [*people[:2], *strangers])
        assert (off.changed, off.unchanged, list(off.unknown)) == (2, 0, strangers)
        assert broken(unit) == []
    with shop.unit() as unit:
        found = {event.type: event.payload for event in read_after(unit, START)[0] if event.type.endswith("_many")}
    assert found["tag.taken_off_many"] == {"members": 2, "source": "list"}


def test_bad_input_changes_nothing(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        group = group_of(unit)
        made = tag(unit, "vip", group=group)
        catalogue.change_tag(unit, tag(unit, "old", group=group).tag_id, TagChanges(archived=True))
        old = next(each for each in catalogue.catalogue(unit).tags[group] if each.code == "old")
    for wrong, wanted in ((TagNotFound, {uuid4(): None}), (TagArchived, {old.tag_id: None, made.tag_id: None})):
        with pytest.raises(wrong), shop.unit() as unit:
            service.change(unit, member.member_id, wanted, ())
    with pytest.raises(Invalid), shop.unit() as unit:
        service.change(unit, member.member_id, {made.tag_id: clock.now()}, ())
    with pytest.raises(MemberNotFound), shop.unit() as unit:
        service.change(unit, uuid4(), {made.tag_id: None}, ())
    with pytest.raises(TagCodeTaken), shop.unit() as unit:
        tag(unit, "vip", group=group)
    with pytest.raises(Invalid), shop.unit() as unit:
        catalogue.create_tag(unit, group, "贵宾", Text("贵", "V"), None, None)
    with pytest.raises(GroupNotEmpty), shop.unit() as unit:
        catalogue.remove_group(unit, group)
    assert turns(shop) == 0


def test_an_archived_tag_counts_nowhere_and_comes_back(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        made = tag(unit, "vip")
        put(unit, made, [member.member_id])
        catalogue.change_tag(unit, made.tag_id, {"archived": True, "colour": Colour.RED})
        assert held(unit, member.member_id) == set()
        catalogue.change_tag(unit, made.tag_id, {"archived": False})
        assert held(unit, member.member_id) == {"vip"}
        assert broken(unit) == []


def test_many_at_once_leave_one_of_an_exclusive_group(world: World) -> None:
    shop = world.merchant()
    member, owner = shop.member(), shop.owner()
    with shop.unit() as unit:
        group = group_of(unit, exclusive=True)
        made = [tag(unit, f"t{number}", group=group).tag_id for number in range(4)]

    def act(number: int) -> None:
        with shop.unit(owner) as unit:
            service.change(unit, member.member_id, {made[number % 4]: None}, ())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(24)))
    with shop.unit() as unit:
        assert len(held(unit, member.member_id)) == 1
        assert broken(unit) == []


def test_over_http_as_a_guide(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    owner, guide = world.client(shop.login), world.client(shop.staff(Role.GUIDE))
    made: Any = owner.post("/v1/tag-groups", json={"name": {"zh": "客群"}, "colour": "blue"}).json()
    assert made["name"] == {"zh": "客群", "en": "客群"}
    vip = guide.post(
        "/v1/tags", json={"group_id": made["id"], "code": "vip", "name": {"zh": "贵宾", "en": "VIP"}}
    ).json()
    path = f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/tags"
    answer = guide.post(path, json={"put": [{"tag_id": vip["id"]}]})
    assert answer.status_code == 200, answer.text
    assert [item["tag"]["code"] for item in guide.get(path).json()["items"]] == ["vip"]
    groups = owner.get("/v1/tags", params={"counts": True}).json()["groups"]
    assert [each["members"] for each in groups[0]["tags"]] == [1]
    assert owner.get("/v1/tags").json()["groups"][0]["tags"][0]["members"] is None
    many = {"member_ids": [show(Prefix.MEMBER, member.member_id), show(Prefix.MEMBER, uuid4())]}
    done = owner.post(f"/v1/tags/{vip['id']}/take-off", json=many).json()
    assert (done["changed"], len(done["unknown"])) == (1, 1)
    changed = owner.patch(f"/v1/tags/{vip['id']}", json={"days": 30, "archived": True}).json()
    assert (changed["days"], changed["archived"], changed["name"]["en"]) == (30, True, "VIP")
    assert owner.patch(f"/v1/tag-groups/{made['id']}", json={"exclusive": True}).json()["exclusive"]
    entries = guide.get(f"{path}/history").json()["items"]
    assert sorted((entry["put"], entry["source"]) for entry in entries) == [(False, "list"), (True, "hand")]
    assert guide.post(path, json={"put": [{"tag_id": vip["id"]}]}).json()["code"] == "tag_archived"
    timeline = guide.get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/timeline").json()["items"]
    assert "打上标签“贵宾”" in [item["title"]["zh"] for item in timeline]


def test_a_merge_takes_a_tag_along_where_its_group_has_room(world: World) -> None:
    shop = world.merchant()
    one, other = shop.member(), shop.member()
    with shop.unit() as unit:
        group = group_of(unit, exclusive=True)
        few, many = (tag(unit, code, group=group).tag_id for code in ("few", "many"))
        service.change(unit, one.member_id, {few: None}, ())
        service.change(unit, one.member_id, {}, [few])
        service.change(unit, other.member_id, {many: None}, ())
    with shop.unit() as unit:
        merge = merging.merge(unit, PLAN, one.member_id, other.member_id)
    with shop.unit() as unit:
        assert (held(unit, one.member_id), broken(unit)) == ({"many"}, [])
        service.change(unit, one.member_id, {few: None}, ())
    with shop.unit() as unit:
        undoing.undo(unit, PLAN, merge.merge_id)
    with shop.unit() as unit:
        assert (held(unit, one.member_id), held(unit, other.member_id), broken(unit)) == ({"few"}, set(), [])
