"""What changed from one native copy to the next: all that is known of the members of whom anything new was told.

It lies in the copy, in a schema of its own, with tables of the same names: what is asked of them is what would be asked
of everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shuke.audience.facts import native as copies
from shuke.audience.facts.datasets import DATASETS
from shuke.infra.lake.engine import DuckDB, engine_of
from shuke.infra.lake.folder import LakeFolder, span_of

SCHEMA = "changed"
MOST = 5
"""One in so many members may have changed; with more of them, everybody is asked."""

TELLING = tuple(dataset for dataset, schema in DATASETS.items() if "member_id" in schema.names)
"""Datasets of which each row tells of a member."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Changed:
    """Since the transaction `since`. `ids` are those who were told of, also who is somebody else now."""

    since: int
    engine: DuckDB
    ids: pa.ChunkedArray


def gather(copy: duckdb.DuckDBPyConnection, new: Mapping[str, Sequence[Path]]) -> None:
    """Write down what changed with the partitions that are `new`; nothing if they are none, or changed too many."""
    copy.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    files = [str(file) for dataset in TELLING for file in new.get(dataset, ())]
    if not files:
        return
    copy.execute(f"CREATE SCHEMA {SCHEMA}")
    copy.execute(
        f"CREATE TABLE {SCHEMA}.told AS SELECT DISTINCT member_id FROM read_parquet(?, union_by_name = true)"  # noqa: S608
        " WHERE member_id IS NOT NULL ORDER BY member_id",
        [files],
    )
    copy.execute(
        f"CREATE TEMP TABLE hers AS SELECT DISTINCT member_no FROM people SEMI JOIN {SCHEMA}.told USING (member_id)"  # noqa: S608
    )
    few, everybody = copy.execute("SELECT (SELECT count(*) FROM hers), (SELECT count(*) FROM members)").fetchall()[0]
    if few * MOST > everybody:
        copy.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
        return
    for table in ("members", *copies.FACTS):
        copy.execute(f"CREATE TABLE {SCHEMA}.{table} AS FROM main.{table} SEMI JOIN hers USING (member_no)")


def partitions_since(folder: LakeFolder, dataset: str, since: int, upto: int) -> list[Path]:
    """Those that tell of anything after the transaction `since`, of those that the copy `upto` was made of: also if
    they were put together with later ones meanwhile."""
    return [file for file in folder.partitions(dataset, upto) if span_of(file).upto > since]


def told_since(folder: LakeFolder, upto: int, since: int) -> pa.ChunkedArray:
    """The ids of all of whom these partitions tell."""
    return ids_since(folder, TELLING, since, upto)


def ids_since(folder: LakeFolder, datasets: Sequence[str], since: int, upto: int) -> pa.ChunkedArray:
    """The ids of all of whom those of some datasets tell, each as often as they do."""
    files = [file for dataset in datasets for file in partitions_since(folder, dataset, since, upto)]
    chunks = [
        chunk for file in files for chunk in pq.read_table(file, columns=["member_id"]).column("member_id").chunks
    ]
    return pa.chunked_array(chunks, pa.string())


def changed_in(native: Path) -> Changed | None:
    """What changed with a copy; None if that was not written down."""
    told = _told(native)
    return None if told is None else Changed(told[0], engine_of(native).part(SCHEMA), told[1])


@lru_cache(maxsize=32)
def _told(native: Path) -> tuple[int, pa.ChunkedArray] | None:
    """Since when, and of whom; no engine, which would keep the file open."""
    engine, since = engine_of(native), copies.made(native)["since"]
    there = engine.rows(
        f"SELECT 1 FROM information_schema.tables WHERE table_schema = '{SCHEMA}' AND table_name = 'told'",  # noqa: S608
        _SECONDS,
    )
    if not there.num_rows:
        return None
    return int(str(since)), engine.rows(f"FROM {SCHEMA}.told", _SECONDS).column("member_id")
