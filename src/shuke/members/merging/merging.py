"""Two members become one: everything in one transaction, under locks, and noted so that it can be undone.

The members' rows are held first: who writes for a member has hers in share, so all of that is waited for. Then orders
and balances of both, in the order in which everybody takes them.
"""

from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.members.errors import MemberNotFound
from shuke.members.merging import images, moving, store
from shuke.members.merging.errors import AlreadyMerged, SamePerson
from shuke.members.merging.model import Cause, Merge, Pair, Preview
from shuke.members.merging.plan import Plan
from shuke.members.model import MemberStatus
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

MERGED = "members.merged"
"""The event: {merge_id, survivor, absorbed}; told of both."""

UNMERGED = "members.unmerged"


def merge(unit: Unit, plan: Plan, survivor_id: UUID, other_id: UUID, *, cause: Cause = Cause.HAND) -> Merge:
    """Make `other_id` another name of `survivor_id`. Raises SamePerson, MemberNotFound, AlreadyMerged, and what the
    domains refuse; then nothing has changed."""
    pair = Pair(survivor_id, other_id)
    with unit.connection.begin_nested():
        hold(unit, plan, pair)
        _check(unit, plan, pair)
        merge_id = new_id(unit.now())
        made = store.add(unit, merge_id, pair, cause)
        store.let_together(unit, pair)
        before = images.taken(unit, plan.kept, pair)
        keys = moving.move(unit, plan.plains, pair)
        for kept in plan.kept:
            kept.fold(unit, pair)
        store.note(unit, merge_id, keys, before, images.taken(unit, plan.kept, pair))
        tell(unit, MERGED, merge_id, pair)
    return made


def preview(unit: Unit, plan: Plan, survivor_id: UUID, other_id: UUID) -> Preview:
    """What a merge would do now, or what stands in its way. Raises SamePerson and MemberNotFound."""
    pair = Pair(survivor_id, other_id)
    refused: ShukeError | None = None
    try:
        _check(unit, plan, pair)
    except (MemberNotFound, SamePerson):
        raise
    except ShukeError as error:
        refused = error
    return Preview(pair, moving.count(unit, plan.plains, pair), refused)


def hold(unit: Unit, plan: Plan, pair: Pair) -> None:
    """Nobody else changes anything of either until the transaction ends."""
    for part in plan.parts:
        for wait in part.waits:
            wait(unit, pair)
    rows = sa.select(members.c.member_id).where(_both(unit, pair)).order_by(members.c.member_id)
    unit.connection.execute(rows.with_for_update())
    for part in plan.parts:
        for wait in part.holds:
            wait(unit, pair)


def tell(unit: Unit, action: str, merge_id: UUID, pair: Pair) -> None:
    told: dict[str, object] = {"merge_id": merge_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    for member_id in (pair.survivor, pair.absorbed):
        tenancy.record_change(unit, action, "member", member_id, None, told, member_id=member_id, payload=told)


def _check(unit: Unit, plan: Plan, pair: Pair) -> None:
    rows = unit.connection.execute(sa.select(members.c.number, members.c.status).where(_both(unit, pair))).all()
    if len(rows) < len(set(pair.both)):
        raise MemberNotFound
    if pair.survivor == pair.absorbed:
        raise SamePerson
    for row in rows:
        if row.status == MemberStatus.MERGED:
            raise AlreadyMerged(number=row.number)
    for part in plan.parts:
        for refuse in part.refuses:
            refuse(unit, pair)


def _both(unit: Unit, pair: Pair) -> sa.ColumnElement[bool]:
    return sa.and_(members.c.merchant_id == unit.merchant_id, members.c.member_id.in_(pair.both))
