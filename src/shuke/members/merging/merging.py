"""Two members become one: everything in one transaction, under locks, and noted so that it can be undone.

The members' rows are held first: who writes for a member has hers in share, so all of that is waited for. Then orders
and balances of both, in the order in which everybody takes them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.members import store as people
from shuke.members.errors import MemberErased, MemberNotFound
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
        _check(unit, plan, pair)
        return _merge(unit, plan, {pair: {}}, cause)[0]


def merge_all(unit: Unit, plan: Plan, wanted: Mapping[Pair, Evidence]) -> dict[Pair, ShukeError]:
    """Make each pair one, in their order, because of events; what the domains refuse of them, and why: those stay as
    they are. Nobody is in the way of two who are held: all are before the first merge. Raises MemberNotFound and
    AlreadyMerged."""
    refused: dict[Pair, ShukeError] = {}
    hold(unit, plan, {member_id for pair in wanted for member_id in pair.both})
    for together in _turns(wanted):
        for pair in together:
            try:
                _check(unit, plan, pair)
            except (MemberNotFound, AlreadyMerged):
                raise
            except ShukeError as error:
                refused[pair] = error
        can = {pair: wanted[pair] for pair in together if pair not in refused}
        if can:
            _merge(unit, plan, can, Cause.EVENT)
    return refused


def _turns(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs in their order, as many at a time as nobody is in two of them."""
    turn: list[Pair] = []
    for pair in pairs:
        if any({*pair.both} & {*other.both} for other in turn):
            yield turn
            turn = []
        turn.append(pair)
    if turn:
        yield turn


def _merge(unit: Unit, plan: Plan, pairs: Mapping[Pair, Evidence], cause: Cause) -> list[Merge]:
    """All are held, and nobody is in two pairs."""
    made = store.add(unit, pairs, cause)
    store.let_together(unit, pairs)
    before = images.taken_of(unit, plan.kept, list(pairs))
    keys = moving.move(unit, plan.plains, list(pairs))
    for kept in plan.kept:
        kept.fold_all(unit, list(pairs))
    for part in plan.parts:
        for settle in part.settles:
            settle(unit, made)
    after = images.taken_of(unit, plan.kept, list(pairs))
    store.note(
        unit, [store.Journal(each.merge_id, keys[each.pair], before[each.pair], after[each.pair]) for each in made]
    )
    for each in made:
        tell(unit, MERGED, each.merge_id, each.pair)
    return made


def preview(unit: Unit, plan: Plan, survivor_id: UUID, other_id: UUID) -> Preview:
    """What a merge would do now, or what stands in its way. Raises SamePerson and MemberNotFound."""
    pair = Pair(survivor_id, other_id)
    refused: ShukeError | None = None
    try:
        _check(unit, plan, pair)
    except (MemberNotFound, MemberErased, SamePerson):
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
    rows = unit.connection.execute(
        sa.select(members.c.number, members.c.status, members.c.erased_at).where(_those(unit, pair.both))
    ).all()
    if len(rows) < len(set(pair.both)):
        raise MemberNotFound
    if pair.survivor == pair.absorbed:
        raise SamePerson
    for row in rows:
        people.require_there(unit, row)
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
