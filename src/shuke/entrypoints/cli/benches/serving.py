"""A real server for benches that measure over HTTP."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from shuke.entrypoints.cli.serving import environment
from shuke.entrypoints.wiring import Installation


@contextmanager
def serving(installation: Installation, workers: int) -> Iterator[int]:
    """A real server on a free port, without the background worker."""
    port = _free_port()
    command = [sys.executable, "-m", "shuke", "serve", "--no-worker", "--port", str(port), "--processes", str(workers)]
    env = {**os.environ, **environment(installation)}
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_until_up(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = monotonic() + 60
    while monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")
