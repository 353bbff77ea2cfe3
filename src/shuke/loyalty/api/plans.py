"""Paid membership: what is for sale, who has it, what it costs and gives back."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_ids import MemberId, StoreId, SubscriptionId
from shuke.kernel.money import MAX_MINOR
from shuke.loyalty import service
from shuke.loyalty.api.conditions import Code
from shuke.loyalty.errors import SubscriptionNotFound
from shuke.loyalty.model import PaymentKind, Programme, Subscription
from shuke.loyalty.plans import store, subscribing
from shuke.loyalty.plans.subscribing import Paid
from shuke.members import service as members
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["plans"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]
Seller = Annotated[Call, allow(Permission.ORDERS_WRITE)]
Refunder = Annotated[Call, allow(Permission.ORDERS_REFUND)]


class PaidBody(Body):
    """Money taken, or how it goes back; the amount must be what is due."""

    kind: PaymentKind
    amount_minor: Annotated[int, Field(ge=0, lt=MAX_MINOR)]
    reference: Annotated[str, Field(max_length=100)] | None = None
    store_id: StoreId | None = None


class OpenBody(Body):
    plan: Code
    payment: PaidBody | None = None
    trial: bool = False
    auto_renew: bool = False


class PaymentBody(Body):
    payment: PaidBody | None = None


class UpgradeBody(Body):
    plan: Code
    payment: PaidBody | None = None


class UpgradePreviewBody(Body):
    plan: Code


class RenewalBody(Body):
    auto_renew: bool


class SubscriptionView(View):
    id: SubscriptionId
    plan: str | None
    name: TextView | None
    status: str
    starts_at: datetime
    period_from: date
    ends_on: date
    trial: bool
    auto_renew: bool
    paid_minor: int
    ended_at: datetime | None
    replaces_id: SubscriptionId | None


class SubscriptionList(View):
    items: list[SubscriptionView]


class UpgradePreview(View):
    """`due_minor` = price − credit for `days_left` of the present plan; the new period ends on `ends_on`."""

    price_minor: int
    credit_minor: int
    due_minor: int
    days_left: int
    ends_on: date


class CancelPreview(View):
    amount_minor: int
    days_left: int
    rule: str


class Cancelled(View):
    subscription: SubscriptionView
    refund_minor: int


@router.get("/members/{member_id}/subscriptions")
def list_subscriptions(member_id: MemberId, call: Reader) -> SubscriptionList:
    """Every plan she has or had, newest first."""
    with call.unit() as unit:
        members.get(unit, member_id)
        programme = service.programme(unit)
        return SubscriptionList(items=[_view(programme, each) for each in store.of_member(unit, member_id)])


@router.post("/members/{member_id}/subscriptions", status_code=201)
def open_subscription(member_id: MemberId, body: OpenBody, call: Seller) -> SubscriptionView:
    """Open a plan, paid or as a trial."""

    def act(unit: Unit) -> SubscriptionView:
        programme = service.programme(unit)
        paid = _paid(unit, body.payment)
        made = subscribing.open_plan(
            unit, programme, member_id, body.plan, paid, trial=body.trial, auto_renew=body.auto_renew
        )
        return _view(programme, made)

    return call.once(SubscriptionView, body, act)


@router.get("/subscriptions/{subscription_id}")
def read_subscription(subscription_id: SubscriptionId, call: Reader) -> SubscriptionView:
    """One subscription."""
    with call.unit() as unit:
        found = store.get(unit, subscription_id)
        if found is None:
            raise SubscriptionNotFound
        return _view(service.programme(unit), found)


@router.post("/subscriptions/{subscription_id}/renew")
def renew_subscription(subscription_id: SubscriptionId, body: PaymentBody, call: Seller) -> SubscriptionView:
    """Pay for another period behind the present one."""

    def act(unit: Unit) -> SubscriptionView:
        programme = service.programme(unit)
        made = subscribing.renew(unit, programme, subscription_id, _paid(unit, body.payment))
        return _view(programme, made)

    return call.once(SubscriptionView, body, act)


@router.post("/subscriptions/{subscription_id}/upgrade/preview")
def preview_upgrade(subscription_id: SubscriptionId, body: UpgradePreviewBody, call: Seller) -> UpgradePreview:
    """What changing to a higher plan costs today. Nothing is written."""
    with call.unit() as unit:
        cost = subscribing.preview_upgrade(unit, service.programme(unit), subscription_id, body.plan)
        return UpgradePreview.model_validate(cost)


@router.post("/subscriptions/{subscription_id}/upgrade")
def upgrade_subscription(subscription_id: SubscriptionId, body: UpgradeBody, call: Seller) -> SubscriptionView:
    """Change to a higher plan at once."""

    def act(unit: Unit) -> SubscriptionView:
        programme = service.programme(unit)
        made = subscribing.upgrade(unit, programme, subscription_id, body.plan, _paid(unit, body.payment))
        return _view(programme, made)

    return call.once(SubscriptionView, body, act)


@router.post("/subscriptions/{subscription_id}/cancel/preview")
def preview_cancel(subscription_id: SubscriptionId, call: Refunder) -> CancelPreview:
    """What cancelling gives back today. Nothing is written."""
    with call.unit() as unit:
        return CancelPreview.model_validate(subscribing.preview_cancel(unit, service.programme(unit), subscription_id))


@router.post("/subscriptions/{subscription_id}/cancel")
def cancel_subscription(subscription_id: SubscriptionId, body: PaymentBody, call: Refunder) -> Cancelled:
    """End a plan now; `payment` says how the refund goes back and must be its amount."""

    def act(unit: Unit) -> Cancelled:
        programme = service.programme(unit)
        ended, amount = subscribing.cancel(unit, programme, subscription_id, _paid(unit, body.payment))
        return Cancelled(subscription=_view(programme, ended), refund_minor=amount)

    return call.once(Cancelled, body, act)


@router.put("/subscriptions/{subscription_id}/auto-renew")
def set_auto_renew(subscription_id: SubscriptionId, body: RenewalBody, call: Seller) -> SubscriptionView:
    """Whether she wants it renewed when it ends."""

    def act(unit: Unit) -> SubscriptionView:
        programme = service.programme(unit)
        return _view(programme, subscribing.set_auto_renew(unit, programme, subscription_id, body.auto_renew))

    return call.once(SubscriptionView, body, act)


def _paid(unit: Unit, body: PaidBody | None) -> Paid | None:
    """Raises NotFound for a store out of reach."""
    if body is None:
        return None
    if body.store_id is not None:
        tenancy.store(unit, body.store_id)
    return Paid(body.kind, body.amount_minor, body.reference, body.store_id)


def _view(programme: Programme, of: Subscription) -> SubscriptionView:
    plan = programme.plan(of.plan_id)
    return SubscriptionView(
        id=of.subscription_id,
        plan=plan.code if plan else None,
        name=TextView.of(plan.name) if plan else None,
        status=of.status,
        starts_at=of.starts_at,
        period_from=of.period_from,
        ends_on=of.ends_on,
        trial=of.trial,
        auto_renew=of.auto_renew,
        paid_minor=of.paid_minor,
        ended_at=of.ended_at,
        replaces_id=of.replaces_id,
    )
