"""`shuke bench settle`: orders settled over HTTP, against the same rows read and written by hand, and against TPC-B."""

import os
import re
from dataclasses import replace
from statistics import median
from time import sleep
from typing import Annotated

import typer

from shuke.entrypoints.cli.benches.by_hand import written
from shuke.entrypoints.cli.benches.ground import Ground, pgbench, prepared
from shuke.entrypoints.cli.benches.report import console, percentile, verdict
from shuke.entrypoints.cli.benches.serving import serving
from shuke.entrypoints.cli.benches.shop import Shop, stock
from shuke.entrypoints.cli.benches.tills import Load, run_tills

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
    """Orders a second over HTTP: ten lines, 200 live offers, five coupons, points and stored value, Idempotency-Key.

    Two yardsticks on the same server at as many clients: pgbench with a hand-written script that reads and writes the
    same rows (the ratio), and pgbench's TPC-B.
    """
    workers = processes or os.cpu_count() or 1
    with prepared(url, pool_size=clients + 2) as ground:
        pgbench(ground, "-i", "-q", "-s", str(max(clients, 8)))
        shop = stock(ground.installation)
        ground.settle_down()
        with serving(ground.installation, workers) as port:
            _measure(ground, shop, port, rounds, Load(clients, seconds, points, stored))


def _measure(ground: Ground, shop: Shop, port: int, rounds: int, load: Load) -> None:
    run_tills(port, shop, replace(load, seconds=min(load.seconds, 5)))  # caches and connections warm
    by_hand = _ByHand(ground, shop)
    ours: list[float] = []
    same_rows: list[float] = []
    tpc_b: list[float] = []
    times: list[float] = []
    for number in range(rounds):
        before = _counted(ground)
        done = run_tills(port, shop, load)
        between = _counted(ground)
        times += done.times
        ours.append(len(done.times) / done.elapsed)
        same_rows.append(by_hand.run(load))
        after = _counted(ground)
        tpc_b.append(_transactions(pgbench(ground, *_options(load), "-n")))
        console.print(
            f"round {number + 1}: {ours[-1]:,.1f} orders/s "
            f"(p50 {percentile(done.times, 0.5) * 1000:.1f} ms, p99 {percentile(done.times, 0.99) * 1000:.1f} ms), "
            f"same rows by hand {same_rows[-1]:,.1f}/s, TPC-B {tpc_b[-1]:,.1f}/s"
        )
    _compare_rows(before, between, after, len(done.times), same_rows[-1] * load.seconds)
    console.print(f"latency p50={percentile(times, 0.5) * 1000:.1f}ms p99={percentile(times, 0.99) * 1000:.1f}ms")
    console.print(f"against TPC-B: {median(ours) / median(tpc_b):.4f}")
    verdict("settle", "orders/s", ours, same_rows)


def _counted(ground: Ground) -> tuple[int, int]:
    sleep(1.5)  # the server tells of what it counted once a second
    return ground.rows_written()


def _compare_rows(
    before: tuple[int, int], between: tuple[int, int], after: tuple[int, int], orders: float, by_hand: float
) -> None:
    """That both sides do write the same: rows inserted and updated for each order of the last round."""
    mine = [(now - was) / orders for was, now in zip(before, between, strict=True)]
    theirs = [(now - was) / by_hand for was, now in zip(between, after, strict=True)]
    console.print(
        f"rows an order: {mine[0]:.1f} inserted and {mine[1]:.1f} updated; by hand {theirs[0]:.1f} and {theirs[1]:.1f}"
    )


class _ByHand:
    """The script, and running it."""

    def __init__(self, ground: Ground, shop: Shop) -> None:
        self._ground = ground
        self._script = written(ground, shop, ground.installation.settings.data_dir)

    def run(self, load: Load) -> float:
        options = (*_options(load), "-n", "-M", "prepared", "-f", str(self._script))
        return _transactions(pgbench(self._ground, *options, url=self._ground.server_url))


def _options(load: Load) -> tuple[str, ...]:
    return ("-c", str(load.clients), "-j", "2", "-T", str(round(load.seconds)))


def _transactions(said: str) -> float:
    found = _TPS.search(said)
    assert found is not None, said
    return float(found[1])
