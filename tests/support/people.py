"""Visitors, and what people are recognised by."""

from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.members.identity.tables import identifiers, visitors


def visitor(unit: Unit, **values: str) -> UUID:
    """Somebody who was seen with these identifiers: namespace=value, as it is stored."""
    person_id, today = new_id(), unit.now().date()
    mine = {"merchant_id": unit.merchant_id, "person_id": person_id}
    seen = {"first_seen_at": unit.now(), "last_seen_on": today}
    unit.connection.execute(visitors.insert().values(**mine, **seen))
    for space, value in values.items():
        unit.connection.execute(
            identifiers.insert().values(
                **mine,
                **seen,
                namespace=space,
                value_index=unit.index(space, value),
                origin_id=person_id,
                value_cipher=unit.seal(space, value),
                main=False,
                source="event",
            )
        )
    return person_id


def held(unit: Unit) -> dict[UUID, set[tuple[str, bytes]]]:
    """Person → (namespace, index) of everything by which the person is recognised."""
    table = identifiers.c
    found: dict[UUID, set[tuple[str, bytes]]] = {}
    for row in unit.connection.execute(sa.select(identifiers).where(table.merchant_id == unit.merchant_id)):
        found.setdefault(row.person_id, set()).add((row.namespace, bytes(row.value_index)))
    return found


def became(unit: Unit, person_id: UUID) -> UUID | None:
    """Whom a visitor turned out to be."""
    mine = (visitors.c.merchant_id == unit.merchant_id, visitors.c.person_id == person_id)
    return unit.connection.scalar(sa.select(visitors.c.became_id).where(*mine))
