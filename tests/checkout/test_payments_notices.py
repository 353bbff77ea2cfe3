"""What providers say by themselves: believed when it is theirs, booked once, whenever it comes."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from shuke.checkout.payments.model import Attention, Payment, PaymentStatus, RefundStatus
from tests.support.alipay import APP
from tests.support.loopback import Fault
from tests.support.paying import Counter, open_counter
from tests.support.wechat_pay_notices import Notice, paid_notice, refund_notice
from tests.support.world import World

BOTH = pytest.mark.parametrize("provider", ["wechat", "alipay"])


@pytest.fixture
def keyed(payment_world: World) -> Iterator[Counter]:
    """A merchant who verifies with WeChat Pay's public key instead of certificates."""
    with open_counter(payment_world, by_public_key=True) as opened:
        yield opened


def _paid_at(counter: Counter, provider: str) -> tuple[Payment, Notice]:
    """A payment that its payer has paid, and the notice of it that nobody has sent yet."""
    payment = counter.started(provider)
    return payment, _notice(counter, payment)


def _notice(counter: Counter, payment: Payment, fault: Fault | None = None) -> Notice:
    if payment.provider == "wechat":
        trade = counter.wechat.trades[payment.trade_no]
        return paid_notice(counter.wechat, trade if trade.success_time else counter.wechat.pay(trade.number), fault)
    mine = counter.alipay.trades[payment.trade_no]
    return counter.alipay.notice(mine if mine.paid_at else counter.alipay.pay(mine.number), fault)


@pytest.mark.parametrize("fault", [Fault.FORGED, Fault.UNSIGNED, Fault.TAMPERED, Fault.WRONG_SERIAL, Fault.STALE])
def test_forged_ones_of_wechat_change_nothing(counter: Counter, fault: Fault) -> None:
    payment = counter.started("wechat")
    before = counter.state()
    answer = counter.post("wechat", _notice(counter, payment, fault))
    assert (answer.status_code, answer.json()["code"]) == (403, "FAIL")
    assert counter.state() == before
    assert counter.handed_over == []


@pytest.mark.parametrize("fault", [Fault.FORGED, Fault.UNSIGNED, Fault.TAMPERED])
def test_forged_ones_of_alipay_change_nothing(counter: Counter, fault: Fault) -> None:
    payment = counter.started("alipay")
    before = counter.state()
    answer = counter.post("alipay", _notice(counter, payment, fault))
    assert (answer.status_code, answer.text) == (403, "failure")
    assert counter.state() == before


@BOTH
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff\xfe", b'{"resource":null}', b"sign=x&sign_type=RSA2", b"a=1&a=2"]
)
def test_nonsense_changes_nothing(counter: Counter, provider: str, body: bytes) -> None:
    before = counter.state()
    assert counter.post(provider, ({}, body)).status_code == 403
    assert counter.post(provider, (counter.wechat.signed(b""), body)).status_code == 403
    if body != b"\xff\xfe":
        assert counter.post(provider, (counter.wechat.signed(body), body)).status_code == 403
    assert counter.state() == before


@BOTH
def test_addresses_are_not_guessed(counter: Counter, provider: str, payment_world: World) -> None:
    _, notice = _paid_at(counter, provider)
    before = counter.state()
    merchant = counter.merchant_id.hex
    for token in ("x", merchant, merchant + "0" * 32, uuid4().hex * 2, "é" * 32, "０" * 64):
        assert counter.post(provider, notice, token).status_code == 403
    with open_counter(payment_world) as other:
        assert other.post(provider, notice).status_code == 403, "genuine, and meant for somebody else"
    assert counter.state() == before


def test_encrypted_for_somebody_else(counter: Counter) -> None:
    payment = counter.started("wechat")
    trade = counter.wechat.pay(payment.trade_no)
    before = counter.state()
    assert counter.post("wechat", paid_notice(counter.wechat, trade, key="z" * 32)).status_code == 403
    assert counter.post("wechat", paid_notice(counter.wechat, trade, mchid="1900000110")).status_code == 403
    assert counter.post("wechat", paid_notice(counter.wechat, trade, appid="wx0000000000000000")).status_code == 403
    assert counter.state() == before


def test_about_somebody_elses_app(counter: Counter) -> None:
    payment = counter.started("alipay")
    trade = counter.alipay.pay(payment.trade_no)
    before = counter.state()
    for changed in ({"app_id": "2" + APP[1:-1] + "9"}, {"seller_id": "2088000000000000"}):
        assert counter.post("alipay", counter.alipay.notice(trade, **changed)).status_code == 403
    assert counter.state() == before


@BOTH
def test_other_amounts_are_not_taken_for_ours(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    if provider == "wechat":
        notice = paid_notice(counter.wechat, counter.wechat.pay(payment.trade_no, 1))
    else:
        notice = counter.alipay.notice(counter.alipay.pay(payment.trade_no, "0.01"))
    assert counter.post(provider, notice).status_code == 403
    found = counter.now(payment)
    assert (found.status, found.received_minor) == (PaymentStatus.PENDING, 0)
    assert found.attention is Attention.AMOUNT_DIFFERS
    assert counter.events(payment)[-1] == ("notification", "paid", "differs")
    assert counter.handed_over == []


def test_other_currencies_are_not_taken_for_ours(counter: Counter) -> None:
    payment = counter.started("wechat")
    trade = counter.wechat.pay(payment.trade_no)
    dollars = {"total": 1234, "currency": "USD"}
    assert counter.post("wechat", paid_notice(counter.wechat, trade, amount=dollars)).status_code == 403
    assert counter.now(payment).received_minor == 0


@BOTH
def test_unknown_ones_are_kept_for_people(counter: Counter, provider: str) -> None:
    before = counter.events(None)
    if provider == "wechat":
        trade = counter.wechat.trades[counter.started("wechat").trade_no]
        trade.number = uuid4().hex
        counter.wechat.trades[trade.number] = trade
        notice = paid_notice(counter.wechat, counter.wechat.pay(trade.number))
    else:
        shown = counter.alipay.trades[counter.started("alipay").trade_no]
        shown.number = "another-system-1"
        counter.alipay.trades[shown.number] = shown
        notice = counter.alipay.notice(counter.alipay.pay(shown.number))
    assert [counter.post(provider, notice).status_code for _ in range(2)] == [403, 403]
    assert counter.events(None) == [*before, ("notification", "paid", "nothing")]


@BOTH
def test_duplicates_are_answered_alike_and_change_nothing(counter: Counter, provider: str) -> None:
    payment, notice = _paid_at(counter, provider)
    first = counter.post(provider, notice)
    booked = counter.state()
    again = [counter.post(provider, notice) for _ in range(3)]
    assert {answer.status_code for answer in again} == {first.status_code}
    assert counter.state() == booked
    assert counter.post(provider, _notice(counter, payment)).status_code == first.status_code
    assert counter.events(payment)[-1] == ("notification", "paid", "nothing")
    assert len(counter.handed_over) == 1


def test_an_old_one_sent_again_is_refused(counter: Counter) -> None:
    """WeChat Pay signs anew whenever it sends; whoever recorded one has five minutes, and gains nothing."""
    payment, notice = _paid_at(counter, "wechat")
    counter.clock.advance(timedelta(minutes=6))
    assert counter.post("wechat", notice).status_code == 403
    assert counter.now(payment).status is PaymentStatus.PENDING
    counter.clock.advance(-timedelta(minutes=12))
    assert counter.post("wechat", notice).status_code == 403, "nor may it come from the future"
    counter.clock.advance(timedelta(minutes=6))
    assert counter.post("wechat", notice).status_code == 204


@BOTH
def test_late_money_is_booked_and_sent_back(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    assert counter.close(payment).status is PaymentStatus.CLOSED
    trade = getattr(counter, provider).trades[payment.trade_no]
    trade.state = "NOTPAY" if provider == "wechat" else "SHOWN"
    assert counter.post(provider, _notice(counter, payment)).status_code in (200, 204)
    late = counter.now(payment)
    assert (late.status, late.received_minor) == (PaymentStatus.CLOSED, 1234)
    assert counter.handed_over == []
    counter.sweep()
    [refund] = counter.refunds(payment)
    assert (refund.status, refund.amount_minor, refund.reason) == (RefundStatus.SUCCEEDED, 1234, "late")
    assert list(trade.refunds) == [refund.refund_no]


@BOTH
def test_old_news_does_not_undo_new(counter: Counter, provider: str) -> None:
    payment, notice = _paid_at(counter, provider)
    counter.post(provider, notice)
    trade = getattr(counter, provider).trades[payment.trade_no]
    for state in ("NOTPAY", "CLOSED", "PAYERROR") if provider == "wechat" else ("WAIT_BUYER_PAY", "TRADE_CLOSED"):
        trade.state = state
        assert counter.post(provider, _notice(counter, payment)).status_code in (200, 204)
        assert counter.now(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1


def test_refunds_somebody_else_made_are_told_to_people(counter: Counter) -> None:
    payment = counter.started("wechat")
    counter.wechat.pay(payment.trade_no).state = "REFUND"
    found = counter.check(payment)
    assert (found.status, found.attention) == (PaymentStatus.CLOSED, Attention.REFUNDED_ELSEWHERE)


def test_notices_of_refunds_that_are_not_ours(counter: Counter) -> None:
    payment, notice = _paid_at(counter, "wechat")
    counter.post("wechat", notice)
    refund = counter.send(counter.refund(payment, 34))
    told = counter.wechat.refund_of(refund.refund_no)
    for changed in ({"out_refund_no": uuid4().hex}, {"out_trade_no": uuid4().hex}, {"out_refund_no": "x"}):
        assert counter.post("wechat", refund_notice(counter.wechat, told | changed)).status_code == 403
    other = told | {"amount": {"total": 1234, "refund": 1, "currency": "CNY"}}
    counter.post("wechat", refund_notice(counter.wechat, other))
    assert [one.amount_minor for one in counter.refunds(payment)] == [34]


def test_strangers_cannot_make_us_fetch_certificates(counter: Counter) -> None:
    payment = counter.started("wechat")
    for _ in range(20):
        counter.post("wechat", _notice(counter, payment, Fault.WRONG_SERIAL))
    assert counter.wechat.asked.count("GET /v3/certificates") == 1


def test_a_public_key_instead_of_certificates(keyed: Counter) -> None:
    payment = keyed.started("wechat")
    for fault in (Fault.FORGED, Fault.TAMPERED, Fault.STALE, Fault.WRONG_SERIAL):
        assert keyed.post("wechat", _notice(keyed, payment, fault)).status_code == 403
    assert keyed.post("wechat", _notice(keyed, payment)).status_code == 204
    assert keyed.now(payment).status is PaymentStatus.PAID


@BOTH
def test_nothing_about_the_payer_is_kept(counter: Counter, provider: str) -> None:
    payment, notice = _paid_at(counter, provider)
    counter.post(provider, notice)
    counter.send(counter.refund(payment, 1))
    kept = " ".join(counter.state())
    assert "total" in kept
    for personal in ("oUpF8uMuAJO", "招商银行", "159****", "2088101117955611"):
        assert personal not in kept
