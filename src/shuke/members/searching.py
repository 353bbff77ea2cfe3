"""Finding members again by what somebody remembers of them."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members import codes, profile, rules, store
from shuke.members.identity.tables import identifiers
from shuke.members.model import Found, IdentifierKind, Member
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

_NAME = members.alias("name")
"""Whom somebody was before she became the member."""


def find(unit: Unit, kind: IdentifierKind, value: str) -> Member | None:
    """The member with this identifier, however it is written; None also when it is no such identifier at all."""
    found = find_as(unit, kind, value)
    return None if found is None else found.member


def find_as(unit: Unit, kind: IdentifierKind, value: str) -> Found | None:
    """The same, and whose identifier it had been."""
    pairs = [(kind, unit.index(kind, written)) for written in _written(unit, kind, value)]
    if not pairs:
        return None
    held = identifiers.c
    shown = sa.tuple_(held.namespace, held.value_index).in_(pairs)
    of = (held.merchant_id == unit.merchant_id, held.person_id == members.c.member_id, shown)
    came_as = _name(unit).where(_NAME.c.member_id == sa.select(held.origin_id).where(*of).limit(1).scalar_subquery())
    return _one(unit, came_as, members.c.member_id.in_(store.with_identifier(unit, pairs)))


def find_by_number(unit: Unit, number: str) -> Found | None:
    """Also of a number that she had before she was merged into somebody."""
    written = rules.compact_card(number)
    hers = sa.select(sa.func.coalesce(members.c.merged_into, members.c.member_id)).where(
        members.c.merchant_id == unit.merchant_id, members.c.number == written, members.c.erased_at.is_(None)
    )
    return _one(unit, _name(unit).where(_NAME.c.number == written), members.c.member_id.in_(hers))


def _name(unit: Unit) -> sa.Select[tuple[UUID]]:
    return (
        sa.select(_NAME.c.member_id)
        .where(_NAME.c.merchant_id == unit.merchant_id, _NAME.c.merged_into == members.c.member_id)
        .correlate(members)
    )


def search(unit: Unit, q: str) -> sa.ColumnElement[bool]:
    """A condition on `members_relation()`: whole phone, card or member number, email, a phone's last four digits,
    or the beginning of a name. An empty `q` lets everybody through.

    One set of ids rather than several conditions joined by OR: each part then answers from its own index.
    """
    if not q.strip():
        return sa.true()
    numbered = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id,
        members.c.number == rules.compact_card(q),
        members.c.erased_at.is_(None),
    )
    found: list[sa.Select[tuple[UUID]]] = [numbered]
    if pairs := [(kind, unit.index(kind, value)) for kind in IdentifierKind for value in _written(unit, kind, q)]:
        found.append(store.with_identifier(unit, pairs))
    if terms := [unit.index(kind, value) for kind, value in _terms(q)]:
        found.append(store.with_term(unit, terms))
    return store.RELATION.c.member_id.in_(sa.union_all(*found))


def _terms(q: str) -> Iterator[tuple[str, str]]:
    digits = rules.compact_card(q)
    if len(digits) == rules.TAIL and digits.isdecimal() and digits.isascii():
        yield "tail", digits
    if key := rules.name_key(q):
        yield "name", key


def _written(unit: Unit, kind: IdentifierKind, typed: str) -> list[str]:
    """Every stored form that `typed` may stand for."""
    match kind:
        case IdentifierKind.PHONE:
            if sum(character.isdecimal() for character in typed) < rules.PHONE_DIGITS_MIN:
                return []
            return rules.possible_phones(typed, profile.phone_regions(tenancy.merchant(unit)))
        case IdentifierKind.EMAIL:
            return [email] if (email := rules.compact_email(typed)) and "@" in email else []
        case IdentifierKind.CARD:
            return [rules.compact_card(typed)]


def _one(unit: Unit, name: sa.Select[tuple[UUID]], condition: sa.ColumnElement[bool]) -> Found | None:
    found = store.read_as(unit, name.scalar_subquery(), condition)
    return found[0] if found else None


def find_by_code(unit: Unit, code: str) -> Found | None:
    """The member whose dynamic code this is at this moment; None when it is too old or no code of this merchant's."""
    number = codes.verify(code, unit.now(), code_key(unit))
    return None if number is None else find_by_number(unit, number)


def issue_code(unit: Unit, member: Member) -> codes.Code:
    """A fresh dynamic code that names the member for at most a minute."""
    return codes.issue(member.number, unit.now(), code_key(unit))


def code_key(unit: Unit) -> codes.Keyed:
    return lambda text: unit.index("member_code", text)
