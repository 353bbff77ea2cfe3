"""What the merchant decides about its orders."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.checkout.policy import change_policy, order_policy
from shuke.checkout.refunds.tenders import TenderPolicy
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, View, allow
from shuke.tenancy.model import Permission

router = APIRouter(tags=["settings"])


class OrderSettings(View):
    """`hold_minutes`: how long a pending order waits for its money. `refund_days`: how long after payment an order can
    be refunded (null: for ever). `grace_days`: how long spent points and stored value that come back live on if they
    have expired meanwhile (0: they expire again). `takes_packets_back`: whether red packets given for a purchase go
    with what is refunded of it, as far as they are not spent. `money_back`: where the money of a refund goes."""

    hold_minutes: int
    refund_days: int | None
    grace_days: int
    returns_red_packets: bool
    takes_packets_back: bool
    money_back: TenderPolicy


class OrderSettingsChange(Body):
    """Only what is named changes."""

    hold_minutes: int = Field(default=15, ge=1, le=43_200)
    refund_days: int | None = Field(default=90, ge=0, le=3_650)
    grace_days: int = Field(default=0, ge=0, le=3_650)
    returns_red_packets: bool = True
    takes_packets_back: bool = True
    money_back: TenderPolicy = TenderPolicy.SAME


@router.get("/settings/orders")
def read_order_settings(call: Annotated[Call, allow(Permission.SETTINGS_READ)]) -> OrderSettings:
    with call.unit() as unit:
        return OrderSettings.model_validate(order_policy(unit))


@router.patch("/settings/orders")
def change_order_settings(
    body: OrderSettingsChange, call: Annotated[Call, allow(Permission.SETTINGS_WRITE)]
) -> OrderSettings:
    changes = {name: getattr(body, name) for name in body.model_fields_set}

    def act(unit: Unit) -> OrderSettings:
        return OrderSettings.model_validate(change_policy(unit, **changes))

    return call.once(OrderSettings, body, act)
