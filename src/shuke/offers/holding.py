"""Which coupons a member holds."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.offers.coupon_tables import coupons
from shuke.offers.model import CouponStatus, HeldCoupon

_C = coupons.c


def held(unit: Unit, member_id: UUID, at: datetime) -> tuple[HeldCoupon, ...]:
    """Her coupons that are valid and free at `at`, soonest to expire first."""
    rows = unit.connection.execute(
        sa.select(_C.coupon_id, _C.template_id, _C.valid_from, _C.valid_until)
        .where(
            _C.merchant_id == unit.merchant_id,
            _C.member_id == member_id,
            _C.status == CouponStatus.AVAILABLE.value,
            _C.valid_from <= at,
            _C.valid_until > at,
        )
        .order_by(_C.valid_until, _C.coupon_id)
    )
    return tuple(HeldCoupon(*row) for row in rows)
