"""Why an order may not use what it wants: looked up only when it was refused."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.errors import ShukeError
from shuke.kernel.text import Text
from shuke.offers import coupon_store, errors, shelf_store
from shuke.offers.coupon_tables import coupons
from shuke.offers.model import CouponStatus, OfferStatus
from shuke.offers.shelves import TEMPLATES
from shuke.offers.tables import coupon_templates, promotions, red_packet_campaigns
from shuke.tenancy import service as tenancy


def used_up(unit: Unit, offer_ids: Collection[UUID]) -> errors.OfferUsedUp:
    return errors.OfferUsedUp(name=name_of(unit, min(offer_ids)))


def over_limit(unit: Unit, offer_ids: Collection[UUID]) -> errors.OverYourLimit:
    return errors.OverYourLimit(name=name_of(unit, min(offer_ids)))


def name_of(unit: Unit, offer_id: UUID) -> Text:
    """What a promotion, template or campaign is called."""
    kinds = (
        (promotions, promotions.c.promotion_id),
        (coupon_templates, coupon_templates.c.template_id),
        (red_packet_campaigns, red_packet_campaigns.c.campaign_id),
    )
    parts = [
        sa.select(table.c.name).where(table.c.merchant_id == unit.merchant_id, key == offer_id) for table, key in kinds
    ]
    name = unit.connection.scalars(sa.union_all(*parts)).one()
    return Text(**name)


def not_usable(unit: Unit, coupon_id: UUID, member_id: UUID | None, at: datetime) -> ShukeError:
    """What is wrong with a coupon that could not be taken; a coupon of somebody else says nothing more than that."""
    table = coupons.c
    row = unit.connection.execute(
        sa.select(coupons).where(table.merchant_id == unit.merchant_id, table.coupon_id == coupon_id)
    ).first()
    if row is None:
        return errors.CouponNotFound()
    if row.member_id is not None and row.member_id != member_id:
        return errors.CouponNotYours()
    match CouponStatus(row.status):
        case CouponStatus.REDEEMED:
            return errors.CouponUsed()
        case CouponStatus.RESERVED:
            return errors.CouponReserved()
        case CouponStatus.REVOKED:
            return errors.CouponRevoked()
        case CouponStatus.AVAILABLE if row.valid_from <= at < row.valid_until:
            return errors.CouponReserved()
        case CouponStatus.AVAILABLE if row.valid_from > at:
            return errors.CouponNotYetValid(on=business_day(row.valid_from, tenancy.merchant(unit).timezone))
        case CouponStatus.AVAILABLE:
            return errors.CouponExpired()


def check_usable(unit: Unit, coupon_id: UUID, member_id: UUID | None, store_id: UUID, at: datetime) -> None:
    """Say clearly why this coupon cannot be used by this member in this store, whatever the basket.

    Raises what `using.reserve` raises for coupons, CouponPaused and CouponWrongStore.
    """
    coupon = coupon_store.get(unit, coupon_id)
    yours = coupon.member_id is None or coupon.member_id == member_id
    if not yours or coupon.status is not CouponStatus.AVAILABLE or not coupon.valid_from <= at < coupon.valid_until:
        raise not_usable(unit, coupon_id, member_id, at)
    template = shelf_store.get(unit, TEMPLATES, coupon.template_id)
    if template.status is OfferStatus.PAUSED:
        raise errors.CouponPaused
    stores = template.draft.terms.conditions.stores
    if stores and store_id not in stores:
        raise errors.CouponWrongStore
