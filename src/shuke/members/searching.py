"""Finding members again by what somebody remembers of them."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members import codes, profile, rules, store
from shuke.members.model import IdentifierKind, Member
from shuke.members.tables import members
from shuke.tenancy import service as tenancy


def find(unit: Unit, kind: IdentifierKind, value: str) -> Member | None:
    """The member with this identifier, however it is written; None also when it is no such identifier at all."""
    pairs = [(kind, unit.index(kind, written)) for written in _written(unit, kind, value)]
    if not pairs:
        return None
    return _one(unit, members.c.member_id.in_(store.with_identifier(unit, pairs)))


def find_by_number(unit: Unit, number: str) -> Member | None:
    """Also of a number that she had before she was merged into somebody."""
    hers = sa.select(sa.func.coalesce(members.c.merged_into, members.c.member_id)).where(
        members.c.merchant_id == unit.merchant_id, members.c.number == rules.compact_card(number)
    )
    return _one(unit, members.c.member_id.in_(hers))


def search(unit: Unit, q: str) -> sa.ColumnElement[bool]:
    """A condition on `members_relation()`: whole phone, card or member number, email, a phone's last four digits,
    or the beginning of a name. An empty `q` lets everybody through.

    One set of ids rather than several conditions joined by OR: each part then answers from its own index.
    """
    if not q.strip():
        return sa.true()
    numbered = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.number == rules.compact_card(q)
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


def _one(unit: Unit, condition: sa.ColumnElement[bool]) -> Member | None:
    found = store.read(unit, condition)
    return found[0] if found else None


def find_by_code(unit: Unit, code: str) -> Member | None:
    """The member whose dynamic code this is at this moment; None when it is too old or no code of this merchant's."""
    number = codes.verify(code, unit.now(), code_key(unit))
    return None if number is None else find_by_number(unit, number)


def issue_code(unit: Unit, member: Member) -> codes.Code:
    """A fresh dynamic code that names the member for at most a minute."""
    return codes.issue(member.number, unit.now(), code_key(unit))


def code_key(unit: Unit) -> codes.Keyed:
    return lambda text: unit.index("member_code", text)
