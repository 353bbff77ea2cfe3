"""Asking the native copy: an in-process DuckDB that opens it for reading."""

from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa


class Engine(Protocol):
    """Answers SQL of its dialect over the lake's tables."""

    dialect: str

    def rows(self, sql: str) -> pa.Table: ...

    def interrupt(self) -> None:
        """Give up what is being asked; `rows` raises there."""
        ...


class DuckDB:
    """One copy of the lake. Each thread asks through its own cursor; `interrupt` stops those of this object."""

    dialect = "duckdb"

    def __init__(self, native: Path, *, threads: int | None = None, memory: str = "1GB") -> None:
        settings = {"memory_limit": memory, "autoinstall_known_extensions": "false"}
        if threads is not None:
            settings["threads"] = str(threads)
        self._connection = duckdb.connect(str(native), read_only=True, config=settings)  # type: ignore[arg-type]

    def rows(self, sql: str) -> pa.Table:
        return self._connection.cursor().execute(sql).to_arrow_table()

    def interrupt(self) -> None:
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()
