"""Identifiers seen together make persons: whatever the order they come in, and never more than a policy allows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shuke.members.identity.model import OWN, Key, Policy, Reason, Sighting, Space, SpaceRule, TwoMembers
from shuke.members.identity.rules.resolve import MEMBERS_MAX, Graph, Person

START = datetime(2026, 3, 1, tzinfo=UTC)
SPACES = (Space.PHONE, Space.EMAIL, Space.ANONYMOUS_ID)
KEYS = st.tuples(st.sampled_from([str(space) for space in SPACES]), st.sampled_from([b"1", b"2", b"3", b"4"]))
SIGHTINGS = st.lists(
    st.builds(
        lambda keys, minutes: Sighting(tuple(keys), START + timedelta(minutes=minutes)),
        st.lists(KEYS, min_size=1, max_size=3, unique=True),
        st.integers(0, 4 * 24 * 60),
    ),
    max_size=12,
)
LIMITS = st.one_of(st.none(), st.integers(1, 3))
POLICIES = st.tuples(*(st.builds(SpaceRule, st.just(space), LIMITS, LIMITS, LIMITS) for space in SPACES)).map(
    lambda rules: Policy(rules, frozenset(), UTC)
)
FREE = Policy(tuple(SpaceRule(space) for space in SPACES), frozenset(), UTC)
MEMBER = UUID(int=1 << 120)


def graph(policy: Policy = FREE, people: Sequence[Person] = ()) -> Graph:
    ids = count(1)
    return Graph(policy, people, lambda: UUID(int=next(ids)))


def after(sightings: Sequence[Sighting], policy: Policy = FREE, people: Sequence[Person] = ()) -> Graph:
    seen = graph(policy, people)
    for sighting in sightings:
        seen.see(sighting)
    return seen


def partition(seen: Graph) -> set[frozenset[Key]]:
    return {frozenset(person.keys) for person in seen.people.values() if person.keys}


def connected(sightings: Sequence[Sighting]) -> set[frozenset[Key]]:
    """The plain way: sets that share something are one, until none do."""
    groups: list[set[Key]] = []
    for sighting in sightings:
        mine = set(sighting.keys)
        for group in [group for group in groups if group & mine]:
            groups.remove(group)
            mine |= group
        groups.append(mine)
    return {frozenset(group) for group in groups}


@given(SIGHTINGS, st.randoms(use_true_random=False))
def test_without_limits_persons_are_what_hangs_together_in_any_order(sightings: list[Sighting], chance: object) -> None:
    expected = connected(sightings)
    assert partition(after(sightings)) == expected
    chance.shuffle(sightings)  # type: ignore[attr-defined]
    seen = after(sightings)
    assert partition(seen) == expected
    oldest = {keys: min(each.at for each in sightings if set(each.keys) <= keys) for keys in expected}
    assert {frozenset(person.keys): person.since for person in seen.people.values()} == oldest


@given(SIGHTINGS, st.sets(KEYS, min_size=1, max_size=2))
def test_a_member_stays_herself_and_otherwise_the_oldest_does(sightings: list[Sighting], hers: set[Key]) -> None:
    seen = graph(FREE, [Person(MEMBER, True, START + timedelta(days=99), dict.fromkeys(hers, START))])
    for sighting in sightings:
        had = {key: (seen.owner[key].person_id, seen.owner[key].age) for key in sighting.keys if key in seen.owner}
        found = seen.see(sighting)
        assert {reason for _, reason in found.dropped} <= {Reason.SHARED}
        assert found.person is not None
        involved = dict(had[key] for key in found.kept if key in had)
        if involved:
            assert found.person.person_id == min(involved, key=lambda each: involved[each])
        assert {each.person_id for each in found.absorbed} == set(involved) - {found.person.person_id}
    assert set(hers) <= set(seen.people[MEMBER].keys)


@given(SIGHTINGS, st.sets(KEYS, min_size=1, max_size=2), st.booleans())
def test_a_shared_browser_gives_a_member_nothing_that_a_visitor_has_to_herself(
    sightings: list[Sighting], hers: set[Key], shows: bool
) -> None:
    """Of what came to the member with a visitor, something that is the visitor's own was shown with it."""
    seen = graph(FREE, [Person(MEMBER, True, START + timedelta(days=99), dict.fromkeys(hers, START))])
    for each in sightings:
        before = {key: person.person_id for key, person in seen.owner.items()}
        seen.see(Sighting(each.keys, each.at, MEMBER if shows else None))
        came = {key for key, person in seen.owner.items() if person.person_id == MEMBER and before.get(key) != MEMBER}
        for visitor in {before[key] for key in came if key in before}:
            own = {key for key in came if before.get(key) == visitor and key[0] in OWN}
            assert not own or own & set(each.keys)


@given(SIGHTINGS, POLICIES)
def test_no_limit_is_ever_passed_and_the_weakest_go_first(sightings: list[Sighting], policy: Policy) -> None:
    seen, strength = graph(policy), {str(space): place for place, space in enumerate(SPACES)}
    for sighting in sightings:
        found = seen.see(sighting)
        in_order = sorted(sighting.keys, key=lambda key: (strength[key[0]], key[1]))
        assert list(found.kept) == in_order[: len(found.kept)]
        assert {key for key, _ in found.dropped} == set(in_order[len(found.kept) :])
        assert found.kept
        for rule in policy.spaces:
            for person in seen.people.values():
                assert not passed(rule, [when for key, when in person.keys.items() if key[0] == rule.space])


def passed(rule: SpaceRule, seen: Sequence[datetime]) -> bool:
    """Whether one person has more values than the rule allows, reckoned the plain way.

    A value that is seen earlier than known moves into an earlier window, where there may be others already: only then
    may a window hold more than its limit, so it is left to the limit for ever.
    """
    return rule.ever is not None and len(seen) > rule.ever


@given(SIGHTINGS, POLICIES)
def test_in_the_order_of_time_no_window_holds_too_many(sightings: list[Sighting], policy: Policy) -> None:
    seen = after(sorted(sightings, key=lambda each: each.at), policy)
    for rule in policy.spaces:
        for person in seen.people.values():
            days = [when.date() for key, when in person.keys.items() if key[0] == rule.space]
            months = [(day.year, day.month) for day in days]
            assert rule.day is None or all(days.count(day) <= rule.day for day in days)
            assert rule.month is None or all(months.count(month) <= rule.month for month in months)


@given(SIGHTINGS, st.sets(KEYS, max_size=3))
def test_what_is_blocked_never_links(sightings: list[Sighting], blocked: set[Key]) -> None:
    policy = Policy(FREE.spaces, frozenset(blocked), UTC)
    seen = after(sightings, policy)
    assert not blocked & set(seen.owner)
    left = [Sighting(tuple(set(each.keys) - blocked), each.at) for each in sightings]
    assert partition(seen) == connected([each for each in left if each.keys])


@given(SIGHTINGS)
def test_two_members_are_never_made_one(sightings: list[Sighting]) -> None:
    two = [
        Person(UUID(int=(1 << 120) + place), True, START, {("phone", value): START})
        for place, value in enumerate([b"1", b"2"])
    ]
    seen = graph(FREE, two)
    for sighting in sightings:
        owners = [seen.owner[key] for key in sighting.keys if key[0] in OWN and key in seen.owner]
        meant = {owner.person_id for owner in owners if owner.member}
        found = seen.see(sighting)
        assert found.person is not None
        assert set(found.claimed) == (meant - {found.person.person_id} if len(meant) > 1 else set())
        assert set(found.claimed.values()) <= {Reason.MEMBERS}
        assert {seen.owner["phone", b"1"].person_id, seen.owner["phone", b"2"].person_id} == {
            each.person_id for each in two
        }


OWN_KEYS = st.tuples(st.sampled_from(["phone", "email", "user_id"]), st.sampled_from([b"1", b"2", b"3"]))
AT_ONCE = Policy(
    tuple(SpaceRule(space) for space in (Space.PHONE, Space.EMAIL, Space.USER_ID)), frozenset(), UTC, TwoMembers.MERGE
)
PROVING = st.lists(st.lists(OWN_KEYS, min_size=1, max_size=3, unique=True), max_size=8)


def of_three(hers: Sequence[Key]) -> list[Person]:
    """Members who joined one after the other, each with one of the keys."""
    return [
        Person(UUID(int=(1 << 120) - place), True, START + timedelta(days=place), {key: START})
        for place, key in enumerate(hers)
    ]


@given(PROVING, st.lists(OWN_KEYS, min_size=3, max_size=3, unique=True), st.randoms(use_true_random=False))
def test_at_once_members_are_what_is_proven_together_in_any_order(
    said: list[list[Key]], hers: list[Key], chance: object
) -> None:
    sightings = [Sighting(tuple(keys), START + timedelta(minutes=place)) for place, keys in enumerate(said)]
    alone = [Sighting((key,), START) for key in hers]
    expected = connected([*sightings, *alone])
    for _ in range(2):
        seen = after(sightings, AT_ONCE, of_three(hers))
        assert partition(seen) == expected
        for keys in expected:
            (person,) = [each for each in seen.people.values() if frozenset(each.keys) == keys]
            members = {each.person_id for each in of_three(hers) if set(each.keys) & keys}
            assert person.names == (members or {person.person_id})
            assert not members or person.person_id == max(members), "who joined first stays"
        chance.shuffle(sightings)  # type: ignore[attr-defined]


@given(SIGHTINGS, st.sets(KEYS, min_size=2, max_size=4))
def test_a_shared_browser_never_makes_members_one(sightings: list[Sighting], hers: set[Key]) -> None:
    """Whoever shows that she is a member at a browser of others is nobody but herself."""
    policy = Policy(FREE.spaces, frozenset(), UTC, TwoMembers.MERGE)
    seen = graph(policy, of_three(sorted(hers)))
    for place, sighting in enumerate(sightings):
        keys = tuple(key for key in sighting.keys if key[0] == Space.ANONYMOUS_ID)
        shown = of_three(sorted(hers))[place % len(hers)].person_id
        found = seen.see(Sighting(keys, sighting.at, shown))
        assert found.person is not None
        assert found.person.person_id == shown
        assert not [each for each in found.absorbed if each.member]


def test_nobody_is_more_members_than_a_person_can_be_nor_one_with_whom_she_is_apart() -> None:
    people = of_three([("phone", b"till"), *(("email", bytes([place])) for place in range(MEMBERS_MAX + 2))])
    seen = graph(AT_ONCE, people)
    found = [seen.see(Sighting((key, ("phone", b"till")), START)) for person in people[1:] for key in person.keys]
    assert [dict(each.claimed.items()) == {} for each in found] == [True] * (MEMBERS_MAX - 1) + [False] * 3
    assert set(found[-1].claimed.values()) == {Reason.LIMIT}
    assert len(seen.owner["phone", b"till"].names) == MEMBERS_MAX
    one, two, three = of_three([("phone", b"1"), ("email", b"2"), ("user_id", b"3")])
    ids = iter(range(9))
    kept = frozenset((one.person_id, three.person_id))
    apart = Graph(AT_ONCE, [one, two, three], lambda: UUID(int=next(ids)), {kept})
    assert not apart.see(Sighting((("email", b"2"), ("user_id", b"3")), START)).claimed
    refused = apart.see(Sighting((("phone", b"1"), ("email", b"2")), START))
    assert refused.claimed == {two.person_id: Reason.APART}, "by any name of hers"
