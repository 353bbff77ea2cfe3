"""A coupon given to another member: by a link, taken once, withdrawn, or run out.

The coupon stays the giver's until somebody takes it: if she uses it meanwhile, the gift is empty.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.crypto import new_secret
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.offers import coupon_store, refusing, shelf_store
from shuke.offers.coupon_tables import coupon_gifts, coupons
from shuke.offers.errors import (
    CouponNotYours,
    GiftNotValid,
    GiftOver,
    GiftToOneself,
    HolderBlocked,
    NotTransferable,
)
from shuke.offers.model import Coupon, CouponGift, CouponStatus
from shuke.offers.shelves import TEMPLATES
from shuke.tenancy import service as tenancy

HOURS = 72
"""How long a gift waits for whom it is meant for."""

_G = coupon_gifts.c


def give(unit: Unit, coupon_id: UUID, member_id: UUID, hours: int = HOURS) -> tuple[CouponGift, str]:
    """Offer one's coupon to whoever has the link: the gift, and the secret in the link. A gift of it that was waiting
    is withdrawn. Raises CouponNotFound, CouponNotYours, NotTransferable, and what is wrong with an unusable coupon."""
    coupon = coupon_store.get(unit, coupon_id, lock=True)
    if coupon.member_id != member_id:
        raise CouponNotYours
    if coupon.status is not CouponStatus.AVAILABLE or coupon.valid_until <= unit.now():
        raise refusing.not_usable(unit, coupon_id, member_id, unit.now())
    if not shelf_store.get(unit, TEMPLATES, coupon.template_id).draft.rules.transferable:
        raise NotTransferable
    _close(unit, _G.coupon_id == coupon_id)
    token = new_secret()
    gift = CouponGift(
        gift_id=new_id(),
        coupon_id=coupon_id,
        from_member_id=member_id,
        to_member_id=None,
        created_at=unit.now(),
        expires_at=min(coupon.valid_until, unit.now() + timedelta(hours=hours)),
    )
    values = {name: getattr(gift, name) for name in CouponGift.__dataclass_fields__}
    unit.connection.execute(
        coupon_gifts.insert().values(merchant_id=unit.merchant_id, token_index=_index(unit, token), **values)
    )
    emit(unit, "coupon.gift_offered", coupon_id, {"gift_id": str(gift.gift_id)}, member_id=member_id)
    return gift, token


def take(unit: Unit, token: str, member_id: UUID) -> Coupon:
    """Take a gift: the coupon is the taker's from now on. Raises GiftNotValid, GiftOver, GiftToOneself, MemberNotFound,
    HolderBlocked, and what is wrong with a coupon that was used meanwhile."""
    if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
        raise HolderBlocked
    gift = _find(unit, _G.token_index == _index(unit, token))
    if gift is None:
        raise GiftNotValid
    if gift.from_member_id == member_id:
        raise GiftToOneself
    coupon = coupon_store.get(unit, gift.coupon_id, lock=True)
    taken = unit.connection.execute(
        coupon_gifts.update()
        .where(
            _G.merchant_id == unit.merchant_id,
            _G.gift_id == gift.gift_id,
            _G.accepted_at.is_(None),
            _G.revoked_at.is_(None),
            _G.expires_at > unit.now(),
        )
        .values(to_member_id=member_id, accepted_at=unit.now())
    )
    if not taken.rowcount:
        raise GiftOver
    if coupon.member_id != gift.from_member_id or coupon.status is not CouponStatus.AVAILABLE:
        raise refusing.not_usable(unit, gift.coupon_id, gift.from_member_id, unit.now())
    table = coupons.c
    unit.connection.execute(
        coupons.update()
        .where(table.merchant_id == unit.merchant_id, table.coupon_id == gift.coupon_id)
        .values(member_id=member_id)
    )
    payload = {"template_id": str(coupon.template_id), "from": str(gift.from_member_id), "to": str(member_id)}
    emit(unit, "coupon.gifted", gift.coupon_id, payload, member_id=member_id)
    return coupon_store.get(unit, gift.coupon_id)


def withdraw(unit: Unit, gift_id: UUID) -> None:
    """The link is worth nothing any more. Raises GiftNotValid, and GiftOver for what was taken already."""
    gift = _find(unit, _G.gift_id == gift_id)
    if gift is None:
        raise GiftNotValid
    coupon_store.get(unit, gift.coupon_id, lock=True)
    if not _close(unit, _G.gift_id == gift_id):
        raise GiftOver
    emit(unit, "coupon.gift_withdrawn", gift.coupon_id, {"gift_id": str(gift_id)}, member_id=gift.from_member_id)


def revoke(unit: Unit, coupon_id: UUID) -> Coupon:
    """Make a coupon worthless that nobody uses. Raises CouponNotFound, CouponUsed, CouponReserved, CouponRevoked."""
    coupon = coupon_store.get(unit, coupon_id, lock=True)
    if coupon.status is not CouponStatus.AVAILABLE:
        raise refusing.not_usable(unit, coupon_id, coupon.member_id, unit.now())
    _close(unit, _G.coupon_id == coupon_id)
    table = coupons.c
    unit.connection.execute(
        coupons.update()
        .where(table.merchant_id == unit.merchant_id, table.coupon_id == coupon_id)
        .values(status=CouponStatus.REVOKED.value)
    )
    tenancy.record_change(
        unit,
        "coupon.revoked",
        "coupon",
        coupon_id,
        {"status": coupon.status},
        {"status": CouponStatus.REVOKED},
        member_id=coupon.member_id,
    )
    return coupon_store.get(unit, coupon_id)


def _close(unit: Unit, which: sa.ColumnElement[bool]) -> int:
    """Withdraw gifts that still wait; how many did."""
    closed = unit.connection.execute(
        coupon_gifts.update()
        .where(_G.merchant_id == unit.merchant_id, which, _G.accepted_at.is_(None), _G.revoked_at.is_(None))
        .values(revoked_at=unit.now())
    )
    return closed.rowcount


def _find(unit: Unit, which: sa.ColumnElement[bool]) -> CouponGift | None:
    row: sa.Row[Any] | None = unit.connection.execute(
        sa.select(coupon_gifts).where(_G.merchant_id == unit.merchant_id, which)
    ).first()
    return None if row is None else CouponGift(**{name: getattr(row, name) for name in CouponGift.__dataclass_fields__})


def _index(unit: Unit, token: str) -> bytes:
    return unit.index("coupon_gift", token)
