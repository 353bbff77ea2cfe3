"""Tills that settle one basket after the other over HTTP keep-alive.

The client shares the machine with the server, so it does as little as it can: requests are spelled beforehand,
answers are read to their length and looked at for their status only.
"""

import json
import socket
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Done:
    """Seconds each order took, and the round as a whole."""

    times: Sequence[float]
    elapsed: float


def run_tills(port: int, shop: Shop, load: Load) -> Done:
    """Settle for `load.seconds` at `load.clients` tills. Raises RuntimeError when an order is refused."""
    start = Barrier(load.clients)

    def till(number: int) -> tuple[list[float], float]:
        bodies = _bodies(shop, Random(number), load.points)  # noqa: S311 - no secret
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            start.wait()
            return _settle(connection, _head(shop, port), bodies, load.seconds)

    with ThreadPoolExecutor(load.clients) as pool:
        answers = list(pool.map(till, range(load.clients)))
    return Done([time for times, _ in answers for time in times], max(elapsed for _, elapsed in answers))


def _settle(
    connection: socket.socket, head: bytes, bodies: Sequence[bytes], seconds: float
) -> tuple[list[float], float]:
    times: list[float] = []
    begun = before = perf_counter()
    while before - begun < seconds:
        body = bodies[len(times) % len(bodies)]
        connection.sendall(head % (uuid4().hex.encode(), len(body)) + body)
        status, answer = _read(connection)
        if status != 201:
            raise RuntimeError(f"an order was refused: {status} {answer.decode()}")
        after = perf_counter()
        times.append(after - before)
        before = after
    return times, before - begun


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


def _bodies(shop: Shop, random: Random, points: int) -> list[bytes]:
    return [_body(shop, random, points) for _ in range(200)]


def _body(shop: Shop, random: Random, points: int) -> bytes:
    skus = random.sample(shop.skus, LINES)
    body = {
        "store_id": shop.store_id,
        "member_id": random.choice(shop.member_ids),
        "lines": [{"sku": sku, "quantity": random.randint(1, 3)} for sku in skus],
        "choices": {"points": points},
        "tenders": [{"kind": "cash", "amount_minor": 10_000_000}],
    }
    return json.dumps(body).encode()
