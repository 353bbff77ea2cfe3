"""`shuke bench ingest`: events a second over HTTP, durable on answer, against a bare COPY of the same rows.

Ours is everything between a socket and the disk: HTTP, write key, JSON, checks, sealing, de-duplication, indexes, the
commit. The yardstick is `COPY FROM STDIN` of what ends up in the tables, rendered beforehand, into tables of the same
columns without keys or indexes.
"""

import http.client
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Barrier
from time import perf_counter
from typing import Annotated

import psycopg
import typer

from shuke.entrypoints.cli.benches.ground import Ground, prepared
from shuke.entrypoints.cli.benches.report import console, percentile, verdict
from shuke.entrypoints.cli.benches.serving import serving
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.wiring import Installation
from shuke.events import service as events
from shuke.events.model import PER_SECOND_MAX, SourceKind
from shuke.kernel.ids import new_id
from shuke.tenancy.model import Merchant

BATCH = 100
_PLACE = b"@@@@@@@@"
"""In a body, where the number of the request goes."""
_COPIED = 200_000
_TABLES = ("tracked_events", "event_personal")


@dataclass(frozen=True)
class Load:
    clients: int
    seconds: float


@dataclass(frozen=True)
class Sent:
    """Seconds each request took, and the round as a whole."""

    times: Sequence[float]
    elapsed: float

    @property
    def events(self) -> int:
        return len(self.times) * BATCH


def register(benches: typer.Typer) -> None:
    benches.command("ingest")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 3,
    seconds: Annotated[int, typer.Option(min=1, help="Seconds a round.")] = 30,
    clients: Annotated[int, typer.Option(min=1, max=64, help="Connections that send.")] = 8,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Server processes.")] = 2,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """Batches of a hundred events from one client process to a real server."""
    with prepared(url, pool_size=clients + 2) as ground:
        key = _source(ground.installation)
        with serving(ground.installation, processes) as port:
            _measure(ground, port, key, rounds, Load(clients, seconds))


def _source(installation: Installation) -> str:
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "en")
    open_shop(installation.database, merchant, login="bench", owner_name="Bench", password="bench bench bench")  # noqa: S106
    with installation.database.merchant(merchant.merchant_id) as unit:
        return events.create(unit, "bench", SourceKind.SERVER, PER_SECOND_MAX, 30)[1]


def _measure(ground: Ground, port: int, key: str, rounds: int, load: Load) -> None:
    numbers = count()
    send(port, key, Load(load.clients, min(load.seconds, 3)), numbers)  # connections and caches warm
    ours, yardstick = [], []
    times: list[float] = []
    for number in range(rounds):
        ground.settle_down()
        before = _kept(ground)
        sent = send(port, key, load, numbers)
        if _kept(ground) - before != sent.events:
            raise RuntimeError(f"{sent.events} events were answered, {_kept(ground) - before} are kept")
        times += sent.times
        ours.append(sent.events / sent.elapsed)
        yardstick.append(_bare_copy(ground))
        console.print(f"round {number + 1}: {ours[-1]:,.0f} events/s, bare COPY {yardstick[-1]:,.0f} events/s")
    console.print(
        f"a batch of {BATCH}: p50={percentile(times, 0.5) * 1000:.1f}ms p99={percentile(times, 0.99) * 1000:.1f}ms; "
        f"{_kept(ground):,} events kept"
    )
    verdict("ingest", "events/s", ours, yardstick)


def send(port: int, key: str, load: Load, numbers: "count[int]") -> Sent:
    """Send batches for `load.seconds` over `load.clients` connections. Raises RuntimeError when one is refused."""
    start, body = Barrier(load.clients), _body(key)

    def client() -> tuple[list[float], float]:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        times: list[float] = []
        start.wait()
        begun = perf_counter()
        while (before := perf_counter()) - begun < load.seconds:
            said = body.replace(_PLACE, b"%08x" % next(numbers))
            connection.request("POST", "/v1/segment/batch", said, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            words = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"a batch was refused: {answer.status} {words.decode()}")
            times.append(perf_counter() - before)
        connection.close()
        return times, perf_counter() - begun

    with ThreadPoolExecutor(load.clients) as pool:
        answers = [task.result() for task in [pool.submit(client) for _ in range(load.clients)]]
    return Sent([time for times, _ in answers for time in times], max(elapsed for _, elapsed in answers))


def _body(key: str) -> bytes:
    """A batch as libraries send it: half a kilobyte an event."""
    place = _PLACE.decode()
    batch = [
        {
            "type": "track",
            "messageId": f"{place}-{number}-9c5c-4a6e-8f0e-2d1b6a7c8d9e",
            "userId": f"customer-{number * 7_919 % 5_003}",
            "anonymousId": f"{number:08d}-1f0e-4a6e-8f0e-2d1b6a7c8d9e",
            "event": "Product Viewed",
            "properties": {
                "product_id": f"P{number:06d}",
                "category": "乳品",
                "brand": "Meadow",
                "price": 1290 + number,
                "currency": "CNY",
                "position": number,
                "in_stock": True,
                "coupon": None,
            },
            "context": {
                "library": {"name": "analytics-python", "version": "2.4.0"},
                "locale": "zh-CN",
                "page": {"path": f"/products/P{number:06d}", "title": "全脂牛奶 950 ml"},
            },
            "integrations": {},
        }
        for number in range(BATCH)
    ]
    return json.dumps({"batch": batch, "writeKey": key}).encode()


def _kept(ground: Ground) -> int:
    with psycopg.connect(ground.server_url) as connection:
        row = connection.execute("SELECT count(*) FROM tracked_events").fetchone()
        assert row is not None
        return int(row[0])


def _bare_copy(ground: Ground) -> float:
    """Events a second of the bare COPY of a part of what is kept."""
    took, copied = 0.0, 0
    with psycopg.connect(ground.server_url, autocommit=True) as connection:
        for table in _TABLES:
            some = f"SELECT * FROM {table} ORDER BY message_key LIMIT {_COPIED}"  # noqa: S608 - our own names
            with connection.cursor().copy(f"COPY ({some}) TO STDOUT") as out:
                rendered = b"".join(bytes(block) for block in out)
            connection.execute("DROP TABLE IF EXISTS bare")
            connection.execute(f"CREATE TABLE bare AS SELECT * FROM {table} LIMIT 0")  # noqa: S608
            connection.execute("CHECKPOINT")
            started = perf_counter()
            with connection.cursor() as cursor:
                with cursor.copy("COPY bare FROM STDIN") as into:
                    for at in range(0, len(rendered), 1 << 20):
                        into.write(rendered[at : at + (1 << 20)])
                copied = max(copied, cursor.rowcount)
            took += perf_counter() - started
        connection.execute("DROP TABLE bare")
    return copied / took
