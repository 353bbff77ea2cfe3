"""What a rule's values may be, over HTTP."""

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from shuke.audience.model import Event, Tracked
from shuke.audience.suggesting import texts_of, values_of
from shuke.events import service as events
from shuke.infra.http import Call, View, allow
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])


class ValueSuggestion(View):
    """Days are numbers such as 20260331."""

    value: str | int
    members: int


class ValueSuggestions(View):
    items: list[ValueSuggestion]


@router.get("/values/registered")
def suggest_registered_values(
    request: Request,
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    name: Annotated[str, Query(max_length=64, description="The registered attribute.")],
    containing: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ValueSuggestions:
    """Values that members have of a registered attribute, the commonest first."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        found = values_of(unit, lake, name, containing, limit)
    return ValueSuggestions(items=[ValueSuggestion(value=each.value, members=each.members) for each in found])


class EventProperty(View):
    name: str
    types: list[Literal["text", "number", "boolean"]]


class EventSuggestion(View):
    """An event by its name, with the properties that can be asked for; those that begin with `context.` say how she
    came."""

    type: Tracked
    name: str
    seen: Annotated[int, Field(description="How often it came; 0 if it was only announced.")]
    properties: list[EventProperty]


class EventSuggestions(View):
    items: list[EventSuggestion]


@router.get("/values/events")
def suggest_events(
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    limit: Annotated[int, Query(ge=1, le=1_000)] = 1_000,
) -> EventSuggestions:
    """The tracked events that rules can ask for, the commonest first."""
    with call.unit() as unit:
        found = events.leaving(unit, limit)
    return EventSuggestions(
        items=[
            EventSuggestion(
                type=Tracked(each.type),
                name=each.name,
                seen=each.seen,
                properties=[EventProperty(name=name, types=sorted(types)) for name, types in each.properties.items()],
            )
            for each in found
        ]
    )


@router.get("/values/event-properties")
def suggest_event_texts(
    request: Request,
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    property: Annotated[str, Query(max_length=200)],
    name: Annotated[str, Query(max_length=200, description="The event's; any if it is empty.")] = "",
    type: Tracked = Tracked.TRACK,
    containing: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ValueSuggestions:
    """Texts that a property of an event had, those of most members first."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        found = texts_of(unit, lake, Event(name or None, type), property, containing, limit)
    return ValueSuggestions(items=[ValueSuggestion(value=each.value, members=each.members) for each in found])
