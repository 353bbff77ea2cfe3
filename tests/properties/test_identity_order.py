"""Events followed in any order, in any batches and more than once make the same persons, or what was seen can make them
again; merging at once beside tills that settle loses nothing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shuke.checkout.tables import orders
from shuke.entrypoints.following import recognise
from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.members.identity import audit, policies, sightings, simulating
from shuke.members.identity.model import OWN, Key, Space, SpaceRule, TwoMembers
from shuke.members.identity.policies import Blocked
from shuke.members.identity.tables import identity_sightings
from tests.support.people import held
from tests.support.till import open_till
from tests.support.tracking import sender
from tests.support.world import Shop, World

PHONES = ["13800001111", "13800002222"]
EMAILS = ["a@example.com", "b@example.com"]
CUSTOMERS = ["u1", "u2"]
BROWSERS = ["x", "y"]
FREE = (SpaceRule(Space.PHONE), SpaceRule(Space.EMAIL), SpaceRule(Space.USER_ID), SpaceRule(Space.ANONYMOUS_ID))
SURE = tuple(rule for rule in FREE if rule.space in OWN)
LIMITED = (
    SpaceRule(Space.PHONE, ever=1),
    SpaceRule(Space.EMAIL, ever=2, month=1),
    SpaceRule(Space.USER_ID, ever=2, month=2, day=1),
    SpaceRule(Space.ANONYMOUS_ID, day=1),
)
SAID = st.lists(
    st.fixed_dictionaries(
        {"days": st.integers(1, 3)},
        optional={
            "phone": st.sampled_from(PHONES),
            "email": st.sampled_from(EMAILS),
            "userId": st.sampled_from(CUSTOMERS),
            "anonymousId": st.sampled_from(BROWSERS),
        },
    ),
    min_size=1,
    max_size=7,
)
Clear = frozenset[tuple[str, str]]


def message(now: datetime, number: int, said: dict[str, Any]) -> dict[str, Any]:
    """No two at the same moment."""
    at = now - timedelta(days=said["days"], minutes=number)
    ids = {name: said[name] for name in ("userId", "anonymousId") if name in said} or {"anonymousId": f"b{number}"}
    traits = {name: said[name] for name in ("phone", "email") if name in said}
    return {"type": "identify", "messageId": str(number), "timestamp": at.isoformat(), "traits": traits, **ids}


def followed(world: World, said: Sequence[dict[str, Any]], rules: policies.Rules, batches: int) -> Shop:
    """A shop with two members, to which these were sent, some of them twice."""
    shop = world.merchant()
    shop.member(phone=PHONES[0])
    shop.member(phone=None, email=EMAILS[0])
    with shop.unit() as unit:
        policies.change(unit, policies.checked(unit, rules.spaces, rules.blocked, rules.two_members))
    source = sender(shop)
    for start in range(0, len(said), batches):
        source.take(*said[start : start + batches], said[0])
        recognise(shop.database, shop.merchant_id)
    return shop


def values(unit: Unit) -> dict[Key, tuple[str, str]]:
    spelled = {Space.PHONE: [f"+86{each}" for each in PHONES], Space.EMAIL: EMAILS, Space.USER_ID: CUSTOMERS}
    spelled[Space.ANONYMOUS_ID] = [*BROWSERS, *(f"b{number}" for number in range(9))]
    return {
        (str(space), unit.index(space, value)): (str(space), value) for space, each in spelled.items() for value in each
    }


def persons(unit: Unit) -> set[Clear]:
    clear = values(unit)
    assert [check for check in audit.audit(unit) if not check.ok] == []
    return {frozenset(clear[key] for key in keys) for keys in held(unit).values()}


def rebuilt(unit: Unit, rules: policies.Rules) -> set[Clear]:
    """As everything that was seen makes them in the order of time."""
    clear = values(unit)
    world = simulating.again(unit, policies.policy_of(unit, rules), sightings.again(unit, 100))
    return {frozenset(clear[key] for key in each.keys) for each in world.graph.people.values() if each.keys}


def seen_together(unit: Unit) -> set[tuple[Clear, datetime, datetime, int]]:
    clear, table = values(unit), identity_sightings.c
    rows = unit.connection.execute(sa.select(identity_sightings).where(table.merchant_id == unit.merchant_id))
    return {
        (
            frozenset(clear[key] for key in sightings.spelled(row._mapping["keys"])),
            row.first_at,
            row.last_at,
            row.times,
        )
        for row in rows
    }


FEW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_any_order_and_any_batches_make_the_same_persons_members_too(world: World) -> None:
    """As long as no browser links: that one is hers who was seen there first, and seen is what came."""
    rules = policies.Rules(SURE, (), TwoMembers.MERGE)

    @FEW
    @given(SAID, st.randoms(use_true_random=False), st.integers(1, 4))
    def run(said: list[dict[str, Any]], chance: Any, batches: int) -> None:
        sent = [message(world.clock.now(), number, each) for number, each in enumerate(said)]
        with followed(world, sent, rules, len(sent)).unit() as unit:
            expected, together = persons(unit), seen_together(unit)
        chance.shuffle(sent)
        with followed(world, sent, rules, batches).unit() as unit:
            assert (persons(unit), seen_together(unit)) == (expected, together)

    run()


def test_with_browsers_too_what_was_seen_makes_the_same_persons_again(world: World) -> None:
    rules = policies.Rules(FREE, (), TwoMembers.MERGE)

    @FEW
    @given(SAID, st.randoms(use_true_random=False), st.integers(1, 4))
    @example([{"days": 1, "phone": phone, "anonymousId": "x"} for phone in PHONES], Random(0), 1)
    def run(said: list[dict[str, Any]], chance: Any, batches: int) -> None:
        sent = [message(world.clock.now(), number, each) for number, each in enumerate(said)]
        with followed(world, sent, rules, len(sent)).unit() as unit:
            expected, together = rebuilt(unit, rules), seen_together(unit)
            alone = {each for each in persons(unit) if not told(each, together)}
            assert persons(unit) - alone == expected - alone
        chance.shuffle(sent)
        with followed(world, sent, rules, batches).unit() as unit:
            assert (rebuilt(unit, rules), seen_together(unit)) == (expected, together)

    run()


def told(keys: Clear, together: set[tuple[Clear, datetime, datetime, int]]) -> bool:
    """Whether they were seen with others: one identifier alone is no sighting that is kept."""
    return any(each & keys for each, *_ in together)


def test_with_limits_and_blocked_values_what_was_seen_makes_the_same_persons_again(world: World) -> None:
    rules = policies.Rules(LIMITED, (Blocked(Space.EMAIL, EMAILS[1]),))

    @FEW
    @given(SAID, st.randoms(use_true_random=False), st.integers(1, 4))
    def run(said: list[dict[str, Any]], chance: Any, batches: int) -> None:
        sent = [message(world.clock.now(), number, each) for number, each in enumerate(said)]
        with followed(world, sent, rules, len(sent)).unit() as unit:
            expected, together = rebuilt(unit, rules), seen_together(unit)
            for keys in persons(unit) | expected:
                assert ("email", EMAILS[1]) not in keys
                assert sum(space == "phone" for space, _ in keys) <= 1
        chance.shuffle(sent)
        with followed(world, sent, rules, batches).unit() as unit:
            assert (rebuilt(unit, rules), seen_together(unit)) == (expected, together)

    run()


def test_who_settles_while_an_event_makes_her_one_loses_nothing(world: World) -> None:
    till = open_till(world)
    till.shop.product("A", 1_000)
    with till.shop.unit() as unit:
        policies.change(unit, policies.checked(unit, FREE, (), TwoMembers.MERGE))
    one = till.shop.member(phone=PHONES[0])
    world.clock.advance(timedelta(seconds=1))
    two = till.shop.member(phone=None, email=EMAILS[0])
    machine, people = till.as_machine(), (one, two)
    sender(till.shop).take({"type": "identify", "userId": "u", "traits": {"phone": PHONES[0], "email": EMAILS[0]}})

    def buy(number: int) -> int:
        answer = till.try_settle([("A", 1)], people[number % 2], client=machine)
        assert answer.status_code == 201 or answer.json()["code"] == "member_merged", answer.text
        return int(answer.status_code == 201)

    with ThreadPoolExecutor(4) as pool:
        sold = [pool.submit(buy, number) for number in range(8)]
        done = pool.submit(recognise, till.shop.database, till.shop.merchant_id)
        sold += [pool.submit(buy, number) for number in range(8)]
        done.result(timeout=300)
        settled = sum(each.result(timeout=300) for each in sold)
    with till.shop.unit() as unit:
        of = sa.select(orders.c.member_id, sa.func.count()).group_by(orders.c.member_id)
        assert [tuple(row) for row in unit.connection.execute(of)] == [(one.member_id, settled)]
        assert ledger.balances(unit, one.member_id).points == 10 * settled
    assert till.broken_laws() == []
