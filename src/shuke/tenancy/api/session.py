"""Signing in and out."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from shuke.infra.crypto import secret_hash
from shuke.infra.http import SESSION_COOKIE, Body, Call, Credential, View, allow
from shuke.infra.http_ids import AccountId, MerchantId, StoreId
from shuke.infra.passwords import MAX_LENGTH, MIN_LENGTH
from shuke.kernel.errors import SignInNeeded
from shuke.kernel.principal import Principal
from shuke.tenancy import authentication, service, store
from shuke.tenancy.model import Role

router = APIRouter(tags=["session"])


class SignIn(Body):
    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=MAX_LENGTH)


class PasswordChange(Body):
    current: str = Field(min_length=1, max_length=MAX_LENGTH)
    new: str = Field(min_length=MIN_LENGTH, max_length=MAX_LENGTH)


class AccountView(View):
    id: AccountId
    login: str
    name: str


class MerchantView(View):
    id: MerchantId
    name: str
    currency: str
    timezone: str
    locale: str


class StoreRef(View):
    id: StoreId
    code: str
    name: str


class Session(View):
    """Who is signed in. `stores` null means every store; `merchant` null means the platform."""

    account: AccountView
    role: Role
    permissions: list[str]
    merchant: MerchantView | None
    stores: list[StoreRef] | None
    expires_at: datetime


@router.post("/session", status_code=201)
def sign_in(body: SignIn, request: Request, response: Response, call: Annotated[Call, allow(None)]) -> Session:
    """Sign in; the answer sets the session cookie. Five failures in a row start a growing wait."""
    signed = authentication.sign_in(call.database, body.login, body.password, call.client)
    response.set_cookie(
        SESSION_COOKIE,
        signed.secret,
        max_age=int(authentication.SESSION_LENGTH.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.app.state.settings.secure_cookies,
    )
    principal = authentication.authenticate(call.database, Credential(session=signed.secret))
    return _present(call, principal, signed.expires_at)


@router.get("/session")
def read_session(call: Annotated[Call, allow(None)]) -> Session:
    """Who am I? 401 when nobody."""
    principal = _person(call)
    with call.database.platform() as unit:
        expires_at = store.session_expiry(unit, secret_hash(call.credential.session or ""))
    if expires_at is None:
        raise SignInNeeded
    return _present(call, principal, expires_at)


@router.delete("/session", status_code=204)
def sign_out(response: Response, call: Annotated[Call, allow(None)]) -> None:
    authentication.sign_out(call.database, call.credential.session or "")
    response.delete_cookie(SESSION_COOKIE)


@router.delete("/sessions", status_code=204)
def sign_out_everywhere(response: Response, call: Annotated[Call, allow(None)]) -> None:
    """End every session of the person signed in, this one included."""
    authentication.sign_out_everywhere(call.database, _account_id(_person(call)))
    response.delete_cookie(SESSION_COOKIE)


@router.post("/session/password", status_code=204)
def change_password(body: PasswordChange, response: Response, call: Annotated[Call, allow(None)]) -> None:
    """Change one's own password; every session ends, sign in again."""
    authentication.change_password(call.database, _account_id(_person(call)), body.current, body.new)
    response.delete_cookie(SESSION_COOKIE)


def _person(call: Call) -> Principal:
    """The principal, who must be a person: keys have no session."""
    principal = call.authenticate(call.database, call.credential)
    if principal.account_id is None:
        raise SignInNeeded
    return principal


def _account_id(principal: Principal) -> AccountId:
    assert principal.account_id is not None
    return principal.account_id


def _present(call: Call, principal: Principal, expires_at: datetime) -> Session:
    with call.database.platform() as unit:
        account = store.account(unit, _account_id(principal))
    shown = AccountView(id=account.account_id, login=account.login, name=principal.name)
    permissions = sorted(principal.permissions)
    if principal.merchant_id is None:
        return Session(
            account=shown,
            role=Role.PLATFORM_ADMIN,
            permissions=permissions,
            merchant=None,
            stores=None,
            expires_at=expires_at,
        )
    with call.database.unit(principal) as unit:
        merchant = service.merchant(unit)
        person = store.staff_of_account(unit, account.account_id)
        assert person is not None
        stores = None if principal.store_ids is None else service.stores(unit, principal.store_ids)
    return Session(
        account=shown,
        role=person.role,
        permissions=permissions,
        merchant=MerchantView(
            id=merchant.merchant_id,
            name=merchant.name,
            currency=merchant.currency,
            timezone=merchant.timezone,
            locale=merchant.locale,
        ),
        stores=None
        if stores is None
        else [StoreRef(id=shop.store_id, code=shop.code, name=shop.name) for shop in stores],
        expires_at=expires_at,
    )
