"""`shuke bench settle`: orders settled over HTTP, against pgbench's TPC-B on the same database server."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic, sleep
from typing import Annotated

import typer

from shuke.entrypoints.cli.benches.ground import Ground, pgbench, prepared
from shuke.entrypoints.cli.benches.report import console, percentile, verdict
from shuke.entrypoints.cli.benches.shop import Shop, stock
from shuke.entrypoints.cli.benches.tills import Load, run_tills
from shuke.entrypoints.cli.serving import environment
from shuke.entrypoints.wiring import Installation

_TPS = re.compile(r"tps = ([0-9.]+)")


def register(benches: typer.Typer) -> None:
    benches.command("settle")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    seconds: Annotated[int, typer.Option(min=1, help="Seconds a round and side.")] = 8,
    clients: Annotated[int, typer.Option(min=1, max=64, help="Tills, and pgbench clients.")] = 8,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="Server processes.", show_default="cores")
    ] = None,
    url: Annotated[str, typer.Option(help="A server's URL that may create databases; else an embedded one.")] = "",
    points: Annotated[int, typer.Option(min=0, help="Points each order spends at most.")] = 500,
    stored: Annotated[int, typer.Option(min=0, help="Stored value each order spends at most, in cents.")] = 3_000,
) -> None:
    """Orders a second: ten lines, known member, Idempotency-Key, HTTP keep-alive; pgbench TPC-B at as many clients."""
    workers = processes or os.cpu_count() or 1
    with prepared(url, pool_size=clients + 2) as ground:
        pgbench(ground, "-i", "-q", "-s", str(max(clients, 8)))
        shop = stock(ground.installation)
        ground.settle_down()
        with _serving(ground.installation, workers) as port:
            _measure(ground, shop, port, rounds, Load(clients, seconds, points, stored))


def _measure(ground: Ground, shop: Shop, port: int, rounds: int, load: Load) -> None:
    run_tills(port, shop, replace(load, seconds=min(load.seconds, 3)))  # caches and connections warm
    ours: list[float] = []
    yardstick: list[float] = []
    times: list[float] = []
    for number in range(rounds):
        done = run_tills(port, shop, load)
        times += done.times
        ours.append(len(done.times) / done.elapsed)
        yardstick.append(_tpc_b(ground, load))
        console.print(
            f"round {number + 1}: {ours[-1]:,.1f} orders/s "
            f"(p50 {percentile(done.times, 0.5) * 1000:.1f} ms, p99 {percentile(done.times, 0.99) * 1000:.1f} ms), "
            f"pgbench {yardstick[-1]:,.1f} tps"
        )
    console.print(f"latency p50={percentile(times, 0.5) * 1000:.1f}ms p99={percentile(times, 0.99) * 1000:.1f}ms")
    verdict("settle", "orders/s", ours, yardstick)


def _tpc_b(ground: Ground, load: Load) -> float:
    said = pgbench(ground, "-c", str(load.clients), "-j", "2", "-T", str(round(load.seconds)), "-n")
    found = _TPS.search(said)
    assert found is not None, said
    return float(found[1])


@contextmanager
def _serving(installation: Installation, workers: int) -> Iterator[int]:
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
