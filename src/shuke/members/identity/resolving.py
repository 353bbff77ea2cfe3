"""Sightings find their persons: hundreds at once, each in the state that those before it left.

One after another for a merchant. Who joins meanwhile needs no leave: a sighting that meets an identifier which was
taken while it was looked at, is looked at again. Members who turn out to be one are merged before anything else is
written, as whoever else writes for members holds them first; what a merge refuses is looked at again as if the two were
kept apart, and proposed.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.members.identity import proposing, sightings, uniting
from shuke.members.identity.becoming import become
from shuke.members.identity.loading import SOURCE, Known, known
from shuke.members.identity.model import PROVEN, Key, Recognised, Sighting
from shuke.members.identity.policies import policy
from shuke.members.identity.rules.resolve import Graph, Person, Resolved
from shuke.members.merging.model import Pair
from shuke.members.merging.plan import Plan

_TRIES = 10
"""Each is overtaken by somebody else; ten in a row are not."""

_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
_HOLD_MEMBERS = sa.text(
    "SELECT member_id FROM members WHERE merchant_id = :merchant AND merged_into IS NULL AND member_id IN "
    "(SELECT id::uuid FROM json_array_elements_text(CAST(:people AS json)) id) ORDER BY member_id FOR KEY SHARE"
)
_HOLD_VISITORS = sa.text(
    "SELECT person_id FROM visitors WHERE merchant_id = :merchant AND became_id IS NULL AND person_id IN "
    "(SELECT id::uuid FROM json_array_elements_text(CAST(:people AS json)) id) ORDER BY person_id FOR UPDATE"
)
_ADD_VISITORS = sa.text(
    "INSERT INTO visitors (merchant_id, person_id, first_seen_at, last_seen_on) "
    "SELECT :merchant, id, since, day "
    "FROM json_to_recordset(CAST(:rows AS json)) AS v(id uuid, since timestamptz, day date)"
)
_SEE_VISITORS = sa.text(
    "UPDATE visitors SET first_seen_at = v.since, last_seen_on = greatest(last_seen_on, v.day) "
    "FROM json_to_recordset(CAST(:rows AS json)) AS v(id uuid, since timestamptz, day date) "
    "WHERE merchant_id = :merchant AND person_id = v.id"
)
_ADD_KEYS = sa.text(
    "INSERT INTO identifiers (merchant_id, namespace, value_index, person_id, origin_id, value_cipher, main, source, "
    "first_seen_at, last_seen_on) "
    "SELECT :merchant, space, decode(index, 'hex'), person, origin, decode(sealed, 'hex'), false, :source, first, day "
    "FROM json_to_recordset(CAST(:rows AS json)) AS k(space text, index text, person uuid, origin uuid, sealed text, "
    "first timestamptz, day date) ON CONFLICT DO NOTHING"
)
_SEE_KEYS = sa.text(
    "UPDATE identifiers SET last_seen_on = k.day FROM json_to_recordset(CAST(:rows AS json)) "
    "AS k(space text, index text, day date) "
    "WHERE merchant_id = :merchant AND namespace = k.space AND value_index = decode(k.index, 'hex')"
)


class _Overtaken(Exception):
    """Somebody else took an identifier, or became somebody else, while the sightings were looked at."""


class _Refused(Exception):
    """Members who were proven to be one cannot be merged."""

    def __init__(self, pairs: Mapping[Pair, ShukeError]) -> None:
        super().__init__()
        self.pairs = pairs


def hold(unit: Unit) -> None:
    """Nobody of the merchant is recognised by others until the transaction ends."""
    unit.connection.execute(_LOCK, {"lock": f"identity/{unit.merchant_id}"})


def resolve_batch(unit: Unit, seen: Sequence[Sighting], plan: Plan) -> list[Recognised | None]:
    """Whom each sighting was of, in the order given; None where nothing in it links anybody. Merges go by `plan`."""
    hold(unit)
    refused: dict[Pair, ShukeError] = {}
    tries = 0
    while tries < _TRIES:
        try:
            with unit.connection.begin_nested():
                return _resolve(unit, seen, plan, refused)
        except (_Overtaken, uniting.Changed):
            tries += 1
        except _Refused as error:
            refused |= error.pairs
    raise RuntimeError("identifiers belong to nobody: see `shuke audit`")


def _resolve(
    unit: Unit, seen: Sequence[Sighting], plan: Plan, refused: Mapping[Pair, ShukeError]
) -> list[Recognised | None]:
    before = known(unit, seen)
    apart = before.apart | {frozenset(pair.both) for pair in refused}
    graph = Graph(policy(unit), before.people, new_id, apart)
    found = [(sighting, graph.see(sighting)) for sighting in seen]
    pairs = uniting.proven(found)
    more = uniting.unite(unit, plan, pairs)
    if more:
        raise _Refused(more)
    batch = _Batch(unit, before, found)
    batch.write()
    sightings.keep(unit, found)
    proposing.settle(unit, pairs)
    proposing.propose(unit, found, refused)
    return [batch.recognised(sighting, resolved) for sighting, resolved in found]


class _Batch:
    """What sightings changed, written in as many statements whatever their number."""

    def __init__(self, unit: Unit, before: Known, seen: Sequence[tuple[Sighting, Resolved]]) -> None:
        self._unit, self._before, self._seen = unit, before, seen
        self._went = {
            other.person_id: found.person for _, found in seen for other in found.absorbed if found.person is not None
        }
        self._origins = dict(before.origins)

    def write(self) -> None:
        days: dict[UUID, date] = {}
        new: dict[Key, dict[str, object]] = {}
        seen_on = dict(self._before.seen_on)
        again: dict[Key, date] = {}
        people: dict[UUID, Person] = {}
        for sighting, found in self._seen:
            if found.person is None:
                continue
            person, day = self._final(found.person), sighting.at.astimezone(UTC).date()
            people[person.person_id] = person
            days[person.person_id] = max(day, days.get(person.person_id, day))
            origin = self._origin(sighting, found, person)
            for key in found.kept:
                if key in found.new:
                    new[key] = self._key(key, person, origin, sighting, day)
                    self._origins[key] = origin
                    seen_on[key] = day
                elif day > seen_on.get(key, day):
                    seen_on[key] = again[key] = day
        for key, day in again.items():
            if key in new:
                new[key]["day"] = day.isoformat()
        self._hold(people, new)
        became = {
            old: self._final(person).person_id for old, person in self._went.items() if old in self._before.visited_on
        }
        self._see_visitors([each for each in people.values() if not each.member], days)
        become(self._unit, became)
        self._add_keys(new)
        self._run(
            _SEE_KEYS, [{**_place(key), "day": day.isoformat()} for key, day in sorted(again.items()) if key not in new]
        )

    def recognised(self, sighting: Sighting, found: Resolved) -> Recognised | None:
        if found.person is None:
            return None
        person = self._final(found.person)
        if sighting.member_id is not None and sighting.member_id in person.names:
            return Recognised(person.person_id, PROVEN, sighting.member_id)
        return Recognised(person.person_id, found.kept[0][0], self._origin(sighting, found, person))

    def _final(self, person: Person) -> Person:
        while person.person_id in self._went:
            person = self._went[person.person_id]
        return person

    def _origin(self, sighting: Sighting, found: Resolved, person: Person) -> UUID:
        """Of the strongest identifier, or who she showed that she is; of visitors who turned out to be somebody in the
        same breath, that person."""
        shown = sighting.member_id if sighting.member_id in person.names else None
        was = found.person.person_id if found.person is not None and found.person.member else person.person_id
        origin = next((self._origins[key] for key in found.kept if key in self._origins), shown or was)
        return person.person_id if origin in self._went and origin not in person.names else origin

    def _key(self, key: Key, person: Person, origin: UUID, sighting: Sighting, day: date) -> dict[str, object]:
        sealed = sighting.sealed.get(key)
        return {
            **_place(key),
            "person": str(person.person_id),
            "origin": str(origin),
            "sealed": None if sealed is None else sealed.hex(),
            "first": person.keys[key].isoformat(),
            "day": day.isoformat(),
        }

    def _hold(self, people: Mapping[UUID, Person], new: Mapping[Key, Mapping[str, object]]) -> None:
        """Members who change, and all visitors, must still be who they were, and stay so: what is noted of a visitor
        is there before she becomes somebody. Raises _Overtaken."""
        gaining = {str(row["person"]) for row in new.values()}
        gaining |= {str(self._final(person).person_id) for person in self._went.values()}
        seen = {str(each) for each in (*people, *self._went)}
        known = {str(each) for each in self._before.visited_on}
        members = {str(one.person_id) for one in people.values() if one.member}
        for statement, changing in ((_HOLD_MEMBERS, gaining & members), (_HOLD_VISITORS, seen & known)):
            if not changing:
                continue
            values = {"merchant": self._unit.merchant_id, "people": json.dumps(sorted(changing))}
            if len(self._unit.connection.execute(statement, values).all()) < len(changing):
                raise _Overtaken

    def _see_visitors(self, visitors: Sequence[Person], days: Mapping[UUID, date]) -> None:
        rows = {
            each.person_id: {
                "id": str(each.person_id),
                "since": each.since.isoformat(),
                "day": days[each.person_id].isoformat(),
            }
            for each in visitors
        }
        self._run(_ADD_VISITORS, [row for person_id, row in rows.items() if person_id not in self._before.since])
        self._run(_SEE_VISITORS, [rows[each.person_id] for each in visitors if self._later(each, days)])

    def _later(self, person: Person, days: Mapping[UUID, date]) -> bool:
        """Whether a visitor who was known was seen on a later day, or turned out to be older."""
        last = self._before.visited_on.get(person.person_id)
        return last is not None and (
            days[person.person_id] > last or person.since < self._before.since[person.person_id]
        )

    def _add_keys(self, new: Mapping[Key, Mapping[str, object]]) -> None:
        rows = [new[key] for key in sorted(new)]
        if rows and self._run(_ADD_KEYS, rows, source=SOURCE) < len(rows):
            raise _Overtaken

    def _run(self, statement: sa.TextClause, rows: Sequence[Mapping[str, object]], **more: object) -> int:
        if not rows:
            return 0
        values = {"merchant": self._unit.merchant_id, "rows": json.dumps(list(rows)), **more}
        return self._unit.connection.execute(statement, values).rowcount


def _place(key: Key) -> dict[str, object]:
    return {"space": key[0], "index": key[1].hex()}
