"""Plans renewed and upgraded through a provider: once for each payment that still buys what it was asked for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from shuke.checkout import prepaying
from shuke.checkout.errors import NothingToCollect
from shuke.checkout.paying import Outside
from shuke.checkout.payments import store as payments
from shuke.checkout.payments.model import Method, Payment, ProviderName, Purpose
from shuke.entrypoints.paying import ON_PAID
from shuke.kernel.ids import Prefix, parse, show
from shuke.loyalty import service as loyalty
from shuke.loyalty.errors import NotActive, PlanNotOnSale
from shuke.loyalty.model import PaymentKind, Subscription
from shuke.loyalty.plans import store, subscribing
from tests.support.paying import Counter
from tests.support.programmes import plan, publish
from tests.support.wechat_pay_notices import paid_notice

PRICE, HIGHER = 9_900, 30_000
BY_CODE = Outside(ProviderName.WECHAT, Method.NATIVE)


@dataclass
class Desk:
    """Somebody who holds "plus" at 99.00 a year, paid; "gold" at 300.00 is above it."""

    counter: Counter
    member_id: UUID
    store_id: UUID
    subscription_id: UUID

    def ask(self, kind: str = "renewal", provider: str = "wechat") -> Payment:
        outside = Outside(ProviderName(provider), Method.NATIVE)
        with self.counter.shop.unit() as unit:
            if kind == "renewal":
                payment = prepaying.ask_renewal(unit, self.subscription_id, self.store_id, outside)
            else:
                payment = prepaying.ask_upgrade(unit, self.subscription_id, self.store_id, "gold", outside)
        self.counter.made.append(payment)
        return self.counter.start(payment)

    def notify(self, payment: Payment, *, times: int = 1) -> None:
        provider, wechat = str(payment.provider), self.counter.wechat
        trade: Any = getattr(self.counter, provider).pay(payment.trade_no)
        notice = paid_notice(wechat, trade) if provider == "wechat" else self.counter.alipay.notice(trade)
        for _ in range(times):
            assert self.counter.post(provider, notice).status_code in (200, 204)

    def held(self) -> Subscription:
        """The one that is good now."""
        with self.counter.shop.unit() as unit:
            had = store.of_member(unit, self.member_id)
            (good,) = [each for each in had if subscribing.is_good(unit, each)]
        return good

    def paid_for(self) -> list[int]:
        with self.counter.shop.unit() as unit:
            return [each.amount_minor for each in store.payments(unit, self.held().subscription_id)]

    def cancel(self) -> None:
        with self.counter.shop.unit() as unit:
            programme = loyalty.programme(unit)
            back = subscribing.preview_cancel(unit, programme, self.subscription_id).amount_minor
            given = loyalty.PlanPaid(PaymentKind.CASH, back) if back else None
            subscribing.cancel(unit, programme, self.subscription_id, given)

    def went_back(self, payment: Payment) -> int:
        return sum(each.amount_minor for each in self.counter.refunds(payment))

    def refused(self, payment: Payment) -> str | None:
        with self.counter.shop.unit() as unit:
            wish = prepaying.find(unit, payment.reference_id)
        assert wish is not None
        return wish.refused


@pytest.fixture
def desk(counter: Counter) -> Desk:
    shop = counter.shop
    counter.desk.on_paid[Purpose.PLAN] = ON_PAID[Purpose.PLAN]  # type: ignore[index]
    with shop.unit() as unit:
        if not loyalty.programme(unit).plans:
            offered = [plan("plus", PRICE, rank=1), plan("gold", HIGHER, rank=2)]
            publish(unit, lambda document: document["plans"].extend(offered))
    member_id = shop.member().member_id
    with shop.unit() as unit:
        paid = loyalty.PlanPaid(PaymentKind.CASH, PRICE)
        made = loyalty.open_plan(unit, loyalty.programme(unit), member_id, "plus", paid)
    return Desk(counter, member_id, shop.store().store_id, made.subscription_id)


def a_year_after(day: date) -> date:
    """The last day of a year that begins the day after `day`."""
    first = day + timedelta(days=1)
    return first.replace(year=first.year + 1) - timedelta(days=1)


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
def test_a_plan_is_renewed_once_however_often_the_provider_tells(desk: Desk, provider: str) -> None:
    before = desk.held().ends_on
    payment = desk.ask(provider=provider)
    assert (payment.amount_minor, desk.held().ends_on) == (PRICE, before), "nobody has paid yet"
    desk.notify(payment, times=3)
    desk.counter.check(payment)
    assert desk.held().ends_on == a_year_after(before)
    assert desk.paid_for() == [PRICE, PRICE]
    assert desk.went_back(payment) == 0


def test_who_pays_twice_gets_one_of_it_back(desk: Desk) -> None:
    before = desk.held().ends_on
    one, other = desk.ask(), desk.ask()
    desk.notify(one)
    desk.notify(other, times=2)
    assert desk.held().ends_on == a_year_after(before)
    assert (desk.went_back(one), desk.went_back(other)) == (0, PRICE)
    assert desk.refused(other) == "renewed_meanwhile"
    desk.notify(desk.ask())
    assert desk.paid_for() == [PRICE, PRICE, PRICE], "asked again, it is renewed again"


@pytest.mark.parametrize("kind", ["renewal", "upgrade"])
def test_money_for_a_plan_that_was_cancelled_goes_back(desk: Desk, kind: str) -> None:
    payment = desk.ask(kind)
    desk.cancel()
    desk.notify(payment, times=2)
    assert (desk.went_back(payment), desk.refused(payment)) == (payment.amount_minor, "not_active")
    with desk.counter.shop.unit() as unit, pytest.raises(NotActive):
        prepaying.ask_renewal(unit, desk.subscription_id, desk.store_id, BY_CODE)


@pytest.mark.parametrize("kind", ["renewal", "upgrade"])
def test_money_that_comes_when_the_payment_is_over_goes_back(desk: Desk, kind: str) -> None:
    before = desk.held()
    payment = desk.ask(kind)
    desk.counter.close(payment)
    desk.counter.wechat.trades[payment.trade_no].state = "NOTPAY"
    desk.notify(payment, times=2)
    assert desk.held() == before
    (refund,) = desk.counter.refunds(payment)
    assert (refund.amount_minor, refund.reason) == (payment.amount_minor, "late")


def test_a_notice_that_comes_after_asking_found_it_renews_nothing_more(desk: Desk) -> None:
    payment = desk.ask()
    trade = desk.counter.wechat.pay(payment.trade_no)
    desk.counter.check(payment)
    renewed = desk.held()
    desk.counter.post("wechat", paid_notice(desk.counter.wechat, trade))
    assert (desk.held(), desk.went_back(payment)) == (renewed, 0)


def test_a_higher_plan_is_paid_with_what_is_due_now(desk: Desk) -> None:
    payment = desk.ask("upgrade")
    assert 0 < payment.amount_minor < HIGHER
    desk.notify(payment, times=2)
    held = desk.held()
    assert (held.replaces_id, held.paid_minor) == (desk.subscription_id, HIGHER)
    assert desk.paid_for() == [payment.amount_minor]
    assert desk.went_back(payment) == 0


@pytest.mark.parametrize(("asked", "first"), [("upgrade", "renewal"), ("renewal", "upgrade"), ("upgrade", "upgrade")])
def test_money_goes_back_when_the_other_was_paid_first(desk: Desk, asked: str, first: str) -> None:
    payment, earlier = desk.ask(asked), desk.ask(first)
    desk.notify(earlier)
    now = desk.held()
    desk.notify(payment)
    assert (desk.held(), desk.went_back(payment)) == (now, payment.amount_minor)
    assert desk.refused(payment) == ("amount_differs" if first == "renewal" else "not_active")


def test_nobody_is_asked_for_what_cannot_be_had_or_costs_nothing(desk: Desk) -> None:
    with desk.counter.shop.unit() as unit:
        publish(unit, lambda document: document["plans"][0].update(price_minor=0))
        with pytest.raises(NothingToCollect):
            prepaying.ask_renewal(unit, desk.subscription_id, desk.store_id, BY_CODE)
        publish(unit, lambda document: document["plans"][0].update(price_minor=PRICE, on_sale=False))
        with pytest.raises(PlanNotOnSale):
            prepaying.ask_renewal(unit, desk.subscription_id, desk.store_id, BY_CODE)
        publish(unit, lambda document: document["plans"][0].update(on_sale=True))


def test_over_the_api(desk: Desk) -> None:
    client = desk.counter.world.client()
    client.headers["Authorization"] = f"Bearer {desk.counter.shop.key()}"
    at = f"/v1/subscriptions/{show(Prefix.SUBSCRIPTION, desk.subscription_id)}"
    body = {"store_id": show(Prefix.STORE, desk.store_id), "provider": "wechat", "method": "native"}
    key = {"Idempotency-Key": "renew"}
    asked = client.post(f"{at}/renewal-payments", json=body, headers=key)
    assert asked.status_code == 201, asked.text
    assert client.post(f"{at}/renewal-payments", json=body, headers=key).json() == asked.json()
    dearer = client.post(f"{at}/upgrade-payments", json={**body, "plan": "gold"})
    assert (dearer.status_code, dearer.json()["purpose"]) == (201, "plan")
    lower = client.post(f"{at}/upgrade-payments", json={**body, "plan": "plus"})
    assert (lower.status_code, lower.json()["code"]) == (409, "not_an_upgrade")
    before = desk.held().ends_on
    started = client.post(f"/v1/payments/{asked.json()['id']}/start", json={})
    assert "code_url" in started.json()["handover"]
    payment = parse(Prefix.PAYMENT, asked.json()["id"])
    with desk.counter.shop.unit() as unit:
        booked = payments.payment(unit, payment)
    desk.notify(booked)
    assert desk.held().ends_on == a_year_after(before)
