"""The laws of members, checked on a live database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.members import rules
from shuke.members.consent.audit import audit as audit_consent
from shuke.members.identity.audit import audit as audit_identity
from shuke.members.identity.tables import identifiers
from shuke.members.model import IdentifierKind
from shuke.members.tables import member_search_terms, members
from shuke.members.tags.audit import audit as audit_tags

_ROWS_AT_ONCE = 2000


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of members for the unit's merchant: what is sealed opens, and whoever is stored can be found.

    Reads every member, some thousands at once; about half a minute for a million.
    """
    unreadable = unfindable = unlinked = 0
    for row in unit.connection.execute(_EVERYBODY.execution_options(yield_per=_ROWS_AT_ONCE), _of(unit)):
        held = _opened(unit, row)
        if held is None:
            unreadable += 1
            continue
        phone = held.get(IdentifierKind.PHONE)
        expected = {unit.index(*pair) for pair in rules.search_terms(held.get("name"), phone)}
        unfindable += expected != {bytes(term) for term in row.terms or ()}
        unlinked += (phone is None) != (row.consumer_id is None)
    return [
        check_of("members: what is sealed opens and matches its index", unreadable),
        check_of("members: search terms are those of name and phone", unfindable),
        check_of("members: whoever has a phone has a consumer above", unlinked),
        check_of("members: no search terms of nobody", unit.connection.scalar(_ORPHANS, _of(unit)) or 0),
        *audit_identity(unit),
        *audit_tags(unit),
        *audit_consent(unit),
    ]


def _of(unit: Unit) -> dict[str, object]:
    return {"merchant": unit.merchant_id}


def _opened(unit: Unit, row: sa.Row[*tuple[Any, ...]]) -> dict[str, str] | None:
    """Name and shown identifiers in clear; None when one does not open, or is found under another value's index."""
    try:
        held = {} if row.name_cipher is None else {"name": unit.open("name", row.name_cipher)}
        for kind, index, cipher, main in zip(*(part or () for part in row[2:6]), strict=True):
            value = unit.open(kind, cipher)
            if unit.index(kind, value) != bytes(index):
                return None
            if main:
                held[kind] = value
    except InvalidTag:
        return None
    return held


_MERCHANT = sa.bindparam("merchant", type_=sa.Uuid)
_IDENTIFIERS = (
    sa.select(
        sa.func.array_agg(identifiers.c.namespace).label("kinds"),
        sa.func.array_agg(identifiers.c.value_index).label("indexes"),
        sa.func.array_agg(identifiers.c.value_cipher).label("ciphers"),
        sa.func.array_agg(identifiers.c.main).label("mains"),
    )
    .where(
        identifiers.c.merchant_id == members.c.merchant_id,
        identifiers.c.person_id == members.c.member_id,
        identifiers.c.value_cipher.is_not(None),
    )
    .lateral("identifiers")
)
_TERMS = (
    sa.select(sa.func.array_agg(member_search_terms.c.term).label("terms"))
    .where(
        member_search_terms.c.merchant_id == members.c.merchant_id,
        member_search_terms.c.member_id == members.c.member_id,
    )
    .lateral("terms")
)
_EVERYBODY = (
    sa.select(
        members.c.name_cipher,
        members.c.consumer_id,
        _IDENTIFIERS.c.kinds,
        _IDENTIFIERS.c.indexes,
        _IDENTIFIERS.c.ciphers,
        _IDENTIFIERS.c.mains,
        _TERMS.c.terms,
    )
    .select_from(members.join(_IDENTIFIERS, sa.true()).join(_TERMS, sa.true()))
    .where(members.c.merchant_id == _MERCHANT)
)
_ORPHANS = (
    sa.select(sa.func.count())
    .select_from(member_search_terms)
    .where(
        member_search_terms.c.merchant_id == _MERCHANT,
        ~sa.exists().where(
            members.c.merchant_id == member_search_terms.c.merchant_id,
            members.c.member_id == member_search_terms.c.member_id,
        ),
    )
)
