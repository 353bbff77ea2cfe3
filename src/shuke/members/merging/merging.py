"""Two members become one: everything in one transaction, under locks, and noted so that it can be undone.

The members' rows are held first: who writes for a member has hers in share, so all of that is waited for. Then orders
and balances of both, in the order in which everybody takes them.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.members.errors import MemberNotFound
from shuke.members.merging import images, moving, store
from shuke.members.merging.errors import AlreadyMerged, SamePerson
from shuke.members.merging.model import Cause, Evidence, Merge, Pair, Preview
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
        hold(unit, plan, pair.both)
        return _merge(unit, plan, pair, cause, {})


def merge_all(unit: Unit, plan: Plan, wanted: Mapping[Pair, Evidence]) -> dict[Pair, ShukeError]:
    """Make each pair one, in their order, because of events; what the domains refuse of them, and why: those stay as
    they are. Nobody is in the way of two who are held: all are before the first merge. Raises MemberNotFound and
    AlreadyMerged."""
    refused: dict[Pair, ShukeError] = {}
    hold(unit, plan, {member_id for pair in wanted for member_id in pair.both})
    for pair, evidence in wanted.items():
        try:
            with unit.connection.begin_nested():
                _merge(unit, plan, pair, Cause.EVENT, evidence)
        except (MemberNotFound, AlreadyMerged):
            raise
        except ShukeError as error:
            refused[pair] = error
    return refused


def _merge(unit: Unit, plan: Plan, pair: Pair, cause: Cause, evidence: Evidence) -> Merge:
    """Both are held."""
    _check(unit, plan, pair)
    merge_id = new_id(unit.now())
    made = store.add(unit, merge_id, pair, cause, evidence)
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


def hold(unit: Unit, plan: Plan, member_ids: Collection[UUID]) -> None:
    """Nobody else changes anything of them until the transaction ends."""
    ids = sorted(set(member_ids))
    for part in plan.parts:
        for wait in part.waits:
            wait(unit, ids)
    rows = sa.select(members.c.member_id).where(_those(unit, ids)).order_by(members.c.member_id)
    unit.connection.execute(rows.with_for_update())
    for part in plan.parts:
        for wait in part.holds:
            wait(unit, ids)


def tell(unit: Unit, action: str, merge_id: UUID, pair: Pair) -> None:
    told: dict[str, object] = {"merge_id": merge_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    for member_id in (pair.survivor, pair.absorbed):
        tenancy.record_change(unit, action, "member", member_id, None, told, member_id=member_id, payload=told)


def _check(unit: Unit, plan: Plan, pair: Pair) -> None:
    rows = unit.connection.execute(sa.select(members.c.number, members.c.status).where(_those(unit, pair.both))).all()
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


def _those(unit: Unit, ids: Sequence[UUID]) -> sa.ColumnElement[bool]:
    return sa.and_(
        members.c.merchant_id == unit.merchant_id,
        members.c.member_id == sa.any_(sa.literal(list(ids), sa.ARRAY(sa.Uuid))),
    )
