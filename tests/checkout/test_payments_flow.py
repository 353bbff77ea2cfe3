"""Paying with WeChat Pay and Alipay, over real HTTP against a stand-in of each: what goes right, and in which order."""

from datetime import timedelta

import pytest

from shuke.checkout.payments.errors import (
    CurrencyNotTaken,
    MethodNotOffered,
    NotPaid,
    PayerNeeded,
    PaymentOver,
    ProviderNotSetUp,
    RefundTooMuch,
)
from shuke.checkout.payments.model import PaymentStatus, RefundStatus
from tests.support.paying import Counter
from tests.support.wechat_pay import NEEDS_PASSWORD, NO_MONEY, OLD_CODE, PAYS
from tests.support.wechat_pay_notices import paid_notice, refund_notice
from tests.support.world import World

PAID, PENDING, FAILED, CLOSED, CREATED = (
    PaymentStatus.PAID,
    PaymentStatus.PENDING,
    PaymentStatus.FAILED,
    PaymentStatus.CLOSED,
    PaymentStatus.CREATED,
)
BOTH = pytest.mark.parametrize("provider", ["wechat", "alipay"])


def test_a_shown_code_is_paid_and_told_of(counter: Counter) -> None:
    payment = counter.started("wechat")
    assert payment.status is PENDING
    assert payment.handover["code_url"].startswith("weixin://wxpay/")
    trade = counter.wechat.pay(payment.trade_no)
    assert trade.notify_url.startswith("https://shuke.example/v1/payments/notifications/wechat/")
    assert counter.post("wechat", paid_notice(counter.wechat, trade)).status_code == 204
    paid = counter.now(payment)
    assert (paid.status, paid.received_minor, paid.provider_ref) == (PAID, 1234, trade.transaction_id)
    assert [(told.payment_id, told.amount_minor) for told in counter.handed_over] == [(payment.payment_id, 1234)]
    assert counter.check(payment) == paid


def test_a_code_shown_by_alipay_is_paid_and_told_of(counter: Counter) -> None:
    payment = counter.started("alipay")
    assert payment.handover["qr_code"].startswith("https://qr.alipay.com/")
    trade = counter.alipay.pay(payment.trade_no)
    assert trade.total == "12.34"
    answer = counter.post("alipay", counter.alipay.notice(trade))
    assert (answer.status_code, answer.text) == (200, "success")
    paid = counter.now(payment)
    assert (paid.status, paid.received_minor, paid.provider_ref) == (PAID, 1234, trade.trade_no)
    assert paid.paid_at == counter.clock.now()
    assert len(counter.handed_over) == 1


@BOTH
def test_asking_finds_what_nobody_told(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    assert counter.check(payment).status is PENDING
    getattr(counter, provider).pay(payment.trade_no)
    assert counter.check(payment).status is PAID
    assert len(counter.handed_over) == 1


@BOTH
def test_a_scanned_code_is_paid_at_once(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    assert (payment.status, payment.received_minor) == (PAID, 1234)
    assert len(counter.handed_over) == 1


@BOTH
def test_a_scanned_code_that_needs_a_password(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), NEEDS_PASSWORD)
    assert payment.status is PENDING
    assert counter.start(payment, NEEDS_PASSWORD).status is PENDING
    getattr(counter, provider).pay(payment.trade_no)
    assert counter.check(payment).status is PAID


@BOTH
def test_a_scanned_code_without_money(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), NO_MONEY)
    assert (payment.status, payment.received_minor) == (FAILED, 0)
    assert payment.failure in ("NOTENOUGH", "ACQ.BUYER_BALANCE_NOT_ENOUGH")
    assert counter.handed_over == []
    with pytest.raises(PaymentOver):
        counter.start(payment, PAYS)


def test_a_scanned_code_that_is_too_old(counter: Counter) -> None:
    payment = counter.start(counter.intend("wechat", "auth_code"), OLD_CODE)
    assert (payment.status, payment.failure) == (FAILED, "AUTH_CODE_EXPIRE")


def test_what_apps_and_browsers_are_handed(counter: Counter) -> None:
    in_wechat = counter.start(counter.intend("wechat", "jsapi"), open_id="oUpF8uMuAJO_M2pxb1Q9zNjWeS6o").handover
    assert set(in_wechat) == {"appId", "timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert "mmpayweb" in counter.start(counter.intend("wechat", "h5")).handover["url"]
    in_alipay = counter.start(counter.intend("alipay", "jsapi"), open_id="2088101117955611").handover
    assert in_alipay["trade_no"].startswith("2026")
    assert counter.start(counter.intend("alipay", "h5")).handover["url"].startswith(counter.desk.gateways.alipay_url)


@BOTH
def test_starting_again_is_the_same_payment(counter: Counter, provider: str) -> None:
    payment = counter.intend(provider)
    first, again = counter.start(payment), counter.start(payment)
    assert first == again
    assert len(getattr(counter, provider).trades) == 1
    getattr(counter, provider).pay(payment.trade_no)
    counter.check(payment)
    assert counter.start(payment).status is PAID
    assert len(counter.handed_over) == 1


@BOTH
@pytest.mark.parametrize("method", ["native", "auth_code"])
def test_closing_what_nobody_paid(counter: Counter, provider: str, method: str) -> None:
    payment = counter.start(counter.intend(provider, method), NEEDS_PASSWORD)
    assert counter.close(payment).status is CLOSED
    state = getattr(counter, provider).trades[payment.trade_no].state
    assert state in ("CLOSED", "REVOKED", "TRADE_CLOSED", "SHOWN")
    with pytest.raises(PaymentOver):
        counter.start(payment)


@BOTH
def test_closing_what_was_paid_meanwhile(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    getattr(counter, provider).pay(payment.trade_no)
    assert counter.close(payment).status is PAID
    assert len(counter.handed_over) == 1


@BOTH
def test_part_of_it_goes_back_then_the_rest(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    first = counter.send(counter.refund(payment, 234))
    assert first.status is RefundStatus.SUCCEEDED
    with pytest.raises(RefundTooMuch):
        counter.refund(payment, 1001)
    second = counter.send(counter.refund(payment, 1000))
    assert second.status is RefundStatus.SUCCEEDED
    with pytest.raises(RefundTooMuch):
        counter.refund(payment, 1)
    assert counter.now(payment).status is PAID
    refunds = getattr(counter, provider).trades[payment.trade_no].refunds
    assert set(refunds) == {first.refund_no, second.refund_no}


def test_a_refund_that_takes_its_time(counter: Counter) -> None:
    counter.wechat.instant_refunds = False
    payment = counter.start(counter.intend("wechat", "auth_code"), PAYS)
    refund = counter.send(counter.refund(payment, 1234))
    assert refund.status is RefundStatus.PENDING
    counter.clock.advance(timedelta(hours=2))
    counter.sweep()
    assert counter.refunds(payment)[0].status is RefundStatus.PENDING
    told = counter.wechat.refund_of(refund.refund_no)
    told["status"] = "SUCCESS"
    notice = refund_notice(counter.wechat, told)
    assert [counter.post("wechat", notice).status_code for _ in range(2)] == [204, 204]
    assert counter.refunds(payment)[0].status is RefundStatus.SUCCEEDED


def test_cash_and_slips_are_paid_with_the_sale(counter: Counter) -> None:
    cash, slip = counter.intend("cash", "till"), counter.intend("manual", "till", 500)
    assert (cash.status, cash.received_minor, slip.status) == (PAID, 1234, PAID)
    assert counter.handed_over == []
    assert counter.refund(cash, 1000).status is RefundStatus.SUCCEEDED
    with pytest.raises(RefundTooMuch):
        counter.refund(cash, 235)


def test_what_is_refused_before_anybody_is_asked(counter: Counter, payment_world: World) -> None:
    with pytest.raises(MethodNotOffered):
        counter.intend("wechat", "till")
    with pytest.raises(MethodNotOffered):
        counter.intend("cash", "native")
    with pytest.raises(PayerNeeded):
        counter.start(counter.intend("wechat", "auth_code"))
    with pytest.raises(PayerNeeded):
        counter.start(counter.intend("alipay", "jsapi"))
    with pytest.raises(NotPaid):
        counter.refund(counter.started("wechat"), 1)
    late = counter.intend("wechat")
    counter.clock.advance(timedelta(hours=1))
    with pytest.raises(PaymentOver):
        counter.start(late)
    counter.shop = payment_world.merchant()
    with pytest.raises(ProviderNotSetUp):
        counter.intend("wechat")
    counter.shop = payment_world.merchant(currency="HKD")
    with pytest.raises(CurrencyNotTaken):
        counter.intend("alipay")
