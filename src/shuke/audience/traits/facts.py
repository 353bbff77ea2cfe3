"""The facts that traits are reckoned from, in an attached native copy: those of everybody, or of some.

They are there as `facts_members`, `facts_orders`, `facts_lines` and `facts_refunds`, which every statement reads.
"""

import duckdb
import pyarrow as pa

from shuke.audience.facts.changed import SCHEMA

_TABLES = ("members", "orders", "lines", "refunds")


def of_everybody(traits: duckdb.DuckDBPyConnection) -> None:
    for table in _TABLES:
        traits.execute(f"CREATE TEMP VIEW facts_{table} AS FROM native.main.{table}")


def of_some(traits: duckdb.DuckDBPyConnection, ids: pa.ChunkedArray, *, together: bool) -> None:
    """Of the members with these ids, and of those who they became: `hers` has their numbers. `together`: their facts
    are among those that lie together in the copy (facts/changed.py)."""
    traits.register("given_ids", pa.table({"member_id": ids}))
    traits.execute("CREATE TEMP TABLE ids AS FROM given_ids")
    traits.unregister("given_ids")
    traits.execute(
        "CREATE TEMP TABLE hers AS SELECT DISTINCT member_no FROM native.main.people SEMI JOIN ids USING (member_id)"
    )
    schema = SCHEMA if together else "main"
    for table in _TABLES:
        traits.execute(
            f"CREATE TEMP TABLE facts_{table} AS FROM native.{schema}.{table} SEMI JOIN hers USING (member_no)"
        )
