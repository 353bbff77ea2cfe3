"""Whom the rows of a file are about: members named by number, reference, phone or card."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Outcome, Rows
from shuke.kernel.text import Text
from shuke.members import bulk_store, rules
from shuke.members.model import IdentifierKind
from shuke.members.tables import members

_NAMELESS = Text("会员号、会员编号、手机号、卡号至少填一项", "give at least one of number, member_ref, phone and card")
_NO_MEMBER = Text("没有这位会员", "there is no such member")
_TWO_PEOPLE = Text("这些号码分属不同会员", "these belong to different members")

_REF = ("ref", "member_id", "external_ref", "外部编号")
FIELDS = (
    Field("number", Text("会员号", "Member number"), parsing.text(40), synonyms=("member_number",)),
    Field("member_ref", Text("会员编号", "Member"), parsing.text(64), synonyms=_REF),
    Field("phone", Text("手机号", "Phone"), parsing.text(40), synonyms=("mobile", "电话", "手机")),
    Field("card", Text("卡号", "Card"), parsing.text(40), synonyms=("card_number", "会员卡号")),
)


def recognise(unit: Unit, rows: Rows, outcome: Outcome) -> Sequence[UUID | None]:
    """The member of each row by `FIELDS`; None where nobody is meant, and then the row is rejected with the reason."""
    written = bulk_store.phone_writer(unit)
    named: list[list[str]] = []
    numbers: list[str] = []
    refs: list[str] = []
    identifiers: list[tuple[IdentifierKind, str]] = []
    cells = zip(*(rows.values(field.name) for field in FIELDS), strict=True)
    for number, ref, phone, card in cells:
        held = []
        if phone is not None:
            held.append((IdentifierKind.PHONE, written(str(phone)) or str(phone)))
        if card is not None:
            held.append((IdentifierKind.CARD, rules.compact_card(str(card))))
        numbers += [] if number is None else [str(number)]
        refs += [] if ref is None else [str(ref)]
        identifiers += held
        keys = [f"{kind}:{value}" for kind, value in held]
        keys += [] if number is None else [f"number:{number}"]
        named.append(keys + ([] if ref is None else [f"ref:{ref}"]))
    owners = bulk_store.owners(unit, refs, identifiers) | _of_numbers(unit, numbers)
    people: list[UUID | None] = []
    for position, keys in enumerate(named):
        found = {owners[key] for key in keys if key in owners}
        if len(found) != 1:
            outcome.rejects[position] = _NAMELESS if not keys else _TWO_PEOPLE if found else _NO_MEMBER
        people.append(found.pop() if len(found) == 1 else None)
    return people


def _of_numbers(unit: Unit, numbers: Sequence[str]) -> dict[str, UUID]:
    if not numbers:
        return {}
    table = members.c
    rows = unit.connection.execute(
        sa.select(table.number, sa.func.coalesce(table.merged_into, table.member_id).label("member_id")).where(
            table.merchant_id == unit.merchant_id, bulk.any_text(table.number, numbers), table.erased_at.is_(None)
        )
    )
    return {f"number:{row.number}": row.member_id for row in rows}
