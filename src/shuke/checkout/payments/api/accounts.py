"""The merchant's accounts at WeChat Pay and Alipay: set, replace, test, remove. Keys go in and never come out."""

from collections.abc import Mapping
from typing import Annotated, Literal

import requests
from fastapi import APIRouter
from pydantic import Field

from shuke.checkout.payments import accounts, credentials
from shuke.checkout.payments.api.payments import TheDesk
from shuke.checkout.payments.api.views import AccountProof, PaymentAccountList, PaymentAccountView
from shuke.checkout.payments.credentials import Credentials
from shuke.checkout.payments.desk import Desk
from shuke.checkout.payments.model import ProviderName, Telling
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, allow
from shuke.tenancy.model import Permission

router = APIRouter(tags=["payment-accounts"])

Online = Literal["wechat", "alipay"]
_Pem = Annotated[str, Field(min_length=1, max_length=8000)]


class WeChatAccountBody(Body):
    """`serial` belongs to the certificate of `private_key`. With `public_key` and its id, WeChat Pay's signatures are
    verified with that key; without, with the platform certificates it hands out."""

    merchant_number: str = Field(pattern=r"^\d{6,32}$")
    app_id: str = Field(pattern=r"^\w{1,32}$")
    serial: str = Field(pattern=r"^[0-9A-Fa-f]{8,64}$")
    private_key: _Pem
    api_v3_key: str = Field(pattern=r"^[!-~]{32}$")
    public_key_id: str | None = Field(default=None, pattern=r"^PUB_KEY_ID_\w{1,64}$")
    public_key: _Pem | None = None


class AlipayAccountBody(Body):
    """RSA2 with public keys. `seller_id` (2088…), when given, must be the one named in notifications."""

    app_id: str = Field(pattern=r"^\d{6,32}$")
    private_key: _Pem
    alipay_public_key: _Pem
    seller_id: str | None = Field(default=None, pattern=r"^\d{6,32}$")


@router.get("/payment-accounts")
def list_payment_accounts(call: Annotated[Call, allow(Permission.PAYMENTS_WRITE)], desk: TheDesk) -> PaymentAccountList:
    with call.unit() as unit:
        return PaymentAccountList(items=[_view(unit, desk, account) for account in accounts.every(unit)])


@router.put("/payment-accounts/wechat")
def set_wechat_account(
    body: WeChatAccountBody, call: Annotated[Call, allow(Permission.PAYMENTS_WRITE)], desk: TheDesk
) -> PaymentAccountView:
    """Set the account or replace it. 409 `account_in_use` for another merchant number while payments are under way."""
    given = credentials.wechat(**body.model_dump())
    return call.once(PaymentAccountView, body, lambda unit: _set(unit, desk, given))


@router.put("/payment-accounts/alipay")
def set_alipay_account(
    body: AlipayAccountBody, call: Annotated[Call, allow(Permission.PAYMENTS_WRITE)], desk: TheDesk
) -> PaymentAccountView:
    """Set the account or replace it. 409 `account_in_use` for another app id while payments are under way."""
    given = credentials.alipay(**body.model_dump())
    return call.once(PaymentAccountView, body, lambda unit: _set(unit, desk, given))


@router.post("/payment-accounts/{provider}/test")
def test_payment_account(
    provider: Online, call: Annotated[Call, allow(Permission.PAYMENTS_WRITE)], desk: TheDesk
) -> AccountProof:
    """Ask the provider for a payment that does not exist: a right answer proves account, keys and address."""
    with call.unit() as unit:
        merchant_id = unit.merchant_id
    _, access = desk.provider(merchant_id, ProviderName(provider))
    try:
        told = access.prove()
    except requests.RequestException as error:
        return AccountProof(ok=False, reason=type(error).__name__)
    return AccountProof(ok=told.telling is Telling.ABSENT, reason="" if told.telling is Telling.ABSENT else told.reason)


@router.delete("/payment-accounts/{provider}", status_code=204)
def remove_payment_account(provider: Online, call: Annotated[Call, allow(Permission.PAYMENTS_WRITE)]) -> None:
    """Forget the account and its keys. 409 `account_in_use` while payments are under way."""
    with call.unit() as unit:
        accounts.remove(unit, ProviderName(provider))


def _set(unit: Unit, desk: Desk, given: Credentials) -> PaymentAccountView:
    keys: Mapping[str, str] = given.keys
    return _view(unit, desk, accounts.replace(unit, given.provider, given.payee, given.details, keys))


def _view(unit: Unit, desk: Desk, account: accounts.Account) -> PaymentAccountView:
    return PaymentAccountView.of(account, desk.notify_url(unit.merchant_id, account.provider))
