"""Cut off anywhere: the table of docs/algorithms/payments.md. In the end the provider has either taken the money and we
know it, or taken none, or given it back; and what was bought was handed over exactly as often as it was paid."""

from datetime import timedelta

import pytest

from shuke.checkout.payments import accounts, service
from shuke.checkout.payments.model import Attention, Payer, PaymentStatus, ProviderName, RefundStatus
from tests.support.loopback import Fault
from tests.support.paying import Counter, set_up, taken
from tests.support.wechat_pay import PAYS

BOTH = pytest.mark.parametrize("provider", ["wechat", "alipay"])
METHOD = pytest.mark.parametrize("method", ["native", "auth_code"])
START = {
    ("wechat", "native"): "transactions/native",
    ("wechat", "auth_code"): "transactions/codepay",
    ("alipay", "native"): "trade.precreate",
    ("alipay", "auth_code"): "trade.pay",
}
QUERY = {"wechat": "?mchid=", "alipay": "trade.query"}
CLOSE = {("wechat", "native"): "/close", ("wechat", "auth_code"): "/reverse", ("alipay", "auth_code"): "trade.cancel"}
REFUND = {"wechat": "domestic/refunds", "alipay": "trade.refund"}
LOST = [Fault.SILENT_AFTER, Fault.SLOW_AFTER, Fault.FORGED, Fault.UNSIGNED]
"""The provider acted, and we do not know."""
ONLY_WECHAT = [Fault.WRONG_SERIAL, Fault.STALE]


def _later(counter: Counter, minutes: int = 1) -> None:
    counter.clock.advance(timedelta(minutes=minutes))
    counter.sweep()


def _go_wrong(counter: Counter, provider: str, what: str, fault: Fault) -> None:
    if fault is Fault.SLOW_AFTER:
        counter.hurry()
    getattr(counter, provider).next(what, fault)


@BOTH
@pytest.mark.parametrize("fault", LOST)
def test_the_answer_to_a_scanned_code_is_lost(counter: Counter, provider: str, fault: Fault) -> None:
    """The provider acted; asking at once finds out."""
    _go_wrong(counter, provider, START[provider, "auth_code"], fault)
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    assert payment.status is PaymentStatus.PAID
    assert [event[:2] for event in counter.events(payment)] == [("start", "unknown"), ("query", "paid")]
    assert len(counter.handed_over) == 1


@BOTH
@pytest.mark.parametrize("fault", LOST)
def test_the_answer_to_asking_is_lost_too(counter: Counter, provider: str, fault: Fault) -> None:
    _go_wrong(counter, provider, START[provider, "auth_code"], fault)
    getattr(counter, provider).next(QUERY[provider], fault)
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    assert payment.status is PaymentStatus.CREATED
    _later(counter)
    assert counter.now(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1


@pytest.mark.parametrize("fault", ONLY_WECHAT)
def test_answers_that_are_not_fresh_or_not_theirs(counter: Counter, fault: Fault) -> None:
    counter.wechat.next("codepay", fault)
    assert counter.start(counter.intend("wechat", "auth_code"), PAYS).status is PaymentStatus.PAID
    assert counter.events(counter.now(counter.intend("wechat"))) == []


@BOTH
def test_an_answer_changed_on_the_way_is_not_believed(counter: Counter, provider: str) -> None:
    getattr(counter, provider).next(START[provider, "native"], Fault.TAMPERED)
    payment = counter.started(provider)
    assert (payment.status, payment.handover) == (PaymentStatus.CREATED if provider == "alipay" else payment.status, {})
    shown = counter.started(provider)
    getattr(counter, provider).next(QUERY[provider], Fault.TAMPERED)
    assert counter.check(shown).received_minor == 0


@BOTH
@METHOD
@pytest.mark.parametrize("fault", [Fault.SILENT_BEFORE, Fault.BROKEN_BEFORE])
def test_the_request_never_arrived(counter: Counter, provider: str, method: str, fault: Fault) -> None:
    """Nothing was taken. It can be started again, with the same number; nobody does, so it is closed."""
    getattr(counter, provider).next(START[provider, method], fault)
    payment = counter.start(counter.intend(provider, method), PAYS)
    assert payment.status is PaymentStatus.CREATED
    again = counter.intend(provider, method)
    getattr(counter, provider).next(START[provider, method], fault)
    counter.start(again, PAYS)
    assert counter.start(again, PAYS).status in (PaymentStatus.PENDING, PaymentStatus.PAID)
    _later(counter, 20)
    assert counter.now(payment).status is PaymentStatus.CLOSED
    assert taken(counter, payment) == 0


@BOTH
@METHOD
def test_the_process_dies_before_asking(counter: Counter, provider: str, method: str) -> None:
    payment = counter.intend(provider, method)
    _later(counter)
    assert counter.now(payment).status is PaymentStatus.CREATED
    _later(counter, 20)
    assert counter.now(payment).status is PaymentStatus.CLOSED


@BOTH
@METHOD
def test_the_process_dies_between_asking_and_booking(counter: Counter, provider: str, method: str) -> None:
    payment = counter.intend(provider, method)
    _, access = counter.desk.provider(counter.merchant_id, ProviderName(provider))
    access.start(payment, Payer(auth_code=PAYS), "https://shuke.example/x")
    if method == "native":
        getattr(counter, provider).pay(payment.trade_no)
    assert counter.now(payment).status is PaymentStatus.CREATED
    _later(counter)
    assert counter.now(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1


@BOTH
def test_the_payer_pays_and_nobody_tells(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    getattr(counter, provider).pay(payment.trade_no)
    _later(counter)
    assert counter.now(payment).status is PaymentStatus.PAID


@BOTH
def test_the_payer_never_pays(counter: Counter, provider: str) -> None:
    payment = counter.started(provider)
    for _ in range(4):
        _later(counter, 4)
    assert counter.now(payment).status is PaymentStatus.CLOSED
    _later(counter, 10)
    assert counter.now(payment).check_at is None
    _later(counter, 60)
    assert counter.sweep() == service.Swept(0, 0)


def test_a_code_that_was_given_up_is_paid_all_the_same(counter: Counter) -> None:
    """Alipay knows nothing of a code before it is scanned, so there is nothing to close. The last look finds it."""
    payment = counter.started("alipay")
    assert counter.close(payment).status is PaymentStatus.CLOSED
    counter.alipay.pay(payment.trade_no)
    _later(counter, 30)
    late = counter.now(payment)
    assert (late.status, late.received_minor) == (PaymentStatus.CLOSED, 1234)
    assert taken(counter, payment) == 0
    assert counter.handed_over == []


def test_a_code_that_was_given_up_is_scanned_and_not_paid(counter: Counter) -> None:
    payment = counter.started("alipay")
    counter.close(payment)
    counter.alipay.trades[payment.trade_no].state = "WAIT_BUYER_PAY"
    _later(counter, 30)
    assert counter.alipay.trades[payment.trade_no].state == "TRADE_CLOSED"
    assert counter.now(payment).check_at is None


@BOTH
def test_she_pays_in_the_last_moment(counter: Counter, provider: str) -> None:
    """Paid between asking and closing: refused to close, asked again, booked."""
    payment = counter.started(provider)
    standin = getattr(counter, provider)

    def pay(asked: object) -> None:
        if "/close" in str(asked) or "trade.close" in str(asked):
            standin.on_ask.remove(pay)
            standin.pay(payment.trade_no)

    if provider == "alipay":
        standin.trades[payment.trade_no].state = "WAIT_BUYER_PAY"
    standin.on_ask.append(pay)
    assert counter.close(payment).status is PaymentStatus.PAID
    assert len(counter.handed_over) == 1


@pytest.mark.parametrize(("provider", "method"), list(CLOSE))
@pytest.mark.parametrize("fault", [Fault.SILENT_AFTER, Fault.SILENT_BEFORE, Fault.BROKEN_BEFORE])
def test_the_answer_to_closing_is_lost(counter: Counter, provider: str, method: str, fault: Fault) -> None:
    payment = counter.start(counter.intend(provider, method), "130000000000000001")
    getattr(counter, provider).next(CLOSE[provider, method], fault)
    counter.close(payment)
    _later(counter)
    assert counter.now(payment).status is PaymentStatus.CLOSED
    assert getattr(counter, provider).trades[payment.trade_no].state in ("CLOSED", "REVOKED", "TRADE_CLOSED")


@BOTH
def test_nobody_waits_any_longer(counter: Counter, provider: str) -> None:
    """Its order was cancelled: whatever was to pay for it is closed, or sent back."""
    paid, unpaid = counter.started(provider), counter.started(provider)
    getattr(counter, provider).pay(paid.trade_no)
    with counter.desk.database.merchant(counter.merchant_id) as unit:
        for payment in (paid, unpaid):
            assert service.abandon(unit, payment.purpose, payment.reference_id) == [payment.payment_id]
    counter.wanted = False
    counter.sweep()
    assert counter.now(unpaid).status is PaymentStatus.CLOSED
    assert counter.now(paid).status is PaymentStatus.PAID
    [refund] = counter.refunds(paid)
    assert (refund.status, refund.reason) == (RefundStatus.SUCCEEDED, "unwanted")
    assert taken(counter, paid) == 0


@BOTH
def test_what_was_paid_for_cannot_be_handed_over_yet(counter: Counter, provider: str) -> None:
    counter.breaks = True
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    assert (payment.status, payment.attention) == (PaymentStatus.PAID, Attention.NOT_DELIVERED)
    _later(counter)
    assert counter.now(payment).delivered_at is None
    counter.breaks = False
    _later(counter, 5)
    assert counter.now(payment).attention is None
    assert counter.now(payment).delivered_at is not None
    _later(counter, 60)
    assert len(counter.handed_over) == 1


@BOTH
@pytest.mark.parametrize("fault", [*LOST, Fault.SILENT_BEFORE, Fault.BROKEN_BEFORE])
def test_the_answer_to_a_refund_is_lost(counter: Counter, provider: str, fault: Fault) -> None:
    """It is sent again under the same number: the provider sends the money once."""
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    refund = counter.refund(payment, 1000)
    _go_wrong(counter, provider, REFUND[provider], fault)
    assert counter.send(refund).status is RefundStatus.CREATED
    _later(counter)
    _later(counter)
    assert counter.refunds(payment)[0].status is RefundStatus.SUCCEEDED
    assert taken(counter, payment) == 234


@BOTH
def test_a_refund_that_nobody_sent_is_sent(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    counter.refund(payment, 1234)
    counter.sweep()
    assert counter.refunds(payment)[0].status is RefundStatus.SUCCEEDED
    assert taken(counter, payment) == 0


@BOTH
def test_a_refund_waits_until_there_is_money(counter: Counter, provider: str) -> None:
    standin = getattr(counter, provider)
    standin.balance_empty = True
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    refund = counter.send(counter.refund(payment, 1234))
    assert (refund.status, refund.attention) == (RefundStatus.CREATED, Attention.REFUND_STUCK)
    standin.balance_empty = False
    _later(counter)
    [refund] = counter.refunds(payment)
    assert (refund.status, refund.attention) == (RefundStatus.SUCCEEDED, None)


@BOTH
def test_a_refund_that_is_refused_leaves_the_money_refundable(counter: Counter, provider: str) -> None:
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    trade = getattr(counter, provider).trades[payment.trade_no]
    trade.state = "NOTPAY"
    refund = counter.send(counter.refund(payment, 1234))
    if provider == "alipay":  # it may have happened, so it is asked about rather than given up
        assert (refund.status, refund.attention) == (RefundStatus.CREATED, Attention.REFUND_STUCK)
    else:
        assert (refund.status, refund.attention) == (RefundStatus.FAILED, Attention.REFUND_FAILED)
        trade.state = "SUCCESS"
        assert counter.send(counter.refund(payment, 1234)).status is RefundStatus.SUCCEEDED


def test_a_refund_that_is_stuck_at_wechat(counter: Counter) -> None:
    counter.wechat.instant_refunds = False
    payment = counter.start(counter.intend("wechat", "auth_code"), PAYS)
    refund = counter.send(counter.refund(payment, 1234))
    counter.wechat.refund_of(refund.refund_no)["status"] = "ABNORMAL"
    _later(counter)
    [refund] = counter.refunds(payment)
    assert (refund.status, refund.attention) == (RefundStatus.PENDING, Attention.REFUND_STUCK)


@BOTH
def test_the_account_is_gone(counter: Counter, provider: str) -> None:
    """A refund of what was paid to another account is for a person; money is not sent from the wrong one."""
    payment = counter.start(counter.intend(provider, "auth_code"), PAYS)
    refund = counter.refund(payment, 34)
    counter.send(refund)
    with counter.desk.database.merchant(counter.merchant_id) as unit:
        accounts.remove(unit, ProviderName(provider))
    counter.refund(payment, 100)
    counter.sweep()
    assert counter.refunds(payment)[-1].attention is Attention.ACCOUNT_CHANGED
    set_up(counter)
    _later(counter)
    assert counter.refunds(payment)[-1].status is RefundStatus.SUCCEEDED
