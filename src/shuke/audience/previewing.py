"""How many members a rule tree holds, while it is being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID

import pyarrow as pa

from shuke.audience.asking import Lake, crowds_of, lake_of
from shuke.audience.estimating import estimate
from shuke.audience.model import Cap, Node
from shuke.audience.references import check, given
from shuke.infra.database import Unit
from shuke.infra.lake.stopping import Stop

SECONDS = 5
"""What a preview may take."""

SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`members` holds up to SAMPLE of them, those who joined last first; `everybody` is how many members there are;
    `rows` as `cost` says."""

    count: int
    everybody: int
    members: Sequence[UUID]
    today: date
    rows: int
    took_ms: int


def cost(unit: Unit, root: Path, tree: Node, cap: Cap | None = None) -> int:
    """How many rows of the lake a preview reads at most. Raises TreeRefused and LakeEmpty."""
    check(unit, tree, cap)
    return estimate(lake_of(unit, root), tree, cap)


def preview(unit: Unit, root: Path, tree: Node, cap: Cap | None = None, stop: Stop | None = None) -> Preview:
    """Whom `tree` holds, or as many as `cap` leaves, by what has reached the lake, unless `stop` says that nobody wants
    to know any more. Raises TreeRefused, LakeEmpty, TooSlow and Stopped."""
    check(unit, tree, cap)
    lake = crowds_of(unit, root, stop)
    begun = perf_counter()
    count, everybody, members = _counted(lake, lake.holding(tree, cap), given(unit, root, tree))
    took_ms = round((perf_counter() - begun) * 1000)
    return Preview(count, everybody, members, lake.today, estimate(lake, tree, cap), took_ms)


def _counted(lake: Lake, found: str, lists: Mapping[str, pa.Table]) -> tuple[int, int, list[UUID]]:
    everybody = lake.rows("SELECT count(*) AS members FROM members", SECONDS)["members"][0].as_py()
    sql = (
        "SELECT member_id, count(*) OVER () AS members FROM members"  # noqa: S608 - made of a checked tree
        f" WHERE member_no IN ({found}) ORDER BY joined_at DESC, member_id LIMIT {SAMPLE}"
    )
    some = lake.rows(sql, SECONDS, lists)
    count = some["members"][0].as_py() if some else 0
    return count, everybody, [UUID(member) for member in some["member_id"].to_pylist()]
