"""Tills that go on asking until they have heard an answer to everything, and a server that can be killed under them."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import httpx2

from shuke.kernel.ids import Prefix, show
from shuke.members.model import Member
from tests.support.world import Shop

TILLS = 4
SALES = 16
"""Of each till, if nobody stops it."""
HEARD_BEFORE = 21
"""Answers that the tills have when the server is killed."""
STARTS_WITHIN_S = 90


@dataclass
class Queue:
    """A till's own list of what it did, with the answers it heard. It sends everything again until it has them all."""

    number: int
    store: str
    member: str | None
    heard: dict[str, Any] = field(default_factory=dict)

    def work(self, client: httpx2.Client, stop: Event, sales: range) -> None:
        for sale in sales:
            if stop.is_set():
                return
            self.sell(client, sale)

    def sell(self, client: httpx2.Client, sale: int) -> None:
        """One sale; every third is refunded in part, with a key of its own."""
        key = f"till-{self.number}-{sale}"
        body = {
            "store_id": self.store,
            "lines": [{"sku": "BREAD", "quantity": 1 + sale % 3}],
            "tenders": [{"kind": "cash", "amount_minor": 2000}],
            "external_ref": key,
        }
        order = self._once(client, "orders", body | ({"member_id": self.member} if self.member else {}), key)
        if sale % 3 == 0:
            wanted = {"lines": [{"line_no": 1, "amount_minor": 100}], "reason": "破损"}
            self._once(client, f"orders/{order['id']}/refunds", wanted, f"{key}-back")

    def _once(self, client: httpx2.Client, path: str, body: dict[str, Any], key: str) -> Any:
        answer = client.post(f"/v1/{path}", json=body, headers={"Idempotency-Key": key})
        if answer.status_code >= 500:
            answer.raise_for_status()  # no answer to what was asked: the till asks again
        assert answer.status_code == 201, answer.text
        said = answer.json()
        assert self.heard.setdefault(key, said) == said, "the same key got another answer"
        return said


@contextmanager
def serving(settings: Mapping[str, str], log: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """`shuke serve` in a process group of its own, so that all of it can be killed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "shuke", "serve", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=os.environ | settings, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process, log)
        yield url, process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"{url}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer:\n{log.read_text()}")


def furnish(shop: Shop) -> tuple[Member, list[Queue]]:
    shop.product("BREAD", 500)
    member, store = shop.member(), show(Prefix.STORE, shop.store().store_id)
    hers = show(Prefix.MEMBER, member.member_id)
    return member, [Queue(number, store, hers if number % 2 else None) for number in range(TILLS)]


def work_until_killed(queues: list[Queue], url: str, secret: dict[str, str], strike: Callable[[], object]) -> None:
    """Sell until HEARD_BEFORE answers came, then `strike`, and stop."""
    stop = Event()

    def work(queue: Queue) -> None:
        with httpx2.Client(base_url=url, headers=secret, timeout=20) as client:
            try:
                queue.work(client, stop, range(SALES))
            except httpx2.HTTPError:
                return  # the answer is lost; whether the order is, the till cannot know

    with ThreadPoolExecutor(TILLS) as pool:
        working = [pool.submit(work, queue) for queue in queues]
        while sum(len(queue.heard) for queue in queues) < HEARD_BEFORE and not all(task.done() for task in working):
            time.sleep(0.005)
        strike()
        stop.set()
        for task in working:
            task.result()


def replay_all(queues: list[Queue], url: str, secret: dict[str, str]) -> None:
    """Everything again, in whatever order, some of it twice."""

    def replay(queue: Queue) -> None:
        sales = [*range(SALES), *random.Random(queue.number).sample(range(SALES), 5)]
        random.Random(queue.number).shuffle(sales)
        with httpx2.Client(base_url=url, headers=secret, timeout=60) as client:
            for sale in sales:
                queue.sell(client, sale)

    with ThreadPoolExecutor(TILLS) as pool:
        for task in [pool.submit(replay, queue) for queue in queues]:
            task.result()


def nothing_is_doubled(shop: Shop, member: Member, queues: list[Queue]) -> None:
    with shop.unit() as unit:
        orders, refunds, spent = unit.connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM refunds), "
            "(SELECT sum(paid_minor - refunded_paid_minor) FROM orders WHERE member_id IS NOT NULL)"
        ).one()
        (points,) = unit.connection.exec_driver_sql("SELECT points FROM ledger_balances WHERE kind = 'member'").one()
    assert (orders, refunds) == (TILLS * SALES, TILLS * len(range(0, SALES, 3)))
    assert all(len(queue.heard) == SALES + len(range(0, SALES, 3)) for queue in queues)
    assert points == spent // 100
    assert member.member_id is not None
