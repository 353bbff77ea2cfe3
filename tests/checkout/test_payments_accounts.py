"""The owner's accounts at the providers: entered, tested, replaced; keys go in and never come out."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi.testclient import TestClient

from shuke.checkout.payments.tables import payment_accounts
from shuke.infra.idempotency import idempotency_keys
from shuke.tenancy.model import Role
from tests.support.loopback import Fault
from tests.support.paying import Counter, open_counter
from tests.support.wechat_pay_keys import private_text, public_text, rsa_key
from tests.support.world import World

ACCOUNTS = "/v1/payment-accounts"


@pytest.fixture
def fresh(payment_world: World) -> Iterator[Counter]:
    with open_counter(payment_world) as opened:
        yield opened


@pytest.fixture
def owner(fresh: Counter) -> TestClient:
    fresh.world.app.state.payments = fresh.desk
    return fresh.world.client(fresh.shop.login)


def _put(client: TestClient, provider: str, body: dict[str, Any]) -> Any:
    return client.put(f"{ACCOUNTS}/{provider}", json=body)


def test_keys_are_sealed_and_not_shown(fresh: Counter, owner: TestClient) -> None:
    entered = fresh.wechat.account()
    answer = owner.put(f"{ACCOUNTS}/wechat", json=entered, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 200, answer.text
    listed = owner.get(ACCOUNTS)
    assert [(one["provider"], one["payee"]) for one in listed.json()["items"]] == [
        ("alipay", fresh.alipay.account()["app_id"]),
        ("wechat", entered["merchant_number"]),
    ]
    assert listed.json()["items"][1]["notification_url"].startswith(
        "https://shuke.example/v1/payments/notifications/wechat/"
    )
    with fresh.shop.unit() as unit:
        kept = repr([unit.connection.execute(sa.select(table)).all() for table in (payment_accounts, idempotency_keys)])
    told = owner.get("/v1/audit-log?action=payment_account").text
    for secret in (entered["api_v3_key"], entered["private_key"].splitlines()[2]):
        for text in (answer.text, listed.text, kept, told):
            assert secret not in text
    assert "payment_account.set" in told


def test_testing_an_account(fresh: Counter, owner: TestClient) -> None:
    for provider in ("wechat", "alipay"):
        assert owner.post(f"{ACCOUNTS}/{provider}/test").json() == {"ok": True, "reason": ""}


@pytest.mark.parametrize(
    ("provider", "wrong", "reason"),
    [
        ("wechat", {"private_key": private_text(rsa_key("stranger"))}, "certificates"),
        ("wechat", {"api_v3_key": "0" * 32}, "certificates"),
        ("wechat", {"serial": "ABCDEF1234567890"}, "certificates"),
        ("alipay", {"private_key": private_text(rsa_key("stranger"))}, "unsigned isv.invalid-signature"),
        ("alipay", {"alipay_public_key": public_text(rsa_key("stranger"))}, "signature"),
        ("alipay", {"app_id": "2021000118640272"}, "unsigned isv.invalid-signature"),
    ],
)
def test_testing_a_wrong_account(
    fresh: Counter, owner: TestClient, provider: str, wrong: dict[str, str], reason: str
) -> None:
    entered = getattr(fresh, provider).account()
    assert _put(owner, provider, entered | wrong).status_code == 200
    assert owner.post(f"{ACCOUNTS}/{provider}/test").json() == {"ok": False, "reason": reason}
    assert _put(owner, provider, entered).status_code == 200
    assert owner.post(f"{ACCOUNTS}/{provider}/test").json()["ok"]


def test_testing_with_a_public_key(payment_world: World) -> None:
    with open_counter(payment_world, by_public_key=True) as keyed:
        keyed.world.app.state.payments = keyed.desk
        client = keyed.world.client(keyed.shop.login)
        assert client.post(f"{ACCOUNTS}/wechat/test").json() == {"ok": True, "reason": ""}
        wrong = keyed.wechat.account() | {"public_key": public_text(rsa_key("stranger"))}
        assert _put(client, "wechat", wrong).status_code == 200
        assert client.post(f"{ACCOUNTS}/wechat/test").json() == {"ok": False, "reason": "signature"}


def test_testing_while_the_provider_is_away(fresh: Counter, owner: TestClient) -> None:
    fresh.wechat.next("certificates", Fault.SILENT_BEFORE)
    fresh.alipay.next("query", Fault.SILENT_BEFORE)
    for provider in ("wechat", "alipay"):
        assert owner.post(f"{ACCOUNTS}/{provider}/test").json() == {"ok": False, "reason": "ConnectionError"}


def _short_key() -> str:
    return private_text(generate_rsa_key(65537, 1024))


def _other_kind() -> str:
    return generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("provider", "field", "value"),
    [
        ("wechat", "merchant_number", "mch-1"),
        ("wechat", "api_v3_key", "too short"),
        ("wechat", "serial", "not hexadecimal"),
        ("wechat", "private_key", "no key"),
        ("wechat", "private_key", "LS0tLS1CRUdJTg=="),
        ("wechat", "private_key", public_text(rsa_key("merchant"))),
        ("wechat", "private_key", _short_key()),
        ("wechat", "private_key", _other_kind()),
        ("wechat", "public_key_id", "PUB_KEY_ID_0114232134912410000000000000"),
        ("wechat", "public_key", public_text(rsa_key("platform"))),
        ("alipay", "app_id", "wx1"),
        ("alipay", "seller_id", "me@example.com"),
        ("alipay", "alipay_public_key", "no key"),
        ("alipay", "alipay_public_key", public_text(rsa_key("merchant"))),
    ],
)
def test_what_is_no_account(fresh: Counter, owner: TestClient, provider: str, field: str, value: str) -> None:
    before = owner.get(ACCOUNTS).json()
    answer = _put(owner, provider, getattr(fresh, provider).account() | {field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    named = answer.json()["fields"][0]["path"]
    assert named in (field, "public_key", "public_key_id")
    assert owner.get(ACCOUNTS).json() == before


def test_keys_as_they_are_pasted(fresh: Counter, owner: TestClient) -> None:
    """Without their first and last lines, in one line, in the older form: all the same key."""
    key = rsa_key("merchant")
    older = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    bare = "".join(private_text(key).splitlines()[1:-1])
    theirs = "".join(fresh.alipay.account()["alipay_public_key"].splitlines()[1:-1])
    for text in (older, bare, f"  {older}\n\n"):
        entered = fresh.alipay.account() | {"private_key": text, "alipay_public_key": theirs}
        assert _put(owner, "alipay", entered).status_code == 200
        assert owner.post(f"{ACCOUNTS}/alipay/test").json()["ok"]


def test_another_payee_only_when_nothing_is_under_way(fresh: Counter, owner: TestClient) -> None:
    payment = fresh.started("wechat")
    other = fresh.wechat.account() | {"merchant_number": "1900000110"}
    for answer in (_put(owner, "wechat", other), owner.delete(f"{ACCOUNTS}/wechat")):
        assert (answer.status_code, answer.json()["code"]) == (409, "account_in_use")
    assert _put(owner, "wechat", fresh.wechat.account()).status_code == 200, "new keys of the same account at any time"
    fresh.close(payment)
    assert _put(owner, "wechat", other).status_code == 200
    assert owner.delete(f"{ACCOUNTS}/wechat").status_code == 204
    assert owner.delete(f"{ACCOUNTS}/wechat").status_code == 404
    assert owner.post(f"{ACCOUNTS}/wechat/test").json()["code"] == "provider_not_set_up"


@pytest.mark.parametrize("role", [Role.CASHIER, Role.MANAGER, Role.OPERATOR])
def test_only_owners(fresh: Counter, owner: TestClient, role: Role) -> None:
    client = fresh.world.client(fresh.shop.staff(role))
    assert client.get(ACCOUNTS).status_code == 403
    assert _put(client, "wechat", fresh.wechat.account()).status_code == 403
