"""Members whom events prove to be one: merged at once where the merchant wants it, proposed where something stands in
the way."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.entrypoints.following import recognise
from shuke.entrypoints.merging import PLAN
from shuke.events.model import SourceKind
from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, new_id, show
from shuke.ledger import service as ledger
from shuke.loyalty.families import sharing
from shuke.loyalty.model import EarnsTo
from shuke.members import service as members
from shuke.members.identity import audit, policies
from shuke.members.identity.model import Space, SpaceRule, TwoMembers
from shuke.members.identity.resolving import resolve_batch
from shuke.members.identity.rules.defaults import SPACES
from shuke.members.identity.rules.resolve import MEMBERS_MAX
from shuke.members.identity.seeing import Eye
from shuke.members.merging import merging, undoing
from shuke.members.merging.errors import OwnStaff
from shuke.members.merging.tables import merges
from shuke.members.model import Member
from shuke.tenancy import staffing
from shuke.tenancy.model import Role
from shuke.tenancy.staffing import Hire
from tests.conftest import NOON
from tests.support.people import held
from tests.support.till import Till, open_till
from tests.support.tracking import sender
from tests.support.world import PASSWORD, Shop, World

PHONE = "13800001111"
LOOSE = tuple(SpaceRule(rule.space) for rule in SPACES)


@pytest.fixture
def till(world: World) -> Till:
    made = open_till(world)
    made.shop.product("A", 1_000)
    at_once(made.shop)
    return made


def at_once(shop: Shop, spaces: tuple[SpaceRule, ...] = SPACES) -> None:
    with shop.unit() as unit:
        policies.change(unit, policies.checked(unit, spaces, [], TwoMembers.MERGE))


def see(unit: Unit, *said: dict[Space, str], member_id: UUID | None = None) -> list[UUID | None]:
    eye = Eye(unit)
    seen = [eye.sighting(NOON + timedelta(minutes=at), each, (), member_id) for at, each in enumerate(said)]
    found = [None if who is None else who.person_id for who in resolve_batch(unit, seen, PLAN)]
    assert [check for check in audit.audit(unit) if not check.ok] == []
    return found


def merged(unit: Unit) -> list[Any]:
    return list(unit.connection.execute(sa.select(merges).order_by(merges.c.at, merges.c.merge_id)))


def proposed(till: Till, status: str = "open") -> list[dict[str, Any]]:
    return list(till.client.get("/v1/proposals", params={"status": status}).json()["items"])


def older_and_younger(shop: Shop, clock: SimulatedClock) -> tuple[Member, Member]:
    one = shop.member(phone=PHONE)
    clock.advance(timedelta(minutes=1))
    return one, shop.member(phone=None, card="A001")


BOTH = {Space.PHONE: PHONE, Space.CARD: "a001", Space.ANONYMOUS_ID: "x"}


def test_an_event_makes_two_members_one_and_a_person_two_again(till: Till, clock: SimulatedClock) -> None:
    one, two = older_and_younger(till.shop, clock)
    till.settle([("A", 3)], two)
    server = sender(till.shop, SourceKind.SERVER)
    server.take(
        {"type": "identify", "anonymousId": "x", "userId": "u", "traits": {"card": "A001"}, "messageId": "1"},
        {"type": "identify", "userId": "u", "traits": {"phone": PHONE}, "messageId": "2"},
    )
    recognise(till.shop.database, till.shop.merchant_id)
    (done,) = till.client.get("/v1/merges").json()["items"]
    assert (done["survivor"]["number"], done["absorbed"]["number"]) == (one.number, two.number)
    assert done["cause"] == "event"
    assert till.wallet(one)[0] == 30
    with till.shop.unit() as unit:
        (row,) = merged(unit)
        assert "user_id" in row.evidence["namespaces"]
        assert set(row.evidence) == {"sighting", "namespaces", "at"}
        assert {space for space, _ in held(unit)[one.member_id]} == {"phone", "card", "user_id", "anonymous_id"}
        assert two.member_id not in held(unit)
    assert till.broken_laws() == []
    assert till.post(f"merges/{done['id']}/undo").status_code == 200
    with till.shop.unit() as unit:
        assert ledger.balances(unit, two.member_id).points == 30
    with till.shop.unit() as unit:
        assert see(unit, BOTH) == [one.member_id]
        assert len(merged(unit)) == 1, "nobody but a person makes them one again"
    assert proposed(till) == []
    assert till.broken_laws() == []


def test_what_a_merge_refuses_is_proposed_with_the_reason_and_the_rest_is_done(
    till: Till, clock: SimulatedClock
) -> None:
    one, two = older_and_younger(till.shop, clock)
    three = till.shop.member(phone="13800003333")
    clock.advance(timedelta(minutes=1))
    four = till.shop.member(phone=None, card="B001")
    with till.shop.unit() as unit:
        for owner in (one, two):
            sharing.create(unit, owner.member_id, "家", EarnsTo.FAMILY)
        other = {Space.PHONE: "13800003333", Space.CARD: "B001"}
        stranger = {Space.PHONE: "13800009999", Space.ANONYMOUS_ID: "z"}
        found = see(unit, BOTH, other, stranger)
        assert found[:2] == [one.member_id, three.member_id]
        assert found[2] in held(unit)
        assert [(row.survivor_id, row.absorbed_id) for row in merged(unit)] == [(three.member_id, four.member_id)]
    (proposal,) = proposed(till)
    assert {proposal["a"]["number"], proposal["b"]["number"]} == {one.number, two.number}
    assert proposal["obstacle"]["code"] == "both_in_families"
    assert proposal["obstacle"]["message"]["zh"]
    with till.shop.unit() as unit:
        assert see(unit, BOTH) == [one.member_id], "from now on people decide"
    assert till.broken_laws() == []


def test_what_was_proposed_is_merged_when_it_is_seen_again_and_wanted(world: World, clock: SimulatedClock) -> None:
    till = open_till(world)
    one, _two = older_and_younger(till.shop, clock)
    with till.shop.unit() as unit:
        see(unit, BOTH)
        assert merged(unit) == []
    assert len(proposed(till)) == 1
    at_once(till.shop)
    with till.shop.unit() as unit:
        assert see(unit, BOTH) == [one.member_id]
        assert len(merged(unit)) == 1
    assert proposed(till) == []
    assert len(proposed(till, "accepted")) == 1


def test_two_with_a_phone_each_are_two(till: Till) -> None:
    """A person has one phone: what would give her two is left to people."""
    one, _two = till.shop.member(phone=PHONE), till.shop.member(phone="13800002222", card="A001")
    with till.shop.unit() as unit:
        assert see(unit, BOTH) == see(unit, BOTH) == [one.member_id]
        assert merged(unit) == []
    (proposal,) = proposed(till)
    assert proposal["obstacle"]["code"] == "limit"


def test_a_browser_that_others_use_makes_nobody_one(till: Till, clock: SimulatedClock) -> None:
    one, two = older_and_younger(till.shop, clock)
    web = sender(till.shop, SourceKind.WEB)
    for member in (one, two):
        with till.shop.unit() as unit:
            code = members.issue_code(unit, member).code
        web.take({"type": "page", "anonymousId": "till pad", "userId": code, "traits": {"phone": PHONE}})
        recognise(till.shop.database, till.shop.merchant_id)
    with till.shop.unit() as unit:
        assert merged(unit) == []
    assert proposed(till) == []


def test_a_till_that_types_one_number_for_everybody_is_shown_before_and_stopped(
    till: Till, clock: SimulatedClock
) -> None:
    people = []
    for place in range(8):
        clock.advance(timedelta(seconds=1))
        people.append(till.shop.member(phone=None, card=f"A{place:03}"))
    said = [{Space.PHONE: PHONE, Space.CARD: f"A{place:03}"} for place in range(8)]
    with till.shop.unit() as unit:
        policies.change(unit, policies.checked(unit, LOOSE, []))
        see(unit, *said)
        assert merged(unit) == []
    body = {"spaces": [{"space": rule.space} for rule in LOOSE], "two_members": "merge"}
    shown = till.client.post("/v1/identity/policy/simulate", json=body).json()
    assert shown["members"] == {"before": 0, "after": MEMBERS_MAX - 1}
    assert {each["survivor"]["number"] for each in shown["merging"]} == {people[0].number}
    kept = till.client.put("/v1/identity/policy", json=body)
    assert kept.json()["two_members"] == till.client.get("/v1/identity/policy").json()["two_members"] == "merge"
    with till.shop.unit() as unit:
        see(unit, *said)
        assert len(merged(unit)) == MEMBERS_MAX - 1
        see(unit, *said)
        assert len(merged(unit)) == MEMBERS_MAX - 1
    assert {each["obstacle"]["code"] for each in proposed(till)} == {"limit"}
    assert till.broken_laws() == []


def test_staff_are_not_merged(till: Till, clock: SimulatedClock) -> None:
    one, two = older_and_younger(till.shop, clock)
    with till.shop.unit() as unit:
        staffing.hire(unit, Hire(PHONE, "收银员", Role.CASHIER, [till.store.store_id], PASSWORD))
        with pytest.raises(OwnStaff, match=one.number):
            merging.merge(unit, PLAN, one.member_id, two.member_id)
        see(unit, BOTH)
        assert merged(unit) == []
    (proposal,) = proposed(till)
    assert proposal["obstacle"]["code"] == "own_staff"
    answer = till.post(f"members/{show(Prefix.MEMBER, one.member_id)}/merge", {"other": show(Prefix.STAFF, new_id())})
    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "other")


def test_an_absorbed_name_is_hers_and_what_she_came_by_is_known(till: Till, clock: SimulatedClock) -> None:
    one, two = older_and_younger(till.shop, clock)
    with till.shop.unit() as unit:
        done = merging.merge(unit, PLAN, one.member_id, two.member_id)
        assert see(unit, {Space.DEVICE: "d"}, member_id=two.member_id) == [one.member_id]
        undoing.undo(unit, PLAN, done.merge_id)
        assert see(unit, {Space.CARD: "A001"}) == [two.member_id]


def test_a_merge_by_hand_meanwhile_is_met(till: Till, clock: SimulatedClock) -> None:
    """The two are merged between reading and writing: the batch looks again."""
    one, two = older_and_younger(till.shop, clock)
    done: list[UUID] = []

    def merge_meanwhile() -> UUID:
        if not done:
            with till.shop.unit() as other:
                done.append(merging.merge(other, PLAN, one.member_id, two.member_id).merge_id)
        return new_id()

    with pytest.MonkeyPatch.context() as patch, till.shop.unit() as unit:
        patch.setattr("shuke.members.identity.resolving.new_id", merge_meanwhile)
        assert (
            see(unit, {Space.USER_ID: "new"}, BOTH, {Space.CARD: "A001", Space.DEVICE: "d"})[1:] == [one.member_id] * 2
        )
        assert [row.merge_id for row in merged(unit)] == done
    assert till.broken_laws() == []


def test_identifiers_of_absurd_length_are_nobodys(till: Till) -> None:
    with till.shop.unit() as unit:
        assert see(unit, dict.fromkeys(Space, "1" * 100000)) == [None]
