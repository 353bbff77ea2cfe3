"""Who may have come or gone since the last look at a segment: with them alone it is looked at again.

Mostly they are those who changed from the copy before to this one, whose facts lie together in it (facts/changed.py).
Others are looked for where the facts of all lie: that spares writing, not reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from shuke.audience.asking import Lake
from shuke.audience.facts.changed import MOST, Changed, changed_in, partitions_since, told_since
from shuke.audience.model import Fact, In, Node
from shuke.audience.reading.tables import TABLES
from shuke.audience.rules.touching import Slid, local, slid
from shuke.audience.rules.walking import behaviours, leaves, lists
from shuke.audience.segments.model import Segment, Snapshot
from shuke.audience.segments.tables import segment_moves
from shuke.infra.database import Unit
from shuke.infra.lake.folder import LakeFolder
from shuke.kernel.ids import Prefix, parse

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Touched:
    """The ids of all whom a look at a segment can move; `changed` if their facts lie together."""

    ids: pa.ChunkedArray
    changed: Changed | None


def touched(unit: Unit, root: Path, lake: Lake, segment: Segment) -> Touched | None:
    """None if that may be anybody, or too many."""
    tree, last = segment.draft.tree, segment.last
    if tree is None or last is None or last.version != segment.version or segment.draft.cap is not None:
        return None
    folder = LakeFolder.of(root, unit.merchant_id)
    if not local(tree, last.as_of, lake.today) or (last.as_of < lake.today and _asks_for(tree, Fact.EVENT)):
        return None
    if _asks_for(tree, Fact.LINE) and partitions_since(folder, "products", last.upto, lake.upto):
        return None
    others = [each for each in (*_slid(lake, tree, last), *_moved(unit, tree, last)) if len(each)]
    changed = changed_in(lake.native)
    if changed and changed.since <= last.upto and all(pc.all(pc.is_in(each, changed.ids)).as_py() for each in others):
        return Touched(changed.ids, changed)
    ids = pc.unique(
        pa.chunked_array([*told_since(folder, lake.upto, last.upto).chunks, *others], pa.string())
    ).drop_null()
    everybody = lake.rows("SELECT count(*) AS n FROM members", SECONDS).column("n")[0].as_py()
    return Touched(pa.chunked_array([ids]), None) if len(ids) * MOST <= everybody else None


def _asks_for(tree: Node, fact: Fact) -> bool:
    """What lines are of is said of products, and of all their lines at once; events are kept for a time only, and each
    night those that are over go without a word."""
    return any(what.fact is fact for leaf in leaves(tree) for what in behaviours(leaf))


def _slid(lake: Lake, tree: Node, last: Snapshot) -> Iterator[pa.Array]:
    for days in slid(tree, last.as_of, lake.today):
        yield from lake.rows(_sql(days), SECONDS).column("member_id").chunks


def _sql(days: Slid) -> str:
    between = f"BETWEEN DATE '{days.first}' AND DATE '{days.last}'"
    if days.fact is None:
        return f"SELECT member_id FROM members WHERE joined_day {between}"  # noqa: S608 - days
    facts = f"SELECT member_no FROM {TABLES[days.fact].get_name()} WHERE day {between}"  # noqa: S608 - days
    return f"SELECT member_id FROM members WHERE member_no IN ({facts})"  # noqa: S608 - names of our own


def _moved(unit: Unit, tree: Node, last: Snapshot) -> Iterator[pa.Array]:
    """Who came into or went from segments that it is made of, at least since the last look."""
    inner = [parse(Prefix.SEGMENT, each.segment_id) for each in lists(tree) if isinstance(each, In)]
    if not inner:
        return
    move = segment_moves.c
    ids: list[UUID] = list(
        unit.connection.scalars(
            sa.select(move.member_id).where(
                move.merchant_id == unit.merchant_id,
                move.segment_id.in_(inner),
                move.transaction_id >= last.horizon,
            )
        )
    )
    yield pa.array([str(each) for each in ids], pa.string())
