"""Proposals accepted above a threshold: each pair by the laws of merges, one after the other, some to a transaction.

Pairs hang together: who was merged by a pair before is followed to whom she became. Whoever was said to be two stays
two, and so do all who would become one of them.
"""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.jobs import defer
from shuke.kernel.errors import ShukeError
from shuke.kernel.principal import Principal, PrincipalKind, system
from shuke.kernel.text import Text
from shuke.members.accepting import store
from shuke.members.accepting.errors import AcceptanceUnderWay, NothingToTakeBack
from shuke.members.accepting.model import AT_ONCE, Acceptance, Decided, Outcome, Outlook, Progress, Reason
from shuke.members.identity import deciding
from shuke.members.merging import store as merges
from shuke.members.merging.errors import AlreadyUndone
from shuke.members.merging.plan import Plan
from shuke.members.merging.undoing import undo
from shuke.tenancy import service as tenancy

ACCEPT, TAKE_BACK = "proposals.accept", "proposals.take_back"
"""The tasks of the worker."""

EXAMPLES = 10
LEFT_SHOWN = 100
_BROKE_OFF = Reason(
    "broke_off",
    Text(
        "处理这一对时出错，一切保持原样。请逐条重试；若再次失败，请查看服务日志。",
        "Something broke over these two, and they are as they were. Try them by themselves; see the logs if it fails "
        "anew.",
    ),
)


def outlook(unit: Unit, threshold_bps: int, run_id: UUID | None) -> Outlook:
    """What `accept_above` would accept now."""
    found = store.chosen(unit, threshold_bps, run_id).subquery()
    ends = sa.select(found.c.a_id.label("id")).union(sa.select(found.c.b_id)).subquery()
    counted = sa.select(
        sa.select(sa.func.count()).select_from(found).scalar_subquery(),
        sa.select(sa.func.count()).select_from(ends).scalar_subquery(),
    )
    pairs, members = unit.connection.execute(counted).one()
    least = sa.select(found.c.proposal_id).order_by(found.c.probability_bps, found.c.proposal_id).limit(EXAMPLES)
    return Outlook(pairs, members, list(unit.connection.scalars(least)))


def accept_above(unit: Unit, plan: Plan, threshold_bps: int, run_id: UUID | None) -> Acceptance:
    """Accept what is at least so probable: a few at once, many by the worker."""
    acceptance_id = store.add(unit, threshold_bps, run_id)
    said = {"threshold_bps": threshold_bps, "pairs": store.get(unit, acceptance_id).pairs}
    tenancy.record_change(unit, "proposal_acceptance.started", "proposal_acceptance", acceptance_id, None, said)
    if said["pairs"] > AT_ONCE:
        _later(unit, ACCEPT, acceptance_id)
    else:
        while go_on(unit, plan, acceptance_id):
            pass
    return store.get(unit, acceptance_id)


def go_on(unit: Unit, plan: Plan, acceptance_id: UUID, limit: int | None = None) -> bool:
    """Decide the next pairs; whether there may be more."""
    if store.lock(unit, acceptance_id).status != Progress.QUEUED:
        return False
    limit = limit or AT_ONCE
    waiting = store.pairs(unit, acceptance_id, limit, store.WAITING)
    for turn, pair in waiting:
        _decide(unit, plan, acceptance_id, turn, pair)
    if len(waiting) == limit:
        return True
    store.set_status(unit, acceptance_id, Progress.DONE)
    return False


def ask_back(unit: Unit, plan: Plan, acceptance_id: UUID) -> Acceptance:
    """Take an acceptance back, the last pair first: all are two again and proposed as before, but for those of which
    that cannot be told apart any more. Raises NotFound, AcceptanceUnderWay and NothingToTakeBack."""
    if store.lock(unit, acceptance_id).status in (Progress.QUEUED, Progress.TAKING_BACK):
        raise AcceptanceUnderWay
    store.try_again(unit, acceptance_id)
    left = store.get(unit, acceptance_id)
    if left.merged == left.taken_back:
        raise NothingToTakeBack
    store.set_status(unit, acceptance_id, Progress.TAKING_BACK)
    told = {"pairs": left.merged - left.taken_back}
    tenancy.record_change(unit, "proposal_acceptance.taken_back", "proposal_acceptance", acceptance_id, None, told)
    if told["pairs"] > AT_ONCE:
        _later(unit, TAKE_BACK, acceptance_id)
    else:
        while go_back(unit, plan, acceptance_id):
            pass
    return store.get(unit, acceptance_id)


def go_back(unit: Unit, plan: Plan, acceptance_id: UUID, limit: int | None = None) -> bool:
    """Take the next merges back; whether there may be more."""
    if store.lock(unit, acceptance_id).status != Progress.TAKING_BACK:
        return False
    limit = limit or AT_ONCE
    merged = store.to_take_back(unit, acceptance_id, limit)
    for turn, merge_id in merged:
        _take_back(unit, plan, acceptance_id, turn, merge_id)
    if len(merged) == limit:
        return True
    store.reopen_implied(unit, acceptance_id)
    store.set_status(unit, acceptance_id, Progress.TAKEN_BACK)
    return False


def set_aside(unit: Unit, acceptance_id: UUID) -> bool:
    """Leave the next pair, or merge, as it is, because something broke over it; whether there was one."""
    status = store.lock(unit, acceptance_id).status
    if status == Progress.QUEUED:
        for turn, _ in store.pairs(unit, acceptance_id, 1, store.WAITING):
            store.note(unit, acceptance_id, turn, _BROKE_OFF, outcome=Outcome.LEFT.value)
            return True
    if status == Progress.TAKING_BACK:
        for turn, _ in store.to_take_back(unit, acceptance_id, 1):
            store.note(unit, acceptance_id, turn, _BROKE_OFF, taken_back=False)
            return True
    return False


def actor_of(unit: Unit, acceptance_id: UUID) -> Principal:
    """In whose name it is done."""
    row = store.lock(unit, acceptance_id)
    return replace(system(unit.merchant_id), kind=PrincipalKind(row.by_kind), id=row.by_id, name=row.by_name)


def left(unit: Unit, acceptance_id: UUID) -> list[Decided]:
    """The first pairs that were left, or could not be taken back, with the reason."""
    return [pair for _, pair in store.pairs(unit, acceptance_id, LEFT_SHOWN, store.LEFT)]


def _decide(unit: Unit, plan: Plan, acceptance_id: UUID, turn: int, pair: Decided) -> None:
    try:
        merge = deciding.accept_unseen(unit, plan, pair.proposal_id)
    except ShukeError as error:
        store.note(unit, acceptance_id, turn, _why(error), outcome=Outcome.LEFT.value)
        return
    outcome = Outcome.ONE_ALREADY if merge is None else Outcome.MERGED
    store.note(unit, acceptance_id, turn, None, outcome=outcome.value, merge_id=merge and merge.merge_id)


def _take_back(unit: Unit, plan: Plan, acceptance_id: UUID, turn: int, merge_id: UUID) -> None:
    """Nobody looked at the pair and said that they are two: they may be proposed, and accepted, again."""
    try:
        merge = undo(unit, plan, merge_id)
    except AlreadyUndone:
        store.note(unit, acceptance_id, turn, None, taken_back=True)
    except ShukeError as error:
        store.note(unit, acceptance_id, turn, _why(error), taken_back=False)
    else:
        merges.let_together(unit, [merge.pair])
        store.reopen(unit, acceptance_id, turn)
        store.note(unit, acceptance_id, turn, None, taken_back=True)


def _why(error: ShukeError) -> Reason:
    return Reason(error.code, error.message)


def _later(unit: Unit, task: str, acceptance_id: UUID) -> None:
    defer(unit, task, {"acceptance_id": str(acceptance_id)}, lock=f"proposals:{unit.merchant_id}")
