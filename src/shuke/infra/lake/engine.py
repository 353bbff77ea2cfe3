"""Asking the native copy: an in-process DuckDB that opens it for reading."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Protocol

import duckdb
import pyarrow as pa

from shuke.infra.lake.stopping import Interrupted, Stop, stopped_after

_MEMORY = "1GB"
_KEPT = 32
_NOTHING: Mapping[str, pa.Table] = {}


class Engine(Protocol):
    """Answers SQL of its dialect over the lake's tables."""

    dialect: str

    def rows(
        self, sql: str, seconds: float, given: Mapping[str, pa.Table] = _NOTHING, stop: Stop | None = None
    ) -> pa.Table:
        """The answer; `given` are tables that this question alone reads, by name. Raises Interrupted after so many
        seconds, or when `stop` says so."""
        ...


class DuckDB:
    """One native copy, or the part of it that lies in a schema of its own: its tables come before those of the whole.
    Threads may ask at once."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection, part: str = "") -> None:
        self._connection = connection
        self._part = part

    def rows(
        self, sql: str, seconds: float, given: Mapping[str, pa.Table] = _NOTHING, stop: Stop | None = None
    ) -> pa.Table:
        with self._connection.cursor() as cursor:
            if self._part:
                cursor.execute(f"SET search_path = '{self._part},main'")
            for name, table in given.items():
                cursor.register(name, table)
            try:
                with stopped_after(seconds, cursor.interrupt, stop):
                    return cursor.sql(sql).to_arrow_table()
            except duckdb.InterruptException as error:
                raise Interrupted from error

    def close(self) -> None:
        self._connection.close()

    def part(self, schema: str) -> "DuckDB":
        return DuckDB(self._connection, schema)


def opened(native: Path) -> duckdb.DuckDBPyConnection:
    """A copy, for reading."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_access": False,
    }
    return duckdb.connect(str(native), read_only=True, config=settings)


_OPEN: dict[Path, DuckDB] = {}
_OPENING = Lock()


def engine_of(native: Path) -> DuckDB:
    """The engine of a copy; those asked last are kept open. A copy never changes, and a new one has another name. When
    one is opened, those whose files are gone are let go: as long as they are open, they take their place on disk."""
    with _OPENING:
        found = _OPEN.pop(native, None)
        if found is None:
            for gone in [file for file in _OPEN if not file.exists()]:
                del _OPEN[gone]
            found = DuckDB(opened(native))
        _OPEN[native] = found
        if len(_OPEN) > _KEPT:
            del _OPEN[next(iter(_OPEN))]
        return found


def close_all() -> None:
    """Lets go of every copy, as has to be done before a process forks: their threads are not in the child, and whatever
    waits for them there never ends, or ends the child."""
    with _OPENING:
        while _OPEN:
            _OPEN.popitem()[1].close()
