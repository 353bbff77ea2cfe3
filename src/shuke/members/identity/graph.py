"""By what a member is recognised, and why: her identifiers, what was seen together, who turned out to be her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members import service as members
from shuke.members.identity.claiming import one_of
from shuke.members.identity.model import Key, Reason, Space
from shuke.members.identity.sightings import spelled
from shuke.members.identity.tables import identifiers, identity_sightings, visitors
from shuke.members.merging.present import ids_of
from shuke.members.rules import display_phone, mask_email, mask_phone
from shuke.tenancy.model import Permission

SHOWN_MAX = 200
"""Of each kind; the latest. Who has more is no person but a mistake, which the first two hundred show."""
_CONTACT = ("phone", "email")
_ID, _S, _V = identifiers.c, identity_sightings.c, visitors.c


@dataclass(frozen=True, slots=True)
class Identifier:
    """`value` as the caller may see it; None where nobody is shown it. `main`: the one on her page. `came_as`: the
    member who had it before she was absorbed."""

    key: Key
    value: str | None
    main: bool
    source: str
    first_seen_at: datetime
    last_seen_on: date
    came_as: UUID | None


@dataclass(frozen=True, slots=True)
class Together:
    """Identifiers that were seen together, strongest not first; `dropped` of them were left out, and why."""

    sighting_id: UUID
    keys: tuple[Key, ...]
    dropped: tuple[tuple[Key, Reason], ...]
    first_at: datetime
    last_at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who turned out to be her."""

    person_id: UUID
    first_seen_at: datetime
    last_seen_on: date


@dataclass(frozen=True, slots=True)
class Identity:
    """`complete` False: there is more of something than is shown."""

    identifiers: Sequence[Identifier]
    sightings: Sequence[Together]
    visitors: Sequence[Visitor]
    absorbed: Sequence[UUID]
    complete: bool


def identity(unit: Unit, member_id: UUID) -> Identity:
    """Everything by which the member is recognised; a look at it leaves a line. Raises MemberNotFound."""
    members.saw(unit, [members.get(unit, member_id)], members.Place.PROFILE, _CONTACT)
    everybody = ids_of(unit, member_id)
    mine = _rows(
        unit, identifiers, _ID.person_id == member_id, _ID.main.desc(), _ID.last_seen_on.desc(), _ID.value_index
    )
    held = [(row.namespace, bytes(row.value_index)) for row in mine[:SHOWN_MAX]]
    seen = _rows(unit, identity_sightings, one_of(held, identity_sightings), _S.last_at.desc(), _S.sighting_id)
    were = _rows(unit, visitors, _V.became_id.in_(everybody), _V.first_seen_at, _V.person_id)
    return Identity(
        [_identifier(unit, row, member_id) for row in mine[:SHOWN_MAX]],
        [_together(row) for row in seen[:SHOWN_MAX]],
        [Visitor(row.person_id, row.first_seen_at, row.last_seen_on) for row in were[:SHOWN_MAX]],
        [each for each in everybody if each != member_id],
        max(len(mine), len(seen), len(were)) <= SHOWN_MAX,
    )


def _rows(unit: Unit, table: sa.Table, condition: sa.ColumnElement[bool], *order: sa.ColumnElement[Any]) -> list[Any]:
    query = sa.select(table).where(table.c.merchant_id == unit.merchant_id, condition).order_by(*order)
    return list(unit.connection.execute(query.limit(SHOWN_MAX + 1)))


def _identifier(unit: Unit, row: Any, member_id: UUID) -> Identifier:
    return Identifier(
        (row.namespace, bytes(row.value_index)),
        None if row.value_cipher is None else shown(unit, row.namespace, unit.open(row.namespace, row.value_cipher)),
        row.main,
        row.source,
        row.first_seen_at,
        row.last_seen_on,
        None if row.origin_id == member_id else row.origin_id,
    )


def shown(unit: Unit, space: str, value: str) -> str:
    """An identifier as the caller may see it: with `members.contact` in clear, else enough to tell two apart."""
    clear = unit.principal.may(Permission.MEMBERS_CONTACT)
    match space:
        case Space.PHONE:
            return display_phone(value) if clear else mask_phone(value)
        case Space.EMAIL:
            return value if clear else mask_email(value)
        case Space.CARD:
            return value
    return value if clear else f"{value[:2]}****{value[-2:]}" if len(value) > 8 else "****"


def _together(row: Any) -> Together:
    return Together(
        row.sighting_id,
        spelled(row._mapping["keys"]),
        tuple(((space, bytes.fromhex(index)), Reason(why)) for space, index, why in row.dropped),
        row.first_at,
        row.last_at,
        row.times,
    )
