"""Attributes that the merchant registered, as far as segments can ask for them."""

from collections.abc import Mapping

from shuke.audience.model import Kind, RegisteredAs
from shuke.infra.database import Unit
from shuke.members import service as members
from shuke.members.model import AttributeType, Definition

YES_NO = frozenset({"yes", "no"})


def registered(unit: Unit) -> Mapping[str, RegisteredAs]:
    """By name; nothing of personal ones, which never leave."""
    found = members.attribute_definitions(unit).values()
    return {
        decided.name: RegisteredAs(
            Kind.NUMBER if decided.numeric else Kind.TEXT,
            decided.column,
            decided.since,
            decided.type is AttributeType.DATE,
            _values(decided),
        )
        for decided in found
        if decided.column is not None
    }


def _values(decided: Definition) -> frozenset[str] | None:
    match decided.type:
        case AttributeType.YES_NO:
            return YES_NO
        case AttributeType.CHOICE:
            return frozenset(choice.value for choice in decided.choices)
        case _:
            return None
