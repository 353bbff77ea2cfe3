"""Schemas of events: what they look like, and what they have to look like."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.events import schemas, trying
from shuke.events.model import EventType, Property, PropertyType, Schema, SchemaMode
from shuke.events.rules.reading import TEXT_MAX
from shuke.events.rules.schema import NAME_MAX, PROPERTIES_MAX, inferred
from shuke.events.schemas import Known
from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import EventSchemaId
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/event-schemas", tags=["event-schemas"])

PropertyName = Annotated[str, Field(min_length=1, max_length=NAME_MAX)]
Reader = Annotated[Call, allow(Permission.EVENTS_READ)]
Writer = Annotated[Call, allow(Permission.EVENTS_WRITE)]


class PropertyBody(Body):
    types: Annotated[list[PropertyType], Field(min_length=1, max_length=len(PropertyType))]
    required: bool = False


class SchemaBody(Body):
    mode: SchemaMode
    properties: Annotated[dict[PropertyName, PropertyBody], Field(max_length=PROPERTIES_MAX, default_factory=dict)]
    others: Annotated[bool, Field(description="Properties that are not named may come too.")] = True

    def schema_meant(self) -> Schema:
        decided = {
            name: Property(frozenset(each.types), each.required) for name, each in sorted(self.properties.items())
        }
        return Schema(self.mode, decided, self.others)


class NewSchema(SchemaBody):
    type: EventType
    name: Annotated[str, Field(max_length=TEXT_MAX, description="Of what is tracked or looked at; else empty.")] = ""


class PropertyView(View):
    types: list[PropertyType]
    required: bool

    @classmethod
    def of(cls, decided: Property) -> "PropertyView":
        return cls(types=sorted(decided.types), required=decided.required)


class EventSchemaSummary(View):
    """`seen` is how many events of it came, `properties_seen` how many different properties they had."""

    id: EventSchemaId
    type: EventType
    name: str
    mode: SchemaMode
    seen: int
    properties_seen: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None

    @classmethod
    def summary(cls, known: Known) -> "EventSchemaSummary":
        return cls(
            id=known.schema_id,
            type=known.type,
            name=known.name,
            mode=known.schema.mode,
            seen=known.seen,
            properties_seen=len(known.sightings),
            first_seen_at=known.first_seen_at,
            last_seen_at=known.last_seen_at,
        )


class EventSchema(EventSchemaSummary):
    """`properties` is what was decided; `sightings` says as what each property came, and how often; `inferred` is what
    all that was seen would fit. What is personal is not among what was seen: it is sealed."""

    properties: dict[str, PropertyView]
    others: bool
    sightings: dict[str, dict[PropertyType, int]]
    inferred: dict[str, PropertyView]

    @classmethod
    def of(cls, known: Known) -> "EventSchema":
        guess = inferred(known.sightings, known.seen)
        return cls(
            **EventSchemaSummary.summary(known).model_dump(),
            properties={name: PropertyView.of(each) for name, each in known.schema.properties.items()},
            others=known.schema.others,
            sightings={name: dict(kinds) for name, kinds in known.sightings.items()},
            inferred={name: PropertyView.of(each) for name, each in guess.items()},
        )


class EventSchemaList(View):
    items: list[EventSchemaSummary]
    next_cursor: str | None


class SchemaTrial(View):
    """Of the latest `tried` events `refused` would be set aside; `by_property` says because of what, with an empty
    name for properties that are not named."""

    tried: int
    refused: int
    by_property: dict[str, int]


@router.get("")
def list_event_schemas(call: Reader, limit: Limit = 50, cursor: Cursor = None) -> EventSchemaList:
    """Events that were seen or declared, by name."""
    with call.unit() as unit:
        found, following = schemas.list_schemas(unit, cursor, limit)
    return EventSchemaList(items=[EventSchemaSummary.summary(known) for known in found], next_cursor=following)


@router.post("", status_code=201)
def declare_event_schema(body: NewSchema, call: Writer) -> EventSchema:
    """A schema for an event that nobody has sent yet."""
    return call.once(
        EventSchema,
        body,
        lambda unit: EventSchema.of(schemas.declare(unit, body.type, body.name, body.schema_meant())),
    )


@router.get("/{schema_id}")
def get_event_schema(schema_id: EventSchemaId, call: Reader) -> EventSchema:
    with call.unit() as unit:
        return EventSchema.of(schemas.one(unit, schema_id))


@router.put("/{schema_id}")
def change_event_schema(schema_id: EventSchemaId, body: SchemaBody, call: Writer) -> EventSchema:
    """Decide what the event has to say. What an enforced schema sets aside can be replayed when it was changed."""
    with call.unit() as unit:
        return EventSchema.of(schemas.change(unit, schema_id, body.schema_meant()))


@router.post("/{schema_id}/trial")
def try_event_schema(schema_id: EventSchemaId, body: SchemaBody, call: Writer) -> SchemaTrial:
    """How many of the latest events a schema would refuse. Nothing changes."""
    with call.unit() as unit:
        return SchemaTrial.model_validate(trying.try_out(unit, schema_id, body.schema_meant()))


@router.delete("/{schema_id}", status_code=204)
def forget_event_schema(schema_id: EventSchemaId, call: Writer) -> None:
    """Forget what was seen and decided; if the event comes again, it is noted anew."""
    with call.unit() as unit:
        schemas.forget(unit, schema_id)
