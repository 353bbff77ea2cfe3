"""Looking at a stored segment again after one member in a hundred has changed: by what changed, and at everybody."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import duckdb
import pyarrow as pa

from shuke.audience import service as audience
from shuke.audience.facts.datasets import DATASETS
from shuke.audience.facts.extending import build
from shuke.audience.facts.native import sql_type
from shuke.audience.model import Node
from shuke.audience.segments.model import Draft, Refresh
from shuke.entrypoints.cli.benches.crowd import Crowd
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.infra.lake.folder import LakeFolder, Range
from shuke.kernel.text import Text
from shuke.members.attributes import registry
from shuke.members.model import AttributeType

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)
_LATE = 10**12
BEFORE, AFTER = Range(0, _LATE), Range(_LATE, _LATE + 1)
"""Later than any transaction of the bench: what was registered lies in the lake."""


_ORDER = "md5('{range}:' || row_number() OVER ())::UUID::VARCHAR AS order_id, 1 AS line_no"
_GOODS = "(SELECT DISTINCT product_id, category_id, brand, NULL::BIGINT AS member_no FROM lines)"
_BOUGHT = """
CREATE TABLE bought AS
SELECT bought.* EXCLUDE (member_no, day), 100 * row_number() OVER () AS member_no, DATE '2026-03-31' AS day
FROM (SELECT * FROM lines LIMIT {count}) bought
"""


class _TakenBack(Exception):
    """Nothing that is measured stays."""


def lay_out(made_up: Path, folder: LakeFolder, crowd: Crowd) -> Path:
    """Partitions of the members, numbered from 1, and the lines of a file, as of the crowd; and their native copy."""
    with crowd.database.merchant(crowd.merchant_id) as unit:
        registry.register(unit, "city", AttributeType.TEXT, Text("城市", "City"), personal=False)
    _tell(made_up, folder, crowd, BEFORE, {"members": "members", "lines": "lines", "products": _GOODS})
    begun = perf_counter()
    native = build(folder, BEFORE.upto)
    size = native.stat().st_size / 2**20
    console.print(f"the native copy, {size:,.0f} MB, was made of all partitions in {perf_counter() - begun:.1f} s")
    return native


def measure(made_up: Path, folder: LakeFolder, crowd: Crowd, trees: dict[str, Node], rounds: int) -> None:
    """Milliseconds of looking again, in alternating rounds that are taken back; everything is counted: finding,
    comparing, writing down."""
    root = folder.path.parent
    segments = {name: _kept(crowd, root, name, tree) for name, tree in trees.items()}
    with duckdb.connect(str(made_up)) as lake:
        lake.execute(_BOUGHT.format(count=len(crowd.wallets) // 100))
    changed = "(SELECT * FROM members WHERE member_no % 100 = 0)"
    _tell(made_up, folder, crowd, AFTER, {"members": changed, "orders": "bought", "lines": "bought"})
    begun = perf_counter()
    build(folder, AFTER.upto)
    console.print(f"1 % of the members bought something: the next copy was made in {perf_counter() - begun:.1f} s")
    crowd.settle_down()
    for name, segment_id in segments.items():
        ours, full = _rounds(crowd, root, segment_id, rounds)
        console.print(f"{name}: {median(ours):.1f} ms by what changed, {median(full):.1f} ms at everybody")
        verdict(f"segments-refresh-{name}", "ms", ours, full)


def _tell(made_up: Path, folder: LakeFolder, crowd: Crowd, span: Range, told: dict[str, str]) -> None:
    """Partitions of the datasets, each from a table of the file; what a dataset has beyond it is null."""
    ids = pa.table({"member_no": range(1, len(crowd.wallets) + 1), "who": [str(each) for each in crowd.wallets]})
    with duckdb.connect(str(made_up)) as lake:
        lake.register("ids", ids)
        for dataset, table in told.items():
            rows = f"SELECT *, {_ORDER.format(range=span)} FROM {table}"  # noqa: S608
            if dataset == "members":
                rows = f"SELECT * EXCLUDE (member_id) FROM {table}"  # noqa: S608 - names of our own
            there = {name for name, *_ in lake.execute(f"DESCRIBE {rows}").fetchall()}
            columns = ", ".join(
                "who AS member_id" if name == "member_id" else f"{name if name in there else 'NULL'}::{kind} AS {name}"
                for name, kind in ((field.name, sql_type(field.type)) for field in DATASETS[dataset])
            )
            path = folder.partition(dataset, span)
            path.parent.mkdir(parents=True, exist_ok=True)
            told_of = f"SELECT {columns} FROM ({rows}) LEFT JOIN ids USING (member_no)"  # noqa: S608 - names of our own
            lake.execute(f"COPY ({told_of}) TO '{path}' (FORMAT parquet)")


def _kept(crowd: Crowd, root: Path, name: str, tree: Node) -> UUID:
    with crowd.database.merchant(crowd.merchant_id) as unit:
        segment_id = audience.create(unit, Draft(name, name, tree, Refresh.ONCE)).segment_id
        begun = perf_counter()
        seen = audience.refresh(unit, root, segment_id).last
        took = (perf_counter() - begun) * 1000
    console.print(f"{name}: {seen.size if seen else 0:,} members, the first look took {took:.0f} ms")
    return segment_id


def _rounds(crowd: Crowd, root: Path, segment_id: UUID, rounds: int) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = [], []
    counts = set()
    for _ in range(rounds + 1):
        for took, partly in zip(times, (True, False), strict=True):
            with suppress(_TakenBack), crowd.database.merchant(crowd.merchant_id) as unit:
                begun = perf_counter()
                seen = audience.refresh(unit, root, segment_id, partly=partly).last
                took.append((perf_counter() - begun) * 1000)
                counts.add((seen.size, seen.entered, seen.left) if seen else None)
                raise _TakenBack
    assert len(counts) == 1, f"both looks have to find the same: {counts}"
    return times[0][1:], times[1][1:]
