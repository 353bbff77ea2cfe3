"""Registered values as they leave for analysis: a column for each place, empty where nothing was decided to lie."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.attributes.registry import definitions
from shuke.members.model import NUMBER_COLUMNS, TEXT_COLUMNS, AttributeType, Definition

_WHOLE = r"^-?[0-9]{1,15}$"
_DAY = (
    r"^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
)
"""A day that is in the calendar, but for 29 February."""


def registered_values(unit: Unit, attributes: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """Texts as they are, `yes` and `no`, numbers, and days as 20260331; null where a value is not what was decided."""
    placed = {each.column: each for each in definitions(unit).values() if each.column}
    return [
        *(_column(f"text_{place}", sa.Text(), placed, attributes) for place in range(1, TEXT_COLUMNS + 1)),
        *(_column(f"number_{place}", sa.BigInteger(), placed, attributes) for place in range(1, NUMBER_COLUMNS + 1)),
    ]


def _column(
    name: str,
    kind: sa.types.TypeEngine[Any],
    placed: Mapping[str, Definition],
    attributes: sa.ColumnElement[Any],
) -> sa.ColumnElement[Any]:
    decided = placed.get(name)
    value = sa.null() if decided is None else _value(decided, attributes)
    return sa.cast(value, kind).label(name)


def _value(decided: Definition, attributes: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    value = sa.func.jsonb_extract_path(attributes, decided.name)
    text, is_a = sa.func.jsonb_extract_path_text(attributes, decided.name), sa.func.jsonb_typeof(value)
    match decided.type:
        case AttributeType.TEXT:
            return sa.case((is_a == "string", text))
        case AttributeType.CHOICE:
            return sa.case((sa.and_(is_a == "string", text.in_([each.value for each in decided.choices])), text))
        case AttributeType.YES_NO:
            return sa.case((is_a != "boolean", None), (text == "true", "yes"), (text == "false", "no"))
        case AttributeType.NUMBER:
            return sa.case((sa.and_(is_a == "number", text.regexp_match(_WHOLE)), text))
        case AttributeType.DATE:
            return sa.case((sa.and_(is_a == "string", text.regexp_match(_DAY)), sa.func.replace(text, "-", "")))
