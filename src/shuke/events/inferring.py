"""What events look like is noted after them: a reader with a position of its own follows them, a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.events import progress, schemas
from shuke.events.feed import next_rows
from shuke.events.model import EventType, PropertyType, SchemaMode, Sightings
from shuke.events.progress import Place, Reader
from shuke.events.rules.schema import added, sighted, told
from shuke.events.tables import event_schemas, tracked_events
from shuke.infra.database import Unit

BATCH = 2_000
_event, _schema = tracked_events.c, event_schemas.c


@dataclass(slots=True)
class _Seen:
    """What a batch shows of one event."""

    first: datetime
    last: datetime
    times: int = 0
    sightings: Sightings = field(default_factory=dict[str, dict[PropertyType, int]])


def follow(unit: Unit, limit: int = BATCH) -> bool:
    """Note what the next events look like; whether there may be more. One reader at a time does it."""
    place = progress.hold(unit, Reader.SCHEMAS)
    if place is None:
        return False
    rows = _after(unit, place, limit)
    if not rows:
        return False
    _note(unit, _seen(rows))
    progress.move(unit, Reader.SCHEMAS, Place(rows[-1].transaction_id, rows[-1].message_key))
    return len(rows) == limit


def _after(unit: Unit, place: Place, limit: int) -> Sequence[Any]:
    query = sa.select(
        _event.transaction_id, _event.message_key, _event.type, _event.name, _event.received_at, _event.body
    )
    return next_rows(unit, query, place, limit)


def _seen(rows: Sequence[Any]) -> dict[tuple[EventType, str], _Seen]:
    found: dict[tuple[EventType, str], _Seen] = {}
    for row in rows:
        kind = EventType(row.type)
        seen = found.setdefault((kind, row.name), _Seen(row.received_at, row.received_at))
        seen.first, seen.last = min(seen.first, row.received_at), max(seen.last, row.received_at)
        seen.times += 1
        seen.sightings = added(seen.sightings, sighted(told(kind, row.body)))
    return found


def _note(unit: Unit, found: dict[tuple[EventType, str], _Seen]) -> None:
    ids = {schemas.schema_id(*name): name for name in found}
    mine = sa.select(event_schemas).where(_schema.merchant_id == unit.merchant_id, _schema.schema_id.in_(list(ids)))
    known = {row.schema_id: schemas.known_of(row) for row in unit.connection.execute(mine.with_for_update())}
    new = sorted(ids.keys() - known.keys())[: max(0, schemas.room(unit))]
    rows = []
    for schema_id in sorted([*known, *new]):
        seen, before = found[ids[schema_id]], known.get(schema_id)
        rows.append(
            {
                "merchant_id": unit.merchant_id,
                "schema_id": schema_id,
                "type": ids[schema_id][0],
                "name": ids[schema_id][1],
                "mode": SchemaMode.INFERRED,
                "properties": {},
                "others": True,
                "sightings": added(before.sightings, seen.sightings) if before else seen.sightings,
                "seen": (before.seen if before else 0) + seen.times,
                "first_seen_at": (before and before.first_seen_at) or seen.first,
                "last_seen_at": seen.last,
            }
        )
    if rows:
        adding = insert(event_schemas)
        counted = ("sightings", "seen", "first_seen_at", "last_seen_at")
        unit.connection.execute(
            adding.on_conflict_do_update(
                index_elements=["merchant_id", "schema_id"],
                set_={name: adding.excluded[name] for name in counted},
            ),
            rows,
        )
