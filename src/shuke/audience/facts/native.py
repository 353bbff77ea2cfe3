"""The native copy: the datasets joined and sorted for the questions that are asked of them.

Members have dense numbers here (`member_no`), good until the copy is made anew; facts lie by day.
"""

from pathlib import Path
from time import perf_counter, time

import duckdb
import pyarrow as pa

from shuke.audience.facts.datasets import DATASETS, STATES
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder, written

REST = 9
_SECONDS = 5

TABLES = {
    "members": (
        "SELECT row_number() OVER (ORDER BY member_id) AS member_no, * EXCLUDE (merged_into)"
        " FROM raw_members WHERE merged_into IS NULL"
    ),
    "people": (
        "SELECT told.member_id, member_no FROM raw_members told"
        " JOIN members ON members.member_id = coalesce(told.merged_into, told.member_id)"
    ),
    "products": "SELECT * FROM raw_products",
    "orders": (
        "SELECT member_no, orders.* EXCLUDE (member_id) FROM raw_orders orders LEFT JOIN people USING (member_id)"
        " ORDER BY day, member_no, order_id"
    ),
    "lines": (
        "SELECT member_no, lines.* EXCLUDE (member_id), category_id, brand"
        " FROM raw_lines lines LEFT JOIN people USING (member_id) LEFT JOIN raw_products USING (product_id)"
        " ORDER BY day, member_no, order_id, line_no"
    ),
    "refunds": (
        "SELECT member_no, refunds.* EXCLUDE (member_id) FROM raw_refunds refunds LEFT JOIN people USING (member_id)"
        " ORDER BY day, member_no, refund_id"
    ),
}
"""Members are those who are nobody else; `people` says who is meant by an id that a fact names."""


def build(folder: LakeFolder, upto: int) -> Path:
    """Make the native copy of all partitions, and let readers take it. Returns its file."""
    path, begun = folder.native(upto), perf_counter()
    with written(path) as beside, duckdb.connect(str(beside)) as native:
        for dataset in DATASETS:
            _raw(native, folder, dataset)
        for table, query in TABLES.items():
            native.execute(f"CREATE TABLE {table} AS {query}")
        for dataset in DATASETS:
            native.execute(f"DROP VIEW raw_{dataset}")
        native.execute("CREATE TABLE made AS SELECT ?::DOUBLE AS seconds", [perf_counter() - begun])
    folder.publish(path)
    return path


def stale(folder: LakeFolder) -> bool:
    """Whether there is anything that the present copy does not have."""
    native = folder.current()
    if native is None:
        return True
    upto = int(native.stem)
    return any(folder.partitions(dataset) != folder.partitions(dataset, upto) for dataset in DATASETS)


def rested(native: Path) -> bool:
    """Whether a copy has been there long enough to be made anew: REST times as long as making it took. A small shop
    has a new one every minute; of a big one, most of the time goes into other things."""
    seconds = engine_of(native).rows("SELECT seconds FROM made", _SECONDS)["seconds"][0].as_py()
    return time() - native.stat().st_mtime >= REST * float(seconds)


def _raw(native: duckdb.DuckDBPyConnection, folder: LakeFolder, dataset: str) -> None:
    """A view of a dataset's partitions; of states, the last of each."""
    files = [str(file) for file in folder.partitions(dataset)]
    if not files:
        columns = ", ".join(f"NULL::{_sql_type(field.type)} AS {field.name}" for field in DATASETS[dataset])
        native.execute(f"CREATE VIEW raw_{dataset} AS SELECT {columns} WHERE false")
        return
    names = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    read = f"SELECT * EXCLUDE (filename) FROM read_parquet([{names}], filename = true)"  # noqa: S608
    if key := STATES.get(dataset):
        read += f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY filename DESC) = 1"
    native.execute(f"CREATE VIEW raw_{dataset} AS {read}")


def _sql_type(kind: pa.DataType) -> str:
    match str(kind):
        case "string":
            return "VARCHAR"
        case "date32[day]":
            return "DATE"
        case "timestamp[us]":
            return "TIMESTAMP"
        case "int32":
            return "INTEGER"
        case "int64":
            return "BIGINT"
    raise TypeError(f"no column of the lake is {kind}")
