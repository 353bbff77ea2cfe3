"""Tracked events as they leave for analysis: what was tracked or looked at, when, the properties that may be known, and
how she came.

Who it was is not told here, and nothing of what was sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
import pyarrow as pa
import sqlalchemy as sa

from shuke.events.model import EventType, PropertyType
from shuke.events.rules.traffic import NAMES, traffic
from shuke.events.rules.values import SCALARS, may_leave, values
from shuke.events.schemas import Known, commonest
from shuke.events.tables import tracked_events
from shuke.infra.database import Unit

_CONTEXT = ("campaign", "channel", "page", "referrer")
LEAVING = (EventType.TRACK, EventType.PAGE, EventType.SCREEN)
_event = tracked_events.c


def tracked(unit: Unit, zone: str, of: sa.Subquery) -> sa.Select[tuple[object, ...]]:
    """The events of which `of` has `message_key` and `member_id`; `properties` and `context` are JSON, days those of a
    zone."""
    context = [part for name in _CONTEXT for part in (sa.literal(name), _event.body["context"][name])]
    return (
        sa.select(
            _event.message_key.label("event_id"),
            of.c.member_id,
            _event.type,
            _event.name,
            sa.func.timezone("UTC", _event.occurred_at).label("occurred_at"),
            sa.cast(sa.func.timezone(zone, _event.occurred_at), sa.Date).label("day"),
            sa.cast(sa.func.timezone("UTC", _event.received_at), sa.Date).label("received_day"),
            sa.cast(_event.body["properties"], sa.Text).label("properties"),
            sa.cast(sa.func.json_build_object(*context), sa.Text).label("context"),
        )
        .where(_event.merchant_id == unit.merchant_id, _event.message_key == of.c.message_key, _event.type.in_(LEAVING))
        .order_by(_event.message_key)
    )


@dataclass(frozen=True, slots=True)
class Leaves:
    """What leaves under a name, as far as it was seen or decided: `properties` by name, of one or more types;
    then how she came."""

    type: EventType
    name: str
    seen: int
    properties: Mapping[str, frozenset[PropertyType]]


def leaving(unit: Unit, limit: int) -> list[Leaves]:
    """The events that leave, what came most often first."""
    return [_leaves(known) for known in commonest(unit, LEAVING, limit)]


def _leaves(known: Known) -> Leaves:
    types: dict[str, frozenset[PropertyType]] = {name: frozenset(kinds) for name, kinds in known.sightings.items()}
    for name, decided in known.schema.properties.items():
        types[name] = types.get(name, frozenset()) | decided.types
    some = {name: types[name] & SCALARS for name in sorted(types) if may_leave(name) and name not in NAMES}
    properties = {name: kinds for name, kinds in some.items() if kinds}
    how_she_came = dict.fromkeys(NAMES, frozenset({PropertyType.TEXT}))
    return Leaves(known.type, known.name, known.seen, properties | how_she_came)


def with_values(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """`rows` with `texts` and `numbers` in the place of `properties` and `context`."""
    both = zip(rows["properties"].to_pylist(), rows["context"].to_pylist(), strict=True)
    found = [values(_said(_read(properties), _read(context))) for properties, context in both]
    maps = {"texts": [[*texts.items()] for texts, _ in found], "numbers": [[*numbers.items()] for _, numbers in found]}
    return pa.table(
        {
            field.name: pa.array(maps[field.name], field.type) if field.name in maps else rows[field.name]
            for field in schema
        },
        schema,
    )


def _said(properties: dict[str, object], context: dict[str, object]) -> dict[str, object]:
    if not properties.keys().isdisjoint(NAMES):
        properties = {name: value for name, value in properties.items() if name not in NAMES}
    return properties | traffic(context)


def _read(said: str | None) -> dict[str, object]:
    found = orjson.loads(said) if said else {}
    return found if isinstance(found, dict) else {}
