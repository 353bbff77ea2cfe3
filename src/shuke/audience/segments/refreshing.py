"""Segments are looked at by what has reached the lake."""

from pathlib import Path
from time import perf_counter
from uuid import UUID

from shuke.audience.asking import lake_of
from shuke.audience.errors import NotLookedAt, SegmentArchived
from shuke.audience.references import given
from shuke.audience.segments import store
from shuke.audience.segments.model import Segment, SegmentStatus
from shuke.audience.segments.moving import Look, settle
from shuke.infra.database import Unit

SECONDS = 120
"""What finding the members may take."""


def refresh(unit: Unit, root: Path, segment_id: UUID) -> Segment:
    """Look at a segment by what has reached the lake, and note who came and went.

    Raises SegmentNotFound, SegmentArchived, NotLookedAt, LakeEmpty and TooSlow; then nothing is written.
    """
    segment = store.get(unit, segment_id, lock=True)
    if segment.status is SegmentStatus.ARCHIVED:
        raise SegmentArchived
    draft = segment.draft
    if draft.tree is None:
        raise NotLookedAt
    lake, begun = lake_of(unit, root), perf_counter()
    held = lake.holding(draft.tree, draft.cap)
    sql = f"SELECT member_id FROM members WHERE member_no IN ({held})"  # noqa: S608 - made of a checked tree
    found = lake.rows(sql, SECONDS, given(unit, root, draft.tree)).column("member_id")
    return settle(unit, segment, found, Look(lake.today, lake.upto, begun))
