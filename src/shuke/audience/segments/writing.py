"""Writing segments down, changing and archiving them."""

from uuid import UUID

from shuke.audience.errors import KindStays, SegmentArchived
from shuke.audience.references import check
from shuke.audience.segments import store, tagging, uses
from shuke.audience.segments.model import Draft, Segment, SegmentStatus
from shuke.infra.database import Unit
from shuke.kernel.errors import Stale
from shuke.tenancy import service as tenancy


def create(unit: Unit, draft: Draft) -> Segment:
    """Raises TreeRefused and SegmentCodeTaken."""
    _check(unit, draft)
    segment_id = store.add(unit, draft)
    uses.note(unit, segment_id, draft.tree)
    tenancy.record_change(unit, "segment.created", "segment", segment_id, None, _told(draft))
    return store.get(unit, segment_id)


def change(unit: Unit, segment_id: UUID, draft: Draft, version: int) -> Segment:
    """Write it anew; its members follow with the next look at it. Raises SegmentNotFound, Stale (somebody changed
    `version` meanwhile), SegmentArchived, KindStays, TreeRefused, CircularSegments and SegmentCodeTaken."""
    before = _held(unit, segment_id, version)
    if draft.kind is not before.draft.kind:
        raise KindStays
    _check(unit, draft)
    uses.note(unit, segment_id, draft.tree)
    store.change(unit, segment_id, draft)
    tenancy.record_change(unit, "segment.changed", "segment", segment_id, _told(before.draft), _told(draft))
    return store.get(unit, segment_id)


def archive(unit: Unit, segment_id: UUID, version: int) -> Segment:
    """Look at it no more; who was in it can still be seen, and the tag that it put goes. Raises SegmentNotFound, Stale,
    SegmentArchived and SegmentInUse."""
    _held(unit, segment_id, version)
    uses.refuse_if_used(unit, segment_id)
    uses.forget(unit, segment_id)
    tagging.end(unit, segment_id)
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


def _check(unit: Unit, draft: Draft) -> None:
    if draft.tree is not None:
        check(unit, draft.tree, draft.cap)


def _told(draft: Draft) -> dict[str, object]:
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind,
        "refresh": draft.refresh,
        "tree": store.TREE.dump_python(draft.tree, mode="json"),
        "cap": store.CAP.dump_python(draft.cap, mode="json"),
    }
