"""Of whom anything new is known, since traits were last reckoned, that any of them depends on.

That is what she bought and gave back, that she is a member, and who became her. What else is told of members (what they
looked at, their profiles and balances, an attribute that was registered) leaves their traits as they are. What a
product is of, the night finds out for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from shuke.audience.facts.changed import changed_in, ids_since
from shuke.infra.lake.engine import DuckDB, engine_of, opened
from shuke.infra.lake.folder import LakeFolder, upto_of

BOUGHT = ("orders", "refunds", "moves")
"""Datasets of which each row tells of what a member bought; a line tells of whom its order does."""

_SECONDS = 60
_LATE = """
SELECT member_id FROM members SEMI JOIN (
  SELECT member_no FROM orders WHERE {days} UNION SELECT member_no FROM refunds WHERE {days}
) bought USING (member_no)
"""
_NOW = """
SELECT told.member_id, members.member_id AS now_id
FROM told LEFT JOIN people USING (member_id) LEFT JOIN members USING (member_no)
"""
_ELSE = """
SELECT told.member_id, then_id FROM told LEFT JOIN (
  SELECT member_id, member_id AS then_id FROM traits UNION ALL SELECT member_id, now_id AS then_id FROM became
) known USING (member_id)
WHERE then_id IS DISTINCT FROM now_id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything up to the transaction `upto` that happened up to the business day `day`."""

    upto: int
    day: date


@dataclass(frozen=True, slots=True)
class Touched:
    """`together`: their facts, perhaps with those of others, lie together in the copy (facts/changed.py)."""

    ids: pa.ChunkedArray
    together: bool


def touched(folder: LakeFolder, native: Path, file: Path, before: Known, today: date) -> Touched:
    """Who bought or gave back since, or did on a day that counts since; and who is a member or somebody else since the
    traits in `file` were reckoned."""
    days = f"day > DATE '{before.day}' AND day <= DATE '{today}'"
    late = engine_of(native).rows(_LATE.format(days=days), _SECONDS).column("member_id")
    if before.upto >= upto_of(native):
        return Touched(late, together=False)
    bought = ids_since(folder, BOUGHT, before.upto, upto_of(native))
    ids = _distinct(late, bought, *_else(folder, native, file, before))
    changed = changed_in(native)
    together = changed and changed.since <= before.upto and pc.all(pc.is_in(ids, changed.ids), min_count=0).as_py()
    return Touched(ids, bool(together))


def _else(folder: LakeFolder, native: Path, file: Path, before: Known) -> Sequence[pa.ChunkedArray]:
    """Who is somebody else than she was, or was nobody or is nobody now; and who she was."""
    told = _distinct(ids_since(folder, ("members",), before.upto, upto_of(native)))
    if not len(told):
        return []
    now = engine_of(native).rows(_NOW, _SECONDS, {"told": pa.table({"member_id": told})})
    with opened(file) as traits:
        found = DuckDB(traits).rows(_ELSE, _SECONDS, {"told": now})
    return [found.column("member_id"), found.column("then_id")]


def _distinct(*some: pa.ChunkedArray) -> pa.ChunkedArray:
    chunks = [chunk for each in some for chunk in each.chunks]
    return pa.chunked_array([pc.unique(pa.chunked_array(chunks, pa.string())).drop_null()])
