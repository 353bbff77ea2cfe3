"""Benefits that let a member buy so many pieces a month: counted at the till, and given back with the goods."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.entrypoints import worker
from shuke.loyalty import service as loyalty
from shuke.members.model import Member
from tests.support.programmes import benefit, with_benefits
from tests.support.till import Till

RICE = "RICE"
EVERYBODY = {"tiers": ["basic", "silver", "gold", "diamond"]}


@dataclass
class Rice:
    """Rice at 30.00; members have two bags a month for 10.00 each."""

    till: Till
    member: Member

    def left(self) -> int:
        with self.till.shop.unit() as unit:
            return sum(right.left for right in loyalty.rights(unit, self.member.member_id).purchases)

    def buy(self, bags: int, **more: Any) -> dict[str, Any]:
        return self.till.settle([(RICE, bags)], self.member, **more)


def offer(till: Till, price_minor: int | None) -> Rice:
    product_id: UUID = till.shop.product(RICE, 3_000).product_id
    effect = {"kind": "limited_purchase", "scope": {"products": [product_id]}, "pieces": 2}
    more = {} if price_minor is None else {"price_minor": price_minor}
    with_benefits(till.shop, benefit("rice", {**effect, **more}, **EVERYBODY))
    return Rice(till, till.shop.member())


@pytest.fixture
def rice(till: Till) -> Rice:
    return offer(till, 1_000)


def test_two_bags_a_month(rice: Rice) -> None:
    rice.till.client = rice.till.as_machine()
    assert rice.buy(1)["paid_minor"] == 1_000
    assert rice.buy(2)["paid_minor"] == 1_000 + 3_000
    assert rice.buy(1)["paid_minor"] == 3_000
    rice.till.world.clock.advance(timedelta(days=31))
    assert rice.buy(3)["paid_minor"] == 2 * 1_000 + 3_000
    assert rice.till.broken_laws() == []


def test_what_comes_back_can_be_bought_again(rice: Rice) -> None:
    order = rice.buy(3)
    assert rice.left() == 0
    rice.till.refund(order, (1, 1))
    assert rice.left() == 0, "two bags are still with her"
    rice.till.refund(order, amounts=[(1, 100)])
    assert rice.left() == 0, "goods that stay are used"
    rice.till.refund(order, (1, 1))
    assert rice.left() == 1
    rice.till.refund(order)
    assert rice.left() == 2
    assert rice.buy(2)["paid_minor"] == 2_000


def test_a_pending_order_holds_them_until_it_is_let_go(rice: Rice) -> None:
    rice.buy(1, tenders=[], pending=True)
    order = rice.buy(1, tenders=[], pending=True)
    assert rice.left() == 0
    cancelled = rice.till.post(f"orders/{order['id']}/cancel")
    assert cancelled.status_code in (200, 201), cancelled.text
    assert rice.left() == 1
    rice.till.world.clock.advance(timedelta(minutes=16))
    assert worker.let_go(rice.till.world.database, rice.till.shop.merchant_id) == 1
    assert rice.left() == 2


def test_the_last_bag_is_sold_once(rice: Rice) -> None:
    rice.buy(1)
    till = rice.till
    till.client = till.as_machine()
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: till.try_settle([(RICE, 1)], rice.member), range(5)))
    assert {answer.json()["code"] for answer in answers if answer.status_code != 201} <= {"used_up"}
    cheap = [answer for answer in answers if answer.status_code == 201 and answer.json()["paid_minor"] == 1_000]
    assert len(cheap) == 1
    assert rice.left() == 0


def test_without_a_price_nobody_buys_more_than_so_many(till: Till) -> None:
    rice = offer(till, None)
    assert rice.buy(2)["paid_minor"] == 6_000
    refused = till.try_settle([(RICE, 1)], rice.member)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_purchase_limit")
    asked = till.client.post("/v1/quotes", json=till.basket([(RICE, 1)], rice.member))
    assert asked.json()["code"] == "over_purchase_limit", "told before she pays"
