"""Many at once: however answers, questions and sweepers meet, money is booked once and goes back once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from shuke.checkout.payments.errors import RefundTooMuch
from shuke.checkout.payments.model import PaymentStatus, RefundStatus
from tests.support.paying import Counter
from tests.support.wechat_pay import PAYS
from tests.support.wechat_pay_notices import paid_notice

AT_ONCE = 6


def _together(*acts: Callable[[], object]) -> list[object]:
    """All of them in the same moment; what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except RefundTooMuch as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture(autouse=True)
def _others_may_write_meanwhile(counter: Counter) -> None:
    """With many at once, somebody's transaction is open while somebody else asks."""
    for standin in (counter.wechat, counter.alipay):
        standin.on_ask.clear()


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
def test_told_and_asked_in_the_same_moment(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    trade = getattr(counter, provider).pay(payment.trade_no)
    if provider == "wechat":
        notices = [paid_notice(counter.wechat, trade) for _ in range(2)]
    else:
        notices = [counter.alipay.notice(trade) for _ in range(2)]
    posts = [lambda notice=notice: counter.post(provider, notice) for notice in [*notices, notices[0]]]
    _together(*posts, lambda: counter.check(payment), lambda: counter.close(payment), counter.sweep)
    assert counter.now(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
def test_scanned_twice(counter: Counter, provider: str) -> None:
    payment = counter.intend(provider, "auth_code")
    _together(*[lambda: counter.start(payment, PAYS)] * AT_ONCE)
    assert counter.check(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1
    assert len(getattr(counter, provider).trades) == 1


def test_two_payments_for_one_order(counter: Counter) -> None:
    """Whoever sells decides that one is enough; the other goes back."""
    reference = uuid4()
    payments = [counter.start(counter.intend(provider, reference=reference)) for provider in ("wechat", "alipay")]
    for payment in payments:
        getattr(counter, payment.provider).pay(payment.trade_no)
    sold: set[object] = set()

    def sell(unit: object, paid: object) -> bool:
        key = paid.reference_id  # type: ignore[attr-defined]
        return key not in sold and not sold.add(key)  # type: ignore[func-returns-value]

    counter.desk.on_paid[payments[0].purpose] = sell  # type: ignore[index]
    for payment in payments:
        assert counter.check(payment).status is PaymentStatus.PAID
    counter.sweep()
    assert [refund.reason for payment in payments for refund in counter.refunds(payment)] == ["unwanted"]


def test_sweepers_share_the_work(counter: Counter) -> None:
    payments = [counter.started(provider) for provider in ("wechat", "alipay") * 4]
    for payment in payments:
        getattr(counter, payment.provider).pay(payment.trade_no)
    counter.clock.advance(timedelta(minutes=2))
    swept = _together(*[counter.sweep] * 3)
    assert sum(one.payments for one in swept) == len(payments)  # type: ignore[attr-defined]
    assert {counter.now(payment).status for payment in payments} == {PaymentStatus.PAID}
    assert len(counter.handed_over) == len(payments)


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
def test_never_more_goes_back_than_came(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code", 1000), PAYS)
    answers = _together(*[lambda: counter.refund(payment, 300)] * AT_ONCE)
    assert sum(isinstance(answer, RefundTooMuch) for answer in answers) == AT_ONCE - 3
    refunds = counter.refunds(payment)
    _together(*[lambda refund=refund: counter.send(refund) for refund in refunds * 2], counter.sweep)
    counter.clock.advance(timedelta(minutes=1))
    counter.sweep()
    assert {refund.status for refund in counter.refunds(payment)} == {RefundStatus.SUCCEEDED}
    assert len(getattr(counter, provider).trades[payment.trade_no].refunds) == 3
