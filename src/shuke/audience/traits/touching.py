"""Of whom anything new is known since traits were last reckoned."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from shuke.audience.facts.changed import changed_in, told_since
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder, upto_of

_SECONDS = 60
_LATE = """
SELECT member_id FROM members SEMI JOIN (
  SELECT member_no FROM orders WHERE {days} UNION SELECT member_no FROM refunds WHERE {days}
) bought USING (member_no)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything up to the transaction `upto` that happened up to the business day `day`."""

    upto: int
    day: date


@dataclass(frozen=True, slots=True)
class Touched:
    """`together`: they are those whose facts lie together in the copy (facts/changed.py)."""

    ids: pa.ChunkedArray
    together: bool


def touched(folder: LakeFolder, native: Path, before: Known, today: date) -> Touched:
    """Who was told of since, and who bought or gave back on a day that counts since; perhaps some more."""
    days = f"day > DATE '{before.day}' AND day <= DATE '{today}'"
    late = engine_of(native).rows(_LATE.format(days=days), _SECONDS).column("member_id")
    if before.upto >= upto_of(native):
        return Touched(late, together=False)
    changed = changed_in(native)
    if changed and changed.since <= before.upto and pc.all(pc.is_in(late, changed.ids), min_count=0).as_py():
        return Touched(changed.ids, together=True)
    told = told_since(folder, upto_of(native), before.upto)
    ids = pc.unique(pa.chunked_array([*told.chunks, *late.chunks], pa.string())).drop_null()
    return Touched(pa.chunked_array([ids]), together=False)
