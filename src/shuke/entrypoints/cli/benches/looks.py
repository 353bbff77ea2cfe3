"""Looking at a stored segment again after one member in a hundred has changed: by what changed, and at everybody."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shuke.audience import service as audience
from shuke.audience.model import Node
from shuke.audience.segments.model import Draft, Refresh
from shuke.entrypoints.cli.benches.crowd import Crowd, gather
from shuke.entrypoints.cli.benches.ground import prepared
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.infra.lake.folder import LakeFolder, Range
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.text import Text
from shuke.members.attributes import registry
from shuke.members.model import AttributeType

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)
_BEFORE, _AFTER = 10**12, 10**12 + 1
"""Later than any transaction of the bench: what was registered lies in the lake."""

_BOUGHT = """
INSERT INTO lines BY NAME
SELECT bought.* EXCLUDE (member_no, day), 100 * row_number() OVER () AS member_no, DATE '2026-03-31' AS day
FROM (SELECT * FROM lines LIMIT {count}) bought
"""


class _TakenBack(Exception):
    """Nothing that is measured stays."""


def measure(native: Path, trees: dict[str, Node], rounds: int, url: str) -> None:
    """Milliseconds of looking again, in alternating rounds that are taken back. `native` has members numbered from 1;
    everything is counted: finding, comparing, writing down."""
    with prepared(url, pool_size=2, clock=SimulatedClock(NOW)) as ground:
        with duckdb.connect(str(native), read_only=True) as lake:
            count = lake.execute("SELECT count(*) FROM members").fetchall()[0][0]
        crowd, root = gather(ground, count), native.parent / "lake"
        with crowd.database.merchant(crowd.merchant_id) as unit:
            registry.register(unit, "city", AttributeType.TEXT, Text("城市", "City"), personal=False)
        folder = LakeFolder.of(root, crowd.merchant_id)
        _laid_out(native, folder, crowd, _BEFORE)
        segments = {name: _kept(crowd, root, name, tree) for name, tree in trees.items()}
        _laid_out(native, folder, crowd, _AFTER)
        _told(folder, [str(each) for number, each in enumerate(crowd.wallets, 1) if number % 100 == 0])
        crowd.settle_down()
        for name, segment_id in segments.items():
            ours, full = _rounds(crowd, root, segment_id, rounds)
            console.print(
                f"{name}: after 1 % changed, {median(ours):.0f} ms by what changed, {median(full):.0f} ms at everybody"
            )
            verdict(f"segments-refresh-{name}", "ms", ours, full)


def _laid_out(native: Path, folder: LakeFolder, crowd: Crowd, upto: int) -> None:
    """Publishes a native copy with the ids of the crowd; _AFTER, a hundredth of the members have bought something."""
    path, count = folder.native(upto), len(crowd.wallets)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(native.read_bytes())
    with duckdb.connect(str(path)) as copy:
        copy.register("ids", pa.table({"no": range(1, count + 1), "id": [str(each) for each in crowd.wallets]}))
        copy.execute("UPDATE members SET member_id = ids.id FROM ids WHERE ids.no = members.member_no")
        copy.unregister("ids")
        if upto == _AFTER:
            copy.execute(_BOUGHT.format(count=count // 100))
    folder.publish(path)


def _told(folder: LakeFolder, changed: list[str]) -> None:
    path = folder.partition("orders", Range(_BEFORE, _AFTER))
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"member_id": changed}), path)


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
