"""The native copy: the datasets joined and sorted for the questions that are asked of them.

Members have dense numbers here (`member_no`), good until the copy is made anew; facts lie by day. A copy is made of the
one before and of what is new since (extending.py), or of all partitions, where that cannot be or is about as quick.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from time import time

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shuke.audience.errors import LakeOutdated
from shuke.audience.facts.datasets import DATASETS, STATES
from shuke.infra.lake.engine import opened
from shuke.infra.lake.folder import LakeFolder, upto_of

REST = 9

TABLES = {
    "numbers": "SELECT row_number() OVER (ORDER BY member_id) AS member_no, member_id FROM raw_members",
    "members": (
        "SELECT member_no, told.* EXCLUDE (merged_into) FROM raw_members told"
        " JOIN numbers ON numbers.member_id = told.member_id WHERE merged_into IS NULL AND status <> 'erased'"
        " ORDER BY member_no"
    ),
    "people": (
        "SELECT told.member_id, member_no FROM raw_members told"
        " JOIN members ON members.member_id = coalesce(told.merged_into, told.member_id)"
    ),
    "products": "SELECT * FROM raw_products",
    "orders": (
        "SELECT member_no, orders.* EXCLUDE (member_id) FROM raw_orders orders"
        " LEFT JOIN raw_moves moved ON moved.order_id = orders.order_id"
        " LEFT JOIN people ON people.member_id = coalesce(moved.member_id, orders.member_id)"
        " ORDER BY day, member_no, orders.order_id"
    ),
    "lines": (
        "SELECT member_no, lines.* EXCLUDE (member_id), category_id, brand"
        " FROM raw_lines lines LEFT JOIN raw_moves moved ON moved.order_id = lines.order_id"
        " LEFT JOIN people ON people.member_id = coalesce(moved.member_id, lines.member_id)"
        " LEFT JOIN raw_products products ON products.product_id = lines.product_id"
        " ORDER BY day, member_no, lines.order_id, line_no"
    ),
    "refunds": (
        "SELECT member_no, refunds.* EXCLUDE (member_id) FROM raw_refunds refunds"
        " LEFT JOIN raw_moves moved ON moved.order_id = refunds.order_id"
        " LEFT JOIN people ON people.member_id = coalesce(moved.member_id, refunds.member_id)"
        " ORDER BY day, member_no, refund_id"
    ),
    "events": (
        "SELECT member_no, events.* EXCLUDE (member_id, received_day) FROM raw_events events"
        " JOIN people ON people.member_id = events.member_id"
        " ORDER BY day, member_no, event_id"
    ),
}
"""Members are those who are nobody else; `people` says who is meant by an id that a fact names, `raw_moves` whom it
should have named."""

FACTS = tuple(table for table in TABLES if table in DATASETS and table not in STATES)
"""Tables of what happened: what is new is added to them."""

LAYOUT = sha256(f"{TABLES}{[(name, str(schema)) for name, schema in DATASETS.items()]}".encode()).hexdigest()
"""What a copy is like; one of another version's is made anew."""


def make(folder: LakeFolder, native: duckdb.DuckDBPyConnection) -> None:
    """A copy of all partitions."""
    for dataset in DATASETS:
        raw(native, dataset, folder.partitions(dataset))
    for table, query in TABLES.items():
        native.execute(f"CREATE TABLE {table} AS {query}")
    for dataset in DATASETS:
        native.execute(f"DROP VIEW raw_{dataset}")


def note(native: duckdb.DuckDBPyConnection, seconds: float, since: int | None, added: int) -> None:
    """Write down on which `days` facts lie, and how the copy was `made`: in how many seconds, with what changed since
    which transaction, and how many facts were added to it since it was made of all partitions."""
    lie = (f"SELECT '{table}' AS facts, day, count(*) AS rows FROM {table} GROUP BY day" for table in FACTS)  # noqa: S608
    native.execute(f"CREATE OR REPLACE TABLE days AS {' UNION ALL '.join(lie)}")
    native.execute(
        "CREATE OR REPLACE TABLE made AS"
        " SELECT ?::DOUBLE AS seconds, ?::BIGINT AS since, ?::BIGINT AS added, ?::VARCHAR AS layout",
        [seconds, since, added, LAYOUT],
    )


def made(native: Path) -> Mapping[str, object]:
    """What `note` wrote down."""
    with opened(native) as copy:
        rows: Sequence[Mapping[str, object]] = copy.sql("FROM made").to_arrow_table().to_pylist()
    return rows[0]


def stale(folder: LakeFolder) -> bool:
    """Whether there is anything that the present copy does not have, or has no longer, or it is of another version."""
    native = folder.current()
    if native is None or folder.to_make_anew or made(native).get("layout") != LAYOUT:
        return True
    return any(folder.partitions_since(dataset, upto_of(native)) for dataset in DATASETS)


def present(folder: LakeFolder) -> Path:
    """The copy that readers take; there is one once it was built."""
    native = folder.current()
    if native is None:
        raise FileNotFoundError(folder.path)
    return native


def rested(native: Path) -> bool:
    """Whether a copy has been there long enough for the next one: REST times as long as making it took. A small shop
    has a new one every minute; of a big one, most of the time goes into other things."""
    return time() - native.stat().st_mtime >= REST * float(str(made(native)["seconds"]))


def raw(native: duckdb.DuckDBPyConnection, dataset: str, files: Sequence[Path]) -> None:
    """A view of partitions of a dataset; of states, the last of each. Raises LakeOutdated where another version wrote
    one of them."""
    wanted = _shape(DATASETS[dataset])
    if any(_shape(pq.read_schema(file)) != wanted for file in files):
        raise LakeOutdated(dataset=dataset)
    if not files:
        columns = ", ".join(f"NULL::{sql_type(field.type)} AS {field.name}" for field in DATASETS[dataset])
        native.execute(f"CREATE VIEW raw_{dataset} AS SELECT {columns} WHERE false")
        return
    names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    read = f"SELECT * EXCLUDE (filename) FROM read_parquet([{names}], filename = true)"  # noqa: S608
    if key := STATES.get(dataset):
        read += f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY filename DESC) = 1"
    native.execute(f"CREATE VIEW raw_{dataset} AS {read}")


def _shape(schema: pa.Schema) -> Mapping[str, str]:
    """Columns and their types, as a file says them that is read: it has names of its own for the parts of a map."""
    kinds = {field.name: field.type for field in schema}
    return {
        name: f"map<{kind.key_type}, {kind.item_type}>" if pa.types.is_map(kind) else str(kind)
        for name, kind in kinds.items()
    }


def sql_type(kind: pa.DataType) -> str:
    """How the native copy names a type of the datasets."""
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
        case "map<string, string>":
            return "MAP(VARCHAR, VARCHAR)"
        case "map<string, int64>":
            return "MAP(VARCHAR, BIGINT)"
    raise TypeError(f"no column of the lake is {kind}")
