"""Many members at once, for the importer: the same normalising, sealing and indexing as one who joins.

Nothing here writes members; `consumers_of` alone touches the database's platform side. A chunk of an import goes

    identities → look up who exists → sealed → rows for COPY, with `consumers_of` and `fresh_numbers`
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from shuke.infra.crypto import PLATFORM
from shuke.infra.database import Unit, above
from shuke.kernel.errors import Invalid
from shuke.kernel.ids import new_id
from shuke.members import rules
from shuke.members.joining import new_number
from shuke.members.model import IdentifierKind
from shuke.members.tables import consumers, member_identifiers, members

_BYTES = ARRAY(sa.LargeBinary)
_TEXTS = ARRAY(sa.Text)


@dataclass(frozen=True, slots=True)
class Identity:
    """What names one person, as stored: see `rules.normal_*`. None where nothing is known."""

    name: str | None
    phone: str | None
    email: str | None
    card: str | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """An identity ready for the tables: `identifiers` are (kind, value_index, value_cipher), `terms` search terms,
    `consumer_index` what `consumers_of` asks for."""

    name_cipher: bytes | None
    identifiers: Sequence[tuple[str, bytes, bytes]]
    terms: Sequence[bytes]
    consumer_index: bytes | None


def identity(
    regions: Sequence[str], name: str | None, phone: str | None, email: str | None, card: str | None
) -> Identity | Invalid:
    """One row as typed, normalised; or what is wrong with it (returned, so that a million rows need no raising)."""
    try:
        return Identity(
            rules.normal_name(name) if name else None,
            rules.normal_phone(phone, regions) if phone else None,
            rules.normal_email(email) if email else None,
            rules.normal_card(card) if card else None,
        )
    except Invalid as problem:
        return problem


def indexes(unit: Unit, kind: IdentifierKind, values: Iterable[str | None]) -> list[bytes | None]:
    """The blind index of each normalised value, for finding who exists already."""
    return [None if value is None else unit.index(kind, value) for value in values]


def holders(unit: Unit, kind: IdentifierKind, found: Collection[bytes]) -> dict[bytes, UUID]:
    """Which member holds each of these blind indexes."""
    table = member_identifiers.c
    rows = unit.connection.execute(
        sa.select(table.value_index, table.member_id).where(
            table.merchant_id == unit.merchant_id,
            table.kind == str(kind),
            table.value_index == sa.any_(sa.literal(list(found), _BYTES)),
        )
    )
    return {bytes(row.value_index): row.member_id for row in rows}


def sealed(unit: Unit, identities: Iterable[Identity]) -> list[Sealed]:
    """Ciphertexts, blind indexes and search terms of each. Terms repeat a lot (there are 10 000 phone tails and far
    fewer surnames), so each is derived once."""
    known: dict[tuple[str, str], bytes] = {}

    def term(pair: tuple[str, str]) -> bytes:
        found = known.get(pair)
        if found is None:
            found = known[pair] = index(*pair)
        return found

    index, seal = unit.index, unit.seal
    platform_index = unit.cipher.index
    done = []
    for who in identities:
        given = ((IdentifierKind.PHONE, who.phone), (IdentifierKind.EMAIL, who.email), (IdentifierKind.CARD, who.card))
        done.append(
            Sealed(
                None if who.name is None else seal("name", who.name),
                [(kind, index(kind, value), seal(kind, value)) for kind, value in given if value is not None],
                [term(pair) for pair in rules.search_terms(who.name, who.phone)],
                None if who.phone is None else platform_index(PLATFORM, "consumer_phone", who.phone),
            )
        )
    return done


def consumers_of(unit: Unit, found: Collection[bytes]) -> dict[bytes, UUID]:
    """The consumer behind each `consumer_index`, those unknown made known; in one order, so that two imports that
    overlap wait for each other and never cross."""
    wanted = sorted(set(found))
    if not wanted:
        return {}
    table = consumers.c
    new = (
        sa.func.unnest(sa.literal(wanted, _BYTES), sa.literal([new_id() for _ in wanted], ARRAY(sa.Uuid)))
        .table_valued(sa.column("phone_index", sa.LargeBinary), sa.column("consumer_id", sa.Uuid))
        .render_derived()
    )
    with above(unit) as platform:
        platform.connection.execute(
            insert(consumers)
            .from_select(
                ["consumer_id", "phone_index", "created_at"],
                sa.select(new.c.consumer_id, new.c.phone_index, sa.literal(unit.now(), table.created_at.type)),
            )
            .on_conflict_do_nothing(index_elements=["phone_index"])
        )
        rows = platform.connection.execute(
            sa.select(table.phone_index, table.consumer_id).where(
                table.phone_index == sa.any_(sa.literal(wanted, _BYTES))
            )
        ).all()
    return {bytes(row.phone_index): row.consumer_id for row in rows}


def fresh_numbers(unit: Unit, count: int) -> list[str]:
    """Member numbers that nobody has yet. Unique among themselves; a join in the same moment may still take one,
    which the unique key then refuses (one in billions)."""
    numbers: set[str] = set()
    while len(numbers) < count:
        drawn = {new_number() for _ in range(count - len(numbers))} - numbers
        taken = unit.connection.scalars(
            sa.select(members.c.number).where(
                members.c.merchant_id == unit.merchant_id,
                members.c.number == sa.any_(sa.literal(list(drawn), _TEXTS)),
            )
        )
        numbers |= drawn - set(taken)
    return list(numbers)
