"""Whoever writes for a member holds her, so that she does not become somebody else meanwhile."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.questions import Query, Question, answers
from shuke.members import store
from shuke.members.errors import MemberMerged, MemberNotFound, NotHerName
from shuke.members.merging.tables import merges
from shuke.members.model import Member, MemberStatus
from shuke.members.tables import members

_SURVIVOR = members.alias("survivor")

# In share with what a foreign key takes: whoever writes rows of hers holds her by that already.
_HOLD = Query(
    sa.select(
        members.c.number,
        members.c.status,
        members.c.erased_at,
        sa.select(_SURVIVOR.c.number)
        .where(_SURVIVOR.c.merchant_id == members.c.merchant_id, _SURVIVOR.c.member_id == members.c.merged_into)
        .scalar_subquery()
        .label("survivor"),
    )
    .where(members.c.merchant_id == sa.bindparam("merchant"), members.c.member_id == sa.bindparam("member"))
    .with_for_update(read=True, key_share=True, of=members)
)


def holding(unit: Unit, member_id: UUID) -> Question[None]:
    """Holds her until the transaction ends; to be asked before anything else about her. Raises MemberNotFound, and
    MemberMerged, which names who she is by now, and MemberErased."""

    def read(rows: Sequence[Any]) -> None:
        if not rows:
            raise MemberNotFound
        store.require_there(unit, rows[0])
        if rows[0].status == MemberStatus.MERGED:
            raise MemberMerged(number=rows[0].survivor)

    return Question(_HOLD.ask(merchant=unit.merchant_id, member=member_id), read)


def present(unit: Unit, member_id: UUID) -> Member:
    """A member to write for, held until the transaction ends. Raises MemberNotFound, MemberMerged and MemberErased."""
    found: list[Any] = answers(unit, holding(unit, member_id), store.asking(unit, member_id))
    member: Member = found[1]
    return member


def ids_of(unit: Unit, member_id: UUID) -> list[UUID]:
    """Every id she was ever known by: her own, and those of whom she absorbed. By these her history is read."""
    absorbed = sa.select(members.c.member_id).where(
        members.c.merchant_id == unit.merchant_id, members.c.merged_into == member_id
    )
    return [member_id, *unit.connection.scalars(absorbed)]


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


def holding_by(unit: Unit, member_id: UUID, came_as: UUID | None) -> list[Question[None]]:
    """`holding` of her and of another name of hers by which she came, in the order in which an undoing holds them. Also
    raises NotHerName, where that is no name of hers (any more)."""
    held = {member_id: holding(unit, member_id)}
    if came_as is not None and came_as != member_id:

        def read(rows: Sequence[Any]) -> None:
            if not rows:
                raise NotHerName

        ask = _NAME.ask(merchant=unit.merchant_id, member=member_id, name=came_as)
        held[came_as] = Question(ask, read)
    return [held[each] for each in sorted(held)]


_NAME = Query(
    sa.select(members.c.member_id)
    .where(
        members.c.merchant_id == sa.bindparam("merchant"),
        members.c.member_id == sa.bindparam("name"),
        members.c.merged_into == sa.bindparam("member"),
    )
    .with_for_update(read=True, key_share=True)
)


def kin_of(unit: Unit, member_ids: Collection[UUID]) -> list[UUID]:
    """These members, and all with whom any of them ever was one, whether or not that still holds: under their names,
    too, things may have been told that are hers."""
    return list(unit.connection.scalars(_KIN, {"merchant": unit.merchant_id, "ids": list(member_ids)}))


_KIN = sa.text(
    """
WITH RECURSIVE kin(id) AS (
  SELECT unnest(CAST(:ids AS uuid[]))
  UNION
  SELECT other.id FROM kin, LATERAL (
    SELECT absorbed_id FROM merges WHERE merchant_id = :merchant AND survivor_id = kin.id
    UNION ALL
    SELECT survivor_id FROM merges WHERE merchant_id = :merchant AND absorbed_id = kin.id) AS other(id)
)
SELECT id FROM kin ORDER BY id
"""
)


def persons(unit: Unit) -> sa.Subquery:
    """member_id → person_id, one for all who ever were one; only for those who ever were. Documents say whose a wallet
    was when they were written: what they say is compared by person."""
    told = merges.c
    mine = told.merchant_id == unit.merchant_id
    step = sa.union(
        sa.select(told.survivor_id.label("member_id"), told.absorbed_id.label("kin_id")).where(mine),
        sa.select(told.absorbed_id, told.survivor_id).where(mine),
    ).subquery("step")
    near = sa.select(step.c.member_id, step.c.kin_id).cte("kin", recursive=True)
    known, next_ = near.alias("known"), step.alias("next")
    further = sa.select(known.c.member_id, next_.c.kin_id).where(next_.c.member_id == known.c.kin_id)
    kin = near.union(further)
    own = sa.cast(kin.c.member_id, sa.Text)
    first = sa.func.min(sa.cast(kin.c.kin_id, sa.Text))
    return (
        sa.select(
            kin.c.member_id,
            sa.cast(sa.func.least(first, own), sa.Uuid).label("person_id"),
        )
        .group_by(kin.c.member_id)
        .subquery("persons")
    )
