"""The SQL of members. Values arrive sealed or indexed, and leave opened."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.crypto import PLATFORM
from shuke.infra.database import Unit, above
from shuke.infra.questions import Query, Question
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.members.errors import MemberErased, MemberNotFound
from shuke.members.identity.tables import identifiers
from shuke.members.model import Found, Gender, IdentifierKind, Member, MemberRef, MemberStatus
from shuke.members.tables import consumers, member_search_terms, members
from shuke.tenancy import service as tenancy

RELATION = sa.select(
    members.c.merchant_id,
    members.c.member_id,
    members.c.number,
    members.c.status,
    members.c.merged_into,
    members.c.erased_at,
    members.c.generated,
    members.c.external_ref,
    members.c.gender,
    members.c.birthday,
    members.c.joined_at,
    members.c.join_store_id,
    members.c.join_channel,
    members.c.attributes,
).subquery("members")
"""What read models above join."""

_SHOWN = sa.and_(
    identifiers.c.merchant_id == members.c.merchant_id,
    identifiers.c.person_id == members.c.member_id,
    identifiers.c.main,
)


_IN_FULL = (
    sa.select(
        members,
        sa.func.array_agg(identifiers.c.namespace).label("kinds"),
        sa.func.array_agg(identifiers.c.value_cipher).label("ciphers"),
    )
    .outerjoin(identifiers, _SHOWN)
    .group_by(members.c.merchant_id, members.c.member_id)
)
_ONE = Query(
    _IN_FULL.where(members.c.merchant_id == sa.bindparam("merchant"), members.c.member_id == sa.bindparam("member"))
)


def read(unit: Unit, *conditions: sa.ColumnElement[bool]) -> list[Member]:
    """Members of the unit's merchant under `conditions`, with their identifiers."""
    rows = unit.connection.execute(_IN_FULL.where(members.c.merchant_id == unit.merchant_id, *conditions))
    return [_member(unit, row) for row in rows]


def read_as(unit: Unit, name: sa.ScalarSelect[UUID], *conditions: sa.ColumnElement[bool]) -> list[Found]:
    """The same, each with what `name` selects for her."""
    query = _IN_FULL.add_columns(name.label("came_as")).where(members.c.merchant_id == unit.merchant_id, *conditions)
    return [Found(_member(unit, row), row.came_as) for row in unit.connection.execute(query)]


def asking(unit: Unit, member_id: UUID) -> Question[Member]:
    """Asks for one member; raises MemberNotFound and MemberErased when it is answered."""

    def read_one(rows: Sequence[Any]) -> Member:
        if not rows:
            raise MemberNotFound
        require_there(unit, rows[0])
        return _member(unit, rows[0])

    return Question(_ONE.ask(merchant=unit.merchant_id, member=member_id), read_one)


def require_there(unit: Unit, row: Any) -> None:
    """Raises MemberErased if the member of `row` (number, erased_at) was erased."""
    if row.erased_at is not None:
        raise MemberErased(number=row.number, on=business_day(row.erased_at, tenancy.merchant(unit).timezone))


def not_erased(unit: Unit, member_id: UUID) -> None:
    """Raises MemberNotFound and MemberErased."""
    query = sa.select(members.c.number, members.c.erased_at).where(mine(unit, member_id))
    row = unit.connection.execute(query).first()
    if row is None:
        raise MemberNotFound
    require_there(unit, row)


def _member(unit: Unit, row: Any) -> Member:
    sealed = {kind: cipher for kind, cipher in zip(row.kinds, row.ciphers, strict=True) if kind is not None}
    opened = {kind: unit.open(kind, cipher) for kind, cipher in sealed.items()}
    return Member(
        member_id=row.member_id,
        number=row.number,
        status=MemberStatus(row.status),
        name=_name(unit, row.name_cipher),
        phone=opened.get(IdentifierKind.PHONE),
        email=opened.get(IdentifierKind.EMAIL),
        card=opened.get(IdentifierKind.CARD),
        gender=Gender(row.gender) if row.gender else None,
        birthday=row.birthday,
        attributes=row.attributes,
        generated=row.generated,
        external_ref=row.external_ref,
        joined_at=row.joined_at,
        join_store_id=row.join_store_id,
        join_channel=row.join_channel,
    )


def _name(unit: Unit, sealed: bytes | None) -> str | None:
    return None if sealed is None else unit.open("name", sealed)


def refs(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, MemberRef]:
    table = members.c
    rows = unit.connection.execute(
        sa.select(table.member_id, table.number, table.name_cipher).where(
            table.merchant_id == unit.merchant_id, table.member_id.in_(list(member_ids))
        )
    )
    return {row.member_id: MemberRef(row.member_id, row.number, _name(unit, row.name_cipher)) for row in rows}


def with_identifier(unit: Unit, pairs: Collection[tuple[str, bytes]]) -> sa.Select[tuple[UUID]]:
    """Ids of people who hold one of the (kind, blind index) pairs, as what their page shows or beside it."""
    table = identifiers.c
    by_kind: dict[str, list[bytes]] = {}
    for kind, index in pairs:
        by_kind.setdefault(kind, []).append(index)
    return sa.select(table.person_id).where(
        table.merchant_id == unit.merchant_id,
        sa.or_(*(sa.and_(table.namespace == kind, table.value_index.in_(found)) for kind, found in by_kind.items())),
    )


def with_term(unit: Unit, terms: Collection[bytes]) -> sa.Select[tuple[UUID]]:
    table = member_search_terms.c
    return sa.select(table.member_id).where(table.merchant_id == unit.merchant_id, table.term.in_(list(terms)))


def add(unit: Unit, values: Mapping[str, object]) -> bool:
    """Insert one member; False when its number or its external reference is taken."""
    added = unit.connection.execute(
        insert(members)
        .values(merchant_id=unit.merchant_id, **values)
        .on_conflict_do_nothing()
        .returning(members.c.member_id)
    )
    return added.first() is not None


def external_ref_taken(unit: Unit, external_ref: str) -> bool:
    table = members.c
    found = sa.exists().where(table.merchant_id == unit.merchant_id, table.external_ref == external_ref)
    return bool(unit.connection.scalar(sa.select(found)))


def lock(unit: Unit, member_id: UUID) -> bool:
    """Hold the member's row until the transaction ends; False when there is none."""
    statement = sa.select(members.c.member_id).where(mine(unit, member_id)).with_for_update()
    return unit.connection.execute(statement).first() is not None


def mine(unit: Unit, member_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(members.c.merchant_id == unit.merchant_id, members.c.member_id == member_id)


def update(unit: Unit, member_id: UUID, values: Mapping[str, object]) -> None:
    unit.connection.execute(members.update().where(mine(unit, member_id)).values(**values))


def add_terms(unit: Unit, member_id: UUID, terms: Iterable[tuple[str, str]]) -> None:
    add_terms_of(unit, {member_id: terms})


def add_terms_of(unit: Unit, terms: Mapping[UUID, Iterable[tuple[str, str]]]) -> None:
    """By what members are found by part of their name or phone."""
    rows = [
        {"merchant_id": unit.merchant_id, "member_id": member_id, "term": unit.index(kind, value)}
        for member_id, hers in terms.items()
        for kind, value in hers
    ]
    if rows:
        unit.connection.execute(insert(member_search_terms).values(rows).on_conflict_do_nothing())


def drop_terms(unit: Unit, *member_ids: UUID) -> None:
    table = member_search_terms.c
    unit.connection.execute(
        member_search_terms.delete().where(table.merchant_id == unit.merchant_id, table.member_id.in_(member_ids))
    )


def consumer_of_phone(unit: Unit, phone: str) -> UUID:
    """The person on the platform who holds this number, made known if new.

    For two statements the transaction works for the platform, whose index of the number no merchant can derive;
    then again for the merchant, who cannot read consumers. Two who join at once wait for each other here.
    """
    return consumers_of_phones(unit, {phone})[phone]


def consumers_of_phones(unit: Unit, phones: Collection[str]) -> dict[str, UUID]:
    """The same of several numbers."""
    if not phones:
        return {}
    by_index = {unit.cipher.index(PLATFORM, "consumer_phone", phone): phone for phone in phones}
    table = consumers.c
    rows = [{"consumer_id": new_id(), "phone_index": index, "created_at": unit.now()} for index in sorted(by_index)]
    adding = insert(consumers).values(rows).on_conflict_do_nothing(index_elements=["phone_index"])
    with above(unit) as platform:
        platform.connection.execute(adding)
        known = sa.select(table.phone_index, table.consumer_id).where(table.phone_index.in_(list(by_index)))
        return {by_index[bytes(row.phone_index)]: row.consumer_id for row in platform.connection.execute(known)}


def set_consumers(unit: Unit, phones: Mapping[UUID, str | None]) -> None:
    """Members are who has their phones; whoever has none is nobody known above."""
    people = consumers_of_phones(unit, {phone for phone in phones.values() if phone})
    rows = [{"of": member_id, "consumer": people.get(phone or "")} for member_id, phone in phones.items()]
    if rows:
        hers = (members.c.merchant_id == unit.merchant_id, members.c.member_id == sa.bindparam("of"))
        unit.connection.execute(members.update().where(*hers).values(consumer_id=sa.bindparam("consumer")), rows)
