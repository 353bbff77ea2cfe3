"""What the properties of events look like: noted as they come, and held to what was decided."""

from collections.abc import Mapping

from shuke.events.model import EventType, Problem, Property, PropertyType, Reason, Schema, SchemaMode, Sightings

PROPERTIES_MAX = 200
NAME_MAX = 100
"""Properties of an event that are noted, and letters of their names: beyond that somebody makes names of values."""
_OF_PEOPLE = {EventType.IDENTIFY, EventType.GROUP}


def told(kind: EventType, message: Mapping[str, object]) -> Mapping[str, object]:
    """What a message says beside who and when: properties, or a person's traits."""
    said = message.get("traits" if kind in _OF_PEOPLE else "properties")
    return said if isinstance(said, dict) else {}


def type_of(value: object) -> PropertyType | None:
    """None of null, which is the same as nothing."""
    match value:
        case bool():
            return PropertyType.BOOLEAN
        case int() | float():
            return PropertyType.NUMBER
        case str():
            return PropertyType.TEXT
        case list():
            return PropertyType.LIST
        case dict():
            return PropertyType.OBJECT
    return None


def unfit(schema: Schema | None, strict: bool, properties: Mapping[str, object]) -> Problem | None:
    """Why an event with these properties is not taken. From a `strict` source nothing comes that is not decided."""
    if schema is None or schema.mode is SchemaMode.INFERRED:
        return Problem(Reason.SCHEMA) if strict else None
    for name, decided in schema.properties.items():
        kind = type_of(properties.get(name))
        if decided.required if kind is None else kind not in decided.types:
            return Problem(Reason.SCHEMA, name)
    if not schema.others and not all(name in schema.properties or properties[name] is None for name in properties):
        return Problem(Reason.SCHEMA)
    return None


def sighted(properties: Mapping[str, object]) -> Sightings:
    """What one event shows."""
    kinds = {name: type_of(value) for name, value in properties.items() if len(name) <= NAME_MAX}
    return {name: {kind: 1} for name, kind in kinds.items() if kind is not None}


def added(one: Sightings, other: Sightings) -> dict[str, dict[PropertyType, int]]:
    """Both together. Of too many properties those stay that were known before, then the first by name."""
    both = {name: dict(kinds) for name, kinds in one.items()}
    for name in sorted(other):
        if name not in both and len(both) >= PROPERTIES_MAX:
            continue
        kinds = both.setdefault(name, {})
        for kind, times in other[name].items():
            kinds[kind] = kinds.get(kind, 0) + times
    return both


def inferred(sightings: Sightings, seen: int) -> dict[str, Property]:
    """The decision that all that was seen would fit: a start for whoever decides."""
    return {name: Property(frozenset(kinds), required=sum(kinds.values()) == seen) for name, kinds in sightings.items()}
