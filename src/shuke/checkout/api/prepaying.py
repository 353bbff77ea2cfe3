"""Top-ups and plans that are paid through a provider: asked for here, started and followed under `/v1/payments`."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.checkout import prepaying
from shuke.checkout.paying import Outside
from shuke.checkout.payments import listing
from shuke.checkout.payments.api.payments import present_one
from shuke.checkout.payments.api.views import PaymentView
from shuke.checkout.payments.model import Method, Payment, ProviderName
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, allow
from shuke.infra.http_ids import MemberId, StoreId, SubscriptionId
from shuke.kernel.money import MAX_MINOR
from shuke.tenancy.model import Permission

router = APIRouter(tags=["payments"])


class PrepaidBody(Body):
    """Through which provider, and how the payer is asked."""

    store_id: StoreId
    provider: ProviderName
    method: Method

    @property
    def outside(self) -> Outside:
        return Outside(self.provider, self.method)


class TopUpPaymentBody(PrepaidBody):
    """`identified_as`: as `/identify` answered; if the merge of the two is undone, the top-up goes with that name,
    whenever it was paid."""

    amount_minor: int = Field(gt=0, lt=MAX_MINOR)
    identified_as: MemberId | None = None


class PlanPaymentBody(PrepaidBody):
    plan: str = Field(min_length=1, max_length=50)
    auto_renew: bool = False


class UpgradePaymentBody(PrepaidBody):
    plan: str = Field(min_length=1, max_length=50)


@router.post("/members/{member_id}/top-up-payments", status_code=201)
def pay_for_top_up(
    member_id: MemberId, body: TopUpPaymentBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]
) -> PaymentView:
    """A payment that tops the member up once it is paid, with the bonus she is shown now; if that has changed by then,
    the money goes back. Start it under `/v1/payments`."""
    return _asked(
        call,
        body,
        lambda unit: prepaying.ask_top_up(
            unit, member_id, body.store_id, body.amount_minor, body.outside, identified_as=body.identified_as
        ),
    )


@router.post("/members/{member_id}/subscription-payments", status_code=201)
def pay_for_plan(
    member_id: MemberId, body: PlanPaymentBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]
) -> PaymentView:
    """A payment that opens the plan for the member once it is paid. Start it under `/v1/payments`."""
    return _asked(
        call,
        body,
        lambda unit: prepaying.ask_plan(unit, member_id, body.store_id, body.plan, body.auto_renew, body.outside),
    )


@router.post("/subscriptions/{subscription_id}/renewal-payments", status_code=201)
def pay_for_renewal(
    subscription_id: SubscriptionId, body: PrepaidBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]
) -> PaymentView:
    """A payment that renews the plan once it is paid; if it was renewed until then, or has ended, the money goes back.
    Start it under `/v1/payments`."""
    return _asked(call, body, lambda unit: prepaying.ask_renewal(unit, subscription_id, body.store_id, body.outside))


@router.post("/subscriptions/{subscription_id}/upgrade-payments", status_code=201)
def pay_for_upgrade(
    subscription_id: SubscriptionId, body: UpgradePaymentBody, call: Annotated[Call, allow(Permission.ORDERS_WRITE)]
) -> PaymentView:
    """A payment that changes to a higher plan once it is paid; if what is due has changed until then, the money goes
    back. Start it under `/v1/payments`."""
    return _asked(
        call, body, lambda unit: prepaying.ask_upgrade(unit, subscription_id, body.store_id, body.plan, body.outside)
    )


def _asked(call: Call, body: PrepaidBody, ask: Callable[[Unit], Payment]) -> PaymentView:
    """What was asked for, once for each key, as `/v1/payments` shows it."""
    return call.once(PaymentView, body, lambda unit: present_one(unit, listing.whole(unit, ask(unit).payment_id)))
