"""Asking the native copy: an in-process DuckDB that opens it for reading."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import Protocol

import duckdb
import pyarrow as pa

_MEMORY = "1GB"
_NOTHING: Mapping[str, pa.Table] = {}


class Interrupted(Exception):
    """The question took longer than it was given."""


class Engine(Protocol):
    """Answers SQL of its dialect over the lake's tables."""

    dialect: str

    def rows(self, sql: str, seconds: float, given: Mapping[str, pa.Table] = _NOTHING) -> pa.Table:
        """The answer; `given` are tables that this question alone reads, by name. Raises Interrupted after so many
        seconds."""
        ...


class DuckDB:
    """One native copy. Threads may ask at once."""

    dialect = "duckdb"

    def __init__(self, native: Path) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "enable_external_access": False,
        }
        self._connection = duckdb.connect(str(native), read_only=True, config=settings)

    def rows(self, sql: str, seconds: float, given: Mapping[str, pa.Table] = _NOTHING) -> pa.Table:
        with self._connection.cursor() as cursor:
            for name, table in given.items():
                cursor.register(name, table)
            watch = Timer(seconds, cursor.interrupt)
            watch.daemon = True
            watch.start()
            try:
                return cursor.sql(sql).to_arrow_table()
            except duckdb.InterruptException as error:
                raise Interrupted from error
            finally:
                watch.cancel()


@lru_cache(maxsize=32)
def engine_of(native: Path) -> DuckDB:
    """The engine of a copy; those asked last are kept open. A copy never changes, and a new one has another name."""
    return DuckDB(native)
