"""Orders that a provider is paid for, with the stand-ins of WeChat Pay and Alipay."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shuke.checkout.payments import store
from shuke.checkout.payments.model import PaymentStatus, Purpose
from shuke.entrypoints.paying import ON_PAID
from shuke.entrypoints.worker import let_go
from shuke.kernel.ids import Prefix, parse
from shuke.loyalty import service as loyalty
from tests.support.paying import Counter, open_counter
from tests.support.till import Till
from tests.support.wechat_pay_notices import paid_notice
from tests.support.world import World


@pytest.fixture
def counter(world: World) -> Iterator[Counter]:
    """A merchant who takes payments through providers, and whose orders wait for them."""
    with open_counter(world) as opened:
        opened.desk.on_paid[Purpose.ORDER] = ON_PAID[Purpose.ORDER]  # type: ignore[index]
        yield opened


@pytest.fixture
def till(counter: Counter) -> Till:
    with counter.shop.unit() as unit:
        programme = loyalty.create_default_programme(unit)
    opened = Till(counter.world, counter.shop, counter.shop.store(), programme)
    opened.client = opened.as_machine()
    opened.shop.product("BREAD", 500)
    return opened


def place(till: Till, quantity: int = 2, **more: Any) -> dict[str, Any]:
    given = {"payments": [{"provider": "wechat", "method": "native"}], "tenders": []} | more
    return till.settle([("BREAD", quantity)], **given)


def started(counter: Counter, order: dict[str, Any], number: int = 0) -> Any:
    payment_id = parse(Prefix.PAYMENT, order["payments"][number]["id"])
    with counter.shop.unit() as unit:
        booked = store.payment(unit, payment_id)
    return counter.start(booked)


def test_the_providers_news_settle_the_order(counter: Counter, till: Till) -> None:
    member = till.shop.member()
    order = till.settle(
        [("BREAD", 2)],
        member,
        payments=[{"provider": "wechat", "method": "native", "amount_minor": 800}],
        tenders=[{"kind": "cash", "amount_minor": 200}],
    )
    assert (order["status"], order["due_minor"]) == ("pending", 800)
    payment = started(counter, order)
    trade = counter.wechat.pay(payment.trade_no)
    assert counter.post("wechat", paid_notice(counter.wechat, trade)).status_code == 204
    paid = till.order(order)
    assert (paid["status"], paid["points_earned"], paid["due_minor"]) == ("paid", 10, 0)
    assert [(item["kind"], item["amount_minor"]) for item in paid["tenders"]] == [("cash", 200), ("wechat", 800)]
    assert paid["payments"][0]["status"] == "paid"
    counter.post("wechat", paid_notice(counter.wechat, trade))
    assert till.order(order) == paid
    back = till.refund(order, (1, 1))
    assert [(item["kind"], item["amount_minor"]) for item in back["tenders"]] == [("wechat", 500)]
    assert [refund.amount_minor for refund in counter.refunds(payment)] == [500]
    till.refund(order, tenders="cash")
    assert [refund.amount_minor for refund in counter.refunds(payment)] == [500]
    assert till.broken_laws() == []


def test_money_that_comes_after_the_order_was_let_go_is_sent_back(counter: Counter, till: Till) -> None:
    order = place(till)
    payment = started(counter, order)
    trade = counter.wechat.pay(payment.trade_no)
    counter.clock.advance(timedelta(minutes=15))
    assert let_go(till.world.database, till.shop.merchant_id) == 1
    assert counter.post("wechat", paid_notice(counter.wechat, trade)).status_code == 204
    assert till.order(order)["status"] == "cancelled"
    assert [refund.amount_minor for refund in counter.refunds(payment)] == [1000]
    assert till.broken_laws() == []


def test_what_was_paid_twice_goes_back_once(counter: Counter, till: Till) -> None:
    """Cash at the till, and the code on the screen paid all the same."""
    order = place(till)
    payment = started(counter, order)
    till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "cash", "amount_minor": 1000}]})
    counter.wechat.pay(payment.trade_no)
    assert counter.check(payment).status is PaymentStatus.PAID
    assert [refund.amount_minor for refund in counter.refunds(payment)] == [1000]
    assert [item["kind"] for item in till.order(order)["tenders"]] == ["cash"]
    assert till.broken_laws() == []


def test_two_payments_of_which_the_second_is_too_much(counter: Counter, till: Till) -> None:
    """Part in cash while the code waits for all of it: what the order does not need goes back."""
    order = place(till)
    payment = started(counter, order)
    part = till.post(f"orders/{order['id']}/payments", {"tenders": [{"kind": "card", "amount_minor": 400}]})
    assert part.json()["code"] == "tender_short"
    counter.wechat.pay(payment.trade_no)
    counter.check(payment)
    assert till.order(order)["status"] == "paid"
    till.refund(order)
    assert sum(refund.amount_minor for refund in counter.refunds(payment)) == 1000
    assert till.broken_laws() == []


def test_an_order_on_hold_is_paid_with_another_providers_code(counter: Counter, till: Till) -> None:
    """The first code is not to be paid any more, and still comes back when it is."""
    order = place(till)
    first = started(counter, order)
    part, rest = {"kind": "cash", "amount_minor": 300}, {"provider": "alipay", "method": "native"}
    waiting = till.post(f"orders/{order['id']}/payments", {"tenders": [part], "payments": [rest]}).json()
    assert (waiting["status"], waiting["due_minor"]) == ("pending", 700)
    asked_of = [item["provider"] for item in waiting["payments"]]
    assert sorted(zip(asked_of, (item["amount_minor"] for item in waiting["payments"]), strict=True)) == [
        ("alipay", 700),
        ("wechat", 1000),
    ]
    second = started(counter, waiting, asked_of.index("alipay"))
    assert second.handover["qr_code"]
    counter.alipay.pay(second.trade_no)
    assert counter.check(second).status is PaymentStatus.PAID
    assert till.order(order)["status"] == "paid"
    counter.sweep()
    assert counter.now(first).status is PaymentStatus.CLOSED
    back = till.refund(order)
    assert {(item["kind"], item["amount_minor"]) for item in back["tenders"]} == {("alipay", 700), ("cash", 300)}
    assert till.broken_laws() == []


def test_a_part_is_asked_for_and_the_rest_is_cash(counter: Counter, till: Till) -> None:
    order = place(till, payments=[], pending=True)
    path = f"orders/{order['id']}/payments"
    too_much = [{"provider": "wechat", "method": "native", "amount_minor": 1001}]
    assert till.post(path, {"tenders": [], "payments": too_much}).json()["code"] == "tender_over"
    some = [{"provider": "wechat", "method": "native", "amount_minor": 400}]
    payment = started(counter, till.post(path, {"tenders": [], "payments": some}).json())
    counter.wechat.pay(payment.trade_no)
    counter.check(payment)
    assert till.order(order)["due_minor"] == 600
    paid = till.post(path, {"tenders": [{"kind": "cash", "amount_minor": 600}]}).json()
    assert (paid["status"], len(paid["tenders"])) == ("paid", 2)
    assert till.post(path, {"tenders": [], "payments": some}).json()["code"] == "order_not_pending"
    assert till.broken_laws() == []


def test_cancelling_stops_the_payment(counter: Counter, till: Till) -> None:
    order = place(till)
    payment = started(counter, order)
    assert till.post(f"orders/{order['id']}/cancel").json()["status"] == "cancelled"
    counter.sweep()
    assert counter.now(payment).status is PaymentStatus.CLOSED
    assert till.broken_laws() == []


def test_more_than_is_due_is_not_asked_for(till: Till) -> None:
    asked = [{"provider": "wechat", "method": "native", "amount_minor": 1001}]
    refused = till.try_settle([("BREAD", 2)], tenders=[], payments=asked)
    assert refused.json()["code"] == "tender_over"
