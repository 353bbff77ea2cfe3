"""Payment, cancellation, time-out and refund of orders meet, on real connections: one of them comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

import pytest

from shuke.checkout.cancelling import cancel, let_go
from shuke.checkout.errors import OrderNotPending
from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.paying import pay
from shuke.checkout.refunds.errors import NothingLeft, QuantityOver
from shuke.checkout.refunds.model import ByQuantity, Everything
from shuke.checkout.refunds.refunding import Wish, refund
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices
from shuke.checkout.settling import Payment, settle
from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import Prefix, parse
from shuke.ledger import service as ledger
from shuke.ledger.errors import NotEnough
from shuke.members.model import Member
from shuke.offers.errors import CouponReserved, CouponUsed, OfferUsedUp
from shuke.offers.model import Limits
from tests.support.offers import Desk
from tests.support.till import Till

T = TypeVar("T")
AT_ONCE = 6


@dataclass
class Crowd:
    """Several people at once, each in a transaction of her own; what each of them got, or why not."""

    till: Till

    def all(self, *acts: Callable[[Unit], T]) -> list[T | ShukeError]:
        start, owner = Barrier(len(acts)), self.till.shop.owner()

        def one(act: Callable[[Unit], T]) -> T | ShukeError:
            start.wait()
            try:
                with self.till.world.database.unit(owner) as unit:
                    return act(unit)
            except ShukeError as refused:
                return refused

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))


@pytest.fixture
def crowd(till: Till) -> Crowd:
    return Crowd(till)


def order_id(order: dict[str, Any]) -> UUID:
    return parse(Prefix.ORDER, order["id"])


def refused(answers: list[Any]) -> list[type]:
    return sorted((type(answer) for answer in answers if isinstance(answer, ShukeError)), key=str)


def test_one_order_is_refunded_once(crowd: Crowd) -> None:
    till = crowd.till
    member = till.shop.member()
    order = till.settle([("BREAD", 20)], member)
    wish = Wish(Everything(), "退货")
    answers = crowd.all(*[lambda unit: refund(unit, order_id(order), wish)] * AT_ONCE)
    assert refused(answers) == [NothingLeft] * (AT_ONCE - 1)
    assert till.wallet(member)[:2] == (0, 0)
    assert till.broken_laws() == []


def test_parts_of_one_order_never_come_to_more_than_it(crowd: Crowd) -> None:
    order = crowd.till.settle([("BREAD", 7)])
    wish = Wish([ByQuantity(1, Decimal(2))], "退货")
    answers = crowd.all(*[lambda unit: refund(unit, order_id(order), wish)] * AT_ONCE)
    assert refused(answers) == [QuantityOver] * (AT_ONCE - 3)
    assert crowd.till.order(order)["refunded_paid_minor"] == 3000
    assert crowd.till.broken_laws() == []


@pytest.mark.parametrize("_turn", range(3))
def test_paid_or_let_go_but_not_both(crowd: Crowd, _turn: int) -> None:
    till = crowd.till
    member = till.shop.member()
    till.settle([("BREAD", 20)], member)
    order = till.settle([("BREAD", 2)], member, points=50, tenders=[], pending=True)
    till.world.clock.advance(timedelta(minutes=15))
    at = till.world.clock.now()
    tender = [Tender(TenderKind.CASH, 950)]

    def pays(unit: Unit) -> object:
        return pay(unit, order_id(order), tender)

    answers = crowd.all(
        pays,
        lambda unit: cancel(unit, order_id(order)),
        lambda unit: let_go(unit, order_id(order), at),
        pays,
    )
    done = [answer for answer in answers if not isinstance(answer, ShukeError) and answer is not False]
    assert len(done) == 1
    assert set(refused(answers)) <= {OrderNotPending}
    status = till.order(order)["status"]
    points = till.wallet(member)[0]
    assert (status, points) in {("paid", 50 + 9), ("cancelled", 100)}
    assert till.broken_laws() == []


def place(till: Till, member: Member, choices: Choices, *, pending: bool) -> Callable[[Unit], object]:
    cart = Cart(till.store.store_id, member.member_id, (CartLine("BREAD", Decimal(8)),), choices)
    tenders = () if pending else (Tender(TenderKind.CASH, 4000),)
    return lambda unit: settle(unit, cart, Payment(tenders, pending=pending), channel="pos", external_ref=None)


def test_a_coupon_pays_for_one_order(crowd: Crowd) -> None:
    till = crowd.till
    member, desk = till.shop.member(), Desk(till.shop)
    coupon = desk.coupon(desk.template(), member)
    chosen = Choices(coupons=frozenset({coupon.coupon_id}))
    answers = crowd.all(*[place(till, member, chosen, pending=number % 2 == 0) for number in range(AT_ONCE)])
    assert set(refused(answers)) <= {CouponReserved, CouponUsed}
    took = [answer for answer in answers if not isinstance(answer, ShukeError) and answer.order.discount_minor]  # type: ignore[attr-defined]
    assert len(took) == 1
    assert till.broken_laws() == []


def test_the_last_use_of_a_limit_is_one(crowd: Crowd) -> None:
    till = crowd.till
    Desk(till.shop).promotion(limits=Limits(uses=2))
    member = till.shop.member()
    answers = crowd.all(*[place(till, member, Choices(), pending=number % 2 == 0) for number in range(AT_ONCE)])
    assert set(refused(answers)) <= {OfferUsedUp}
    took = [answer for answer in answers if not isinstance(answer, ShukeError) and answer.order.discount_minor]  # type: ignore[attr-defined]
    assert len(took) == 2
    assert till.broken_laws() == []


def test_points_are_spent_once_by_pending_and_paid_orders(crowd: Crowd) -> None:
    till = crowd.till
    member = till.shop.member()
    till.settle([("BREAD", 60)], member)  # 300 points
    answers = crowd.all(*[place(till, member, Choices(points=200), pending=number % 2 == 0) for number in range(4)])
    assert set(refused(answers)) <= {NotEnough}
    with till.shop.unit() as unit:
        assert ledger.balances(unit, member.member_id).points >= 0
    spent = sum(answer.order.points_spent for answer in answers if not isinstance(answer, ShukeError))  # type: ignore[attr-defined]
    assert 200 <= spent <= 300 + 4 * 38
    assert till.broken_laws() == []
