"""Attributes are registered: what they are called, what their values may be, and whether these leave for analysis."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.attributes import rules
from shuke.members.attributes.errors import AttributeInUse, AttributeNameTaken, AttributeNotFound, TooManyAttributes
from shuke.members.attributes.tables import attribute_definitions
from shuke.members.model import (
    NUMBER_COLUMNS,
    TEXT_COLUMNS,
    AttributeType,
    Choice,
    Definition,
    DefinitionChanges,
)
from shuke.tenancy import service as tenancy

ATTRIBUTE_REGISTERED = "attribute.registered"
ATTRIBUTE_CHANGED = "attribute.changed"
ATTRIBUTE_RETRACTED = "attribute.retracted"
"""Told when what leaves for analysis is not as it was, of all members; the last when it leaves no more."""

ATTRIBUTE_RENAMED = "attribute.renamed"

Users = Callable[[Unit, str], Sequence[str]]
"""Who finds members by an attribute, by their names."""

_A = attribute_definitions.c
_NOW = sa.text("pg_current_xact_id()::text::bigint")


def definitions(unit: Unit) -> Mapping[str, Definition]:
    """Those that count, by name; from this process's copy."""
    return _DEFINITIONS.of(unit)


def every(unit: Unit) -> list[Definition]:
    """Archived ones too, by name."""
    query = sa.select(attribute_definitions).where(_A.merchant_id == unit.merchant_id).order_by(_A.name)
    return [_read(row) for row in unit.connection.execute(query)]


def register(
    unit: Unit, name: str, kind: AttributeType, label: Text, *, personal: bool, choices: Iterable[Choice] = ()
) -> Definition:
    """Values that members have of it already stay, and count as far as they fit. Raises Invalid, AttributeNameTaken,
    TooManyAttributes."""
    rules.check_name(name)
    numeric = kind in (AttributeType.NUMBER, AttributeType.DATE)
    _hold(unit)
    values = {
        "name": name,
        "type": kind.value,
        **_decided(rules.normal_label(label), personal, rules.normal_choices(kind, choices)),
        "place": None if personal else _next_place(unit, numeric),
    }
    added = unit.connection.execute(
        insert(attribute_definitions)
        .values(merchant_id=unit.merchant_id, attribute_id=new_id(), since=_NOW, **values)
        .on_conflict_do_nothing()
        .returning(*_A)
    ).first()
    if added is None:
        raise AttributeNameTaken(name=name)
    tenancy.record_change(unit, ATTRIBUTE_REGISTERED, "attribute", added.attribute_id, None, values)
    return _read(added)


def change(unit: Unit, attribute_id: UUID, changes: DefinitionChanges, users: Users) -> Definition:
    """Its name and type stay for ever. Raises AttributeNotFound, Invalid, TooManyAttributes, and AttributeInUse where
    segments would not find anybody any more."""
    _hold(unit)
    mine = (_A.merchant_id == unit.merchant_id, _A.attribute_id == attribute_id)
    row = unit.connection.execute(sa.select(attribute_definitions).where(*mine).with_for_update()).first()
    if row is None:
        raise AttributeNotFound
    before = _read(row)
    personal = changes.get("personal", before.personal)
    archived = changes.get("archived", before.archived_at is not None)
    if before.column and (personal or archived) and (used := users(unit, before.name)):
        raise AttributeInUse(name=before.name, used="、".join(used))
    values = {
        **_decided(
            rules.normal_label(changes.get("label", before.label)),
            personal,
            rules.normal_choices(before.type, changes.get("choices", before.choices)),
        ),
        "place": _next_place(unit, before.numeric) if before.place is None and not personal else before.place,
        "archived_at": (before.archived_at or unit.now()) if archived else None,
    }
    told = {name: value for name, value in values.items() if value != getattr(row, name)}
    if not told:
        return before
    renamed = set(told) == {"label"}
    since = {} if renamed else {"since": _NOW}
    changed = unit.connection.execute(
        attribute_definitions.update().where(*mine).values(**values, **since).returning(*_A)
    ).one()
    after = _read(changed)
    was = {name: getattr(row, name) for name in told}
    tenancy.record_change(unit, _action(renamed, before, after), "attribute", attribute_id, was, told)
    return after


def _action(renamed: bool, before: Definition, after: Definition) -> str:
    if renamed:
        return ATTRIBUTE_RENAMED
    return ATTRIBUTE_RETRACTED if before.column and not after.column else ATTRIBUTE_CHANGED


def _decided(label: Text, personal: bool, choices: Sequence[Choice]) -> dict[str, Any]:
    return {
        "label": {"zh": label.zh, "en": label.en},
        "personal": personal,
        "choices": [
            {"value": choice.value, "label": {"zh": choice.label.zh, "en": choice.label.en}} for choice in choices
        ],
    }


def _next_place(unit: Unit, numeric: bool) -> int:
    """A column that never held anything: what was there of another attribute is still in the lake's older files."""
    numbers = _A.type.in_([AttributeType.NUMBER.value, AttributeType.DATE.value])
    last = sa.select(sa.func.max(_A.place)).where(
        _A.merchant_id == unit.merchant_id, numbers if numeric else sa.not_(numbers)
    )
    place = (unit.connection.scalar(last) or 0) + 1
    if place > (NUMBER_COLUMNS if numeric else TEXT_COLUMNS):
        raise TooManyAttributes(texts=TEXT_COLUMNS, numbers=NUMBER_COLUMNS)
    return place


def _hold(unit: Unit) -> None:
    """One after another, so that no two get one column."""
    lock = f"attributes/{unit.merchant_id}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))


def _read(row: Any) -> Definition:
    choices = tuple(Choice(choice["value"], Text(**choice["label"])) for choice in row.choices)
    return Definition(
        row.attribute_id,
        row.name,
        AttributeType(row.type),
        Text(**row.label),
        row.personal,
        choices,
        row.place,
        row.since,
        row.archived_at,
    )


def _load(unit: Unit) -> Mapping[str, Definition]:
    return {each.name: each for each in every(unit) if each.archived_at is None}


_DEFINITIONS = Standing[Mapping[str, Definition]](_load, "attributes")
