"""The merchant's own settings."""

from typing import Annotated

from fastapi import APIRouter, Request

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, View, allow
from shuke.tenancy import service, settings
from shuke.tenancy.api.words import Currency, Locale, Name, Timezone
from shuke.tenancy.hooks import Hooks
from shuke.tenancy.model import Merchant, Permission

router = APIRouter(tags=["settings"])


class SettingsView(View):
    """With `has_orders`, currency and time zone can no longer change."""

    name: str
    currency: str
    timezone: str
    locale: str
    has_orders: bool


class SettingsChange(Body):
    """Only what is named changes."""

    name: Name | None = None
    currency: Currency | None = None
    timezone: Timezone | None = None
    locale: Locale | None = None


@router.get("/settings")
def read_settings(request: Request, call: Annotated[Call, allow(Permission.SETTINGS_READ)]) -> SettingsView:
    with call.unit() as unit:
        return _show(unit, request.app.state.hooks, service.merchant(unit))


@router.patch("/settings")
def change_settings(
    body: SettingsChange, request: Request, call: Annotated[Call, allow(Permission.SETTINGS_WRITE)]
) -> SettingsView:
    hooks: Hooks = request.app.state.hooks
    changes = body.model_dump(exclude_none=True)
    return call.once(SettingsView, body, lambda unit: _show(unit, hooks, settings.change(unit, hooks, changes)))


def _show(unit: Unit, hooks: Hooks, merchant: Merchant) -> SettingsView:
    return SettingsView(
        name=merchant.name,
        currency=merchant.currency,
        timezone=merchant.timezone,
        locale=merchant.locale,
        has_orders=hooks.has_orders(unit),
    )
