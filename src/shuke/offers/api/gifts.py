"""Coupons that members gave each other: all of them, and how each stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import CouponGiftId, CouponId, CouponTemplateId, MemberId
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members
from shuke.offers import gift_store, shelf_store
from shuke.offers.api.coupons import TemplateRef
from shuke.offers.gift_store import GiftFilter, GiftStatus, ListedGift
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy.model import Permission

router = APIRouter(tags=["coupons"])


class GiftItem(View):
    """`empty`: it waits, but its giver uses the coupon herself, and nobody can take it."""

    id: CouponGiftId
    coupon_id: CouponId
    template: TemplateRef
    giver: MemberRef
    taker: MemberRef | None
    status: GiftStatus
    created_at: datetime
    expires_at: datetime
    taken_at: datetime | None
    withdrawn_at: datetime | None


class GiftList(View):
    items: list[GiftItem]
    next_cursor: str | None


@router.get("/coupon-gifts")
def list_gifts(
    call: Annotated[Call, allow(Permission.OFFERS_READ)],
    status: GiftStatus | None = None,
    template_id: CouponTemplateId | None = None,
    member_id: Annotated[MemberId | None, Query(description="who gave or took it")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> GiftList:
    """Coupons given away, newest first."""
    with call.unit() as unit:
        found, following = gift_store.listed(unit, GiftFilter(status, template_id, member_id), cursor, limit)
        return GiftList(items=_present(unit, found), next_cursor=following)


def _present(unit: Unit, found: Sequence[ListedGift]) -> list[GiftItem]:
    """Gifts with the names of their templates and of both members."""
    gifts = [each.gift for each in found]
    people = {gift.from_member_id for gift in gifts} | {gift.to_member_id for gift in gifts if gift.to_member_id}
    refs = members.shown_refs(unit, people)
    names = shelf_store.names(unit, TEMPLATES, {each.template_id for each in found})
    return [
        GiftItem(
            id=gift.gift_id,
            coupon_id=gift.coupon_id,
            template=TemplateRef.of(each.template_id, names),
            giver=MemberRef.of(refs[gift.from_member_id]),
            taker=MemberRef.of(refs[gift.to_member_id]) if gift.to_member_id else None,
            status=each.status,
            created_at=gift.created_at,
            expires_at=gift.expires_at,
            taken_at=gift.accepted_at,
            withdrawn_at=gift.revoked_at,
        )
        for each, gift in zip(found, gifts, strict=True)
    ]
