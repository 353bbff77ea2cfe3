"""Looking for somebody in everything that a merchant keeps."""

import json
from collections.abc import Collection, Iterator
from uuid import UUID

import sqlalchemy as sa

from shuke.entrypoints.erasing import ERASING
from shuke.events.sealing import PERSONAL, QUARANTINE
from shuke.infra.database import Unit
from shuke.members.erasing import erasing
from shuke.members.identity.tables import identifiers
from shuke.members.tables import member_search_terms
from tests.support.every_table import TENANT_TABLES

_SEALED = {
    "members": ("name_cipher", "name"),
    "idempotency_keys": ("answer_cipher", "idempotency"),
    "import_rejects": ("row_cipher", "import_row"),
    "event_personal": ("sealed", PERSONAL),
    "event_quarantine": ("sealed", QUARANTINE),
}
"""Sealed columns that may hold something of members, and under which name they are sealed; identifiers are sealed under
that of their kind."""


def marks_of(unit: Unit, member_ids: Collection[UUID]) -> set[str]:
    """Blind indexes of her identifiers, in hex. Search terms are not hers alone."""
    mine = identifiers.c.merchant_id == unit.merchant_id, identifiers.c.person_id.in_(list(member_ids))
    return {bytes(index).hex() for index in unit.connection.scalars(sa.select(identifiers.c.value_index).where(*mine))}


def found_by(unit: Unit, member_ids: Collection[UUID]) -> int:
    """How many search terms lead to her."""
    terms = member_search_terms.c
    mine = terms.merchant_id == unit.merchant_id, terms.member_id.in_(list(member_ids))
    return unit.connection.scalar(sa.select(sa.func.count()).where(*mine)) or 0


def her_own(unit: Unit, member_id: UUID) -> int:
    """What has to be handed over to her before she is erased."""
    found = erasing.preview(unit, ERASING, member_id)
    return sum(each.amount_minor or 0 for each in found.obstacles if each.payable)


def places_of(unit: Unit, words: Collection[str]) -> set[str]:
    """Tables in which one of the words stands: in clear, or where it was sealed."""
    return {name for name, text in _texts(unit) if any(word in text for word in words)}


def _texts(unit: Unit) -> Iterator[tuple[str, str]]:
    for table in TENANT_TABLES:
        for text in unit.connection.scalars(sa.text(f"SELECT CAST(t AS text) FROM {table.name} AS t")):
            yield table.name, text
        if table.name == "identifiers":
            rows = unit.connection.execute(sa.select(table.c.namespace, table.c.value_cipher)).all()
            sealed = [(row.namespace, row.value_cipher) for row in rows]
        elif table.name in _SEALED:
            column, field = _SEALED[table.name]
            sealed = [(field, block) for block in unit.connection.scalars(sa.select(table.c[column]))]
        else:
            continue
        for field, block in sealed:
            if block:
                yield table.name, _opened(unit.cipher.open_block(unit.merchant_id, field, block).decode())


def _opened(text: str) -> str:
    """JSON may spell characters by their numbers."""
    try:
        return text + json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text
