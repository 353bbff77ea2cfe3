"""Whatever happens in whatever order: in the end what a provider keeps is what we know of, and what was handed over is
what was paid for.

Hypothesis plays shop, payer, provider, network and worker. The truth is the stand-in's; at the end of every story the
network is well again and the worker goes round, and the books must agree with it.
"""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from shuke.checkout.payments.errors import NotPaid, PaymentOver, RefundTooMuch
from shuke.checkout.payments.model import Payment, PaymentStatus, RefundStatus
from tests.support.loopback import Fault
from tests.support.paying import open_counter
from tests.support.wechat_pay import NEEDS_PASSWORD, PAYS
from tests.support.wechat_pay_notices import paid_notice
from tests.support.world import Shop, World

PROVIDERS = st.sampled_from(["wechat", "alipay"])
METHODS = st.sampled_from(["native", "auth_code"])
FAULTS = st.sampled_from([Fault.SILENT_BEFORE, Fault.SILENT_AFTER, Fault.BROKEN_BEFORE, Fault.FORGED, Fault.UNSIGNED])


class Payments(RuleBasedStateMachine):
    world: ClassVar[World]
    shop: ClassVar[Shop]
    payments: Bundle[Payment] = Bundle("payments")

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        self.counter = self.stack.enter_context(open_counter(self.world, self.shop))

    @rule(target=payments, provider=PROVIDERS, method=METHODS, amount=st.integers(1, 5000))
    def intend(self, provider: str, method: str, amount: int) -> Payment:
        return self.counter.intend(provider, method, amount)

    @rule(payment=payments, code=st.sampled_from([PAYS, NEEDS_PASSWORD]))
    def start(self, payment: Payment, code: str) -> None:
        try:
            self.counter.start(payment, code)
        except PaymentOver:
            assert (
                not self.counter.now(payment).live or self.counter.clock.now() >= self.counter.now(payment).expires_at
            )

    @rule(payment=payments)
    def pay(self, payment: Payment) -> None:
        trade = self._trade(payment)
        standin = getattr(self.counter, payment.provider)
        if trade is not None and standin.payable(payment.trade_no):
            standin.pay(payment.trade_no)

    @rule(payment=payments)
    def tell(self, payment: Payment) -> None:
        trade = self._trade(payment)
        if trade is None or not _paid(trade):
            return
        if payment.provider == "wechat":
            self.counter.post("wechat", paid_notice(self.counter.wechat, trade))
        else:
            self.counter.post("alipay", self.counter.alipay.notice(trade))

    @rule(payment=payments)
    def check(self, payment: Payment) -> None:
        self.counter.check(payment)

    @rule(payment=payments)
    def close(self, payment: Payment) -> None:
        self.counter.close(payment)

    @rule(payment=payments, amount=st.integers(1, 3000), send=st.booleans())
    def refund(self, payment: Payment, amount: int, send: bool) -> None:
        try:
            refund = self.counter.refund(payment, amount)
        except (NotPaid, RefundTooMuch):
            return
        if send:
            self.counter.send(refund)

    @rule(provider=PROVIDERS, fault=FAULTS)
    def go_wrong(self, provider: str, fault: Fault) -> None:
        getattr(self.counter, provider).next("", fault)

    @rule(minutes=st.integers(0, 10))
    def wait(self, minutes: int) -> None:
        self.counter.clock.advance(timedelta(minutes=minutes))
        self.counter.sweep()

    @rule(wanted=st.booleans(), breaks=st.booleans())
    def change_of_mind(self, wanted: bool, breaks: bool) -> None:
        self.counter.wanted, self.counter.breaks = wanted, breaks

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        self._end_well()
        for payment in self.counter.made:
            self._agrees(self.counter.now(payment))
        self.stack.close()

    def _end_well(self) -> None:
        counter = self.counter
        counter.wechat.faults.clear()
        counter.alipay.faults.clear()
        counter.breaks = False
        for _ in range(6):
            counter.clock.advance(timedelta(hours=1))
            counter.sweep()

    def _agrees(self, payment: Payment) -> None:
        trade = self._trade(payment)
        sent_back = [one for one in self.counter.refunds(payment) if one.status is RefundStatus.SUCCEEDED]
        kept = _kept(payment, trade)
        known = payment.received_minor - sum(refund.amount_minor for refund in sent_back)
        assert not payment.live
        assert known == kept, f"we know of {known}, the provider keeps {kept}"
        handed_over = [paid.payment_id for paid in self.counter.handed_over].count(payment.payment_id)
        assert handed_over <= 1
        if payment.status is PaymentStatus.PAID:
            assert payment.delivered_at is not None
            assert handed_over == 1 or known == 0, "paid for, and neither handed over nor sent back"
        else:
            assert (handed_over, kept) == (0, 0)
        assert not any(
            one.status in (RefundStatus.CREATED, RefundStatus.PENDING) for one in self.counter.refunds(payment)
        )

    def _trade(self, payment: Payment) -> Any:
        return getattr(self.counter, payment.provider).trades.get(payment.trade_no)


def _paid(trade: Any) -> bool:
    return bool(trade.success_time if hasattr(trade, "success_time") else trade.paid_at)


def _kept(payment: Payment, trade: Any) -> int:
    if trade is None or not _paid(trade):
        return 0
    return trade.total - trade.refunded if payment.provider == "wechat" else int(100 * (_yuan(trade) - trade.refunded))


def _yuan(trade: Any) -> Any:
    return type(trade.refunded)(trade.total)


def test_books_and_providers_agree_in_the_end(payment_world: World, payment_shop: Shop) -> None:
    Payments.world, Payments.shop = payment_world, payment_shop
    run_state_machine_as_test(
        Payments,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
