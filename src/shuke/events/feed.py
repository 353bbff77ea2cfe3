"""Events in the order in which they were written, for whoever recognises the people in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from shuke.events.model import EventType, Profiles, Source
from shuke.events.progress import Place
from shuke.events.rules.linking import BELIEVED, Links, links
from shuke.events.rules.telling import traits
from shuke.events.sealing import PERSONAL, unsealed
from shuke.events.sources import all_sources, sources_by_id
from shuke.events.tables import event_personal, tracked_events
from shuke.infra.database import Unit
from shuke.infra.outbox import HORIZON
from shuke.members.service import Said

_event = tracked_events.c
_AT_ONCE = 500
_SAME = sa.and_(event_personal.c.merchant_id == _event.merchant_id, event_personal.c.message_key == _event.message_key)


@dataclass(frozen=True, slots=True)
class Followed:
    """An event as it is followed: when it happened and came, and what of it says who she is; and what it `told`
    of her that may fill her fields."""

    transaction_id: int
    message_key: UUID
    occurred_at: datetime
    received_at: datetime
    links: Links
    told: Said | None


def after(unit: Unit, place: Place, limit: int) -> list[Followed]:
    """The next events."""
    query = sa.select(tracked_events, event_personal.c.sealed).outerjoin(event_personal, _SAME)
    rows = next_rows(unit, query, place, limit)
    sources = sources_by_id(unit, {row.source_id for row in rows})
    return [_followed(unit, row, sources[row.source_id]) for row in rows]


def told_of(unit: Unit, events: sa.Select[tuple[UUID]]) -> list[Said]:
    """What these events (their keys) told of whoever they are of, in the order of time."""
    mine = (_event.merchant_id == unit.merchant_id, _event.type == str(EventType.IDENTIFY))
    rows = unit.connection.execute(
        sa.select(tracked_events, event_personal.c.sealed)
        .outerjoin(event_personal, _SAME)
        .where(*mine, _event.message_key.in_(events))
        .order_by(_event.occurred_at, _event.message_key)
    ).all()
    sources = sources_by_id(unit, {row.source_id for row in rows})
    told = (_told(row, sources[row.source_id], _personal(unit, row)) for row in rows)
    return [each for each in told if each is not None]


def telling(unit: Unit, place: Place) -> Iterator[tuple[UUID, list[str]]]:
    """What events that are not followed yet say in clear or sealed of who she is, from whom it is believed; those too
    that are not to be followed for a moment."""
    event, personal = tracked_events, event_personal.c
    same = sa.and_(personal.merchant_id == _event.merchant_id, personal.message_key == _event.message_key)
    believed = {each.source_id: each for each in all_sources(unit) if each.kind in BELIEVED}
    query = (
        sa.select(event, personal.sealed)
        .outerjoin(event_personal, same)
        .where(_event.merchant_id == unit.merchant_id, _later(place), _event.source_id.in_(list(believed)))
    )
    with unit.connection.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            said = _followed(unit, row, believed[row.source_id]).links
            if told := [*said.values.values(), *([said.shown] if said.shown else [])]:
                yield row.message_key, told


def _later(place: Place) -> sa.ColumnElement[bool]:
    return sa.tuple_(_event.transaction_id, _event.message_key) > (place.transaction_id, place.message_key)


def next_rows(unit: Unit, query: sa.Select[Any], place: Place, limit: int) -> Sequence[Any]:
    """What `query` says of the next events, in an order that never gains rows behind the reader."""
    following = (
        query.where(
            _event.merchant_id == unit.merchant_id,
            _later(place),
            _event.transaction_id < HORIZON,
        )
        .order_by(_event.transaction_id, _event.message_key)
        .limit(sa.literal(limit, literal_execute=True))
    )
    return unit.connection.execute(following).all()


def _followed(unit: Unit, row: Any, source: Source) -> Followed:
    personal = _personal(unit, row)
    return Followed(
        row.transaction_id,
        row.message_key,
        row.occurred_at,
        row.received_at,
        links(source.kind, row.keys, row.body, personal),
        _told(row, source, personal),
    )


def _personal(unit: Unit, row: Any) -> Mapping[str, object]:
    return {} if row.sealed is None else orjson.loads(unsealed(unit, PERSONAL, row.sealed))


def _told(row: Any, source: Source, personal: Mapping[str, object]) -> Said | None:
    if row.type != EventType.IDENTIFY or source.profiles is Profiles.OFF:
        return None
    said = traits(row.body, personal)
    believed, overwrites = source.kind in BELIEVED, source.profiles is Profiles.OVERWRITE
    if not said:
        return None
    return Said(row.message_key, row.occurred_at, source.source_id, source.name, believed, overwrites, said)
