"""Tills that settle one basket after the other over HTTP keep-alive.

The client shares the machine with the server, so it does as little as it can: answers are read to their length and
looked at for their status only.
"""

import json
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Barrier
from time import perf_counter
from uuid import uuid4

from shuke.entrypoints.cli.benches.shop import Shop

LINES = 10


@dataclass(frozen=True)
class Load:
    clients: int
    seconds: float
    points: int = 0
    stored_value_minor: int = 0


@dataclass(frozen=True)
class Done:
    """Seconds each order took, and the round as a whole."""

    times: Sequence[float]
    elapsed: float


def run_tills(port: int, shop: Shop, load: Load) -> Done:
    """Settle for `load.seconds` at `load.clients` tills. Raises RuntimeError when an order is refused."""
    start = Barrier(load.clients)

    def till(number: int) -> tuple[list[float], float]:
        bodies = _bodies(shop, Random(number), load)  # noqa: S311 - no secret
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            start.wait()
            return _settle(connection, _head(shop, port), bodies, load.seconds)

    with ThreadPoolExecutor(load.clients) as pool:
        answers = list(pool.map(till, range(load.clients)))
    return Done([time for times, _ in answers for time in times], max(elapsed for _, elapsed in answers))


def _settle(
    connection: socket.socket, head: bytes, bodies: Iterator[bytes], seconds: float
) -> tuple[list[float], float]:
    times: list[float] = []
    begun = perf_counter()
    while perf_counter() - begun < seconds:
        body = next(bodies)
        before = perf_counter()
        connection.sendall(head % (uuid4().hex.encode(), len(body)) + body)
        status, answer = _read(connection)
        if status != 201:
            raise RuntimeError(f"an order was refused: {status} {answer.decode()}")
        after = perf_counter()
        times.append(after - before)
    return times, perf_counter() - begun


def _read(connection: socket.socket) -> tuple[int, bytes]:
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _some(connection)
    headers = received[:end].lower()
    at = headers.index(b"content-length:") + len(b"content-length:")
    length = int(headers[at:].split(b"\r\n", 1)[0])
    while len(received) < end + 4 + length:
        received += _some(connection)
    return int(received[9:12]), received[end + 4 :]


def _some(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise RuntimeError("the server closed the connection")
    return received


def _head(shop: Shop, port: int) -> bytes:
    """The request's head, open for its Idempotency-Key and Content-Length."""
    return (
        f"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {shop.secret}\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n"
    ).encode()


def _bodies(shop: Shop, random: Random, load: Load) -> Iterator[bytes]:
    """A basket for one member after the other: nobody's wallet is empty when she comes."""
    for member_id in shop.members:
        lines = [{"sku": sku, "quantity": random.randint(1, 3)} for sku in random.sample(shop.skus, LINES)]
        body = {
            "store_id": shop.store_id,
            "member_id": member_id,
            "lines": lines,
            "choices": {"points": load.points, "stored_value_minor": load.stored_value_minor},
            "tenders": [{"kind": "cash", "amount_minor": 10_000_000}],
        }
        yield json.dumps(body).encode()
