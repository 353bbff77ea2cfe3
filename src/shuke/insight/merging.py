"""What a merge does to derived sums: those of both are added up anew, as far as counting has come."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight import facts, sums
from shuke.insight.tables import insight_members
from shuke.members import service as members
from shuke.members.service import Moves, reckoned


def _wait(unit: Unit, _member_ids: Collection[UUID]) -> None:
    """Nobody counts their orders while they move from one to the other."""
    facts.lock(unit)


def _recount(unit: Unit, member_ids: Collection[UUID]) -> None:
    mine = (insight_members.c.merchant_id == unit.merchant_id, insight_members.c.member_id.in_(list(member_ids)))
    known = set(unit.connection.scalars(insight_members.delete().where(*mine).returning(insight_members.c.member_id)))
    found = {row.member_id: row._mapping for row in unit.connection.execute(_bought(unit, member_ids))}
    nothing = {"orders": 0, "net_minor": 0, "paid_minor": 0, "first_order_at": None, "last_order_at": None}
    rows = [
        {**nothing, **found.get(member_id, {}), "merchant_id": unit.merchant_id, "member_id": member_id}
        for member_id in member_ids
        if member_id in known or member_id in found
    ]
    for row in rows:
        row["last_order_at"] = row["last_order_at"] or sums.NEVER
    if rows:
        unit.connection.execute(insight_members.insert(), rows)


def _bought(unit: Unit, member_ids: Collection[UUID]) -> sa.Select[tuple[object, ...]]:
    """What they bought that is counted. Told of it was whoever had the order then: one of those they are, or were."""
    names = members.kin_of(unit, member_ids)
    past = sa.select(sums.events.type, sums.events.subject_id).where(
        sums.upto(unit, facts.position(unit)), sums.events.member_id.in_(names)
    )
    each = sums.by_member(unit, sums.Which.told(past.subquery("past"))).subquery("bought")
    return sa.select(each).where(each.c.member_id.in_(list(member_ids)))


MOVES = Moves(moves=(reckoned(insight_members, "member_id", _recount),), waits=(_wait,))
