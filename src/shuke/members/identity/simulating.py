"""What another policy would have made of what was seen, before it is decided.

Members with what they gave themselves are as they are; everything that was seen together is seen again in the order of
time, once by the present rules and once by the others, and the two worlds are compared.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from shuke.infra.database import Unit
from shuke.members.identity import policies, sightings, uniting
from shuke.members.identity.loading import Known, known
from shuke.members.identity.model import Key, Policy, Sighting
from shuke.members.identity.policies import Rules
from shuke.members.identity.rules.resolve import Graph, Person
from shuke.members.merging.model import Pair

SEEN_MAX = 100_000
"""Sets of identifiers seen again, the earliest: what a request can wait for."""
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Example:
    """Identifiers that are `before` so many people's and would be `after` so many's. `members` are among them."""

    keys: tuple[Key, ...]
    before: int
    after: int
    members: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`people`: who would be known by the present and by the other rules. `merged`: who would be one with others and
    are not; `split`: who are one and would be several. `members`: how many would become another member at once;
    `merging` are some of them. `complete` False: only the earliest were seen again."""

    seen: int
    complete: bool
    people: tuple[int, int]
    merged: int
    split: int
    left_out: tuple[int, int]
    members: tuple[int, int]
    merging: tuple[Pair, ...]
    examples: tuple[Example, ...]


def simulate(unit: Unit, said: Rules) -> Difference:
    """The difference that `said` would make. Changes nothing."""
    seen = sightings.again(unit, SEEN_MAX + 1)
    few = seen[:SEEN_MAX]
    now, then = (again(unit, policy, few) for policy in (policies.policy(unit), policies.policy_of(unit, said)))
    return difference(now, then, len(few), len(seen) <= SEEN_MAX)


def again(unit: Unit, policy: Policy, seen: Sequence[Sighting]) -> "World":
    """The persons whom a policy makes of what was seen."""
    before = known(unit, seen)
    return replayed(policy, _members_as_given(before), seen, before.apart)


@dataclass(frozen=True, slots=True)
class World:
    graph: Graph
    left_out: int
    merging: tuple[Pair, ...]


def replayed(
    policy: Policy,
    people: Iterable[Person],
    seen: Iterable[Sighting],
    apart: Collection[frozenset[UUID]] = (),
) -> World:
    ids = count(1)
    graph = Graph(policy, people, lambda: UUID(int=next(ids)), apart)
    found = [(sighting, graph.see(sighting)) for sighting in seen]
    return World(graph, sum(len(each.dropped) for _, each in found), tuple(uniting.proven(found)))


def difference(now: World, then: World, seen: int, complete: bool) -> Difference:
    """Compares by identifiers: visitors are not the same from world to world, what they are known by is."""
    merged = _parts(then.graph, now.graph)
    split = _parts(now.graph, then.graph)
    examples = [
        Example(tuple(sorted(person.keys)), parts, 1, _members([person, *others]))
        for person, parts, others in merged[: EXAMPLES // 2]
    ] + [
        Example(tuple(sorted(person.keys)), 1, parts, _members([person, *others]))
        for person, parts, others in split[: EXAMPLES - EXAMPLES // 2]
    ]
    people = (_count(now.graph), _count(then.graph))
    return Difference(
        seen,
        complete,
        people,
        len(merged),
        len(split),
        (now.left_out, then.left_out),
        (len(now.merging), len(then.merging)),
        then.merging[:EXAMPLES],
        tuple(examples),
    )


def _parts(whole: Graph, other: Graph) -> list[tuple[Person, int, list[Person]]]:
    """Persons of one world whose identifiers are several persons' in the other, those of most first."""
    found = []
    for person in whole.people.values():
        others = {other.owner[key].person_id: other.owner[key] for key in person.keys if key in other.owner}
        if len(others) > 1:
            found.append((person, len(others), list(others.values())))
    return sorted(found, key=lambda each: (-each[1], sorted(each[0].keys)))


def _members(people: Iterable[Person]) -> tuple[UUID, ...]:
    return tuple(sorted({person.person_id for person in people if person.member}))


def _count(graph: Graph) -> int:
    return sum(bool(person.keys) for person in graph.people.values())


def _members_as_given(before: Known) -> list[Person]:
    """Members who were seen, with what they gave themselves and nothing that events told of them."""
    for person in before.people:
        person.keys = {key: when for key, when in person.keys.items() if key in before.given}
    return [person for person in before.people if person.member]
