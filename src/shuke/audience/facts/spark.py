"""The lake's tables in Spark: the partitions joined as in the native copy, by the same statements."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlglot

from shuke.audience.facts.datasets import DATASETS, STATES
from shuke.audience.facts.native import TABLES
from shuke.infra.lake.folder import LakeFolder
from shuke.infra.lake.spark import Spark, session_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def engine_of(master: str, folder: LakeFolder, upto: int) -> Spark:
    """The lake up to and including a transaction; those asked last are kept open. Files that were put together, or
    written anew without somebody, are others: what Spark knew of the ones before does not hold."""
    files = tuple((dataset, _known(file)) for dataset in DATASETS for file in folder.partitions(dataset, upto))
    return _open(master, files)


_File = tuple[str, int, int]


def _known(file: Path) -> _File:
    """A file as it is now: a name, under which another one may be put, when it was written, and its bytes."""
    state = file.stat()
    return str(file), state.st_mtime_ns, state.st_size


@lru_cache(maxsize=32)
def _open(master: str, files: tuple[tuple[str, _File], ...]) -> Spark:
    session = session_of(master).newSession()
    for dataset in DATASETS:
        names = [name for of, (name, *_) in files if of == dataset]
        _raw(session, dataset, names).createOrReplaceTempView(f"raw_{dataset}")
    for table, query in TABLES.items():
        found = session.sql(_spelled(query))
        # Numbers are given to members once, whoever asks for them in whichever order.
        (found.cache() if table == "numbers" else found).createOrReplaceTempView(table)
    return Spark(session)


def _raw(session: "SparkSession", dataset: str, files: Sequence[str]) -> "DataFrame":
    """A dataset's partitions; of states, the last of each."""
    if not files:
        return session.createDataFrame(DATASETS[dataset].empty_table())
    rows = session.read.parquet(*files)
    if key := STATES.get(dataset):
        rows.select("*", "_metadata.file_name").createOrReplaceTempView(f"told_{dataset}")
        return session.sql(
            f"SELECT * EXCEPT (file_name, place) FROM (SELECT *, row_number() OVER"  # noqa: S608
            f" (PARTITION BY {key} ORDER BY file_name DESC) AS place FROM told_{dataset}) WHERE place = 1"
        )
    return rows


def _spelled(query: str) -> str:
    """The native copy's statement as Spark says it; the order in which rows lie is the native copy's alone."""
    statement = sqlglot.parse_one(query, read="duckdb")
    statement.set("order", None)
    return statement.sql(dialect="spark")
