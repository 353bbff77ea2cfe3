"""A real Spark cluster on the loopback: a master and a worker with one core, and what sessions with them are like."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark
import pytest

UNCLOSED = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""PySpark leaves the sockets to the garbage collector over which answers came."""

_MEMORY = "1g"
_DEFAULTS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Its address, `spark://…`, once the worker has registered."""
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    master = ["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", _MEMORY, "--webui-port", "0"]
    with (
        _daemon(master, folder, "I have been elected leader"),
        _daemon([*worker, "--work-dir", str(folder), address], folder, "Successfully registered with master"),
    ):
        yield address


@contextmanager
def _daemon(arguments: list[str], folder: Path, ready: str) -> Iterator[None]:
    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{arguments[0]}", *arguments[1:]]
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    with subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if re.search(ready, line):
                break
        else:
            raise RuntimeError("".join(said))
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)
            drain.wait(30)


def configured(folder: Path) -> None:
    """Spark's own configuration file, for sessions that are small enough for a test."""
    lines = (f"{name} {value}\n" for name, value in _DEFAULTS.items())
    (folder / "spark-defaults.conf").write_text("".join(lines))
    os.environ.update(SPARK_CONF_DIR=str(folder), SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
