"""Sightings in the database: batches make the persons that the rules make one by one, and beside people who join."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuke.entrypoints.merging import PLAN
from shuke.infra.database import Unit
from shuke.kernel.errors import Invalid
from shuke.kernel.ids import new_id
from shuke.members.identity import audit, policies
from shuke.members.identity.model import PROVEN, Reason, Space, SpaceRule
from shuke.members.identity.policies import Blocked
from shuke.members.identity.resolving import resolve_batch
from shuke.members.identity.rules.resolve import Graph, Person
from shuke.members.identity.seeing import Eye
from shuke.members.identity.tables import identity_sightings, proposals
from tests.conftest import NOON
from tests.support.people import became, held
from tests.support.world import World

PHONE, OTHER = "13800001111", "13800002222"
VALUES = {
    Space.PHONE: [PHONE, OTHER, "13800003333"],
    Space.EMAIL: ["a@example.com", "b@example.com"],
    Space.ANONYMOUS_ID: ["x", "y", "z"],
}
SEEN = st.lists(
    st.tuples(
        st.fixed_dictionaries({}, optional={space: st.sampled_from(values) for space, values in VALUES.items()}),
        st.integers(0, 3000),
    ),
    min_size=1,
    max_size=9,
)


def see(unit: Unit, *said: dict[Space, str], member_id: UUID | None = None) -> list[UUID | None]:
    """The persons of sightings that were made a minute apart."""
    eye = Eye(unit)
    seen = [eye.sighting(NOON + timedelta(minutes=at), each, (), member_id) for at, each in enumerate(said)]
    return [None if who is None else who.person_id for who in resolve_batch(unit, seen, PLAN)]


def quiet(unit: Unit) -> None:
    assert [check for check in audit.audit(unit) if not check.ok] == []


def test_batches_make_the_persons_that_the_rules_make(world: World) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(SEEN, st.integers(1, 9))
    def run(said: Sequence[tuple[dict[Space, str], int]], size: int) -> None:
        shop = world.merchant()
        member = shop.member(phone=PHONE)
        with shop.unit() as unit:
            eye = Eye(unit)
            seen = [eye.sighting(NOON + timedelta(minutes=at), each) for each, at in said]
            first = dict.fromkeys(held(unit)[member.member_id], member.joined_at)
            pure = Graph(policies.policy(unit), [Person(member.member_id, True, member.joined_at, first)], new_id)
            for each in seen:
                pure.see(each)
            for start in range(0, len(seen), size):
                resolve_batch(unit, seen[start : start + size], PLAN)
            expected = [person for person in pure.people.values() if person.keys]
            assert {frozenset(keys) for keys in held(unit).values()} == {frozenset(each.keys) for each in expected}
            assert held(unit)[member.member_id] == set(pure.people[member.member_id].keys)
            quiet(unit)

    run()


def test_a_visitor_keeps_one_id_until_she_is_known_to_be_a_member(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE)
    with shop.unit() as unit:
        browser, app = {Space.ANONYMOUS_ID: "x"}, {Space.DEVICE: "pad"}
        (first,), (second,) = see(unit, browser), see(unit, app)
        assert first is not None
        assert second is not None
        assert see(unit, browser | app) == [first]
        assert became(unit, second) == first
        assert see(unit, app | {Space.PHONE: "138 0000 1111"}) == [member.member_id]
        assert became(unit, first) == became(unit, second) == member.member_id
        assert see(unit, browser) == [member.member_id]
        quiet(unit)


def test_two_members_seen_as_one_are_proposed_and_stay_two(world: World) -> None:
    shop = world.merchant()
    one, two = shop.member(phone=PHONE), shop.member(card="A001")
    both = {Space.PHONE: PHONE, Space.CARD: "a001", Space.ANONYMOUS_ID: "x"}
    with shop.unit() as unit:
        assert see(unit, both) == see(unit, both) == [one.member_id]
        (row,) = unit.connection.execute(sa.select(proposals)).all()
        assert {row.a_id, row.b_id} == {one.member_id, two.member_id}
        assert (row.cause, row.status, row.namespaces) == ("event", "open", ["anonymous_id", "card", "phone"])
        (kept,) = unit.connection.execute(sa.select(identity_sightings)).all()
        assert kept.times == 2
        assert {(space, why) for space, _, why in kept.dropped} == {
            ("card", Reason.MEMBERS),
            ("anonymous_id", Reason.MEMBERS),
        }
        quiet(unit)


def test_who_showed_that_she_is_a_member_is_that_member(world: World) -> None:
    shop = world.merchant()
    member = shop.member(phone=PHONE)
    with shop.unit() as unit:
        (visitor,) = see(unit, {Space.ANONYMOUS_ID: "x"})
        assert see(unit, {Space.ANONYMOUS_ID: "x"}, {}, member_id=member.member_id) == [member.member_id] * 2
        assert visitor is not None
        assert became(unit, visitor) == member.member_id
        (who,) = resolve_batch(unit, [Eye(unit).sighting(NOON, {}, (), member.member_id)], PLAN)
        assert who is not None
        assert (who.namespace, who.origin_id) == (PROVEN, member.member_id)
        assert see(unit, {}, member_id=new_id()) == [None]


def test_a_policy_decides_what_links(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        assert see(unit, {Space.USER_ID: "null"}, {Space.ANONYMOUS_ID: "0"}) == [None, None]
        said = policies.checked(unit, [SpaceRule(Space.PHONE, ever=2)], [Blocked(Space.PHONE, "138-0000-1111")])
        policies.change(unit, said)
        assert policies.rules(unit) == said
        assert said.blocked == (Blocked(Space.PHONE, "+8613800001111"),)
    with shop.unit() as unit:
        assert see(unit, {Space.PHONE: PHONE}, {Space.EMAIL: "a@example.com"}) == [None, None]
        (who,) = see(unit, {Space.PHONE: OTHER})
        assert who is not None
        for wrong in ([SpaceRule(Space.PHONE), SpaceRule(Space.PHONE)], [], [SpaceRule(Space.PHONE, ever=1, day=2)]):
            with pytest.raises(Invalid):
                policies.checked(unit, wrong, [])


def test_whoever_joins_while_events_are_followed_is_met_there(world: World) -> None:
    """A number is taken between reading and writing: the batch looks again."""
    shop = world.merchant()
    joined: list[UUID] = []

    def join_meanwhile() -> UUID:
        if not joined:
            joined.append(UUID(int=0))
            joined[0] = shop.member(phone=PHONE).member_id
        return new_id()

    with pytest.MonkeyPatch.context() as patch, shop.unit() as unit:
        patch.setattr("shuke.members.identity.resolving.new_id", join_meanwhile)
        assert see(unit, {Space.PHONE: PHONE, Space.ANONYMOUS_ID: "x"}) == joined
        quiet(unit)
