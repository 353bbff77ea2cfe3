"""A merchant who takes payments, with both providers standing by on the loopback."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from fastapi.testclient import TestClient

from shuke.checkout.payments import accounts, credentials, service, store
from shuke.checkout.payments.model import Intent, Method, Paid, Payer, Payment, PaymentRefund, ProviderName, Purpose
from shuke.checkout.payments.service import Desk, Gateways
from shuke.checkout.payments.tables import payment_events
from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from tests.support.alipay import Alipay
from tests.support.loopback import Asked, answering
from tests.support.wechat_pay import WeChatPay
from tests.support.world import Shop, World

PATIENT, IMPATIENT = (20.0, 20.0), (20.0, 0.3)
"""Seconds to connect and to wait: however busy the machine, only those who are asked to be slow are given up on."""


@dataclass
class Counter:
    """Somebody who sells things: `handed_over` are those that were told to be paid; `wanted` whether they still are."""

    world: World
    shop: Shop
    clock: SimulatedClock
    wechat: WeChatPay
    alipay: Alipay
    desk: Desk
    handed_over: list[Paid] = field(default_factory=list)
    wanted: bool = True
    breaks: bool = False
    made: list[Payment] = field(default_factory=list)
    asked_inside: list[str] = field(default_factory=list)

    @property
    def merchant_id(self) -> UUID:
        return self.shop.merchant_id

    def deliver(self, unit: Unit, paid: Paid) -> bool:
        """What an order would do."""
        if self.breaks:
            unit.connection.execute(sa.text("SELECT 1/0"))
        if self.wanted:
            self.handed_over.append(paid)
        return self.wanted

    def intend(
        self, provider: str = "wechat", method: str = "native", amount: int = 1234, reference: UUID | None = None
    ) -> Payment:
        wanted = Intent(
            Purpose.ORDER,
            reference or uuid4(),
            ProviderName(provider),
            Method(method),
            amount,
            "大树商店 订单 20260302-1",
        )
        with self.desk.database.merchant(self.merchant_id) as unit:
            self.made.append(service.intend(unit, wanted))
        return self.made[-1]

    def start(self, payment: Payment, auth_code: str | None = None, open_id: str | None = None) -> Payment:
        payer = Payer(auth_code, open_id, "14.23.150.211")
        return service.start(self.desk, self.merchant_id, payment.payment_id, payer)

    def started(self, provider: str = "wechat", method: str = "native", amount: int = 1234) -> Payment:
        return self.start(self.intend(provider, method, amount))

    def check(self, payment: Payment) -> Payment:
        return service.check(self.desk, self.merchant_id, payment.payment_id)

    def close(self, payment: Payment) -> Payment:
        return service.close(self.desk, self.merchant_id, payment.payment_id)

    def now(self, payment: Payment) -> Payment:
        """As it is booked."""
        with self.desk.database.merchant(self.merchant_id) as unit:
            return store.payment(unit, payment.payment_id)

    def refund(self, payment: Payment, amount: int, reason: str = "退货") -> PaymentRefund:
        with self.desk.database.merchant(self.merchant_id) as unit:
            return service.intend_refund(unit, payment.payment_id, amount, reason)

    def send(self, refund: PaymentRefund) -> PaymentRefund:
        return service.send_refund(self.desk, self.merchant_id, refund.refund_id)

    def refunds(self, payment: Payment) -> list[PaymentRefund]:
        with self.desk.database.merchant(self.merchant_id) as unit:
            return service.refunds(unit, [payment.payment_id])

    def sweep(self) -> service.Swept:
        return service.settle_unknown(self.desk, self.merchant_id)

    def events(self, payment: Payment | None) -> list[tuple[str, str, str]]:
        """Source, telling and effect of every answer, as they came; None: of those about payments nobody knows."""
        table = payment_events.c
        with self.desk.database.merchant(self.merchant_id) as unit:
            which = table.payment_id.is_(None) if payment is None else table.payment_id == payment.payment_id
            rows = unit.connection.execute(sa.select(payment_events).where(which).order_by(table.event_id))
            return [(row.source, row.telling, row.effect) for row in rows]

    def broken_laws(self) -> list[str]:
        with self.desk.database.merchant(self.merchant_id) as unit:
            return [check.name for check in service.audit(unit) if not check.ok]

    def state(self) -> list[str]:
        """Everything that payments keep."""
        with self.desk.database.merchant(self.merchant_id) as unit:
            tables = (store.payments, store.payment_refunds, payment_events)
            return sorted(repr(row) for table in tables for row in unit.connection.execute(sa.select(table)))

    def hurry(self) -> None:
        """Give up soon on whoever is slow. What is given up on goes on at the provider, whatever is open here then."""
        gateways = replace(self.desk.gateways, timeout=IMPATIENT)
        self.desk = Desk(self.desk.database, gateways, self.desk.on_paid)
        self.wechat.on_ask.clear()
        self.alipay.on_ask.clear()

    def put_away(self) -> None:
        """Nothing of this test is asked about in the next one."""
        tables = ((store.payments, "closed"), (store.payment_refunds, "failed"))
        with self.desk.database.merchant(self.merchant_id) as unit:
            for table, over in tables:
                unfinished = table.c.status.in_(["created", "pending"])
                unit.connection.execute(table.update().where(unfinished).values(status=over))
                unit.connection.execute(table.update().values(check_at=None))

    def post(self, provider: str, notice: tuple[dict[str, str], bytes], token: str | None = None) -> Any:
        """A notification, over the application's own route."""
        headers, body = notice
        name = ProviderName(provider)
        own = accounts.notification_token(self.desk.database.cipher, self.merchant_id, name)
        self.world.app.state.payments = self.desk
        client = TestClient(self.world.app, raise_server_exceptions=False)
        return client.post(f"/v1/payments/notifications/{provider}/{token or own}", content=body, headers=headers)


@contextmanager
def open_counter(world: World, shop: Shop | None = None, *, by_public_key: bool = False) -> Iterator[Counter]:
    """At `shop`, or at a merchant of its own. Whatever a test does, the laws of payments hold at its end."""
    clock = world.clock
    with ExitStack() as stack:
        wechat, alipay = WeChatPay(clock, by_public_key=by_public_key), Alipay(clock)
        gateways = Gateways(
            "https://shuke.example",
            stack.enter_context(answering(wechat.answer)),
            stack.enter_context(answering(alipay.answer)) + "/gateway.do",
            PATIENT,
        )
        told: dict[Purpose, Any] = {}
        desk = Desk(world.database, gateways, told)
        counter = Counter(world, shop or world.merchant(), clock, wechat, alipay, desk)
        told[Purpose.ORDER] = counter.deliver
        world.app.state.payments = desk
        set_up(counter)

        def look(asked: Asked) -> None:
            if desk.database.engine.pool.checkedout():  # type: ignore[attr-defined]
                counter.asked_inside.append(asked.target)

        wechat.on_ask.append(look)
        alipay.on_ask.append(look)
        yield counter
        assert counter.asked_inside == [], "a transaction was open while a provider was asked"
        assert counter.broken_laws() == []
        counter.put_away()


def set_up(counter: Counter) -> None:
    """Both accounts, entered as the owner does."""
    given = [
        credentials.wechat(**{"public_key_id": None, "public_key": None, **counter.wechat.account()}),
        credentials.alipay(**counter.alipay.account()),
    ]
    with counter.desk.database.merchant(counter.merchant_id) as unit:
        for one in given:
            accounts.replace(unit, one.provider, one.payee, one.details, one.keys)


def taken(counter: Counter, payment: Payment) -> int:
    """What the provider has of it, in the end."""
    trade = getattr(counter, payment.provider).trades.get(payment.trade_no)
    if trade is None:
        return 0
    if payment.provider == "wechat":
        return trade.total - trade.refunded if trade.success_time else 0
    return round(100 * float(trade.total)) - round(100 * float(trade.refunded)) if trade.paid_at else 0
