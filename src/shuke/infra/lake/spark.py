"""Asking a Spark cluster, where a merchant's lake is more than one machine reads: a session that all questions share.

Needs the packages of the extra `spark` and Java 17 or newer; https://spark.apache.org/docs/latest/api/python/.
"""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

import pyarrow as pa

from shuke.infra.lake.stopping import Interrupted, Stop, stopped_after
from shuke.kernel.errors import Conflict
from shuke.kernel.text import Text

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkMissing(Conflict):
    text = Text(
        "已设置 SHUKE_SPARK_MASTER，但未安装 PySpark：请安装 shuke[spark]，或清空该设置。",
        "SHUKE_SPARK_MASTER is set, but PySpark is not installed: install shuke[spark], or clear the setting.",
    )


@lru_cache(maxsize=1)
def session_of(master: str) -> "SparkSession":
    """This process's session with the cluster at `master`; others may be set up by Spark's own configuration files."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing from error
    builder = SparkSession.builder.master(master).appName("shuke")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


class Spark:
    """The tables of one merchant's lake, as views of a session. Threads may ask at once."""

    dialect = "pyspark"

    def __init__(self, session: "SparkSession") -> None:
        self._session = session
        self._naming = Lock()

    def rows(
        self, sql: str, seconds: float, given: Mapping[str, pa.Table] | None = None, stop: Stop | None = None
    ) -> pa.Table:
        """The answer; `given` are tables that this question alone reads, by name. Raises Interrupted after so many
        seconds, or when `stop` says so."""
        context, group, late = self._session.sparkContext, uuid4().hex, False

        def interrupt() -> None:
            nonlocal late
            late = True
            context.cancelJobGroup(group)

        with self._naming:  # the names are bound once the statement is understood
            for name, table in (given or {}).items():
                self._session.createDataFrame(table).createOrReplaceTempView(f"`{name}`")
            context.setJobGroup(group, sql[:200], interruptOnCancel=True)
            found = self._session.sql(sql)
        try:
            with stopped_after(seconds, interrupt, stop):
                return found.toArrow()
        except Exception as error:
            if late:
                raise Interrupted from error
            raise
