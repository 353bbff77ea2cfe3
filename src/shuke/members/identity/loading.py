"""What is known of the persons that sightings are of, read in sets."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shuke.infra.database import Ask, Unit, at_once
from shuke.members.identity.model import Key, Reason, Sighting
from shuke.members.identity.rules.resolve import Person

_OWNERS = """
SELECT i.person_id, i.namespace, i.value_index, i.origin_id, i.last_seen_on
FROM json_to_recordset(%(keys)s::json) AS k(space text, index text)
JOIN identifiers i
  ON i.merchant_id = %(merchant)s AND i.namespace = k.space AND i.value_index = decode(k.index, 'hex')
"""
_SHOWN = """
SELECT coalesce(merged_into, member_id) AS member_id FROM members
WHERE merchant_id = %(merchant)s AND erased_at IS NULL
  AND member_id IN (SELECT id::uuid FROM json_array_elements_text(%(shown)s::json) id)
"""
_MEMBERS = """
SELECT m.member_id AS person_id, m.joined_at AS since, ARRAY(
  SELECT a.member_id FROM members a WHERE a.merchant_id = %(merchant)s AND a.merged_into = m.member_id) AS absorbed
FROM members m WHERE m.merchant_id = %(merchant)s AND m.merged_into IS NULL
  AND m.member_id IN (SELECT id::uuid FROM json_array_elements_text(%(people)s::json) id)
"""
_VISITORS = """
SELECT person_id, first_seen_at AS since, last_seen_on FROM visitors
WHERE merchant_id = %(merchant)s AND person_id IN (SELECT id::uuid FROM json_array_elements_text(%(people)s::json) id)
"""
_HELD = """
SELECT person_id, namespace, value_index, first_seen_at, source FROM identifiers
WHERE merchant_id = %(merchant)s AND person_id IN (SELECT id::uuid FROM json_array_elements_text(%(people)s::json) id)
"""
# Also those who were proposed and refused, or found to be in each other's way: from then on people decide.
_APART = f"""
WITH names AS (
  SELECT unnest(m.absorbed || m.person_id) AS id FROM ({_MEMBERS}) m
), pairs AS (
  SELECT k.a_id, k.b_id FROM names JOIN kept_apart k ON k.merchant_id = %(merchant)s AND k.a_id = names.id
  UNION ALL
  SELECT p.a_id, p.b_id FROM names JOIN proposals p ON p.merchant_id = %(merchant)s AND p.a_id = names.id
  WHERE p.status = 'refused' OR p.obstacle ->> 'code' <> '{Reason.LIMIT}'
)
SELECT a_id, b_id FROM pairs WHERE b_id IN (SELECT id FROM names)
"""  # noqa: S608 - our own words

SOURCE = "event"
"""Where identifiers come from that were seen in events."""


@dataclass(slots=True)
class Known:
    """`since`: since when people were known, as `people` know it until they are seen; `origins` and `seen_on` of the
    identifiers asked for; `visited_on` of visitors; pairs of members who are `apart`."""

    people: list[Person]
    since: dict[UUID, datetime]
    origins: dict[Key, UUID]
    seen_on: dict[Key, date]
    visited_on: dict[UUID, date]
    given: set[Key]
    apart: set[frozenset[UUID]]


def known(unit: Unit, seen: Iterable[Sighting]) -> Known:
    """Everybody who has one of the identifiers, or showed that she is a member, with all by which they are known;
    `given` of it is what did not come from events. Whoever was erased is nobody, whatever is told of her later."""
    seen = list(seen)
    keys = {key for sighting in seen for key in sighting.keys}
    named = {each.member_id for each in seen if each.member_id is not None}
    asked = {"merchant": unit.merchant_id, "keys": _spelled(keys), "shown": json.dumps(sorted(map(str, named)))}
    owners, shown = at_once(unit.connection, Ask(_OWNERS, asked), Ask(_SHOWN, asked))
    ids = {row.person_id for row in owners} | {row.member_id for row in shown}
    values = {"merchant": unit.merchant_id, "people": json.dumps(sorted(map(str, ids)))}
    members, visitors, held, apart = at_once(
        unit.connection, *(Ask(sql, values) for sql in (_MEMBERS, _VISITORS, _HELD, _APART))
    )
    people = {row.person_id: Person(row.person_id, True, row.since, {}, frozenset(row.absorbed)) for row in members}
    people |= {row.person_id: Person(row.person_id, False, row.since) for row in visitors}
    for row in held:
        if row.person_id in people:
            people[row.person_id].keys[row.namespace, bytes(row.value_index)] = row.first_seen_at
    found = {(row.namespace, bytes(row.value_index)): row for row in owners}
    return Known(
        list(people.values()),
        {person.person_id: person.since for person in people.values()},
        {key: row.origin_id for key, row in found.items()},
        {key: row.last_seen_on for key, row in found.items()},
        {row.person_id: row.last_seen_on for row in visitors},
        {(row.namespace, bytes(row.value_index)) for row in held if row.source != SOURCE},
        {frozenset((row.a_id, row.b_id)) for row in apart},
    )


def _spelled(keys: Iterable[Key]) -> str:
    """In order, so that a page of the index is read once."""
    rows: Sequence[dict[str, str]] = [{"space": space, "index": index.hex()} for space, index in sorted(keys)]
    return json.dumps(rows)
