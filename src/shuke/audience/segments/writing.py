"""Writing segments down, changing and archiving them."""

from uuid import UUID

from shuke.audience.errors import SegmentArchived, TreeRefused
from shuke.audience.rules.checking import problems
from shuke.audience.segments import store
from shuke.audience.segments.model import Draft, Segment, SegmentStatus
from shuke.infra.database import Unit
from shuke.kernel.errors import Stale
from shuke.tenancy import service as tenancy


def create(unit: Unit, draft: Draft) -> Segment:
    """Raises TreeRefused and SegmentCodeTaken."""
    _check(draft)
    segment_id = store.add(unit, draft)
    tenancy.record_change(unit, "segment.created", "segment", segment_id, None, _told(draft))
    return store.get(unit, segment_id)


def change(unit: Unit, segment_id: UUID, draft: Draft, version: int) -> Segment:
    """Write it anew; its members follow with the next look at it. Raises SegmentNotFound, Stale (somebody changed
    `version` meanwhile), SegmentArchived, TreeRefused and SegmentCodeTaken."""
    before = _held(unit, segment_id, version)
    _check(draft)
    store.change(unit, segment_id, draft)
    tenancy.record_change(unit, "segment.changed", "segment", segment_id, _told(before.draft), _told(draft))
    return store.get(unit, segment_id)


def archive(unit: Unit, segment_id: UUID, version: int) -> Segment:
    """Look at it no more; who was in it can still be seen. Raises SegmentNotFound, Stale and SegmentArchived."""
    _held(unit, segment_id, version)
    store.archive(unit, segment_id)
    tenancy.record_change(unit, "segment.archived", "segment", segment_id, None, None)
    return store.get(unit, segment_id)


def _held(unit: Unit, segment_id: UUID, version: int) -> Segment:
    found = store.get(unit, segment_id, lock=True)
    if found.version != version:
        raise Stale
    if found.status is SegmentStatus.ARCHIVED:
        raise SegmentArchived
    return found


def _check(draft: Draft) -> None:
    if found := problems(draft.tree):
        raise TreeRefused(fields=tuple(found))


def _told(draft: Draft) -> dict[str, object]:
    return {
        "code": draft.code,
        "name": draft.name,
        "refresh": draft.refresh,
        "tree": store.TREE.dump_python(draft.tree, mode="json"),
    }
