"""Who is in a segment now, who came and who went: nothing is written that did not change."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from shuke.audience.segments.model import Segment, Snapshot
from shuke.audience.segments.tables import segment_members, segment_snapshots
from shuke.infra.database import Unit
from shuke.infra.imports.bulk import stage
from shuke.infra.lake.fetching import fetch
from shuke.infra.outbox import HORIZON, emit

_WRITTEN = """
WITH came AS (
  INSERT INTO segment_members (merchant_id, segment_id, member_id, since)
  SELECT :merchant, :segment, moved.member_id, :now FROM pg_temp.moved
  JOIN members known ON known.merchant_id = :merchant AND known.member_id = moved.member_id
    AND known.erased_at IS NULL
  WHERE moved.entered ON CONFLICT DO NOTHING RETURNING member_id),
went AS (
  DELETE FROM segment_members held USING pg_temp.moved
  WHERE held.merchant_id = :merchant AND held.segment_id = :segment AND held.member_id = moved.member_id
  AND NOT moved.entered RETURNING held.member_id),
noted AS (
  INSERT INTO segment_moves (merchant_id, segment_id, number, member_id, entered)
  SELECT :merchant, :segment, :number, member_id, true FROM came UNION ALL
  SELECT :merchant, :segment, :number, member_id, false FROM went)
SELECT (SELECT count(*) FROM came) AS entered, (SELECT count(*) FROM went) AS gone
"""
_IDS = pa.schema({"member_id": pa.string()})


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a segment goes by, and when it began (`perf_counter`)."""

    as_of: date
    upto: int
    horizon: int
    begun: float


def horizon(unit: Unit) -> int:
    """Below it, everything that ever happens is seen already."""
    return unit.connection.scalar(sa.select(HORIZON)) or 0


def settle(
    unit: Unit, segment: Segment, found: pa.ChunkedArray, look: Look, among: pa.ChunkedArray | None = None
) -> Segment:
    """`found` are in the segment, which is held. Nobody else is (None), or nobody else of those of `among`, who are
    spelled as the database does."""
    last, now = segment.last, unit.now()
    number = last.number + 1 if last else 1
    entered, gone = _move(unit, segment, found, among, number)
    size = (last.size if last else 0) + entered - gone
    took = round((perf_counter() - look.begun) * 1000)
    version, horizon = segment.version, look.horizon
    seen = Snapshot(number, now, look.as_of, look.upto, size, entered, gone, took, version, horizon)
    unit.connection.execute(
        segment_snapshots.insert().values(merchant_id=unit.merchant_id, segment_id=segment.segment_id, **asdict(seen))
    )
    counts = {"number": number, "size": size, "entered": entered, "left": gone}
    emit(unit, "segment.refreshed", segment.segment_id, counts)
    return replace(segment, last=seen)


def _move(
    unit: Unit, segment: Segment, found: pa.ChunkedArray, among: pa.ChunkedArray | None, number: int
) -> tuple[int, int]:
    """How many came and how many went."""
    held, found = _held(unit, segment, among), found.cast(pa.string())
    came = found.filter(pc.invert(pc.is_in(found, held)))
    went = held.filter(pc.invert(pc.is_in(held, found)))
    if not (len(came) or len(went)):
        return 0, 0
    moved = pa.chunked_array([*came.chunks, *went.chunks], pa.string()).combine_chunks()
    entered = pa.array(np.arange(len(moved)) < len(came))
    stage(unit, "moved", {"member_id": ("uuid", moved), "entered": ("boolean", entered)})
    values = {"merchant": unit.merchant_id, "segment": segment.segment_id, "number": number, "now": unit.now()}
    entered_count, gone = unit.connection.execute(sa.text(_WRITTEN), values).one()
    return entered_count, gone


def _held(unit: Unit, segment: Segment, among: pa.ChunkedArray | None) -> pa.ChunkedArray:
    """Who is in it till now, of all or of `among`: the shorter way round."""
    if among is not None and not len(among):
        return among
    table = segment_members.c
    query: sa.Select[Any] = sa.select(sa.cast(table.member_id, sa.Text).label("member_id")).where(
        table.merchant_id == unit.merchant_id, table.segment_id == segment.segment_id
    )
    size = segment.last.size if segment.last else 0
    if among is not None and size > len(among):
        stage(unit, "among", {"member_id": ("uuid", among)})
        query = query.where(table.member_id.in_(sa.text("SELECT member_id FROM pg_temp.among")))
    held = fetch(unit, query, _IDS).column("member_id")
    if among is not None and size <= len(among):
        held = held.filter(pc.is_in(held, among))
    return held
