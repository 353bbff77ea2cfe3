"""Whoever writes for a member holds her, so that she does not become somebody else meanwhile."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.questions import Query, Question, answers
from shuke.members import store
from shuke.members.errors import MemberMerged, MemberNotFound
from shuke.members.model import Member, MemberStatus
from shuke.members.tables import members

_SURVIVOR = members.alias("survivor")

# In share with what a foreign key takes: whoever writes rows of hers holds her by that already.
_HOLD = Query(
    sa.select(
        members.c.status,
        sa.select(_SURVIVOR.c.number)
        .where(_SURVIVOR.c.merchant_id == members.c.merchant_id, _SURVIVOR.c.member_id == members.c.merged_into)
        .scalar_subquery()
        .label("number"),
    )
    .where(members.c.merchant_id == sa.bindparam("merchant"), members.c.member_id == sa.bindparam("member"))
    .with_for_update(read=True, key_share=True, of=members)
)


def holding(unit: Unit, member_id: UUID) -> Question[None]:
    """Holds her until the transaction ends; to be asked before anything else about her. Raises MemberNotFound, and
    MemberMerged, which names who she is by now."""

    def read(rows: Sequence[Any]) -> None:
        if not rows:
            raise MemberNotFound
        if rows[0].status == MemberStatus.MERGED:
            raise MemberMerged(number=rows[0].number)

    return Question(_HOLD.ask(merchant=unit.merchant_id, member=member_id), read)


def present(unit: Unit, member_id: UUID) -> Member:
    """A member to write for, held until the transaction ends. Raises MemberNotFound and MemberMerged."""
    found: list[Any] = answers(unit, holding(unit, member_id), store.asking(unit, member_id))
    member: Member = found[1]
    return member


def ids_of(unit: Unit, member_id: UUID) -> list[UUID]:
    """Every id she was ever known by: her own, and those of whom she absorbed. By these her history is read."""
    absorbed = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.merged_into == member_id
    )
    return [member_id, *unit.connection.scalars(absorbed)]


def names_of(unit: Unit, member_ids: Collection[UUID]) -> list[UUID]:
    """The same of several."""
    absorbed = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.merged_into.in_(list(member_ids))
    )
    return [*member_ids, *unit.connection.scalars(absorbed)]


def became(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Of those of the ids who were merged, who each of them is by now."""
    if not member_ids:
        return {}
    rows = unit.connection.execute(
        sa.select(members.c.member_id, members.c.merged_into).where(
            members.c.merchant_id == unit.merchant_id,
            members.c.member_id.in_(list(member_ids)),
            members.c.merged_into.is_not(None),
        )
    )
    return {row.member_id: row.merged_into for row in rows}
