"""Signing in and out."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from shuke.infra.crypto import secret_hash
from shuke.infra.database import Unit, above
from shuke.infra.http import SESSION_COOKIE, Body, Call, Credential, View, allow
from shuke.infra.http_ids import AccountId
from shuke.infra.passwords import MAX_LENGTH, MIN_LENGTH
from shuke.kernel.errors import SignInNeeded
from shuke.tenancy import authentication, service, store
from shuke.tenancy.api.views import MerchantView, StoreRef
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
    with call.database.request() as unit:
        principal = authentication.authenticate(unit, Credential(session=signed.secret))
        return _present(unit.acting_as(principal), signed.expires_at)


@router.get("/session")
def read_session(call: Annotated[Call, allow(None)]) -> Session:
    """Who am I? 401 when nobody."""
    with call.unit() as unit:
        authentication.person_of(unit)
        with above(unit) as platform:
            expires_at = store.session_expiry(platform, secret_hash(call.credential.session or ""))
        if expires_at is None:
            raise SignInNeeded
        return _present(unit, expires_at)


@router.delete("/session", status_code=204)
def sign_out(response: Response, call: Annotated[Call, allow(None)]) -> None:
    """End this session. Without one there is nothing to end, which is fine too."""
    authentication.sign_out(call.database, call.credential.session or "")
    response.delete_cookie(SESSION_COOKIE)


@router.delete("/sessions", status_code=204)
def sign_out_everywhere(response: Response, call: Annotated[Call, allow(None)]) -> None:
    """End every session of the person signed in, this one included."""
    with call.unit() as unit:
        authentication.sign_out_everywhere(unit)
    response.delete_cookie(SESSION_COOKIE)


@router.post("/session/password", status_code=204)
def change_password(body: PasswordChange, response: Response, call: Annotated[Call, allow(None)]) -> None:
    """Change one's own password; every session ends, sign in again."""
    with call.unit() as unit:
        authentication.change_password(unit, body.current, body.new)
    response.delete_cookie(SESSION_COOKIE)


def _present(unit: Unit, expires_at: datetime) -> Session:
    principal = unit.principal
    account_id = authentication.person_of(unit)
    with above(unit) as platform:
        account = store.account(platform, account_id)
    shown = AccountView(id=account.account_id, login=account.login, name=principal.name)
    role, merchant, stores = Role.PLATFORM_ADMIN, None, None
    if principal.merchant_id is not None:
        person = store.staff_of_account(unit, account_id)
        assert person is not None
        role, merchant = person.role, MerchantView.of(service.merchant(unit))
        stores = None if principal.store_ids is None else [StoreRef.of(found) for found in service.stores(unit)]
    return Session(
        account=shown,
        role=role,
        permissions=sorted(principal.permissions),
        merchant=merchant,
        stores=stores,
        expires_at=expires_at,
    )
