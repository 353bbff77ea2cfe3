"""How many members a rule tree holds, while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from uuid import UUID

import ibis

from shuke.audience.errors import LakeEmpty, TooSlow, TreeRefused
from shuke.audience.model import Node
from shuke.audience.reading.crowd import members_where
from shuke.audience.rules.checking import problems
from shuke.audience.rules.ids import in_the_lake
from shuke.infra.database import Unit
from shuke.infra.lake.engine import Engine, Interrupted, engine_of
from shuke.infra.lake.folder import LakeFolder
from shuke.tenancy import service as tenancy

SECONDS = 5
"""What a preview may take."""

SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`members` holds up to SAMPLE of them, those who joined last first; `everybody` is how many members there are."""

    count: int
    everybody: int
    members: Sequence[UUID]
    today: date
    took_ms: int


def preview(unit: Unit, lake: Path, tree: Node) -> Preview:
    """Whom `tree` holds by what has reached the lake. Raises TreeRefused, LakeEmpty and TooSlow."""
    if found := problems(tree):
        raise TreeRefused(fields=tuple(found))
    native = LakeFolder.of(lake, unit.merchant_id).current()
    if native is None:
        raise LakeEmpty
    today, engine = tenancy.today(unit), engine_of(native)
    begun = perf_counter()
    count, everybody, members = _counted(engine, spelled(tree, today, engine.dialect))
    took_ms = round((perf_counter() - begun) * 1000)
    return Preview(count, everybody, members, today, took_ms)


@lru_cache(maxsize=512)
def spelled(tree: Node, today: date, dialect: str) -> str:
    """The statement that finds the `member_no` of those whom `tree` holds; spelling it takes as long as asking it."""
    return str(ibis.to_sql(members_where(in_the_lake(tree), today), dialect=dialect))


def _counted(engine: Engine, found: str) -> tuple[int, int, list[UUID]]:
    sql = (
        f"WITH found AS MATERIALIZED ({found})"  # noqa: S608 - made of a checked tree
        " SELECT (SELECT count(*) FROM found) AS members, (SELECT count(*) FROM members) AS everybody,"
        f" (SELECT list(member_id ORDER BY joined_at DESC, member_id)[:{SAMPLE}]"
        " FROM members WHERE member_no IN (SELECT member_no FROM found)) AS some"
    )
    try:
        row = engine.rows(sql, SECONDS).to_pylist()[0]
    except Interrupted as error:
        raise TooSlow(seconds=SECONDS) from error
    return row["members"], row["everybody"], [UUID(member) for member in row["some"] or ()]
