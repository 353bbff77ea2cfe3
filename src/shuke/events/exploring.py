"""What came, as people look at it: events as they arrived, and what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.events.model import EventType, Namespace, Reason
from shuke.events.sealing import QUARANTINE, unsealed
from shuke.events.tables import event_quarantine, event_sources, tracked_events
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.outbox import HORIZON
from shuke.kernel.paging import BadCursor, decode_cursor, encode_cursor
from shuke.members import service as members

_event, _aside, _source = tracked_events.c, event_quarantine.c, event_sources.c
_NEWEST = Sort(_event.transaction_id, _event.message_key, descending=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """An event without what is personal; `namespaces` are those it has identifiers of, strongest first."""

    message_key: UUID
    source_id: UUID
    source_name: str
    type: EventType
    name: str
    occurred_at: datetime
    sent_for: datetime | None
    received_at: datetime
    namespaces: Sequence[Namespace]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetAside:
    """`message` as it came, of one too large its beginning; None for whoever may not see personal data."""

    quarantined_id: UUID
    source_id: UUID
    source_name: str
    received_at: datetime
    reason: Reason
    field: str
    message: str | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    source_id: UUID | None = None
    type: EventType | None = None
    name: str | None = None
    member_id: UUID | None = None
    """Events in which she was recognised, or a visitor who turned out to be her."""


def list_events(unit: Unit, wanted: EventFilter, cursor: str | None, limit: int) -> tuple[list[Seen], str | None]:
    """Events in the order they were written, the latest first. Raises BadCursor."""
    rows, following = page(unit, _wanted(unit, wanted), _NEWEST, cursor, limit)
    return [_seen(row) for row in rows], following


def latest(unit: Unit, wanted: EventFilter, position: str | None, limit: int) -> tuple[list[Seen], str]:
    """Events that came since a position, the latest first, and the position now; without one, the latest there are.

    The position is the oldest transaction that still runs: whatever is below it has been looked at, nothing can appear
    there any more, and so nobody who asks again and again misses an event, or sees one twice. Raises BadCursor.
    """
    here = unit.connection.scalar(sa.select(HORIZON)) or 0
    query = _wanted(unit, wanted).where(_event.transaction_id < here)
    if position is not None:
        (before,) = decode_cursor(position, 1)
        if type(before) is not int:
            raise BadCursor
        query = query.where(_event.transaction_id >= before)
    ordered = query.order_by(_event.transaction_id.desc(), _event.message_key.desc())
    rows = unit.connection.execute(ordered.limit(sa.literal(limit, literal_execute=True)))
    return [_seen(row) for row in rows], encode_cursor([here])


def _wanted(unit: Unit, wanted: EventFilter) -> sa.Select[Any]:
    query = (
        sa.select(tracked_events, _source.name.label("source_name"))
        .join_from(tracked_events, event_sources, _of_source(_event))
        .where(_event.merchant_id == unit.merchant_id)
    )
    if wanted.source_id is not None:
        query = query.where(_event.source_id == wanted.source_id)
    if wanted.type is not None:
        query = query.where(_event.type == wanted.type)
    if wanted.name is not None:
        query = query.where(_event.name == wanted.name)
    if wanted.member_id is not None:
        query = query.where(_event.message_key.in_(members.events_of(unit, wanted.member_id)))
    return query


def list_quarantine(
    unit: Unit, source_id: UUID | None, reason: Reason | None, personal: bool, cursor: str | None, limit: int
) -> tuple[list[SetAside], str | None]:
    """What was set aside, the latest first; messages are opened for whoever may see what is `personal`."""
    query = (
        sa.select(event_quarantine, _source.name.label("source_name"))
        .join_from(event_quarantine, event_sources, _of_source(_aside))
        .where(_aside.merchant_id == unit.merchant_id, _aside.replayed_at.is_(None))
    )
    if source_id is not None:
        query = query.where(_aside.source_id == source_id)
    if reason is not None:
        query = query.where(_aside.reason == reason)
    newest = Sort(_aside.received_at, _aside.quarantined_id, descending=True)
    rows, following = page(unit, query, newest, cursor, limit)
    return [_set_aside(unit, row, personal) for row in rows], following


def _of_source(columns: Any) -> sa.ColumnElement[bool]:
    return sa.and_(_source.merchant_id == columns.merchant_id, _source.source_id == columns.source_id)


def _seen(row: Any) -> Seen:
    return Seen(
        message_key=row.message_key,
        source_id=row.source_id,
        source_name=row.source_name,
        type=EventType(row.type),
        name=row.name,
        occurred_at=row.occurred_at,
        sent_for=row.sent_for,
        received_at=row.received_at,
        namespaces=[Namespace(space) for space, _ in row.keys],
        body=row.body,
    )


def _set_aside(unit: Unit, row: Any, personal: bool) -> SetAside:
    return SetAside(
        quarantined_id=row.quarantined_id,
        source_id=row.source_id,
        source_name=row.source_name,
        received_at=row.received_at,
        reason=Reason(row.reason),
        field=row.field,
        message=unsealed(unit, QUARANTINE, row.sealed).decode(errors="replace") if personal else None,
    )
