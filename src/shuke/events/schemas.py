"""The registry of schemas: what each event says, as it was seen and as it was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.events.errors import SchemaKnown, TooManySchemas
from shuke.events.model import EventType, Property, PropertyType, Schema, SchemaMode, Sightings
from shuke.events.tables import event_schemas
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.standing import Standing
from shuke.kernel.errors import NotFound
from shuke.tenancy import service as tenancy

SCHEMAS_MAX = 1_000
"""Of a merchant. Whoever has a web page's key may make up names: those beyond this are not noted."""

Plan = Mapping[tuple[EventType, str], Schema]
"""What is enforced."""

_table = event_schemas.c


@dataclass(frozen=True, slots=True)
class Known:
    """An event's schema, and what was seen of it."""

    schema_id: UUID
    type: EventType
    name: str
    schema: Schema
    sightings: Sightings
    seen: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None


def schema_id(kind: EventType, name: str) -> UUID:
    return UUID(bytes=blake2b(f"{kind}\0{name}".encode(), digest_size=16).digest())


def plan(unit: Unit) -> Plan:
    """What is enforced now, from this process's copy."""
    return _PLANS.of(unit)


def list_schemas(unit: Unit, cursor: str | None, limit: int) -> tuple[list[Known], str | None]:
    """By name. Raises BadCursor."""
    query = sa.select(event_schemas).where(_table.merchant_id == unit.merchant_id)
    rows, following = page(unit, query, Sort(_table.name, _table.schema_id), cursor, limit)
    return [known_of(row) for row in rows], following


def commonest(unit: Unit, types: Collection[EventType], limit: int) -> list[Known]:
    """Of some types, what came most often first."""
    query = sa.select(event_schemas).where(_table.merchant_id == unit.merchant_id, _table.type.in_(types))
    rows = unit.connection.execute(query.order_by(_table.seen.desc(), _table.name, _table.schema_id).limit(limit))
    return [known_of(row) for row in rows]


def one(unit: Unit, schema_id: UUID) -> Known:
    """Raises NotFound."""
    row = unit.connection.execute(_mine(unit, schema_id)).first()
    if row is None:
        raise NotFound(what="schema")
    return known_of(row)


def declare(unit: Unit, kind: EventType, name: str, schema: Schema) -> Known:
    """A schema for an event that nobody has sent yet. Raises SchemaKnown, TooManySchemas."""
    if room(unit) <= 0:
        raise TooManySchemas(most=SCHEMAS_MAX)
    made = Known(schema_id(kind, name), kind, name, schema, {}, 0, None, None)
    added = insert(event_schemas).values(
        merchant_id=unit.merchant_id,
        schema_id=made.schema_id,
        type=kind,
        name=name,
        sightings={},
        seen=0,
        **_values(schema),
    )
    if unit.connection.execute(added.on_conflict_do_nothing().returning(_table.schema_id)).first() is None:
        raise SchemaKnown(name=name or kind)
    after = {"type": kind, "name": name, **_values(schema)}
    tenancy.record_change(unit, "event_schema.changed", "event_schema", made.schema_id, None, after)
    return made


def change(unit: Unit, schema_id: UUID, schema: Schema) -> Known:
    """Decide anew; what was set aside by the old one can be replayed. Raises NotFound."""
    row = unit.connection.execute(_mine(unit, schema_id).with_for_update()).first()
    if row is None:
        raise NotFound(what="schema")
    before = known_of(row)
    if before.schema != schema:
        here = (_table.merchant_id == unit.merchant_id, _table.schema_id == schema_id)
        unit.connection.execute(event_schemas.update().where(*here).values(_values(schema)))
        tenancy.record_change(
            unit, "event_schema.changed", "event_schema", schema_id, _values(before.schema), _values(schema)
        )
    return one(unit, schema_id)


def forget(unit: Unit, schema_id: UUID) -> None:
    """As if the event had never been seen; when it comes again, it is noted anew. Raises NotFound."""
    known = one(unit, schema_id)
    here = (_table.merchant_id == unit.merchant_id, _table.schema_id == schema_id)
    unit.connection.execute(event_schemas.delete().where(*here))
    before = {"type": known.type, "name": known.name, **_values(known.schema)}
    tenancy.record_change(unit, "event_schema.forgotten", "event_schema", schema_id, before, None)


def room(unit: Unit) -> int:
    """How many more schemas may be noted."""
    mine = sa.select(sa.func.count()).where(_table.merchant_id == unit.merchant_id)
    return SCHEMAS_MAX - (unit.connection.scalar(mine) or 0)


def known_of(row: Any) -> Known:
    return Known(
        schema_id=row.schema_id,
        type=EventType(row.type),
        name=row.name,
        schema=_schema(row),
        sightings={
            name: {PropertyType(kind): times for kind, times in kinds.items()} for name, kinds in row.sightings.items()
        },
        seen=row.seen,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
    )


def _mine(unit: Unit, schema_id: UUID) -> sa.Select[Any]:
    return sa.select(event_schemas).where(_table.merchant_id == unit.merchant_id, _table.schema_id == schema_id)


def _schema(row: Any) -> Schema:
    properties = {
        name: Property(frozenset(map(PropertyType, decided["types"])), decided["required"])
        for name, decided in row.properties.items()
    }
    return Schema(SchemaMode(row.mode), properties, row.others)


def _values(schema: Schema) -> dict[str, Any]:
    properties = {
        name: {"types": sorted(decided.types), "required": decided.required}
        for name, decided in schema.properties.items()
    }
    return {"mode": schema.mode, "properties": properties, "others": schema.others}


def _load(unit: Unit) -> Plan:
    enforced = sa.select(event_schemas).where(
        _table.merchant_id == unit.merchant_id, _table.mode == SchemaMode.ENFORCED
    )
    return {(EventType(row.type), row.name): _schema(row) for row in unit.connection.execute(enforced)}


_PLANS = Standing[Plan](_load, "events")
