"""Segments are looked at by what has reached the lake."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter
from uuid import UUID

import pyarrow as pa

from shuke.audience.asking import crowds_of
from shuke.audience.errors import NotLookedAt, SegmentArchived
from shuke.audience.reading.tables import TOUCHED
from shuke.audience.references import given
from shuke.audience.segments import store
from shuke.audience.segments.model import Segment, SegmentStatus
from shuke.audience.segments.moving import Look, horizon, settle
from shuke.audience.segments.touching import touched
from shuke.infra.database import Unit

SECONDS = 120
"""What finding the members may take."""


def refresh(unit: Unit, root: Path, segment_id: UUID, *, partly: bool = True) -> Segment:
    """Look at a segment by what has reached the lake, and note who came and went. Only those are asked about whom
    anything can have moved since the last look, where that can be told and `partly`.

    Raises SegmentNotFound, SegmentArchived, NotLookedAt, LakeEmpty and TooSlow; then nothing is written.
    """
    segment = store.get(unit, segment_id, lock=True)
    if segment.status is SegmentStatus.ARCHIVED:
        raise SegmentArchived
    draft = segment.draft
    if draft.tree is None:
        raise NotLookedAt
    lake, begun, seen = crowds_of(unit, root), perf_counter(), horizon(unit)
    some = touched(unit, root, lake, segment) if partly else None
    asked = given(unit, root, draft.tree)
    if some and some.changed:
        lake = replace(lake, engine=some.changed.engine)
    if some and not some.changed:
        held, asked = lake.holding_among(draft.tree), {**asked, TOUCHED: pa.table({"member_id": some.ids})}
    else:
        held = lake.holding(draft.tree, draft.cap)
    sql = f"SELECT member_id FROM members WHERE member_no IN ({held})"  # noqa: S608 - made of a checked tree
    found = lake.rows(sql, SECONDS, asked).column("member_id")
    return settle(unit, segment, found, Look(lake.today, lake.upto, seen, begun), some.ids if some else None)
