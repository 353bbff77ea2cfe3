"""Many members into the database at once: sealed and indexed here, written in sets."""

import json
from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from shuke.infra.crypto import PLATFORM
from shuke.infra.database import Unit, above
from shuke.infra.imports import bulk
from shuke.members import profile, rules
from shuke.members.consent import service as consents
from shuke.members.identity import tables as identity
from shuke.members.identity.claiming import take_over
from shuke.members.joining import MEMBER_JOINED, new_number
from shuke.members.model import IdentifierKind, Member
from shuke.members.tables import consumers, members
from shuke.tenancy import service as tenancy

_UUID, _TEXT, _BYTES, _STAMP = "uuid", "text", "bytea", "timestamptz"


def owners(unit: Unit, refs: Collection[str], identifiers: Collection[tuple[IdentifierKind, str]]) -> dict[str, UUID]:
    """Who has these references and identifiers already: `ref:…` or `<kind>:…` → member; who was merged since, by whom
    she became."""
    table = members.c
    rows = unit.connection.execute(
        sa.select(table.external_ref, sa.func.coalesce(table.merged_into, table.member_id).label("member_id")).where(
            table.merchant_id == unit.merchant_id,
            bulk.any_text(table.external_ref, refs),
        )
    )
    found = {f"ref:{row.external_ref}": row.member_id for row in rows}
    for kind in IdentifierKind:
        values = {unit.index(kind, value): value for its_kind, value in identifiers if its_kind is kind}
        if values:
            held = identity.identifiers.c
            a_member = sa.and_(table.merchant_id == held.merchant_id, table.member_id == held.person_id)
            rows = unit.connection.execute(
                sa.select(held.value_index, held.person_id)
                .join_from(identity.identifiers, members, a_member)
                .where(
                    held.merchant_id == unit.merchant_id,
                    held.namespace == str(kind),
                    held.value_index == sa.any_(sa.literal(list(values), sa.ARRAY(sa.LargeBinary))),
                )
            )
            found |= {f"{kind}:{values[bytes(row.value_index)]}": row.person_id for row in rows}
    return found


def fresh_numbers(unit: Unit, count: int) -> list[str]:
    """Member numbers that nobody has yet, unique among themselves. Half a million members draw a dozen twice."""
    numbers: set[str] = set()
    while len(numbers) < count:
        drawn = {new_number() for _ in range(count - len(numbers))}
        taken = unit.connection.scalars(
            sa.select(members.c.number).where(
                members.c.merchant_id == unit.merchant_id,
                members.c.number == sa.any_(sa.literal(list(drawn), sa.ARRAY(sa.Text))),
            )
        )
        numbers |= drawn.difference(taken)
    return list(numbers)


def add_members(unit: Unit, added: Sequence[Member], marketing: Sequence[bool | None]) -> None:
    """Insert members nobody has met before, with identifiers, search terms, consents, consumers and events.

    The caller has made sure that no identifier is taken; somebody who takes one meanwhile makes this fail as a whole.
    """
    if not added:
        return
    people = _consumers(unit, [member.phone for member in added if member.phone is not None])
    names = [None if member.name is None else unit.seal("name", member.name) for member in added]
    bulk.insert_staged(
        unit,
        "members",
        {
            "member_id": (_UUID, bulk.hex_ids(member.member_id for member in added)),
            "consumer_id": (_UUID, bulk.hex_ids(people.get(member.phone or "") for member in added)),
            "number": (_TEXT, _texts(member.number for member in added)),
            "status": (_TEXT, _texts(str(member.status) for member in added)),
            "name_cipher": (_BYTES, _bytes(names)),
            "gender": (_TEXT, _texts(member.gender for member in added)),
            "birthday": ("date", pa.array([member.birthday for member in added], pa.date32())),
            "attributes": ("jsonb", _texts(json.dumps(dict(member.attributes)) for member in added)),
            "generated": ("boolean", pa.array([member.generated for member in added])),
            "external_ref": (_TEXT, _texts(member.external_ref for member in added)),
            "joined_at": (_STAMP, pa.array([member.joined_at for member in added], pa.timestamp("us", "UTC"))),
            "join_store_id": (_UUID, bulk.hex_ids(member.join_store_id for member in added)),
            "join_channel": (_TEXT, _texts(member.join_channel for member in added)),
        },
    )
    _add_identifiers(unit, added)
    _add_terms(unit, added)
    consents.on_importing(unit, added, marketing)
    bulk.tell(
        unit,
        MEMBER_JOINED,
        [member.member_id for member in added],
        of_members=True,
        occurred_at=[member.joined_at for member in added],
    )


def _consumers(unit: Unit, phones: Collection[str]) -> dict[str, UUID]:
    """The people on the platform who hold these numbers, made known if new."""
    if not phones:
        return {}
    by_index = {unit.cipher.index(PLATFORM, "consumer_phone", phone): phone for phone in phones}
    indexes = sorted(by_index)
    now = np.full(len(indexes), int(unit.now().timestamp() * 1000))
    with above(unit) as platform:
        bulk.stage(
            platform,
            "consumer_rows",
            {"consumer_id": (_UUID, bulk.new_ids(now)), "phone_index": (_BYTES, _bytes(indexes))},
        )
        platform.connection.execute(
            sa.text(
                "INSERT INTO consumers (consumer_id, phone_index, created_at) "
                "SELECT consumer_id, phone_index, :now FROM pg_temp.consumer_rows ORDER BY phone_index "
                "ON CONFLICT (phone_index) DO NOTHING"
            ),
            {"now": unit.now()},
        )
        rows = platform.connection.execute(
            sa.select(consumers.c.phone_index, consumers.c.consumer_id).where(
                consumers.c.phone_index == sa.any_(sa.literal(indexes, sa.ARRAY(sa.LargeBinary)))
            )
        ).all()
    return {by_index[bytes(row.phone_index)]: row.consumer_id for row in rows}


def _add_identifiers(unit: Unit, added: Sequence[Member]) -> None:
    """Also of whoever was seen before with one of these, and was no member."""
    held = {
        (str(kind), unit.index(kind, value)): (member, value)
        for member in added
        for kind, value in profile.identifiers(member).items()
    }
    known = take_over(unit, {key: member.member_id for key, (member, _) in held.items()})
    new = {key: hers for key, hers in held.items() if key not in known}
    people = bulk.hex_ids(member.member_id for member, _ in new.values())
    now = unit.now()
    bulk.insert_staged(
        unit,
        "identifiers",
        {
            "namespace": (_TEXT, _texts(kind for kind, _ in new)),
            "value_index": (_BYTES, _bytes([index for _, index in new])),
            "person_id": (_UUID, people),
            "origin_id": (_UUID, people),
            "value_cipher": (_BYTES, _bytes([unit.seal(kind, value) for (kind, _), (_, value) in new.items()])),
            "main": ("boolean", pa.array([True] * len(new))),
            "source": (_TEXT, _texts(["import"] * len(new))),
            "first_seen_at": (_STAMP, pa.array([now] * len(new), pa.timestamp("us", "UTC"))),
            "last_seen_on": ("date", pa.array([now.date()] * len(new), pa.date32())),
        },
    )


def _add_terms(unit: Unit, added: Sequence[Member]) -> None:
    """Terms repeat a lot (there are 10 000 phone tails and far fewer surnames), so each is derived once; inserted in
    the order of their index, which then grows page by page."""
    named = [(pair, member) for member in added for pair in rules.search_terms(member.name, member.phone)]
    index = {pair: unit.index(*pair) for pair in {pair for pair, _ in named}}
    terms = sorted(((index[pair], member.member_id) for pair, member in named), key=itemgetter(0))
    bulk.insert_staged(
        unit,
        "member_search_terms",
        {
            "term": (_BYTES, _bytes([term for term, _ in terms])),
            "member_id": (_UUID, bulk.hex_ids(member_id for _, member_id in terms)),
        },
    )


def _texts(values: Any) -> Any:
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _bytes(values: Sequence[bytes | None]) -> Any:
    """As PostgreSQL's hexadecimal bytea."""
    return pa.array([None if value is None else "\\x" + value.hex() for value in values], pa.string())


def phone_writer(unit: Unit) -> Callable[[str], str | None]:
    """How phone numbers are stored at this merchant; None for what is none."""
    regions = profile.phone_regions(tenancy.merchant(unit))

    def written(typed: str) -> str | None:
        found = rules.possible_phones(typed, regions)
        return found[0] if found else None

    return written
