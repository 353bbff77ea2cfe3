"""Nothing that comes after an erasure makes her known again."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from shuke.audience import service as audience
from shuke.audience.traits import keeping
from shuke.audience.traits.reading import columns, standing
from shuke.audience.traits.tables import trait_states
from shuke.audience.traits.terms import Terms
from shuke.entrypoints import traits
from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date, forget_erased
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.retention import forget
from shuke.entrypoints.traits import reckon
from shuke.events.model import SourceKind
from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, parse, show
from shuke.ledger.model import Shortfall
from shuke.ledger.tables import ledger_balances
from shuke.members import service as members
from shuke.members.identity.tables import identifiers, person_events
from shuke.members.merging import merging
from shuke.members.model import Member
from shuke.members.tags import service as tags
from tests.imports.desk import Desk
from tests.support.programmes import publish
from tests.support.tagging import held, tag
from tests.support.till import Till, open_till
from tests.support.tracking import sender
from tests.support.world import Shop, World


def erase(shop: Shop, member: Member) -> None:
    with shop.unit() as unit:
        members.erase(unit, ERASING, member.member_id, "x", forfeit=True)


def test_what_is_told_in_her_name_is_not_hers(world: World) -> None:
    shop = world.merchant()
    member, server = shop.member(), sender(shop)
    erase(shop, member)
    told = {"userId": show(Prefix.MEMBER, member.member_id), "timestamp": world.clock.now().isoformat()}
    server.take({**told, "type": "identify", "traits": {"phone": "13700001234"}}, {**told, "type": "page"})
    recognise(shop.database, shop.merchant_id)
    with shop.unit() as unit:
        for table in (identifiers, person_events):
            people = {row.person_id for row in unit.connection.execute(table.select())}
            assert member.member_id not in people, table.name


def test_what_the_timeline_does_not_tell_of_any_more_goes_too(world: World, clock: SimulatedClock) -> None:
    """Events may be kept longer than it is kept whose they are."""
    shop = world.merchant()
    member, other, server = shop.member(), shop.member(), sender(shop)
    for each, user in ((member, "u-hers"), (other, "u-other")):
        when = clock.now().isoformat()
        server.take({"type": "identify", "userId": user, "traits": {"phone": each.phone}, "timestamp": when})
    recognise(shop.database, shop.merchant_id)
    clock.advance(timedelta(days=31))
    world.client(shop.login).put("/v1/retention", json={"rules": {"timeline": 30}})
    assert forget(shop.database, shop.merchant_id) == 2
    erase(shop, member)
    assert sorted((len(row["keys"]), row["personal"] is None) for row in server.kept()) == [(0, True), (1, False)]


def test_files_do_not_name_her(world: World, tmp_path: Path) -> None:
    shop = world.merchant()
    member, desk = shop.member(), Desk(shop, tmp_path)
    with shop.unit() as unit:
        tag_id = tag(unit, "mum").tag_id
    erase(shop, member)
    path = desk.write("tags.csv", ("number", "tag"), [(member.number, "mum")])
    (reject,) = desk.rejects(desk.load("tags", path)).values()
    assert reject.reason.en == "there is no such member"
    with shop.unit() as unit:
        assert tags.put_on_many(unit, tag_id, [member.member_id]).unknown == (member.member_id,)


def test_files_mean_by_an_old_number_whom_she_became(world: World, tmp_path: Path) -> None:
    shop = world.merchant()
    member, other, desk = shop.member(), shop.member(), Desk(shop, tmp_path)
    with shop.unit() as unit:
        tag(unit, "mum")
        merging.merge(unit, PLAN, member.member_id, other.member_id)
    desk.load("tags", desk.write("tags.csv", ("number", "tag"), [(other.number, "mum")]))
    with shop.unit() as unit:
        assert held(unit, member.member_id) == {"mum"}


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    till.shop.product("A", 1_000)
    return till


@pytest.mark.parametrize("shortfall", list(Shortfall))
def test_a_refund_gives_back_money_and_nothing_else(till: Till, shortfall: Shortfall) -> None:
    with till.shop.unit() as unit:
        publish(unit, lambda document: document["points"].update(shortfall=shortfall.value))
    member = till.shop.member()
    earning = till.settle([("A", 20)], member)
    spending = till.settle([("A", 1)], member, points=100)
    erase(till.shop, member)
    for order in (earning, spending):
        back = till.refund(order)
        assert (back["deducted_minor"], back["points_owed"]) == (0, 0)
        assert sum(each["amount_minor"] for each in back["tenders"]) == order["paid_minor"]
    with till.shop.unit() as unit:
        left = unit.connection.execute(ledger_balances.select().where(ledger_balances.c.wallet_id == member.member_id))
        assert [(row.points, row.points_owed) for row in left] == [(0, 0)]
    assert till.broken_laws() == []


def test_a_copy_made_before_does_not_bring_her_back(till: Till) -> None:
    shop, lake = till.shop, till.world.settings.lake
    member, other = shop.member(), shop.member()
    for each in (member, other):
        till.settle([("A", 1)], each)
    bought = {"rule": "did", "what": {"fact": "order", "window": {"window": "ever"}}}
    tree = {**bought, "times": {"test": "at_least", "value": 1}}
    made = till.post("segments", {"code": "all", "name": "买过", "tree": tree, "refresh": "once"}).json()
    bring_up_to_date(till.world.database, lake, shop.merchant_id)
    erase(shop, member)
    with shop.unit() as unit:
        seen = audience.refresh(unit, lake, parse(Prefix.SEGMENT, made["id"])).last
        assert seen is not None
        assert seen.size == 1
    till.world.clock.advance(timedelta(days=1))
    reckon(till.world.database, lake, shop.merchant_id)
    with shop.unit() as unit:
        assert [row.member_id for row in unit.connection.execute(trait_states.select())] == [other.member_id]
        assert traits_of(unit, lake) == [str(other.member_id)], "the copy knew her"
    assert forget_erased(till.world.database, lake, shop.merchant_id) == 1
    with shop.unit() as unit:
        assert traits_of(unit, lake) == [str(other.member_id)]
    assert till.broken_laws() == []


def test_who_is_erased_while_traits_are_reckoned_has_none(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, lake, database = till.shop, till.world.settings.lake, till.world.database
    member, late, other = (shop.member() for _ in range(3))
    for each in (member, late, other):
        till.settle([("A", 1)], each)
    bring_up_to_date(database, lake, shop.merchant_id)
    till.world.clock.advance(timedelta(days=1))

    follow_paths = keeping.follow_paths

    def interrupted(reckoning: duckdb.DuckDBPyConnection, terms: Terms) -> None:
        follow_paths(reckoning, terms)
        erase(shop, member)
        assert forget_erased(database, lake, shop.merchant_id) == 1

    monkeypatch.setattr(keeping, "follow_paths", interrupted)
    reckon(database, lake, shop.merchant_id)
    left = [str(each.member_id) for each in (late, other)]
    with shop.unit() as unit:
        assert sorted(traits_of(unit, lake)) == sorted(left)
        assert sorted(str(row.member_id) for row in unit.connection.execute(trait_states.select())) == sorted(left)
    for each in (late, other):
        till.settle([("A", 1)], each, client=till.as_machine())
    bring_up_to_date(database, lake, shop.merchant_id)
    erase(shop, late)
    assert traits.renew(database, lake, shop.merchant_id) == 2
    with shop.unit() as unit:
        assert traits_of(unit, lake) == left[1:]
        assert [str(row.member_id) for row in unit.connection.execute(trait_states.select())] == left[1:]
    assert forget_erased(database, lake, shop.merchant_id) == 1
    folder = lake / shop.merchant_id.hex / "traits"
    assert not [file.name for file in folder.iterdir() if str(late.member_id).encode() in file.read_bytes()]
    assert till.broken_laws() == []


def traits_of(unit: Unit, lake: Path) -> list[str]:
    """Whose traits are told."""
    found: list[str] = columns(standing(unit, lake), ["lifecycle"])["member_id"].to_pylist()
    return found


def test_what_was_told_and_not_followed_yet_goes_too(world: World) -> None:
    """Whoever is named by what is sealed in an event only, would be a stranger with her number a minute later."""
    shop = world.merchant()
    member, other, server = shop.member(phone="13700001234"), shop.member(phone="13700005678"), sender(shop)
    web = sender(shop, SourceKind.WEB)
    for user, phone in (("u-1", "+86 137 0000 1234"), ("u-2", other.phone)):
        server.take({"type": "identify", "userId": user, "traits": {"phone": phone}})
    web.take({"type": "identify", "anonymousId": "b-9", "traits": {"phone": "13700001234"}})
    erase(shop, member)
    recognise(shop.database, shop.merchant_id)
    assert sorted((len(row["keys"]), row["personal"] is None) for row in server.kept()) == [(0, True), (1, False)]
    assert [len(row["keys"]) for row in web.kept()] == [1], "a page proves nothing"
    with shop.unit() as unit:
        held = unit.connection.execute(sa.select(identifiers.c.person_id, identifiers.c.namespace)).all()
    assert {row.namespace for row in held if row.person_id != other.member_id} == {"anonymous_id"}
