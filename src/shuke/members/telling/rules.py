"""Which field a trait is, how its value is written there, and what gives way to what. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.kernel.errors import Invalid, invalid_field
from shuke.members import rules
from shuke.members.attributes.rules import check_values
from shuke.members.model import Attribute, AttributeType, Definition, Gender
from shuke.members.telling.model import Field, Said, Since

Value = Attribute | Gender | date

_FIELDS = {
    "name": ("name", "fullname", "realname", "姓名"),
    "gender": ("gender", "sex", "性别"),
    "birthday": ("birthday", "birthdate", "dateofbirth", "生日"),
}
_FIELD_OF = {name: field for field, names in _FIELDS.items() for name in names}
_GENDERS = {
    Gender.FEMALE: ("female", "f", "woman", "女", "女性"),
    Gender.MALE: ("male", "m", "man", "男", "男性"),
    Gender.OTHER: ("other", "non-binary", "其他"),
}
_GENDER_OF = {name: gender for gender, names in _GENDERS.items() for name in names}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-\s]+")
_LATIN = re.compile(r"[ -\u024f]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a merchant keeps about members, and where and when it is looked at."""

    definitions: Mapping[str, Definition]
    zone: ZoneInfo
    today: date


def read(said: Said, kept: Kept) -> tuple[dict[Field, Value], dict[str, object]]:
    """Values by field, and those traits whose values are none. Who is not believed speaks only of attributes that are
    not personal. What nobody keeps is passed over, and so is what is empty: nothing told empties a field."""
    values: dict[Field, Value] = {}
    refused: dict[str, object] = {}
    for name, told in _traits(said.traits):
        field = _field(name, kept.definitions, said.believed)
        if field is None or field in values:
            continue
        try:
            values[field] = _written(field, told, kept)
        except Invalid:
            refused[name] = told
    return values, refused


def _traits(traits: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What is told, the parts of an address and of a name last."""
    told = {name: value for name, value in traits.items() if value not in (None, "", [], {})}
    yield from told.items()
    address = told.get("address")
    if isinstance(address, dict):
        yield from ((name, value) for name, value in address.items() if value not in (None, ""))
    first, last = (told.get(one) or told.get(other) for one, other in _NAME_PARTS)
    if isinstance(first, str) and isinstance(last, str):
        yield "name", f"{first} {last}" if _LATIN.fullmatch(first + last) else f"{last}{first}"


_NAME_PARTS = (("firstName", "first_name"), ("lastName", "last_name"))


def _field(name: str, definitions: Mapping[str, Definition], believed: bool) -> Field | None:
    own = _FIELD_OF.get(name.replace("_", "").replace("-", "").replace(" ", "").lower())
    if own is not None:
        return own if believed else None
    decided = definitions.get(name) or definitions.get(_HUMP.sub("_", name).lower())
    if decided is None or (decided.personal and not believed):
        return None
    return f"attributes.{decided.name}"


def _written(field: Field, told: object, kept: Kept) -> Value:
    """As a person's entry would be; raises Invalid as that would."""
    match field:
        case "name":
            return rules.normal_name(_text(field, told))
        case "gender":
            gender = _GENDER_OF.get(_text(field, told).strip().lower())
            if gender is None:
                raise _unfit(field)
            return gender
        case "birthday":
            day = _day(told, kept.zone)
            if day is None:
                raise _unfit(field)
            rules.check_birthday(day, kept.today)
            return day
    decided = kept.definitions[field.partition(".")[2]]
    value = _attribute(decided, told, kept.zone)
    rules.check_attributes({decided.name: value})
    check_values(kept.definitions, {decided.name: value}, {})
    return value


def _attribute(decided: Definition, told: object, zone: ZoneInfo) -> Attribute:
    if decided.type is AttributeType.DATE:
        day = _day(told, zone)
        if day is None:
            raise _unfit(decided.name)
        return day.isoformat()
    if isinstance(told, float) and decided.type is AttributeType.NUMBER and told.is_integer():
        return int(told)
    if not isinstance(told, str | int):
        raise _unfit(decided.name)
    return told


def _day(told: object, zone: ZoneInfo) -> date | None:
    """A day, also one that a library wrote as a moment: the day it is then where the shops stand."""
    if not isinstance(told, str):
        return None
    try:
        return date.fromisoformat(told.strip()) if len(told.strip()) == len("2026-03-31") else _moment(told, zone)
    except (ValueError, OverflowError):
        return None


def _moment(told: str, zone: ZoneInfo) -> date:
    at = datetime.fromisoformat(told.strip())
    return (at if at.tzinfo is None else at.astimezone(zone)).date()


def _text(field: Field, told: object) -> str:
    if not isinstance(told, str):
        raise _unfit(field)
    return told


def _unfit(field: Field) -> Invalid:
    return invalid_field(field, "值不符合该项的要求。", "This is no value of that field.")


def takes(said: Said, since: Since | None, present: Value | None, joined_at: datetime) -> bool:
    """Whether a field takes what is said of it, given since when it holds what it does.

    Of what was told the latest counts, first of those that are believed: so whatever came in which order, the same
    remains. What people entered stays, but for somebody who overwrites and tells of later.
    """
    if since is None:
        return present is None or (said.overwrites and said.at > joined_at)
    if since.cleared_at is not None and said.at <= since.cleared_at:
        return False
    key = "" if since.message_key is None else str(since.message_key)
    if since.entered:
        return said.overwrites and (said.at, str(said.key)) > (since.said_at, key)
    return (said.believed, said.at, str(said.key)) > (since.believed, since.said_at, key)


def taken(said: Said, since: Since | None, present: Value | None) -> Since:
    entered = present is not None if since is None else since.entered
    cleared_at = None if since is None else since.cleared_at
    return Since(entered, said.believed, said.at, said.key, said.source_name, cleared_at)
