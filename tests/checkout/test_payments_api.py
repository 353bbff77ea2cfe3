"""Payments over HTTP, as the till sees them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from shuke.checkout.payments import intents
from shuke.checkout.payments.model import Intent, Method, Payment, ProviderName, Purpose
from shuke.entrypoints.audit import run_audit
from shuke.kernel.ids import Prefix, new_id, show
from shuke.tenancy.model import Role, Store
from tests.support.paying import Counter, open_counter
from tests.support.wechat_pay import NEEDS_PASSWORD, PAYS
from tests.support.world import World


@pytest.fixture
def fresh(payment_world: World) -> Iterator[Counter]:
    with open_counter(payment_world) as opened:
        opened.world.app.state.payments = opened.desk
        yield opened


@pytest.fixture
def owner(fresh: Counter) -> TestClient:
    return fresh.world.client(fresh.shop.login)


def _at(payment: Payment, act: str = "") -> str:
    return f"/v1/payments/{show(Prefix.PAYMENT, payment.payment_id)}{act}"


def _intend_at(counter: Counter, store: Store) -> Payment:
    wanted = Intent(
        Purpose.ORDER, new_id(), ProviderName.WECHAT, Method.AUTH_CODE, 500, "大树商店", store_id=store.store_id
    )
    with counter.desk.database.merchant(counter.merchant_id) as unit:
        return intents.intend(unit, wanted)


def test_shown_asked_about_and_paid(fresh: Counter, owner: TestClient) -> None:
    payment = fresh.intend("wechat")
    started = owner.post(_at(payment, "/start"), json={}).json()
    assert (started["status"], list(started["handover"])) == ("pending", ["code_url"])
    assert started["reference"] == show(Prefix.ORDER, payment.reference_id)
    assert owner.post(_at(payment, "/check")).json()["status"] == "pending"
    fresh.wechat.pay(payment.trade_no)
    paid = owner.post(_at(payment, "/check")).json()
    assert (paid["status"], paid["received_minor"], paid["handover"]) == ("paid", 1234, {})
    assert owner.get(_at(payment)).json() == paid
    assert owner.post(_at(payment, "/close")).json() == paid


def test_scanned_and_closed(fresh: Counter, owner: TestClient) -> None:
    payment = fresh.intend("alipay", "auth_code")
    assert owner.post(_at(payment, "/start"), json={}).json()["code"] == "payer_needed"
    assert owner.post(_at(payment, "/start"), json={"auth_code": "12 34"}).status_code == 422
    assert owner.post(_at(payment, "/start"), json={"auth_code": NEEDS_PASSWORD}).json()["status"] == "pending"
    assert owner.post(_at(payment, "/close")).json()["status"] == "closed"
    assert owner.post(_at(payment, "/start"), json={"auth_code": PAYS}).json()["code"] == "payment_over"


def test_the_list_and_who_sees_what(fresh: Counter, owner: TestClient) -> None:
    here, there = fresh.shop.store(), fresh.shop.store()
    payments = [_intend_at(fresh, here), _intend_at(fresh, there)]
    cashier = fresh.world.client(fresh.shop.staff(Role.CASHIER, [here]))
    assert [one["store"]["name"] for one in owner.get("/v1/payments").json()["items"]] == [there.name, here.name]
    assert [one["id"] for one in cashier.get("/v1/payments").json()["items"]] == [
        show(Prefix.PAYMENT, payments[0].payment_id)
    ]
    assert cashier.post(_at(payments[0], "/start"), json={"auth_code": PAYS}).json()["status"] == "paid"
    for act in ("/start", "/check", "/close"):
        assert cashier.post(_at(payments[1], act), json={}).status_code == 404
    assert cashier.get(_at(payments[1])).status_code == 404
    assert len(owner.get("/v1/payments?status=paid").json()["items"]) == 1
    order = show(Prefix.ORDER, payments[1].reference_id)
    assert len(owner.get(f"/v1/payments?order_id={order}").json()["items"]) == 1
    first = owner.get("/v1/payments?limit=1").json()
    assert len(owner.get(f"/v1/payments?limit=1&cursor={first['next_cursor']}").json()["items"]) == 1


def test_people_look_at_what_needs_them(fresh: Counter, owner: TestClient) -> None:
    payment = fresh.started("wechat")
    fresh.wechat.pay(payment.trade_no, 1)
    assert owner.post(_at(payment, "/check")).json()["attention"] == "amount_differs"
    assert len(owner.get("/v1/payments?attention=true").json()["items"]) == 1
    assert owner.delete(_at(payment, "/attention")).json()["attention"] is None
    assert owner.get("/v1/payments?attention=true").json()["items"] == []
    assert owner.delete(_at(payment, "/attention")).status_code == 200
    looked = owner.get("/v1/audit-log?action=payment.looked_at").json()["items"]
    assert [entry["before"] for entry in looked] == [{"attention": ["amount_differs"]}]


def test_no_public_address(fresh: Counter, owner: TestClient) -> None:
    """WeChat Pay will not show a code without somewhere to report; Alipay will, and is asked instead."""
    object.__setattr__(fresh.desk.gateways, "public_url", "")
    answer = owner.post(_at(fresh.intend("wechat"), "/start"), json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "public_address_missing")
    assert owner.post(_at(fresh.intend("alipay"), "/start"), json={}).json()["status"] == "pending"
    assert fresh.start(fresh.intend("wechat", "auth_code"), PAYS).received_minor == 1234


def test_the_audit_of_the_installation_covers_payments(fresh: Counter) -> None:
    names = [check.name for check in run_audit(fresh.desk.database, fresh.merchant_id)]
    assert sum(name.startswith("payments: ") for name in names) == 3


def test_whom_the_till_may_ask(fresh: Counter, owner: TestClient) -> None:
    """The cashier sees which providers are set up, and nothing of their accounts."""
    cashier = fresh.world.client(fresh.shop.staff(Role.CASHIER, [fresh.shop.store()]))
    ways = ["auth_code", "native"]
    found = [{"provider": "alipay", "methods": ways}, {"provider": "wechat", "methods": ways}]
    assert cashier.get("/v1/payment-providers").json() == {"items": found}
    assert owner.delete("/v1/payment-accounts/alipay").status_code == 204
    assert cashier.get("/v1/payment-providers").json() == {"items": found[1:]}
    unreachable = replace(fresh.desk.gateways, public_url="")
    fresh.world.app.state.payments = replace(fresh.desk, gateways=unreachable)
    assert cashier.get("/v1/payment-providers").json()["items"] == [{"provider": "wechat", "methods": ["auth_code"]}]
