"""The SQL of erasures: who somebody is, and the record of what was done."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.ids import Prefix, new_id, show
from shuke.members import store
from shuke.members.erasing.marks import marks
from shuke.members.erasing.model import Erasure, Her
from shuke.members.erasing.tables import erasures
from shuke.members.identity.claiming import one_of
from shuke.members.identity.sightings import spelled
from shuke.members.identity.tables import identifiers, identity_sightings, visitors
from shuke.members.merging.present import ids_of
from shuke.members.tables import member_search_terms, members

_E, _ID, _S = erasures.c, identifiers.c, identity_sightings.c


def hold(unit: Unit, member_id: UUID) -> None:
    """Nobody changes the member or whom she absorbed until the transaction ends, nor makes others part of her."""
    hers = sa.or_(members.c.member_id == member_id, members.c.merged_into == member_id)
    rows = sa.select(members.c.member_id).where(members.c.merchant_id == unit.merchant_id, hers)
    for _ in range(2):  # whoever was absorbed while she was waited for is seen the second time
        unit.connection.execute(rows.order_by(members.c.member_id).with_for_update())


def whole(unit: Unit, member_id: UUID) -> Her:
    """All that is hers."""
    names = ids_of(unit, member_id)
    mine = visitors.c.merchant_id == unit.merchant_id
    people = [
        *names,
        *unit.connection.scalars(sa.select(visitors.c.person_id).where(mine, visitors.c.became_id.in_(names))),
    ]
    rows = unit.connection.execute(
        sa.select(_ID.namespace, _ID.value_index, _ID.value_cipher).where(
            _ID.merchant_id == unit.merchant_id, _ID.person_id.in_(people)
        )
    ).all()
    known = unit.connection.execute(
        sa.select(members.c.number, members.c.external_ref).where(
            members.c.merchant_id == unit.merchant_id, members.c.member_id.in_(names)
        )
    ).all()
    opened = [
        (row.namespace, unit.open(row.namespace, row.value_cipher)) for row in rows if row.value_cipher is not None
    ]
    written = (*opened, *(("ref", row.external_ref) for row in known if row.external_ref is not None))
    values = [value for _, value in opened]
    values += [value for row in known for value in row]
    values += [text for name in names for text in (show(Prefix.MEMBER, name), str(name), name.hex)]
    indexes = {bytes(row.value_index) for row in rows} | {person.bytes for person in people}
    terms = member_search_terms.c
    indexes |= {
        bytes(term)
        for term in unit.connection.scalars(
            sa.select(terms.term).where(terms.merchant_id == unit.merchant_id, terms.member_id.in_(names))
        )
    }
    found = marks(values, indexes)
    number = next(row.number for row in known) if len(known) == 1 else store.refs(unit, [member_id])[member_id].number
    beside = _beside(unit, people, found.hexes)
    return Her(new_id(unit.now()), member_id, number, tuple(names), tuple(people), beside, found, written)


def sighted(unit: Unit, hexes: list[str]) -> sa.ColumnElement[bool]:
    """Sightings in which one of these was seen, or was left out."""
    key = sa.func.json_array_elements(_S["keys"]).table_valued("value", name="key")
    of = sa.select(sa.literal(1)).select_from(key).where(sa.cast(key.c.value, sa.JSON)[1].as_string().in_(hexes))
    return sa.and_(_S.merchant_id == unit.merchant_id, of.exists())


def _beside(unit: Unit, people: list[UUID], hexes: list[str]) -> tuple[UUID, ...]:
    """Other people who were seen with something of hers, which their events then hold."""
    sets = unit.connection.scalars(sa.select(_S["keys"]).where(sighted(unit, hexes)))
    keys = {key for keys in sets for key in spelled(keys) if key[1].hex() not in hexes}
    if not keys:
        return ()
    others = sa.select(_ID.person_id).where(
        _ID.merchant_id == unit.merchant_id, one_of(keys), _ID.person_id.not_in(people)
    )
    return tuple(sorted(set(unit.connection.scalars(others))))


def add(
    unit: Unit, her: Her, reason: str, forfeited: bool, counts: Mapping[str, int], losses: Mapping[str, int]
) -> None:
    unit.connection.execute(
        erasures.insert().values(
            merchant_id=unit.merchant_id,
            erasure_id=her.erasure_id,
            member_id=her.member_id,
            at=unit.now(),
            by_kind=str(unit.principal.kind),
            by_id=unit.principal.id,
            by_name=unit.principal.name,
            reason=reason,
            forfeited=forfeited,
            counts=dict(counts),
            losses=dict(losses),
        )
    )


def of_member(unit: Unit, member_id: UUID) -> Erasure:
    return _erasure(unit.connection.execute(_query(unit).where(_E.member_id == member_id)).one())


def newest_first(unit: Unit, cursor: str | None, limit: int) -> tuple[list[Erasure], str | None]:
    """Raises BadCursor."""
    rows, following = page(unit, _query(unit), Sort(_E.at, _E.erasure_id, descending=True), cursor, limit)
    return [_erasure(row) for row in rows], following


def still_in_lake(unit: Unit) -> list[tuple[UUID, UUID]]:
    """Those who were erased and may be in the analytic copies yet, with each of the names they were known by."""
    name = sa.func.coalesce(members.c.merged_into, members.c.member_id)
    same = sa.and_(members.c.merchant_id == _E.merchant_id, name == _E.member_id)
    rows = unit.connection.execute(
        sa.select(_E.member_id, members.c.member_id.label("name"))
        .join(members, same)
        .where(_E.merchant_id == unit.merchant_id, _E.left_lake_at.is_(None))
    )
    return [(row.member_id, row.name) for row in rows]


def left_lake(unit: Unit, member_ids: Collection[UUID]) -> None:
    unit.connection.execute(
        erasures.update()
        .where(_E.merchant_id == unit.merchant_id, _E.member_id.in_(list(member_ids)), _E.left_lake_at.is_(None))
        .values(left_lake_at=unit.now())
    )


def _query(unit: Unit) -> sa.Select[Any]:
    same = sa.and_(members.c.merchant_id == _E.merchant_id, members.c.member_id == _E.member_id)
    return sa.select(erasures, members.c.number).join(members, same).where(_E.merchant_id == unit.merchant_id)


def _erasure(row: Any) -> Erasure:
    return Erasure(
        erasure_id=row.erasure_id,
        member_id=row.member_id,
        number=row.number,
        at=row.at,
        by_name=row.by_name,
        reason=row.reason,
        forfeited=row.forfeited,
        counts=row.counts,
        losses=row.losses,
        left_lake_at=row.left_lake_at,
    )
