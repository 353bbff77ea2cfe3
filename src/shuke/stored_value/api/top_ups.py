"""Top-ups and their refunds."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, allow
from shuke.infra.http_ids import MemberId, StoreId, TopUpId
from shuke.stored_value import refunding, top_up_store, topping
from shuke.stored_value.api.bodies import TopUpBody, TopUpPreviewBody, TopUpRefundBody
from shuke.stored_value.api.names import names
from shuke.stored_value.api.views import (
    RefundPlanView,
    StepView,
    TopUpDetail,
    TopUpList,
    TopUpOfferView,
    TopUpRefundView,
    TopUpView,
)
from shuke.stored_value.model import TopUp
from shuke.stored_value.top_up_store import TopUpFilter
from shuke.tenancy.model import Permission

router = APIRouter(tags=["stored-value"])


@router.post("/members/{member_id}/top-ups/preview")
def preview_top_up(
    member_id: MemberId, body: TopUpPreviewBody, call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]
) -> TopUpOfferView:
    """What an amount would bring; nothing is written."""
    with call.unit() as unit:
        offer = topping.preview(unit, member_id, body.store_id, body.amount_minor)
    return TopUpOfferView(
        principal_minor=offer.principal_minor,
        bonus_minor=offer.bonus_minor,
        bonus_expires_at=offer.bonus_expires_at,
        step=StepView.of(offer.step) if offer.step else None,
    )


@router.post("/members/{member_id}/top-ups", status_code=201)
def top_up(
    member_id: MemberId, body: TopUpBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]
) -> TopUpView:
    """Pay in: principal, and the bonus of the best step reached."""

    def act(unit: Unit) -> TopUpView:
        done = topping.top_up(
            unit,
            member_id,
            body.store_id,
            [tender.money() for tender in body.tenders],
            amount_minor=body.amount_minor,
            expected_bonus_minor=body.expected_bonus_minor,
            external_ref=body.external_ref,
            identified_as=body.identified_as,
        )
        return _present(unit, [done])[0]

    return call.once(TopUpView, body, act)


@router.get("/top-ups")
def list_top_ups(
    call: Annotated[Call, allow(Permission.STORED_VALUE_READ)],
    member_id: Annotated[MemberId | None, Query()] = None,
    store_id: Annotated[StoreId | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TopUpList:
    """Newest first, of the stores within reach."""
    with call.unit() as unit:
        found, following = top_up_store.list_top_ups(unit, TopUpFilter(member_id, store_id), cursor, limit)
        return TopUpList(items=_present(unit, found), next_cursor=following)


@router.get("/top-ups/{top_up_id}")
def read_top_up(top_up_id: TopUpId, call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]) -> TopUpDetail:
    """A top-up with its refunds, and what refunding the rest would come to."""
    with call.unit() as unit:
        found = top_up_store.get(unit, top_up_id)
        refunds = top_up_store.refunds(unit, top_up_id)
        plan = refunding.preview(unit, top_up_id)
        shown = _present(unit, [found])[0]
    return TopUpDetail(
        **shown.model_dump(),
        refunds=[TopUpRefundView.of(refund) for refund in refunds],
        refund_now=RefundPlanView.of(plan),
    )


@router.post("/top-ups/{top_up_id}/refunds/preview")
def preview_top_up_refund(
    top_up_id: TopUpId, call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]
) -> RefundPlanView:
    """What a refund would come to, by the merchant's rule for bonus; nothing is written."""
    with call.unit() as unit:
        return RefundPlanView.of(refunding.preview(unit, top_up_id))


@router.post("/top-ups/{top_up_id}/refunds", status_code=201)
def refund_top_up(
    top_up_id: TopUpId, body: TopUpRefundBody, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]
) -> TopUpRefundView:
    """Pay out all of a top-up's unspent principal."""

    def act(unit: Unit) -> TopUpRefundView:
        done = refunding.refund(
            unit, top_up_id, body.store_id, body.kind, expected_minor=body.expected_minor, reason=body.reason
        )
        return TopUpRefundView.of(done)

    return call.once(TopUpRefundView, body, act)


def _present(unit: Unit, found: Sequence[TopUp]) -> list[TopUpView]:
    known = names(unit, (each.member_id for each in found), (each.store_id for each in found))
    return [TopUpView.of(each, known) for each in found]
