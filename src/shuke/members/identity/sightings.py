"""Identifiers that were seen together, as they are kept: each set once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.identity.model import PROVEN, Key, Sighting
from shuke.members.identity.rules.resolve import Person, Resolved
from shuke.members.identity.tables import identity_sightings

_S = identity_sightings.c
_KEEP = sa.text(
    """
INSERT INTO identity_sightings
  (merchant_id, sighting_id, namespace, value_index, keys, dropped, first_at, last_at, times)
SELECT :merchant, id, space, decode(index, 'hex'), keys, dropped, first, last, times
FROM json_to_recordset(CAST(:rows AS json)) AS seen(
  id uuid, space text, index text, keys json, dropped json, first timestamptz, last timestamptz, times bigint)
ON CONFLICT (merchant_id, sighting_id) DO UPDATE SET
  namespace = excluded.namespace, value_index = excluded.value_index, dropped = excluded.dropped,
  first_at = least(identity_sightings.first_at, excluded.first_at),
  last_at = greatest(identity_sightings.last_at, excluded.last_at),
  times = identity_sightings.times + excluded.times
"""
)


@dataclass(slots=True)
class _Set:
    latest: Resolved
    first: datetime
    last: datetime
    times: int = 1


def keep(unit: Unit, seen: Iterable[tuple[Sighting, Resolved]]) -> None:
    """Note what was seen together. One identifier alone says nothing of others."""
    sets: dict[frozenset[Key], _Set] = {}
    for sighting, found in seen:
        if found.person is None or not found.kept:
            continue
        keys = together(sighting, found.person)
        if len(keys) < 2:
            continue
        known = sets.get(keys)
        if known is None:
            sets[keys] = _Set(found, sighting.at, sighting.at)
            continue
        known.latest, known.times = found, known.times + 1
        known.first, known.last = min(known.first, sighting.at), max(known.last, sighting.at)
    if sets:
        rows = sorted((_row(keys, each) for keys, each in sets.items()), key=lambda row: str(row["id"]))
        unit.connection.execute(_KEEP, {"merchant": unit.merchant_id, "rows": json.dumps(rows)})


def together(sighting: Sighting, person: Person) -> frozenset[Key]:
    """What was seen together, with who showed that she is the person."""
    if sighting.member_id is None or sighting.member_id not in person.names:
        return frozenset(sighting.keys)
    return frozenset(sighting.keys) | {(PROVEN, sighting.member_id.bytes)}


def sighting_id(keys: frozenset[Key]) -> UUID:
    """Of the identifiers, in any order."""
    spelled = sorted((space, index.hex()) for space, index in keys)
    return UUID(bytes=blake2b(json.dumps(spelled).encode(), digest_size=16).digest())


def _row(keys: frozenset[Key], known: _Set) -> Mapping[str, object]:
    spelled = sorted((space, index.hex()) for space, index in keys)
    space, index = known.latest.kept[0]
    return {
        "id": str(sighting_id(keys)),
        "space": space,
        "index": index.hex(),
        "keys": spelled,
        "dropped": [(key[0], key[1].hex(), str(reason)) for key, reason in known.latest.dropped],
        "first": known.first.isoformat(),
        "last": known.last.isoformat(),
        "times": known.times,
    }


def again(unit: Unit, limit: int) -> list[Sighting]:
    """What was seen together, each set once, in the order in which it was seen first."""
    rows = unit.connection.execute(
        sa.select(_S["keys"], _S.first_at)
        .where(_S.merchant_id == unit.merchant_id)
        .order_by(_S.first_at, _S.sighting_id)
        .limit(limit)
    )
    return [_sighting(spelled(keys), at) for keys, at in rows]


def spelled(keys: Iterable[Iterable[str]]) -> tuple[Key, ...]:
    """Identifiers as they are kept, read."""
    return tuple((space, bytes.fromhex(index)) for space, index in keys)


def _sighting(keys: tuple[Key, ...], at: datetime) -> Sighting:
    proven = next((UUID(bytes=index) for space, index in keys if space == PROVEN), None)
    return Sighting(tuple(key for key in keys if key[0] != PROVEN), at, proven)
