"""A member takes identifiers as her own, and gives them up.

Whoever was seen with one of them before and was no member, was she: all that was seen of the visitor is hers from then.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.members.identity.becoming import become
from shuke.members.identity.model import Key
from shuke.members.identity.tables import identifiers, visitors
from shuke.members.model import IdentifierKind

_ID = identifiers.c


def claim(unit: Unit, member_id: UUID, values: Mapping[IdentifierKind, str], source: str) -> list[IdentifierKind]:
    """Make these the member's, as those that her page shows; returns the kinds that another member holds.

    One statement in a fixed order, so that two claims that overlap wait for each other and never cross.
    """
    keys = {(str(kind), unit.index(kind, value)): kind for kind, value in values.items()}
    if not keys:
        return []
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "namespace": key[0],
            "value_index": key[1],
            "person_id": member_id,
            "origin_id": member_id,
            "value_cipher": unit.seal(keys[key], values[keys[key]]),
            "main": True,
            "source": source,
            "first_seen_at": unit.now(),
            "last_seen_on": unit.now().date(),
        }
        for key in sorted(keys)
    ]
    statement = insert(identifiers).values(rows)
    hers_already = statement.on_conflict_do_update(
        index_elements=["merchant_id", "namespace", "value_index"],
        set_={"main": True},
        where=_ID.person_id == member_id,
    )
    claimed = set(unit.connection.scalars(hers_already.returning(_ID.namespace)))
    taken = {key: member_id for key, kind in keys.items() if kind not in claimed}
    was_she = take_over(unit, taken) if taken else set()
    return [kind for key, kind in keys.items() if key in taken and key not in was_she]


def release(unit: Unit, member_id: UUID, kinds: Collection[IdentifierKind]) -> None:
    """What her page shows of these kinds is hers no longer."""
    unit.connection.execute(
        identifiers.delete().where(
            _ID.merchant_id == unit.merchant_id, _ID.person_id == member_id, _ID.main, _ID.namespace.in_(list(kinds))
        )
    )


def take_over(unit: Unit, claims: Mapping[Key, UUID]) -> set[Key]:
    """The visitors who hold some of `claims` (key → member) turn out to be those members; which keys those are.

    Of a visitor with keys of several members each takes hers, and the first of them by key is who the visitor was.
    """
    held = _of_visitors(unit, claims)
    if not held:
        return set()
    was: dict[UUID, UUID] = {}
    for key in sorted(held):
        was.setdefault(held[key], claims[key])
    become(unit, was)
    for member_id in sorted({claims[key] for key in held}):
        hers = [key for key in held if claims[key] == member_id]
        unit.connection.execute(
            identifiers.update()
            .where(_ID.merchant_id == unit.merchant_id, one_of(hers))
            .values(person_id=member_id, origin_id=member_id, main=True)
        )
    return set(held)


def one_of(keys: Iterable[Key], table: sa.Table = identifiers) -> sa.ColumnElement[bool]:
    """Rows of `table` with one of the keys, each namespace by its part of the index."""
    spaces: dict[str, list[bytes]] = {}
    for space, index in keys:
        spaces.setdefault(space, []).append(index)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                table.c.namespace == space, table.c.value_index == sa.any_(sa.literal(found, sa.ARRAY(sa.LargeBinary)))
            )
            for space, found in spaces.items()
        ),
    )


def _of_visitors(unit: Unit, keys: Iterable[Key]) -> dict[Key, UUID]:
    """Those of the keys that visitors hold, who stay as they are until the transaction ends."""
    same = sa.and_(visitors.c.merchant_id == _ID.merchant_id, visitors.c.person_id == _ID.person_id)
    rows = unit.connection.execute(
        sa.select(_ID.namespace, _ID.value_index, _ID.person_id)
        .join_from(identifiers, visitors, same)
        .where(_ID.merchant_id == unit.merchant_id, one_of(keys))
        .order_by(visitors.c.person_id)
        .with_for_update(of=visitors)
    )
    return {(row.namespace, bytes(row.value_index)): row.person_id for row in rows}
