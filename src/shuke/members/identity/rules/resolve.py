"""Whose sighting it is: identifiers that are seen together belong to one person.

Where that cannot be (it would make one person of two members whom the policy leaves to people, or break a limit), the
weakest identifier of the sighting is left out and the rest tried again. Without such conflicts it does not matter in
which order sightings come.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from uuid import UUID

from shuke.members.identity.model import OWN, Key, Policy, Reason, Sighting, SpaceRule, TwoMembers

MEMBERS_MAX = 5
"""Who would be more members than this is no person, but a number that tills type for everybody."""


@dataclass(slots=True, eq=False)
class Person:
    """`keys`: by what the person is recognised → since when. `absorbed`: members who are another name of hers."""

    person_id: UUID
    member: bool
    since: datetime
    keys: dict[Key, datetime] = field(default_factory=dict)
    absorbed: frozenset[UUID] = frozenset()

    @property
    def names(self) -> frozenset[UUID]:
        """Every id that is hers."""
        return self.absorbed | {self.person_id}

    @property
    def age(self) -> tuple[bool, datetime, UUID]:
        """Of several who are one, the first by this stays: members before visitors, then the oldest."""
        return not self.member, self.since, self.person_id


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of one sighting. `kept` strongest first; `new` of them nobody had before. `claimed` are members who
    were proven to be the person too, and why they stayed others."""

    person: Person | None
    kept: tuple[Key, ...]
    new: tuple[Key, ...]
    dropped: tuple[tuple[Key, Reason], ...]
    absorbed: tuple[Person, ...] = ()
    claimed: Mapping[UUID, Reason] = field(default_factory=dict)


class Graph:
    """Who is known by what, as far as the sightings at hand are concerned. Nothing makes one of a pair of members who
    are `apart`."""

    def __init__(
        self,
        policy: Policy,
        people: Iterable[Person],
        new_id: Callable[[], UUID],
        apart: Collection[frozenset[UUID]] = (),
    ) -> None:
        self._rules = {str(rule.space): (place, rule) for place, rule in enumerate(policy.spaces)}
        self._policy, self._new_id, self._apart = policy, new_id, apart
        self.people = {person.person_id: person for person in people}
        self.owner = {key: person for person in self.people.values() for key in person.keys}
        self._named = {name: person for person in self.people.values() for name in person.names}

    def see(self, seen: Sighting) -> Resolved:
        """Whose sighting it is; from then on the graph knows it."""
        dropped: dict[Key, Reason] = {}
        keys = self._linking(seen, dropped)
        claimed: dict[UUID, Reason] = {}
        while keys:
            people = self._found(seen, keys)
            reason = self._against(people, keys, seen)
            if reason is None:
                break
            proven = self._proven(people, keys, seen)
            if len(proven) > 1:
                claimed = {person.person_id: reason for person in proven} | claimed
            dropped[keys.pop()] = reason
        people = self._found(seen, keys)
        left = tuple(dropped.items())
        if not keys and not people:
            return Resolved(None, (), (), left)
        person = min(people, key=lambda each: each.age) if people else self._visitor(seen.at)
        absorbed = tuple(each for each in people if each is not person)
        for other in absorbed:
            self._absorb(person, other)
        new = tuple(key for key in keys if key not in self.owner)
        self._note(person, keys, seen.at)
        several = {other: why for other, why in claimed.items() if self._named[other] is not person}
        return Resolved(person, tuple(keys), new, left, absorbed, several)

    def _linking(self, seen: Sighting, dropped: dict[Key, Reason]) -> list[Key]:
        """The identifiers that link at all, strongest first."""
        for key in seen.keys:
            if key in self._policy.blocked:
                dropped[key] = Reason.BLOCKED
        linking = {key for key in seen.keys if key[0] in self._rules and key not in dropped}
        return sorted(linking, key=lambda key: (self._rules[key[0]][0], key[1]))

    def _found(self, seen: Sighting, keys: Iterable[Key]) -> list[Person]:
        found = {self.owner[key].person_id: self.owner[key] for key in keys if key in self.owner}
        proven = None if seen.member_id is None else self._named.get(seen.member_id)
        if proven is not None:
            found[proven.person_id] = proven
        return list(found.values())

    def _proven(self, people: Iterable[Person], keys: Iterable[Key], seen: Sighting) -> list[Person]:
        """The members among them of whom it was shown that they are meant."""
        meant = {self.owner[key].person_id for key in keys if key[0] in OWN and key in self.owner}
        if seen.member_id in self._named:
            meant.add(self._named[seen.member_id].person_id)
        return [person for person in people if person.member and person.person_id in meant]

    def _against(self, people: list[Person], keys: list[Key], seen: Sighting) -> Reason | None:
        """Why these cannot be one person with all the keys."""
        at, members = seen.at, [person for person in people if person.member]
        if len(members) > 1:
            reason = self._against_one(members, keys, seen)
            if reason is not None:
                return reason
        if members and any(_has_her_own(person, keys) for person in people if not person.member):
            return Reason.SHARED
        new = [key for key in keys if key not in self.owner]
        if len(people) + bool(new) < 2 and len(new) < 2:
            return None
        spaces = {key[0] for key in new}
        if len(people) > 1:
            spaces |= {key[0] for person in people for key in person.keys}
        held = [person.keys for person in people]
        broken = (self._breaks(space, held, new, at) for space in spaces if space in self._rules)
        return Reason.LIMIT if any(broken) else None

    def _against_one(self, members: list[Person], keys: list[Key], seen: Sighting) -> Reason | None:
        """Why these members do not become one at once."""
        if self._policy.two_members is TwoMembers.PROPOSE or len(self._proven(members, keys, seen)) < len(members):
            return Reason.MEMBERS
        if any(
            frozenset((a, b)) in self._apart
            for one, other in combinations(members, 2)
            for a in one.names
            for b in other.names
        ):
            return Reason.APART
        return Reason.LIMIT if sum(len(member.names) for member in members) > MEMBERS_MAX else None

    def _breaks(self, space: str, held: list[dict[Key, datetime]], new: list[Key], at: datetime) -> bool:
        """Whether so many values of a namespace are more than one person may have, and than one has already."""
        _, rule = self._rules[space]
        of_each = [[when for key, when in keys.items() if key[0] == space] for keys in held]
        coming = [at for key in new if key[0] == space]
        together = [when for each in of_each for when in each] + coming
        if rule.ever is not None and len(together) > max(rule.ever, max(map(len, of_each), default=0)):
            return True
        return any(
            self._crowded(limit, window, of_each, together)
            for limit, window in _windows(rule, self._policy)
            if len(together) > limit
        )

    def _crowded(
        self, limit: int, window: Callable[[datetime], object], of_each: list[list[datetime]], together: list[datetime]
    ) -> bool:
        most = max((max(Counter(map(window, each)).values(), default=0) for each in of_each), default=0)
        return max(Counter(map(window, together)).values()) > max(limit, most)

    def _visitor(self, at: datetime) -> Person:
        person = Person(self._new_id(), False, at)
        self.people[person.person_id] = self._named[person.person_id] = person
        return person

    def _absorb(self, person: Person, other: Person) -> None:
        for key, when in other.keys.items():
            person.keys[key] = when
            self.owner[key] = person
        if not person.member:
            person.since = min(person.since, other.since)
        if other.member:
            person.absorbed |= other.names
        for name in other.names:
            self._named[name] = person
        del self.people[other.person_id]

    def _note(self, person: Person, keys: Iterable[Key], at: datetime) -> None:
        for key in keys:
            self.owner[key] = person
            person.keys[key] = min(at, person.keys.get(key, at))
        if not person.member:
            person.since = min(person.since, at)


def _has_her_own(visitor: Person, shown: Collection[Key]) -> bool:
    """Whether a visitor is known by something that only she has, and nothing of that was shown. Whoever knows the id
    of her browser could otherwise show a member's code there, and have her phone from then on."""
    own = {key for key in visitor.keys if key[0] in OWN}
    return bool(own) and own.isdisjoint(shown)


def _windows(rule: SpaceRule, policy: Policy) -> Iterable[tuple[int, Callable[[datetime], object]]]:
    """The limits within a time, and how moments are told apart by it."""
    if rule.month is not None:
        yield rule.month, lambda when: when.astimezone(policy.zone).timetuple()[:2]
    if rule.day is not None:
        yield rule.day, lambda when: when.astimezone(policy.zone).date()
