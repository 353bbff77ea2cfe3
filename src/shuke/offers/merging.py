"""What a merge does to coupons, packets, and what counts towards limits."""

from shuke.members.service import Moves, Plain, counted_again
from shuke.offers.coupon_tables import coupon_gifts, coupon_holders, coupon_redemptions, coupons
from shuke.offers.packet_tables import shared_packet_claims, shared_packets
from shuke.offers.tables import campaign_members, offer_member_counters, offer_uses

_HOLDERS = counted_again(
    coupon_holders,
    "member_id",
    """
    SELECT template_id, issued_to, count(*) FROM coupons
    WHERE merchant_id = :merchant AND issued_to = ANY(:both) GROUP BY template_id, issued_to""",
)
_COUNTERS = counted_again(
    offer_member_counters,
    "member_id",
    """
    SELECT u.offer_id, u.member_id, u.turn, sum(u.uses), sum(u.pieces) FROM offer_uses AS u
    JOIN offer_counters AS c ON c.merchant_id = u.merchant_id AND c.offer_id = u.offer_id
      AND (c.uses_per_member IS NOT NULL OR c.pieces_per_member IS NOT NULL)
    WHERE u.merchant_id = :merchant AND u.member_id = ANY(:both) GROUP BY u.offer_id, u.member_id, u.turn""",
)
_WITH_ORDERS = ("order_id", "orders.member_id")

MOVES = Moves(
    moves=(
        Plain(coupons, "member_id"),
        Plain(coupons, "issued_to", unless=("template_id", "issue_key")),
        _HOLDERS,
        Plain(coupon_redemptions, "member_id", along=_WITH_ORDERS),
        Plain(coupon_gifts, "from_member_id"),
        Plain(coupon_gifts, "to_member_id"),
        Plain(campaign_members, "member_id", unless=("campaign_id",)),
        Plain(shared_packets, "member_id"),
        Plain(shared_packet_claims, "member_id", unless=("packet_id",)),
        Plain(offer_uses, "member_id", along=_WITH_ORDERS),
        _COUNTERS,
    )
)
