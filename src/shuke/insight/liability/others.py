"""What is owed outside the wallets, and what discounts cost: cards, coupons, subsidies."""

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.insight.liability.model import Cards, CouponsOut, Month, Subsidy
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS
from shuke.offers import service as offers
from shuke.offers.model import CouponStatus, Funder
from shuke.stored_value import service as stored_value


def cards(unit: Unit, month: Month) -> Cards:
    """Cards as they were at the month's last moment: sold by then or not, and what was on them."""
    relation, posting = stored_value.cards_relation(), ledger.movements_relation().c
    card = relation.c
    held = (
        sa.select(posting.member_id.label("card_id"), sa.func.sum(posting.amount).label("amount"))
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.asset.in_([str(asset) for asset in STORED_ASSETS]),
            posting.at <= month.at,
        )
        .group_by(posting.member_id)
        .subquery("held")
    )
    unsold = sa.and_(
        sa.or_(card.sold_at.is_(None), card.sold_at > month.at),
        sa.or_(card.voided_at.is_(None), card.voided_at > month.at),
    )
    active = sa.and_(card.sold_at <= month.at, held.c.amount > 0)
    row = unit.connection.execute(
        sa.select(
            sa.func.count().filter(unsold),
            sa.cast(sa.func.coalesce(sa.func.sum(card.face_minor).filter(unsold), 0), sa.BigInteger),
            sa.func.count().filter(active),
            sa.cast(sa.func.coalesce(sa.func.sum(held.c.amount).filter(active), 0), sa.BigInteger),
        )
        .select_from(relation)
        .outerjoin(held, held.c.card_id == card.card_id)
        .where(card.merchant_id == unit.merchant_id, card.made_at <= month.at)
    ).one()
    return Cards(*row)


def coupons(unit: Unit, month: Month) -> list[CouponsOut]:
    """Coupons issued by then, valid after it and not redeemed by then. One revoked since counts as revoked then: the
    books do not say when."""
    out, used = offers.coupons_relation(), offers.redemptions_relation()
    coupon, use = out.c, used.c
    redeemed = sa.exists().where(
        use.merchant_id == coupon.merchant_id,
        use.coupon_id == coupon.coupon_id,
        use.redeemed_at <= month.at,
        sa.or_(use.returned_at.is_(None), use.returned_at > month.at),
    )
    rows = unit.connection.execute(
        sa.select(coupon.template_id, sa.func.count())
        .where(
            coupon.merchant_id == unit.merchant_id,
            coupon.status != str(CouponStatus.REVOKED),
            coupon.issued_at <= month.at,
            coupon.valid_until > month.at,
            ~redeemed,
        )
        .group_by(coupon.template_id)
    ).all()
    faces = offers.faces(unit) if rows else {}
    found = [(faces[template_id], count) for template_id, count in rows]
    return sorted(
        (CouponsOut(face.code, face.name, count, face.minor) for face, count in found),
        key=lambda each: (-each.worth_minor, each.code),
    )


def subsidies(unit: Unit, month: Month) -> list[Subsidy]:
    """Discounts of the month in the stores within reach, by who bears them."""
    given = checkout.discounts_between(unit, month.first, month.last).c
    amount = sa.cast(sa.func.sum(given.amount_minor), sa.BigInteger)
    keys = (given.funder, given.party, given.stage)
    query = sa.select(*keys, amount).group_by(*keys).order_by(*keys)
    reach = unit.principal.store_ids
    if reach is not None:
        query = query.where(given.store_id.in_(list(reach)))
    return [
        Subsidy(Funder(funder), party, stage, total) for funder, party, stage, total in unit.connection.execute(query)
    ]
