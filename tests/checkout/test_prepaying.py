"""Top-ups and plans paid through a provider: handed over once when the money comes, sent back when they cannot be."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from shuke.checkout import prepaying
from shuke.checkout.paying import Outside
from shuke.checkout.payments import store as payments
from shuke.checkout.payments.model import Method, Payment, ProviderName, Purpose
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.paying import ON_PAID
from shuke.kernel.ids import Prefix, new_id, parse, show
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.merging import merging
from shuke.members.merging.undoing import undo
from shuke.members.model import MemberStatus
from shuke.stored_value import programme, top_up_store
from shuke.stored_value.model import Ladder, Step
from shuke.stored_value.top_up_store import TopUpFilter
from tests.support.paying import Counter
from tests.support.programmes import plan, publish
from tests.support.wechat_pay_notices import paid_notice

PRICE = 9_900


@dataclass
class Prepaying:
    counter: Counter
    member_id: UUID
    store_id: UUID

    def ask(self, kind: str, provider: str = "wechat") -> Payment:
        outside = Outside(ProviderName(provider), Method.NATIVE)
        with self.counter.shop.unit() as unit:
            if kind == "top_up":
                payment = prepaying.ask_top_up(unit, self.member_id, self.store_id, 10_000, outside)
            else:
                payment = prepaying.ask_plan(unit, self.member_id, self.store_id, "plus", False, outside)
        self.counter.made.append(payment)
        return self.counter.start(payment)

    def notify(self, payment: Payment, *, times: int = 1) -> None:
        provider = str(payment.provider)
        wechat = self.counter.wechat
        trade: Any = getattr(self.counter, provider).pay(payment.trade_no)
        notice = paid_notice(wechat, trade) if provider == "wechat" else self.counter.alipay.notice(trade)
        for _ in range(times):
            assert self.counter.post(provider, notice).status_code in (200, 204)

    def has(self, kind: str) -> int:
        """How many top-ups, or plans, she got."""
        with self.counter.shop.unit() as unit:
            if kind == "top_up":
                return len(top_up_store.list_top_ups(unit, TopUpFilter(self.member_id, None), None, 50)[0])
            return len(loyalty.rights(unit, self.member_id).plans)

    def held(self) -> tuple[int, int]:
        with self.counter.shop.unit() as unit:
            found = ledger.balances(unit, self.member_id)
        return found.stored_principal, found.stored_bonus


@pytest.fixture
def prepaying_at(counter: Counter) -> Prepaying:
    """100.00 brings a bonus of 8.00; the plan "plus" costs 99.00."""
    shop = counter.shop
    for purpose in (Purpose.TOP_UP, Purpose.PLAN):
        counter.desk.on_paid[purpose] = ON_PAID[purpose]  # type: ignore[index]
    with shop.unit() as unit:
        if not loyalty.programme(unit).plans:
            publish(unit, lambda document: document["plans"].append(plan("plus", PRICE)))
            step = Step(new_id(), 10_000, 800)
            programme.create_ladder(unit, Ladder(new_id(), "充值有礼", (step,)))
    return Prepaying(counter, shop.member().member_id, shop.store().store_id)


KINDS = pytest.mark.parametrize("kind", ["top_up", "plan"])
PROVIDERS = pytest.mark.parametrize("provider", ["wechat", "alipay"])


@KINDS
@PROVIDERS
def test_it_is_handed_over_once_however_often_the_provider_tells(
    prepaying_at: Prepaying, kind: str, provider: str
) -> None:
    payment = prepaying_at.ask(kind, provider)
    assert prepaying_at.has(kind) == 0, "nobody has paid yet"
    prepaying_at.notify(payment, times=3)
    prepaying_at.counter.check(payment)
    assert prepaying_at.has(kind) == 1
    assert prepaying_at.held() == ((10_000, 800) if kind == "top_up" else (0, 0))
    now = prepaying_at.counter.now(payment)
    assert (now.delivered_at is not None, now.attention) == (True, None)
    assert prepaying_at.counter.refunds(payment) == []


@KINDS
def test_what_cannot_be_had_any_more_is_paid_back(prepaying_at: Prepaying, kind: str) -> None:
    payment = prepaying_at.ask(kind)
    if kind == "plan":
        other = prepaying_at.ask(kind)
        prepaying_at.notify(other)
    else:
        with prepaying_at.counter.shop.unit() as unit:
            members.change(unit, prepaying_at.member_id, {"status": MemberStatus.BLOCKED})
    had = prepaying_at.has(kind)
    prepaying_at.notify(payment, times=2)
    assert prepaying_at.has(kind) == had
    (refund,) = prepaying_at.counter.refunds(payment)
    assert refund.amount_minor == payment.amount_minor
    with prepaying_at.counter.shop.unit() as unit:
        wish = prepaying.find(unit, payment.reference_id)
    assert wish is not None
    assert wish.refused in ("already_subscribed", "member_may_not_top_up")


@KINDS
def test_asking_finds_what_nobody_told_and_the_notice_comes_later(prepaying_at: Prepaying, kind: str) -> None:
    payment = prepaying_at.ask(kind)
    trade = prepaying_at.counter.wechat.pay(payment.trade_no)
    prepaying_at.counter.check(payment)
    assert prepaying_at.has(kind) == 1
    prepaying_at.counter.post("wechat", paid_notice(prepaying_at.counter.wechat, trade))
    assert prepaying_at.has(kind) == 1


@KINDS
def test_money_that_comes_when_the_payment_is_over_goes_back(prepaying_at: Prepaying, kind: str) -> None:
    payment = prepaying_at.ask(kind)
    prepaying_at.counter.close(payment)
    prepaying_at.counter.wechat.trades[payment.trade_no].state = "NOTPAY"
    prepaying_at.notify(payment, times=2)
    assert prepaying_at.has(kind) == 0
    (refund,) = prepaying_at.counter.refunds(payment)
    assert (refund.amount_minor, refund.reason) == (payment.amount_minor, "late")


def test_over_the_api(prepaying_at: Prepaying) -> None:
    shop = prepaying_at.counter.shop
    client = prepaying_at.counter.world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"
    member, store = show(Prefix.MEMBER, prepaying_at.member_id), show(Prefix.STORE, prepaying_at.store_id)
    body = {"store_id": store, "provider": "wechat", "method": "native", "amount_minor": 10_000}
    asked = client.post(f"/v1/members/{member}/top-up-payments", json=body, headers={"Idempotency-Key": "a"})
    assert asked.status_code == 201, asked.text
    again = client.post(f"/v1/members/{member}/top-up-payments", json=body, headers={"Idempotency-Key": "a"})
    assert again.json() == asked.json()
    payment = parse(Prefix.PAYMENT, asked.json()["id"])
    started = client.post(f"/v1/payments/{asked.json()['id']}/start", json={})
    assert "code_url" in started.json()["handover"]
    with shop.unit() as unit:
        booked = payments.payment(unit, payment)
    prepaying_at.notify(booked)
    assert prepaying_at.held() == (10_000, 800)
    plan_body = {"store_id": store, "provider": "cash", "method": "till", "plan": "plus"}
    refused = client.post(f"/v1/members/{member}/subscription-payments", json=plan_body)
    assert (refused.status_code, refused.json()["code"]) == (422, "method_not_offered")


def test_asked_before_a_merge_and_paid_during_it_a_top_up_is_hers_again(prepaying_at: Prepaying) -> None:
    shop, survivor = prepaying_at.counter.shop, prepaying_at.counter.shop.member()
    payment = prepaying_at.ask("top_up")
    with shop.unit() as unit:
        done = merging.merge(unit, PLAN, survivor.member_id, prepaying_at.member_id)
    prepaying_at.notify(payment)
    with shop.unit() as unit:
        assert ledger.balances(unit, survivor.member_id).stored_principal == 10_000
        undo(unit, PLAN, done.merge_id)
    assert (prepaying_at.has("top_up"), prepaying_at.held()) == (1, (10_000, 800))


def test_asked_by_her_old_name_it_goes_with_that_whenever_it_is_paid(prepaying_at: Prepaying) -> None:
    """One is paid while they are one, the other when they are two again."""
    shop, survivor = prepaying_at.counter.shop, prepaying_at.counter.shop.member()
    hers = prepaying_at.member_id
    with shop.unit() as unit:
        done = merging.merge(unit, PLAN, survivor.member_id, hers)
    asked = {"store_id": show(Prefix.STORE, prepaying_at.store_id), "provider": "wechat", "method": "native"}
    path = f"/v1/members/{show(Prefix.MEMBER, survivor.member_id)}/top-up-payments"
    client = prepaying_at.counter.world.client(shop.login)
    strange = {**asked, "amount_minor": 10_000, "identified_as": show(Prefix.MEMBER, new_id())}
    assert client.post(path, json=strange).json()["code"] == "not_her_name"
    payments_ = []
    for _ in range(2):
        body = {**asked, "amount_minor": 10_000, "identified_as": show(Prefix.MEMBER, hers)}
        made = client.post(path, json=body)
        assert made.status_code == 201, made.text
        with shop.unit() as unit:
            payment = payments.find(unit, parse(Prefix.PAYMENT, made.json()["id"]))
        assert payment is not None
        prepaying_at.counter.made.append(payment)
        payments_.append(prepaying_at.counter.start(payment))
    prepaying_at.notify(payments_[0])
    with shop.unit() as unit:
        undo(unit, PLAN, done.merge_id)
    prepaying_at.notify(payments_[1])
    assert (prepaying_at.has("top_up"), prepaying_at.held()) == (2, (20_000, 1_600))
    with shop.unit() as unit:
        assert ledger.balances(unit, survivor.member_id).stored_principal == 0
