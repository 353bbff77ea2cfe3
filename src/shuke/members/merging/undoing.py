"""One member becomes two again, as they were, with what happened since."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members import store as people
from shuke.members.merging import images, moving, store
from shuke.members.merging.errors import AlreadyUndone, MergeNotFound, NotTheLatestMerge
from shuke.members.merging.images import Image
from shuke.members.merging.merging import UNMERGED, hold, tell
from shuke.members.merging.model import Merge, Pair, Share, Undone
from shuke.members.merging.plan import Kept, Plan
from shuke.members.merging.present import ids_of


def undo(unit: Unit, plan: Plan, merge_id: UUID) -> Merge:
    """`separate`, for whoever need not know what went where."""
    return separate(unit, plan, merge_id).merge


def separate(unit: Unit, plan: Plan, merge_id: UUID) -> Undone:
    """Undo a merge: what it moved goes back, unless it is somebody else's by now, and what came since in the name of
    her who was absorbed; what was folded is as it was, but for what changed since, which stays with the survivor.
    Nobody but a person makes them one again.

    Raises MergeNotFound, AlreadyUndone, NotTheLatestMerge, MemberErased; then nothing changed.
    """
    with unit.connection.begin_nested():
        merge = store.held(unit, merge_id)
        if merge is None:
            raise MergeNotFound
        if merge.undone_at is not None:
            raise AlreadyUndone
        hold(unit, plan, merge.pair.both)
        people.not_erased(unit, merge.pair.survivor)
        if store.later(unit, merge):
            raise NotTheLatestMerge
        undone = _apart(unit, plan, merge)
        store.undo(unit, merge_id)
        store.keep_apart(unit, merge.pair)
        tell(unit, UNMERGED, merge_id, merge.pair)
        for part in plan.parts:
            for say in part.tells:
                say(unit, merge)
    return undone


def preview(unit: Unit, plan: Plan, merge_id: UUID) -> Undone:
    """What `separate` would do now: it is done, and taken back before anybody could see it."""
    with _taken_back(unit):
        return separate(unit, plan, merge_id)


@contextmanager
def _taken_back(unit: Unit) -> Iterator[None]:
    savepoint = unit.connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _apart(unit: Unit, plan: Plan, merge: Merge) -> Undone:
    pair = merge.pair
    folded = store.folded(unit, merge.merge_id)
    now, since = images.taken(unit, plan.kept, pair), store.anything_since(unit, merge)
    moving.move_back(unit, plan.plains, pair, merge.merge_id)
    later = moving.move_later(unit, plan.plains, pair, ids_of(unit, pair.absorbed))
    shares = _divided(unit, plan, merge)
    for kept in plan.kept:
        _restore(unit, kept, pair, *folded.get(kept.place, ([], [])), now[kept.place], since=since)
    return Undone(replace(merge, undone_at=unit.now()), later, shares)


def _divided(unit: Unit, plan: Plan, merge: Merge) -> list[Share]:
    moved = store.moved(unit, merge.merge_id)
    hers = sa.union_all(*(refer(unit, merge.pair) for part in plan.parts for refer in part.refers)).subquery("hers")
    divides = [divide for part in plan.parts for divide in part.divides]
    return [share for divide in divides for share in divide(unit, merge, moved, sa.select(hers))]


def _restore(unit: Unit, kept: Kept, pair: Pair, before: Image, after: Image, now: Image, *, since: bool) -> None:
    if now == after and not (since and kept.again):
        images.put_back(unit, kept, pair, before)
        return
    if kept.again is None or kept.rewinds:
        images.put_back(unit, kept, pair, images.rewound(kept, before, after, now))
    if kept.again is not None:
        kept.again(unit, pair)
