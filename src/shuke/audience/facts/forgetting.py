"""Somebody who was erased leaves the lake: what the partitions and copies know of her as a member goes.

Facts stay, as the orders do that they tell of: they name nobody any more. Tracked events go, as her timeline does. Who
reads meanwhile reads whole files, as always: each is written anew beside its place.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from shutil import rmtree

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shuke.infra.lake.folder import LakeFolder, span_of, written

_ERASED = "erased"


def told(folder: LakeFolder, members: Collection[str]) -> set[str]:
    """Those of the members of whom the lake has heard by now that they were erased."""
    found: set[str] = set()
    for file in folder.partitions("members"):
        rows = pq.read_table(file, columns=["member_id", "status"])
        gone = rows.filter(pc.equal(rows["status"], _ERASED))["member_id"].to_pylist()
        found |= set(gone) & set(members)
    return found


def forget(folder: LakeFolder, members: Sequence[str]) -> None:
    """Rewrite what holds anything of these members but that they were erased, which the present copy knows."""
    for dataset in ("members", "events"):
        folder.keep(dataset, [span_of(file) for file in folder.partitions(dataset)])
        for file in folder.partitions(dataset):
            table = pq.read_table(file)
            stays = pc.invert(pc.is_in(table["member_id"], value_set=pa.array(members, pa.string())))
            if dataset == "members":
                stays = pc.or_(stays, pc.equal(table["status"], _ERASED))
            left = table.filter(stays)
            if left.num_rows < table.num_rows:
                with written(file) as beside:
                    pq.write_table(left, beside, compression="zstd")
    rmtree(folder.again.path, ignore_errors=True)
    for copy in (folder.path / "native").glob("*.duckdb"):
        if copy != folder.current():
            for each in copy.parent.glob(f"{copy.stem}.*"):
                each.unlink(missing_ok=True)


def forget_events(folder: LakeFolder, came: date, happened: datetime) -> int:
    """Rewrite what holds events that came before a day, or happened before a moment (UTC, without a zone); how many
    did. The next copy is made without them."""
    gone = 0
    for file in folder.partitions("events"):
        table = pq.read_table(file)
        came_later = pc.greater_equal(table["received_day"], pa.scalar(came, pa.date32()))
        happened_later = pc.greater_equal(table["occurred_at"], pa.scalar(happened, pa.timestamp("us")))
        left = table.filter(pc.and_(came_later, happened_later))
        if left.num_rows < table.num_rows:
            gone += table.num_rows - left.num_rows
            with written(file) as beside:
                pq.write_table(left, beside, compression="zstd")
    if gone:
        folder.make_anew()
    return gone
