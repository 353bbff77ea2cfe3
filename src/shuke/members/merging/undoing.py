"""One member becomes two again, as they were, with what happened since."""

from dataclasses import replace
from uuid import UUID

from shuke.infra.database import Unit
from shuke.members.merging import images, moving, store
from shuke.members.merging.errors import AlreadyUndone, MergeNotFound, NotTheLatestMerge
from shuke.members.merging.merging import UNMERGED, hold, tell
from shuke.members.merging.model import Merge
from shuke.members.merging.plan import Plan


def undo(unit: Unit, plan: Plan, merge_id: UUID) -> Merge:
    """Undo a merge: what it moved goes back, unless it is somebody else's by now; what was folded is as it was, but
    for what changed since, which stays with the survivor. Nobody but a person makes them one again.

    Raises MergeNotFound, AlreadyUndone, NotTheLatestMerge, and what the domains keep together; then nothing changed.
    """
    with unit.connection.begin_nested():
        merge = store.held(unit, merge_id)
        if merge is None:
            raise MergeNotFound
        if merge.undone_at is not None:
            raise AlreadyUndone
        hold(unit, plan, merge.pair.both)
        if store.later(unit, merge):
            raise NotTheLatestMerge
        moved = store.moved(unit, merge_id)
        for part in plan.parts:
            for keep in part.keeps:
                keep(unit, merge.pair, moved)
        _apart(unit, plan, merge)
        store.undo(unit, merge_id)
        store.keep_apart(unit, merge.pair)
        tell(unit, UNMERGED, merge_id, merge.pair)
    return replace(merge, undone_at=unit.now())


def _apart(unit: Unit, plan: Plan, merge: Merge) -> None:
    pair = merge.pair
    folded = store.folded(unit, merge.merge_id)
    now = images.taken(unit, plan.kept, pair)
    moving.move_back(unit, plan.plains, pair, merge.merge_id)
    for kept in plan.kept:
        before, after = folded.get(kept.place, ([], []))
        if now[kept.place] == after:
            images.put_back(unit, kept, pair, before)
        elif kept.again is None:
            keys = moving.keys_of(kept.table)
            images.put_back(unit, kept, pair, images.rewound(before, after, now[kept.place], keys))
        else:
            kept.again(unit, pair)
