"""A till with a bad line: it keeps a queue, loses answers, and sends everything again, in whatever order."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.till import Till


@dataclass
class Pos:
    """Sends requests with keys; an answer that is lost is asked for again until it is heard."""

    till: Till
    random: Random
    queue: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    heard: dict[str, Any] = field(default_factory=dict)

    def write_down(self, key: str, path: str, body: dict[str, Any]) -> None:
        self.queue.append((key, path, body))

    def send_all(self, losses: int) -> None:
        """Everything, shuffled; `losses` in ten answers are lost, and the request is sent again later."""
        waiting = list(self.queue)
        while waiting:
            self.random.shuffle(waiting)
            key, path, body = waiting.pop()
            answer = self.till.post(path, body, key=key)
            assert answer.status_code in (200, 201), answer.text
            if self.random.randrange(10) < losses:
                waiting.append((key, path, body))
                continue
            assert self.heard.setdefault(key, answer.json()) == answer.json()


def counts(till: Till) -> tuple[int, ...]:
    tables = ("orders", "order_lines", "refunds", "ledger_transactions", "domain_events")
    with till.shop.unit() as unit:
        return tuple(unit.connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0 for table in tables)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), losses=st.integers(0, 6))
def test_a_replayed_queue_doubles_nothing(till: Till, seed: int, losses: int) -> None:
    member, run = till.shop.member(), uuid4().hex  # a seed may come twice
    pos = Pos(till, Random(seed))
    for number in range(8):
        basket = till.basket([("BREAD", 1 + number % 3)], member if number % 2 else None)
        paid = {"tenders": [{"kind": "cash", "amount_minor": 5_000}], "external_ref": f"T{run}-{number}"}
        pos.write_down(f"sale-{run}-{number}", "orders", basket | paid)
    before = counts(till)
    pos.send_all(losses)
    once = counts(till)
    assert once[0] - before[0] == 8
    for number in range(0, 8, 2):
        order = pos.heard[f"sale-{run}-{number}"]
        back = {"lines": [{"line_no": 1, "amount_minor": 123}], "reason": "破损"}
        pos.write_down(f"back-{run}-{number}", f"orders/{order['id']}/refunds", back)
    pos.send_all(losses)
    assert counts(till)[2] - before[2] == 4
    after = counts(till)
    pos.send_all(losses)
    assert counts(till) == after
    assert till.broken_laws() == []


def test_a_lost_answer_with_another_key_is_no_second_order(till: Till) -> None:
    """A till that forgot its keys still has its own numbers."""
    order = till.settle([("BREAD", 1)], key="first", external_ref="T1-1")
    again = till.try_settle([("BREAD", 1)], key="second", external_ref="T1-1")
    assert (again.status_code, again.json()["code"]) == (409, "external_ref_taken")
    found = till.client.get("/v1/orders", params={"q": "T1-1"}).json()["items"]
    assert [item["id"] for item in found] == [order["id"]]


def test_payments_and_cancellations_are_sent_again_too(till: Till) -> None:
    member = till.shop.member()
    paid, dropped = (till.settle([("BREAD", 1)], member, tenders=[], pending=True) for _ in range(2))
    cash = {"tenders": [{"kind": "cash", "amount_minor": 500}]}
    answers = [till.post(f"orders/{paid['id']}/payments", cash, key="pay") for _ in range(3)]
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["status"] == "paid"
    answers = [till.post(f"orders/{dropped['id']}/cancel", key="drop") for _ in range(3)]
    assert {answer.json()["status"] for answer in answers} == {"cancelled"}
    assert till.wallet(member)[:2] == (5, 5)
    assert till.broken_laws() == []


def test_a_key_is_for_one_request(till: Till) -> None:
    order = till.settle([("BREAD", 2)], key="k")
    other = till.try_refund(order, (1, 1), key="k")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert till.order(order) == order
