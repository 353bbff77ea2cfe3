"""Merchants, for the platform's administrators."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.passwords import generate_password
from shuke.kernel.ids import new_id
from shuke.tenancy import onboarding
from shuke.tenancy.api.views import MerchantView
from shuke.tenancy.api.words import Currency, Locale, Login, Name, Password, Search, Timezone
from shuke.tenancy.model import Merchant, Permission
from shuke.tenancy.onboarding import FirstOwner

router = APIRouter(tags=["merchants"])

MerchantSort = Literal["name", "-name", "created_at", "-created_at"]


class MerchantRow(MerchantView):
    created_at: datetime


class MerchantList(View):
    items: list[MerchantRow]
    next_cursor: str | None


class NewOwner(Body):
    """Without `password` one is generated."""

    login: Login
    name: Name
    password: Password | None = None


class NewMerchant(Body):
    name: Name
    currency: Currency
    timezone: Timezone
    locale: Locale = "zh-CN"
    owner: NewOwner


class OwnerCredentials(View):
    """`password` is shown this once."""

    login: str
    name: str
    password: str


class OpenedMerchant(MerchantView):
    owner: OwnerCredentials


@router.get("/merchants")
def list_merchants(
    call: Annotated[Call, allow(Permission.MERCHANTS_READ)],
    q: Annotated[Search | None, Query(description="Part of a name.")] = None,
    sort: MerchantSort = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MerchantList:
    with call.unit() as unit:
        found, following = onboarding.list_merchants(unit, q, sort, cursor, limit)
    return MerchantList(
        items=[
            MerchantRow(**MerchantView.of(merchant).model_dump(), created_at=created_at)
            for merchant, created_at in found
        ],
        next_cursor=following,
    )


@router.post("/merchants", status_code=201)
def open_merchant(
    body: NewMerchant, request: Request, call: Annotated[Call, allow(Permission.MERCHANTS_WRITE)]
) -> OpenedMerchant:
    """A new merchant with its first owner and whatever a merchant starts with."""

    def act(unit: Unit) -> OpenedMerchant:
        merchant = Merchant(new_id(), body.name, body.currency, body.timezone, body.locale)
        owner = FirstOwner(body.owner.login, body.owner.name, body.owner.password or generate_password())
        onboarding.open_merchant(unit, merchant, owner, request.app.state.hooks)
        return OpenedMerchant(
            **MerchantView.of(merchant).model_dump(),
            owner=OwnerCredentials(login=owner.login, name=owner.name, password=owner.password),
        )

    return call.once(OpenedMerchant, body, act)
