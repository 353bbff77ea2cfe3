"""Reading gifts: coupons on their way from one member to another, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.offers.coupon_tables import coupon_gifts, coupons
from shuke.offers.model import CouponGift, CouponStatus

_G, _C = coupon_gifts.c, coupons.c

GiftStatus = Literal["waiting", "taken", "withdrawn", "expired", "empty"]
"""How a gift stands. Empty is one that waits while its giver uses the coupon herself: nobody can take it."""

_NAMES = tuple(CouponGift.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class GiftFilter:
    """Which to list; `member_id` gave or took it. None does not restrict."""

    status: GiftStatus | None = None
    template_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ListedGift:
    """A gift with the template of its coupon."""

    gift: CouponGift
    template_id: UUID
    status: GiftStatus


def listed(unit: Unit, wanted: GiftFilter, cursor: str | None, limit: int) -> tuple[list[ListedGift], str | None]:
    """Newest first. Raises BadCursor."""
    sort = Sort(_G.created_at, _G.gift_id, descending=True)
    rows, following = page(unit, _query(unit, wanted), sort, cursor, limit)
    return [_listed(row) for row in rows], following


def _query(unit: Unit, wanted: GiftFilter) -> sa.Select[Any]:
    shown = _status(unit.now())
    joined = coupon_gifts.join(coupons, sa.and_(_C.merchant_id == _G.merchant_id, _C.coupon_id == _G.coupon_id))
    columns = [coupon_gifts.c[name] for name in _NAMES]
    query = sa.select(*columns, _C.template_id, shown.label("shown")).select_from(joined)
    query = query.where(_G.merchant_id == unit.merchant_id)
    if wanted.status is not None:
        query = query.where(shown == wanted.status)
    if wanted.template_id is not None:
        query = query.where(_C.template_id == wanted.template_id)
    if wanted.member_id is not None:
        query = query.where(sa.or_(_G.from_member_id == wanted.member_id, _G.to_member_id == wanted.member_id))
    return query


def _status(now: datetime) -> sa.ColumnElement[str]:
    free = sa.and_(_C.status == CouponStatus.AVAILABLE.value, _C.member_id == _G.from_member_id)
    return sa.case(
        (_G.accepted_at.is_not(None), "taken"),
        (_G.revoked_at.is_not(None), "withdrawn"),
        (_G.expires_at <= now, "expired"),
        (free, "waiting"),
        else_="empty",
    )


def _listed(row: sa.Row[Any]) -> ListedGift:
    (status,) = (word for word in get_args(GiftStatus) if word == row.shown)
    return ListedGift(CouponGift(**{name: getattr(row, name) for name in _NAMES}), row.template_id, status)
