"""Who is in a segment now, who came and who went: set-based, and nothing is written that did not change."""

from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.segments import store
from shuke.audience.segments.model import Segment, Snapshot
from shuke.audience.segments.tables import segment_snapshots
from shuke.infra.database import Unit
from shuke.infra.imports.bulk import stage
from shuke.infra.outbox import HORIZON, emit

_DIFFERENCE = """
WITH came AS (
  INSERT INTO segment_members (merchant_id, segment_id, member_id, since)
  SELECT :merchant, :segment, found.member_id, :now FROM pg_temp.found
  JOIN members known ON known.merchant_id = :merchant AND known.member_id = found.member_id
  ON CONFLICT DO NOTHING RETURNING member_id),
went AS (
  DELETE FROM segment_members held WHERE held.merchant_id = :merchant AND held.segment_id = :segment {among}
  AND NOT EXISTS (SELECT FROM pg_temp.found WHERE found.member_id = held.member_id) RETURNING member_id),
moved AS (
  INSERT INTO segment_moves (merchant_id, segment_id, number, member_id, entered)
  SELECT :merchant, :segment, :number, member_id, true FROM came UNION ALL
  SELECT :merchant, :segment, :number, member_id, false FROM went)
SELECT (SELECT count(*) FROM came) AS entered, (SELECT count(*) FROM went) AS gone
"""
_WHOLE = _DIFFERENCE.format(among="")
_PARTLY = _DIFFERENCE.format(among="AND held.member_id IN (SELECT member_id FROM pg_temp.among)")


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
    """`found` are in the segment, which is held. Nobody else is (None), or nobody else of those of `among`."""
    stage(unit, "found", {"member_id": ("uuid", found)})
    if among is not None:
        stage(unit, "among", {"member_id": ("uuid", among)})
    last, now = segment.last, unit.now()
    number = last.number + 1 if last else 1
    values = {"merchant": unit.merchant_id, "segment": segment.segment_id, "number": number, "now": now}
    entered, gone = unit.connection.execute(sa.text(_WHOLE if among is None else _PARTLY), values).one()
    size = (last.size if last else 0) + entered - gone
    took = round((perf_counter() - look.begun) * 1000)
    version, horizon = segment.version, look.horizon
    seen = Snapshot(number, now, look.as_of, look.upto, size, entered, gone, took, version, horizon)
    unit.connection.execute(
        segment_snapshots.insert().values(merchant_id=unit.merchant_id, segment_id=segment.segment_id, **asdict(seen))
    )
    counts = {"number": number, "size": size, "entered": entered, "left": gone}
    emit(unit, "segment.refreshed", segment.segment_id, counts)
    return store.get(unit, segment.segment_id)
