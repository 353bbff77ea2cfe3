"""Coupons: issued, claimed, listed, given away, revoked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import CouponGiftId, CouponId, CouponTemplateId, MemberId, OrderId
from shuke.infra.http_refs import MemberRef
from shuke.kernel.errors import invalid_field
from shuke.kernel.ids import Prefix, show
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.model import MemberRef as Holder
from shuke.offers import coupon_store, gifting, issuing, shelf_store
from shuke.offers.coupon_store import CouponFilter, Shown
from shuke.offers.model import Coupon
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy.model import Permission

router = APIRouter(tags=["coupons"])

Issues = Annotated[Call, allow(Permission.COUPONS_ISSUE)]
Reads = Annotated[Call, allow(Permission.OFFERS_READ)]
ForMembers = Annotated[Call, allow(Permission.MEMBERS_WRITE)]
"""What members do for themselves, at a till or on a page that acts for them."""


class TemplateRef(View):
    id: CouponTemplateId
    code: str
    name: TextView

    @classmethod
    def of(cls, template_id: UUID, names: Mapping[UUID, tuple[str, Text]]) -> "TemplateRef":
        code, name = names[template_id]
        return cls(id=template_id, code=code, name=TextView.of(name))


class CouponView(View):
    """`expired` is a coupon that nobody used in its time; `member` is who holds it."""

    id: CouponId
    template: TemplateRef
    member_id: MemberId | None
    member: MemberRef | None
    status: Shown
    valid_from: datetime
    valid_until: datetime
    source: str
    order_id: OrderId | None


class CouponList(View):
    items: list[CouponView]
    next_cursor: str | None


class IssueBody(Body):
    """To these members, or to every active one. A member gets at most one for each `key`."""

    member_ids: Annotated[list[MemberId] | None, Field(min_length=1, max_length=1000)] = None
    everybody: bool = False
    source: Annotated[str, Field(min_length=1, max_length=64, description="Why, for people.")] = "issued"
    key: Annotated[str | None, Field(min_length=1, max_length=100)] = None


class IssuedView(View):
    """Members asked, coupons issued, and why the others got none."""

    asked: int
    issued: int
    already: int
    over_limit: int
    out_of_stock: int


class ForMember(Body):
    member_id: MemberId


class GiveBody(ForMember):
    """Who gives, and how long the gift waits."""

    hours: Annotated[int, Field(ge=1, le=720)] = gifting.HOURS


class GiftView(View):
    """`token` opens the gift; it is said once."""

    id: CouponGiftId
    coupon_id: CouponId
    expires_at: datetime
    token: str


class TakeBody(ForMember):
    token: Annotated[str, Field(min_length=1, max_length=100)]


@router.get("/coupons")
def list_coupons(
    call: Reads,
    member_id: MemberId | None = None,
    template_id: CouponTemplateId | None = None,
    status: Shown | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> CouponList:
    """Coupons, newest first."""
    with call.unit() as unit:
        found, following = coupon_store.listed(unit, CouponFilter(member_id, template_id, status), cursor, limit)
        return CouponList(items=present(unit, found), next_cursor=following)


@router.get("/coupons/export", response_class=StreamingResponse)
def export_coupons(
    call: Reads,
    member_id: MemberId | None = None,
    template_id: CouponTemplateId | None = None,
    status: Shown | None = None,
) -> StreamingResponse:
    """The list as CSV."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            for coupon in coupon_store.every(unit, CouponFilter(member_id, template_id, status)):
                yield (
                    show(Prefix.COUPON, coupon.coupon_id),
                    show(Prefix.COUPON_TEMPLATE, coupon.template_id),
                    show(Prefix.MEMBER, coupon.member_id) if coupon.member_id else None,
                    coupon_store.shown(coupon, unit.now()),
                    coupon.valid_from,
                    coupon.valid_until,
                    coupon.source,
                    show(Prefix.ORDER, coupon.order_id) if coupon.order_id else None,
                )

    header = ("id", "template", "member", "status", "valid_from", "valid_until", "source", "order")
    return csv_response("coupons", header, rows())


@router.get("/members/{member_id}/coupons")
def list_coupons_of_member(
    member_id: MemberId, call: Reads, status: Shown | None = None, limit: Limit = 50, cursor: Cursor = None
) -> CouponList:
    """What a member holds and held, newest first."""
    with call.unit() as unit:
        members.get(unit, member_id)
        found, following = coupon_store.listed(unit, CouponFilter(member_id, None, status), cursor, limit)
        return CouponList(items=present(unit, found), next_cursor=following)


@router.post("/coupon-templates/{template_id}/issues")
def issue_coupons(template_id: CouponTemplateId, body: IssueBody, call: Issues) -> IssuedView:
    """Issue one coupon each. Who may have no more is left out, and the last ones when stock runs out."""

    def act(unit: Unit) -> IssuedView:
        issued = issuing.issue_to(unit, template_id, _crowd(unit, body), body.source, body.key)
        names = ("asked", "issued", "already", "over_limit", "out_of_stock")
        return IssuedView(**{name: getattr(issued, name) for name in names})

    return call.once(IssuedView, body, act)


@router.post("/coupon-templates/{template_id}/claims", status_code=201)
def claim_coupon(template_id: CouponTemplateId, body: ForMember, call: ForMembers) -> CouponView:
    """A member fetches a coupon herself."""
    return call.once(CouponView, body, lambda unit: one(unit, issuing.claim(unit, template_id, body.member_id)))


@router.post("/coupons/{coupon_id}/revoke")
def revoke_coupon(coupon_id: CouponId, call: Issues) -> CouponView:
    """Make a coupon worthless that nobody uses."""
    return call.once(CouponView, None, lambda unit: one(unit, gifting.revoke(unit, coupon_id)))


@router.post("/coupons/{coupon_id}/gifts", status_code=201)
def give_coupon(coupon_id: CouponId, body: GiveBody, call: ForMembers) -> GiftView:
    """Offer one's coupon to whoever has the link. Until it is taken, the giver may still use it."""

    def act(unit: Unit) -> GiftView:
        gift, token = gifting.give(unit, coupon_id, body.member_id, body.hours)
        return GiftView(id=gift.gift_id, coupon_id=gift.coupon_id, expires_at=gift.expires_at, token=token)

    return call.once(GiftView, body, act)


@router.post("/coupon-gifts/take")
def take_coupon(body: TakeBody, call: ForMembers) -> CouponView:
    """Take a gift: the coupon is the taker's from now on."""
    return call.once(CouponView, body, lambda unit: one(unit, gifting.take(unit, body.token, body.member_id)))


@router.delete("/coupon-gifts/{gift_id}", status_code=204)
def withdraw_gift(gift_id: CouponGiftId, call: ForMembers) -> Response:
    """The link is worth nothing any more."""
    with call.unit() as unit:
        gifting.withdraw(unit, gift_id)
    return Response(status_code=204)


def one(unit: Unit, coupon: Coupon) -> CouponView:
    return present(unit, [coupon])[0]


def present(unit: Unit, found: Sequence[Coupon]) -> list[CouponView]:
    """Coupons with the names of their templates and holders."""
    holders = members.shown_refs(unit, {coupon.member_id for coupon in found if coupon.member_id})
    names = shelf_store.names(unit, TEMPLATES, {coupon.template_id for coupon in found})
    return [
        CouponView(
            id=coupon.coupon_id,
            template=TemplateRef.of(coupon.template_id, names),
            member_id=coupon.member_id,
            member=_holder(coupon, holders),
            status=coupon_store.shown(coupon, unit.now()),
            valid_from=coupon.valid_from,
            valid_until=coupon.valid_until,
            source=coupon.source,
            order_id=coupon.order_id,
        )
        for coupon in found
    ]


def _holder(coupon: Coupon, holders: Mapping[UUID, Holder]) -> MemberRef | None:
    ref = holders.get(coupon.member_id) if coupon.member_id else None
    return MemberRef.of(ref) if ref else None


def _crowd(unit: Unit, body: IssueBody) -> sa.Select[tuple[UUID]]:
    if body.everybody == (body.member_ids is not None):
        raise invalid_field(
            "member_ids", "请指定会员，或选择全部会员，二者选一。", "Name members, or choose everybody."
        )
    if body.everybody:
        member = members.members_relation().c
        return sa.select(member.member_id).where(member.merchant_id == unit.merchant_id)
    return sa.select(sa.func.unnest(sa.literal(body.member_ids or [], ARRAY(sa.Uuid))))
