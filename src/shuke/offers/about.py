"""The coupons a member has or had, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.offers.coupon_tables import coupons
from shuke.offers.tables import coupon_templates

_C, _T = coupons.c, coupon_templates.c


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Newest first; from whom one came and to whom it went is theirs, and not told."""
    rows = unit.connection.execute(
        sa.select(_T.name, _C.status, _C.source, _C.issued_at, _C.valid_until)
        .join_from(
            coupons,
            coupon_templates,
            sa.and_(_T.merchant_id == _C.merchant_id, _T.template_id == _C.template_id),
        )
        .where(_C.merchant_id == unit.merchant_id, _C.member_id.in_(list(member_ids)))
        .order_by(_C.issued_at.desc(), _C.coupon_id.desc())
    )
    columns = (
        Column("coupon", Text("优惠券", "Coupon")),
        Column("status", Text("状态", "Status")),
        Column("source", Text("来源", "How it came")),
        Column("issued_at", Text("获得时间", "Since"), Shape.MOMENT),
        Column("valid_until", Text("有效期至", "Valid until"), Shape.MOMENT),
    )
    told = [(Text(**row.name), row.status, row.source, row.issued_at, row.valid_until) for row in rows]
    return [Chapter("coupons", Text("优惠券", "Coupons"), columns, told)]
