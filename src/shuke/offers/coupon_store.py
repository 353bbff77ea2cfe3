"""Reading coupons."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.offers.coupon_tables import coupon_stocks, coupons
from shuke.offers.errors import CouponNotFound
from shuke.offers.model import Coupon, CouponStatus

_C = coupons.c

Shown = Literal["available", "reserved", "redeemed", "revoked", "expired"]
"""A coupon's status as people see it: expired is one that is free and past its time."""

_COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    _C.coupon_id,
    _C.template_id,
    _C.member_id,
    _C.status,
    _C.valid_from,
    _C.valid_until,
    _C.source,
    _C.order_id,
    _C.issued_at,
)


@dataclass(frozen=True, slots=True)
class CouponFilter:
    """Which to list. None does not restrict."""

    member_id: UUID | None = None
    template_id: UUID | None = None
    status: Shown | None = None


def get(unit: Unit, coupon_id: UUID, *, lock: bool = False) -> Coupon:
    """Raises CouponNotFound."""
    query = sa.select(*_COLUMNS).where(_C.merchant_id == unit.merchant_id, _C.coupon_id == coupon_id)
    row = unit.connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise CouponNotFound
    return _coupon(row)


def by_key(unit: Unit, template_id: UUID, key: str, member_id: UUID) -> Coupon:
    """The coupon that was issued to this member by this key."""
    row = unit.connection.execute(
        sa.select(*_COLUMNS).where(
            _C.merchant_id == unit.merchant_id,
            _C.template_id == template_id,
            _C.issue_key == key,
            _C.issued_to == member_id,
        )
    ).one()
    return _coupon(row)


def listed(unit: Unit, wanted: CouponFilter, cursor: str | None, limit: int) -> tuple[list[Coupon], str | None]:
    """Newest first. Raises BadCursor."""
    rows, following = page(unit, _query(unit, wanted), Sort(_C.issued_at, _C.coupon_id, descending=True), cursor, limit)
    return [_coupon(row) for row in rows], following


def every(unit: Unit, wanted: CouponFilter) -> Iterator[Coupon]:
    """Newest first, read as they are used."""
    query = _query(unit, wanted).order_by(_C.issued_at.desc(), _C.coupon_id.desc())
    with unit.connection.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows:
            yield _coupon(row)


def issued(unit: Unit, template_ids: Collection[UUID]) -> dict[UUID, int]:
    """Coupons issued of each template that was ever published, printed codes among them."""
    stock = coupon_stocks.c
    rows = unit.connection.execute(
        sa.select(stock.template_id, stock.issued).where(
            stock.merchant_id == unit.merchant_id, stock.template_id.in_(list(template_ids))
        )
    )
    return {row.template_id: row.issued for row in rows}


def shown(coupon: Coupon, now: datetime) -> Shown:
    if coupon.status is CouponStatus.AVAILABLE and coupon.valid_until <= now:
        return "expired"
    return coupon.status.value


def _query(unit: Unit, wanted: CouponFilter) -> sa.Select[Any]:
    query = sa.select(*_COLUMNS).where(_C.merchant_id == unit.merchant_id)
    if wanted.member_id is not None:
        query = query.where(_C.member_id == wanted.member_id)
    if wanted.template_id is not None:
        query = query.where(_C.template_id == wanted.template_id)
    match wanted.status:
        case None:
            return query
        case "expired":
            return query.where(_C.status == CouponStatus.AVAILABLE.value, _C.valid_until <= unit.now())
        case "available":
            return query.where(_C.status == CouponStatus.AVAILABLE.value, _C.valid_until > unit.now())
    return query.where(_C.status == wanted.status)


def _coupon(row: sa.Row[Any]) -> Coupon:
    return Coupon(
        coupon_id=row.coupon_id,
        template_id=row.template_id,
        member_id=row.member_id,
        status=CouponStatus(row.status),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        order_id=row.order_id,
    )
