"""Who is in a segment now, who came and who went: set-based, and nothing is written that did not change."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.asking import Lake, lake_of
from shuke.audience.errors import NotLookedAt, SegmentArchived
from shuke.audience.references import given
from shuke.audience.segments import store
from shuke.audience.segments.model import Segment, SegmentStatus, Snapshot
from shuke.audience.segments.tables import segment_snapshots
from shuke.infra.database import Unit
from shuke.infra.imports.bulk import stage
from shuke.infra.outbox import emit

SECONDS = 120
"""What finding the members may take."""

_DIFFERENCE = """
WITH came AS (
  INSERT INTO segment_members (merchant_id, segment_id, member_id, since)
  SELECT :merchant, :segment, found.member_id, :now FROM pg_temp.found
  JOIN members known ON known.merchant_id = :merchant AND known.member_id = found.member_id
  ON CONFLICT DO NOTHING RETURNING member_id),
went AS (
  DELETE FROM segment_members held WHERE held.merchant_id = :merchant AND held.segment_id = :segment
  AND NOT EXISTS (SELECT FROM pg_temp.found WHERE found.member_id = held.member_id) RETURNING member_id),
moved AS (
  INSERT INTO segment_moves (merchant_id, segment_id, number, member_id, entered)
  SELECT :merchant, :segment, :number, member_id, true FROM came UNION ALL
  SELECT :merchant, :segment, :number, member_id, false FROM went)
SELECT (SELECT count(*) FROM came) AS entered, (SELECT count(*) FROM went) AS gone
"""


def refresh(unit: Unit, root: Path, segment_id: UUID) -> Segment:
    """Look at a segment by what has reached the lake, and note who came and went.

    Raises SegmentNotFound, SegmentArchived, NotLookedAt, LakeEmpty and TooSlow; then nothing is written.
    """
    segment = store.get(unit, segment_id, lock=True)
    if segment.status is SegmentStatus.ARCHIVED:
        raise SegmentArchived
    if segment.draft.tree is None:
        raise NotLookedAt
    lake, begun = lake_of(unit, root), perf_counter()
    found = _found(lake, lake.holding(segment.draft.tree, segment.draft.cap), given(unit, segment.draft.tree))
    stage(unit, "found", {"member_id": ("uuid", found)})
    number = segment.last.number + 1 if segment.last else 1
    values = {"merchant": unit.merchant_id, "segment": segment_id, "number": number, "now": unit.now()}
    entered, gone = unit.connection.execute(sa.text(_DIFFERENCE), values).one()
    size = (segment.last.size if segment.last else 0) + entered - gone
    took = round((perf_counter() - begun) * 1000)
    _note(unit, segment_id, Snapshot(number, unit.now(), lake.today, lake.upto, size, entered, gone, took))
    return store.get(unit, segment_id)


def _found(lake: Lake, held: str, lists: Mapping[str, pa.Table]) -> pa.ChunkedArray:
    """Ids of the members whom the statement `held` finds."""
    sql = f"SELECT member_id FROM members WHERE member_no IN ({held})"  # noqa: S608 - made of a checked tree
    return lake.rows(sql, SECONDS, lists).column("member_id")


def _note(unit: Unit, segment_id: UUID, seen: Snapshot) -> None:
    unit.connection.execute(
        segment_snapshots.insert().values(merchant_id=unit.merchant_id, segment_id=segment_id, **asdict(seen))
    )
    counts = {"number": seen.number, "size": seen.size, "entered": seen.entered, "left": seen.left}
    emit(unit, "segment.refreshed", segment_id, counts)
