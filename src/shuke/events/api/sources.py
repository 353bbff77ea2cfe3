"""Sources of events, as people look after them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.events import sources
from shuke.events.model import (
    LATE_DAYS,
    LATE_DAYS_MAX,
    PER_SECOND,
    PER_SECOND_MAX,
    Profiles,
    SchemaMode,
    Source,
    SourceKind,
)
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import EventSourceId
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/event-sources", tags=["event-sources"])

Name = Annotated[str, Field(min_length=1, max_length=100)]


Told = Annotated[
    Profiles,
    Field(
        description="What the traits of its `identify` messages do to members' fields. `fill`: what is empty, or was "
        "told before. `overwrite`: also what people entered, if it is older; not for pages and apps, which fill only "
        "attributes that are not personal."
    ),
]


class NewEventSource(Body):
    name: Name
    kind: SourceKind
    per_second: Annotated[int, Field(ge=1, le=PER_SECOND_MAX, description="Messages a second it may send.")] = (
        PER_SECOND
    )
    late_days: Annotated[
        int, Field(ge=1, le=LATE_DAYS_MAX, description="Messages of longer ago are set aside, but for imports.")
    ] = LATE_DAYS
    profiles: Told = Profiles.FILL


class EventSourceChange(Body):
    """What is not given stays as it is."""

    mode: Annotated[
        SchemaMode | None, Field(description="`enforced`: it may send only events whose schema is enforced.")
    ] = None
    profiles: Told | None = None


class EventSource(View):
    """`write_key` is what the source sends with; null for whoever may not change sources."""

    id: EventSourceId
    name: str
    kind: SourceKind
    per_second: int
    late_days: int
    mode: SchemaMode
    profiles: Profiles
    created_at: datetime
    revoked_at: datetime | None
    write_key: str | None

    @classmethod
    def of(cls, source: Source, write_key: str | None) -> "EventSource":
        return cls(
            id=source.source_id,
            name=source.name,
            kind=source.kind,
            per_second=source.per_second,
            late_days=source.late_days,
            mode=source.mode,
            profiles=source.profiles,
            created_at=source.created_at,
            revoked_at=source.revoked_at,
            write_key=write_key,
        )


class EventSourceList(View):
    items: list[EventSource]
    next_cursor: str | None


@router.get("")
def list_event_sources(
    call: Annotated[Call, allow(Permission.EVENTS_READ)], limit: Limit = 50, cursor: Cursor = None
) -> EventSourceList:
    """Sources, the newest first."""
    with call.unit() as unit:
        found, following = sources.list_sources(unit, cursor, limit)
        shown = unit.principal.may(Permission.EVENTS_WRITE)
    return EventSourceList(
        items=[EventSource.of(source, key if shown else None) for source, key in found], next_cursor=following
    )


@router.post("", status_code=201)
def create_event_source(body: NewEventSource, call: Annotated[Call, allow(Permission.EVENTS_WRITE)]) -> EventSource:
    """A new source with its write key. 409 `not_believed` where a page or an app would overwrite."""

    def act(unit: Unit) -> EventSource:
        made = sources.create(unit, body.name, body.kind, body.per_second, body.late_days, body.profiles)
        return EventSource.of(*made)

    return call.once(EventSource, body, act)


@router.patch("/{source_id}")
def change_event_source(
    source_id: EventSourceId, body: EventSourceChange, call: Annotated[Call, allow(Permission.EVENTS_WRITE)]
) -> EventSource:
    """409 `not_believed` where a page or an app would overwrite what is known of members."""
    with call.unit() as unit:
        return EventSource.of(*sources.change(unit, source_id, body.mode, body.profiles))


@router.delete("/{source_id}", status_code=204)
def revoke_event_source(source_id: EventSourceId, call: Annotated[Call, allow(Permission.EVENTS_WRITE)]) -> None:
    """Revoke a source: from now on its write key sends nothing. What it sent stays."""
    with call.unit() as unit:
        sources.revoke(unit, source_id)
