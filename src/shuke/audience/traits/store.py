"""The SQL of runs and of where members stand."""

from dataclasses import asdict
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.traits.model import Run, Threshold
from shuke.audience.traits.tables import trait_runs
from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.infra.imports.bulk import stage
from shuke.members import service as members

_R = trait_runs.c

MOVED = (_LIFECYCLE_CHANGED, _GRADE_CHANGED) = ("lifecycle.changed", "grade.changed")
"""What is told of who stands elsewhere than before."""

_MOVE = f"""
WITH changed AS MATERIALIZED (
  SELECT found.*, held.lifecycle AS lifecycle_before, held.grade AS grade_before
  FROM pg_temp.found_states found JOIN trait_states held ON held.merchant_id = :merchant
    AND held.member_id = found.member_id
  WHERE (held.lifecycle, held.grade) <> (found.lifecycle, found.grade)
), moved AS (
  UPDATE trait_states held SET lifecycle = changed.lifecycle, grade = changed.grade,
    lifecycle_since = CASE WHEN changed.lifecycle = lifecycle_before THEN held.lifecycle_since ELSE changed.as_of END,
    grade_since = CASE WHEN changed.grade = grade_before THEN held.grade_since ELSE changed.as_of END
  FROM changed WHERE held.merchant_id = :merchant AND held.member_id = changed.member_id
), met AS (
  INSERT INTO trait_states (merchant_id, member_id, lifecycle, lifecycle_since, grade, grade_since)
  SELECT :merchant, found.member_id, found.lifecycle, found.as_of, found.grade, found.as_of
  FROM pg_temp.found_states found
  JOIN members known ON known.merchant_id = :merchant AND known.member_id = found.member_id
    AND known.erased_at IS NULL
  WHERE NOT EXISTS (
    SELECT FROM trait_states held WHERE held.merchant_id = :merchant AND held.member_id = found.member_id)
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, {fresh_id_sql("CAST(:now AS timestamptz)")}, type, member_id, member_id, :now,
    jsonb_build_object('from', before, 'to', after)
  FROM (
    SELECT member_id, '{_LIFECYCLE_CHANGED}' AS type, lifecycle_before AS before, lifecycle AS after FROM changed
    UNION ALL SELECT member_id, '{_GRADE_CHANGED}', grade_before, grade FROM changed
  ) news WHERE before <> after
)
SELECT count(*) FROM changed
"""  # noqa: S608 - built from constants


def last_run(unit: Unit) -> Run | None:
    """The last one; None before the first."""
    row = unit.connection.execute(
        sa.select(trait_runs).where(_R.merchant_id == unit.merchant_id).order_by(_R.number.desc()).limit(1)
    ).first()
    return None if row is None else _read(row)


def lock(unit: Unit) -> None:
    """Nobody else notes where members of this merchant stand, nor forgets it, until the transaction ends."""
    name = f"traits:{unit.merchant_id}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def add_run(unit: Unit, run: Run) -> None:
    unit.connection.execute(trait_runs.insert().values(merchant_id=unit.merchant_id, **asdict(run)))


def erased(unit: Unit) -> list[str]:
    """Everybody who was ever erased, by all of her names."""
    known = members.members_relation().c
    here = (known.merchant_id == unit.merchant_id, known.erased_at.is_not(None))
    return [str(each) for each in unit.connection.scalars(sa.select(known.member_id).where(*here))]


def move(unit: Unit, states: pa.Table) -> int:
    """Note where members stand (member_id, as_of, lifecycle, grade), and tell of those who stand elsewhere than before;
    how many do. Who is seen for the first time has not moved."""
    columns = {"member_id": "uuid", "as_of": "date", "lifecycle": "text", "grade": "text"}
    stage(unit, "found_states", {name: (kind, states.column(name)) for name, kind in columns.items()})
    values = {"merchant": unit.merchant_id, "now": unit.now()}
    return int(unit.connection.scalar(sa.text(_MOVE), values) or 0)


def _read(row: Any) -> Run:
    values = {name: getattr(row, name) for name in Run.__dataclass_fields__}
    return Run(**values | {"thresholds": [Threshold(**each) for each in row.thresholds]})
