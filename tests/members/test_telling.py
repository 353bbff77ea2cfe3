"""What sources tell of members fills their fields: who may tell what, what stays, and what is set aside."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.following import recognise
from shuke.entrypoints.merging import PLAN
from shuke.events import sources
from shuke.events.errors import NotBelieved
from shuke.events.model import Profiles, SourceKind
from shuke.events.setting_aside import set_aside
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, new_id, show
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members import store
from shuke.members.attributes import registry
from shuke.members.merging import merging
from shuke.members.merging.undoing import undo
from shuke.members.model import AttributeType, Changes, Choice, Gender, Join, Member
from shuke.members.telling.filling import fill
from shuke.members.telling.model import Refused, Said
from shuke.members.telling.tables import member_fields
from shuke.tenancy.tables import audit_log
from tests.support.tracking import Sender, sender
from tests.support.world import Shop, World

PHONE = "13800001111"


def shop_that_keeps(world: World) -> Shop:
    shop = world.merchant()
    with shop.unit() as unit:
        for name, kind, personal in (
            ("city", AttributeType.TEXT, False),
            ("favourite_day", AttributeType.DATE, False),
            ("children", AttributeType.NUMBER, False),
            ("allergy", AttributeType.TEXT, True),
        ):
            registry.register(unit, name, kind, Text(name, name), personal=personal)
        sizes = [Choice("s", Text("小", "small")), Choice("l", Text("大", "large"))]
        registry.register(unit, "size", AttributeType.CHOICE, Text("尺码", "Size"), personal=False, choices=sizes)
    return shop


def bare(shop: Shop) -> Member:
    with shop.unit() as unit:
        return members.join(unit, Join(channel="pos", phone=PHONE))


def tell(source: Sender, minutes: float, traits: Mapping[str, Any], **more: Any) -> None:
    """Told so long ago, of her with the phone unless `more` says of whom."""
    at = source.shop.database.clock.now() - timedelta(minutes=minutes)
    who = more or {"userId": "u1"}
    named = {} if more else {"phone": PHONE}
    source.take({"type": "identify", "timestamp": at.isoformat(), "traits": {**named, **traits}, **who})
    recognise(source.shop.database, source.shop.merchant_id)


def set_to(source: Sender, profiles: Profiles) -> Sender:
    with source.shop.unit() as unit:
        sources.change(unit, source.source.source_id, profiles=profiles)
    return source


def her(shop: Shop, member: Member) -> Member:
    with shop.unit() as unit:
        return members.get(unit, member.member_id)


def edit(shop: Shop, member: Member, **changes: Any) -> None:
    with shop.unit() as unit:
        members.change(unit, member.member_id, Changes(**changes))  # type: ignore[typeddict-item]


def test_what_is_told_fills_what_is_empty(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    clock.advance(timedelta(hours=1))
    told = {
        "firstName": "小明",
        "lastName": "王",
        "gender": "女",
        "birthday": "1990-05-31T16:00:00Z",
        "favouriteDay": "2024-02-29",
        "children": 2.0,
        "allergy": "nuts",
        "address": {"city": "上海"},
        "nobody": "keeps it",
        "size": None,
    }
    tell(server, 1, told)
    found = her(shop, member)
    assert (found.name, found.gender, found.birthday) == ("王小明", Gender.FEMALE, date(1990, 6, 1))
    assert found.attributes == {"favourite_day": "2024-02-29", "children": 2, "allergy": "nuts", "city": "上海"}
    assert server.aside() == []
    with shop.unit() as unit:
        entry = unit.connection.execute(sa.select(audit_log).where(audit_log.c.action == "member.changed")).one()
        assert (entry.actor_name, entry.subject_id) == ("小程序", member.member_id)
        assert "attributes.city" in entry.after["fields"]
        assert "王小明" not in str(entry.after)
    named = world.client(shop.login).get("/v1/members", params={"q": "王小"}).json()["items"]
    assert [each["number"] for each in named] == [member.number]
    tell(server, 0.5, told)
    with shop.unit() as unit:
        entries = sa.select(sa.func.count()).where(audit_log.c.action == "member.changed")
        assert unit.connection.scalar(entries) == 1


def test_what_people_entered_stays_unless_a_source_overwrites_and_tells_of_later(
    world: World, clock: SimulatedClock
) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    clock.advance(timedelta(hours=1))
    edit(shop, member, name="店员填的", attributes={"city": "北京"})
    clock.advance(timedelta(hours=1))
    tell(server, 1, {"name": "Told", "city": "上海", "gender": "m"})
    assert (her(shop, member).name, her(shop, member).gender) == ("店员填的", Gender.MALE)
    set_to(server, Profiles.OVERWRITE)
    tell(server, 90, {"name": "Before", "gender": "f"})
    assert (her(shop, member).name, her(shop, member).gender) == ("店员填的", Gender.MALE)
    tell(server, 0.5, {"name": "After"})
    assert (her(shop, member).name, her(shop, member).attributes) == ("After", {"city": "北京"})
    edit(shop, member, name=None)
    tell(server, 0.3, {"name": "Before it was emptied"})
    assert her(shop, member).name is None
    clock.advance(timedelta(hours=1))
    set_to(server, Profiles.OFF)
    tell(server, 1, {"name": "Off"})
    assert her(shop, member).name is None
    set_to(server, Profiles.FILL)
    tell(server, 0.5, {"name": "Since"})
    assert her(shop, member).name == "Since"


@pytest.mark.parametrize("kind", [SourceKind.WEB, SourceKind.APP])
def test_who_can_be_imitated_fills_nothing_personal_and_gives_way(
    world: World, clock: SimulatedClock, kind: SourceKind
) -> None:
    shop = shop_that_keeps(world)
    member, web, server = bare(shop), sender(shop, kind), sender(shop)
    with pytest.raises(NotBelieved):
        set_to(web, Profiles.OVERWRITE)
    clock.advance(timedelta(hours=1))
    tell(server, 9, {"phone": PHONE}, userId="u1", anonymousId="browser")
    tell(web, 1, {"name": "Mallory", "gender": "f", "allergy": "x", "city": "广州"}, anonymousId="browser")
    tell(web, 1, {"city": "深圳", "phone": PHONE}, anonymousId="another")
    found = her(shop, member)
    assert (found.name, found.gender, found.attributes) == (None, None, {"city": "广州"})
    tell(server, 5, {"city": "上海"})
    tell(web, 0.5, {"city": "佛山"}, anonymousId="browser")
    assert her(shop, member).attributes == {"city": "上海"}


def test_what_was_told_of_a_visitor_fills_her_when_she_joins(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    server = sender(shop)
    tell(server, 30, {"name": "Wang", "birthday": "not a day"})
    clock.advance(timedelta(hours=1))
    member = bare(shop)
    assert her(shop, member).name is None
    recognise(shop.database, shop.merchant_id)
    assert her(shop, member).name == "Wang"
    assert [(reason, field) for reason, field, _ in server.aside()] == [("trait", "traits.birthday")]


def test_a_value_that_is_none_is_set_aside_and_can_be_read_again(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    clock.advance(timedelta(hours=1))
    unfit = {"birthday": "2999-01-01", "gender": 7, "name": "", "size": "m", "children": "2", "city": ["x"]}
    tell(server, 1, {**unfit, "allergy": "nuts"})
    tell(server, 1, {**unfit, "allergy": "nuts"})
    assert her(shop, member).attributes == {"allergy": "nuts"}
    fields = sorted(field for _, field, _ in server.aside())
    assert fields == [f"traits.{name}" for name in ("birthday", "children", "city", "gender", "size")]
    assert orjson.loads(next(raw for _, field, raw in server.aside() if field == "traits.size"))["traits"] == {
        "size": "m"
    }
    client = world.client(shop.login)
    size = next(each for each in client.get("/v1/attributes").json()["items"] if each["name"] == "size")
    more = [*size["choices"], {"value": "m", "label": {"zh": "中", "en": "medium"}}]
    assert client.patch(f"/v1/attributes/{size['id']}", json={"choices": more}).status_code == 200
    waiting = client.get("/v1/events/quarantine", params={"reason": "trait"}).json()["items"]
    ids = [each["id"] for each in waiting]
    assert client.post("/v1/events/quarantine/replay", json={"ids": ids}).json() == {"replayed": 5, "left": 0}
    recognise(shop.database, shop.merchant_id)
    assert her(shop, member).attributes == {"allergy": "nuts", "size": "m"}
    left = client.get("/v1/events/quarantine", params={"reason": "trait"}).json()["items"]
    assert sorted(each["field"] for each in left) == [field for field in fields if field != "traits.size"]


def test_merged_parted_and_erased_it_is_as_for_every_field(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    with shop.unit() as unit:
        older = members.join(unit, Join(channel="pos", phone="13900002222", joined_at=member.joined_at))
    clock.advance(timedelta(hours=1))
    tell(server, 9, {"city": "上海", "gender": "f"})
    edit(shop, older, gender=Gender.MALE)
    with shop.unit() as unit:
        merge = merging.merge(unit, PLAN, older.member_id, member.member_id)
    assert (her(shop, older).gender, her(shop, older).attributes) == (Gender.MALE, {"city": "上海"})
    tell(server, 8, {"city": "杭州", "gender": "f"})
    assert (her(shop, older).gender, her(shop, older).attributes) == (Gender.MALE, {"city": "杭州"})
    with shop.unit() as unit:
        undo(unit, PLAN, merge.merge_id)
    assert her(shop, member).gender == Gender.FEMALE
    tell(server, 1, {"allergy": "nuts", "birthday": "2999-01-01"})
    document = world.client(shop.login).get(f"/v1/members/{show(Prefix.MEMBER, member.member_id)}/disclosure").text
    assert "小程序" in document
    with shop.unit() as unit:
        members.erase(unit, ERASING, member.member_id, "x", forfeit=True)
        assert member.member_id not in set(unit.connection.scalars(sa.select(member_fields.c.member_id)))
    assert server.aside() == []
    tell(server, 0.1, {"city": "苏州"}, userId=show(Prefix.MEMBER, member.member_id))
    with shop.unit() as unit:
        found = sa.select(sa.func.count()).where(member_fields.c.member_id == member.member_id)
        assert unit.connection.scalar(found) == 0


def said(source: Sender, **traits: Any) -> Said:
    of = source.source
    return Said(new_id(), source.shop.database.clock.now(), of.source_id, of.name, True, False, traits)


def test_parted_she_keeps_what_was_told_since_and_nothing_else_of_the_other(
    world: World, clock: SimulatedClock
) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    with shop.unit() as unit:
        older = members.join(unit, Join(channel="pos", phone="13900002222", attributes={"children": 1}))
    clock.advance(timedelta(hours=1))
    tell(server, 9, {"city": "上海", "size": "s"})
    with shop.unit() as unit:
        merge = merging.merge(unit, PLAN, older.member_id, member.member_id)
    tell(server, 8, {"city": "杭州"})
    assert her(shop, older).attributes == {"children": 1, "city": "杭州", "size": "s"}
    with shop.unit() as unit:
        undo(unit, PLAN, merge.merge_id)
    assert her(shop, older).attributes == {"children": 1, "city": "杭州"}
    assert her(shop, member).attributes == {"city": "上海", "size": "s"}


def test_who_was_merged_after_she_was_recognised_is_who_she_became(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    with shop.unit() as unit:
        older = members.join(unit, Join(channel="pos", phone="13900002222"))
    clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        merging.merge(unit, PLAN, older.member_id, member.member_id)
        told = {member.member_id: [said(server, city="上海")], older.member_id: [said(server, children=2)]}
        assert fill(unit, told) == []
    assert her(shop, older).attributes == {"city": "上海", "children": 2}
    assert her(shop, member).attributes == {}


def test_whom_somebody_else_holds_is_filled_the_next_time(world: World, clock: SimulatedClock) -> None:
    """A merge holds members before visitors: who waited here for a member would have held its visitors."""
    shop = shop_that_keeps(world)
    server = sender(shop)
    tell(server, 30, {"name": "Wang"})
    clock.advance(timedelta(hours=1))
    member = bare(shop)
    with shop.unit() as unit:
        assert store.lock(unit, member.member_id)
        recognise(shop.database, shop.merchant_id)
    assert her(shop, member).name is None
    recognise(shop.database, shop.merchant_id)
    assert her(shop, member).name == "Wang"


def test_what_is_none_is_set_aside_however_much_it_is(world: World) -> None:
    shop = shop_that_keeps(world)
    member, server = bare(shop), sender(shop)
    told = said(server)
    with shop.unit() as unit:
        set_aside(unit, [Refused(told, member.member_id, "children", str(number)) for number in range(10_000)])
    assert len(server.aside()) == 10_000


def test_what_a_page_told_unfit_stays_aside(world: World, clock: SimulatedClock) -> None:
    shop = shop_that_keeps(world)
    _, web, server = bare(shop), sender(shop, SourceKind.WEB), sender(shop)
    clock.advance(timedelta(hours=1))
    tell(server, 9, {"phone": PHONE}, userId="u1", anonymousId="browser")
    tell(web, 1, {"children": "2"}, anonymousId="browser")
    client = world.client(shop.login)
    (waiting,) = client.get("/v1/events/quarantine", params={"reason": "trait"}).json()["items"]
    again = client.post("/v1/events/quarantine/replay", json={"ids": [waiting["id"]]})
    assert again.json() == {"replayed": 0, "left": 1}
