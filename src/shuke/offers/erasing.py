"""What of offers goes with a member: her coupons are void, her gifts and packets closed. What was used stays, as orders
do."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.service import Goes, Her, Part, Stays, deleted
from shuke.offers import gifting, sharing
from shuke.offers.coupon_tables import coupons
from shuke.offers.model import CouponStatus
from shuke.offers.packet_tables import shared_packets
from shuke.offers.tables import campaign_members

_C, _P = coupons.c, shared_packets.c


def _unused(unit: Unit, member_ids: Collection[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    hers = _C.member_id.in_(list(member_ids))
    return _C.merchant_id == unit.merchant_id, hers, _C.status == CouponStatus.AVAILABLE.value


def _count_coupons(unit: Unit, her: Her) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).where(*_unused(unit, her.names))) or 0


def _void(unit: Unit, her: Her) -> int:
    return void(unit, her.names)


def void(unit: Unit, member_ids: Collection[UUID]) -> int:
    """Coupons of theirs that were not used are worth nothing any more; how many."""
    mine = _unused(unit, member_ids)
    found = list(unit.connection.scalars(sa.select(_C.coupon_id).where(*mine).order_by(_C.coupon_id)))
    for coupon_id in found:
        gifting.revoke(unit, coupon_id)
    return len(found)


def _open(unit: Unit, her: Her) -> tuple[sa.ColumnElement[bool], ...]:
    return _P.merchant_id == unit.merchant_id, _P.member_id.in_(her.names), _P.closed_at.is_(None)


def _count_packets(unit: Unit, her: Her) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).where(*_open(unit, her))) or 0


def _close(unit: Unit, her: Her) -> int:
    """They run out now; what nobody took is back in the budget."""
    ending = shared_packets.update().where(*_open(unit, her)).values(expires_at=unit.now()).returning(_P.packet_id)
    found = list(unit.connection.scalars(ending))
    if found:
        sharing.close_expired(unit, len(found), only=found)
    return len(found)


ERASES = Part(
    goes=(
        Goes("coupons", Text("未使用的券（作废）", "Coupons not used (void)"), (), _count_coupons, _void),
        Goes(
            "shared_packets",
            Text("未领完的拼手气红包（关闭）", "Shared red packets (closed)"),
            (),
            _count_packets,
            _close,
        ),
        deleted(campaign_members, Text("活动名单", "Lists of campaigns")),
    ),
    stays=(
        Stays(
            Text("用过的券和优惠", "Coupons and offers used"),
            Text("库存、预算和订单以此对账。", "Stocks, budgets and orders add up by them."),
            (
                "coupons",
                "coupon_holders",
                "coupon_redemptions",
                "coupon_codes",
                "coupon_gifts",
                "shared_packets",
                "shared_packet_claims",
                "offer_uses",
                "offer_member_counters",
            ),
        ),
    ),
    nobodys=(
        "campaigns",
        "coupon_batches",
        "coupon_stocks",
        "coupon_templates",
        "offer_counters",
        "promotions",
        "red_packet_campaigns",
        "stacking_groups",
    ),
)
