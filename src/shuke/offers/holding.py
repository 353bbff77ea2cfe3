"""Which coupons members hold, and which of them end soon."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.questions import Query, Question
from shuke.offers.coupon_tables import coupon_redemptions, coupons
from shuke.offers.model import CouponStatus, HeldCoupon
from shuke.offers.refusing import not_usable

_C = coupons.c
_AT = sa.bindparam("at", type_=_C.valid_until.type)

_USABLE = (
    sa.select(_C.coupon_id, _C.template_id, _C.valid_from, _C.valid_until)
    .where(
        _C.merchant_id == sa.bindparam("merchant"),
        _C.status == CouponStatus.AVAILABLE.value,
        _C.valid_from <= _AT,
        _C.valid_until > _AT,
    )
    .order_by(_C.valid_until, _C.coupon_id)
)
_HELD = Query(_USABLE.where(_C.member_id == sa.bindparam("member")))


def held(unit: Unit, member_id: UUID, at: datetime) -> tuple[HeldCoupon, ...]:
    """Her coupons that are valid and free at `at`, soonest to expire first."""
    return asking_held(unit, member_id, at).answer(unit)


def asking_held(unit: Unit, member_id: UUID, at: datetime) -> Question[tuple[HeldCoupon, ...]]:
    """`held`, for whoever has other things to ask at once."""
    ask = _HELD.ask(merchant=unit.merchant_id, member=member_id, at=at)
    return Question(ask, lambda rows: tuple(HeldCoupon(*row) for row in rows))


def shown(unit: Unit, coupon_ids: Collection[UUID], member_id: UUID | None, at: datetime) -> tuple[HeldCoupon, ...]:
    """Coupons on paper that somebody shows: nobody's, or her own; soonest to expire first.

    Raises CouponNotFound, CouponNotYours, CouponUsed, CouponReserved, CouponRevoked, CouponNotYetValid, CouponExpired.
    """
    if not coupon_ids:
        return ()
    rows = unit.connection.execute(
        _USABLE.where(_C.coupon_id.in_(coupon_ids), _C.member_id.is_(None) | (_C.member_id == member_id)),
        {"merchant": unit.merchant_id, "at": at},
    )
    found = tuple(HeldCoupon(*row) for row in rows)
    if refused := set(coupon_ids) - {coupon.coupon_id for coupon in found}:
        raise not_usable(unit, min(refused), member_id, at)
    return found


def expiring(unit: Unit, since: datetime, until: datetime) -> sa.Select[Any]:
    """Whom to remind: member_id, template_id, coupons, first_end, of free coupons that end in `[since, until)`."""
    return (
        sa.select(
            _C.member_id,
            _C.template_id,
            sa.func.count().label("coupons"),
            sa.func.min(_C.valid_until).label("first_end"),
        )
        .where(
            _C.merchant_id == unit.merchant_id,
            _C.member_id.is_not(None),
            _C.status == CouponStatus.AVAILABLE.value,
            _C.valid_until >= since,
            _C.valid_until < until,
        )
        .group_by(_C.member_id, _C.template_id)
    )


def coupons_relation(name: str = "coupons") -> sa.FromClause:
    """Columns merchant_id, coupon_id, template_id, member_id, status, valid_from, valid_until, source, issued_at,
    order_id, for read models to join."""
    return coupons.alias(name)


def redemptions_relation(name: str = "coupon_redemptions") -> sa.FromClause:
    """Columns merchant_id, coupon_id, order_id, template_id, member_id, redeemed_at, returned_at, refund_id: one row
    each time a coupon was redeemed, whether or not it came back."""
    return coupon_redemptions.alias(name)
