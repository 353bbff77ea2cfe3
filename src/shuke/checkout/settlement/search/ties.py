"""Which of two equally cheap ways is better: fewer rights used up, then fewer rights, then coupons that expire soonest,
then whatever comes first in canonical order.

Each right has a weight, and the lighter combination wins. The fields of a weight are so far apart that sums never run
over: one bit a right in the lowest, by which no two combinations weigh the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage

_FIELD = 32
_NEVER = datetime.max.replace(tzinfo=UTC)


def weigh(rights: Sequence[Right]) -> int:
    """Give every right its weight; the answer is the least that an offer or coupon weighs."""
    dates = {right.terms.coupon.valid_until or _NEVER for right in rights if right.terms.coupon}
    ranks = {date: rank for rank, date in enumerate(sorted(dates))}
    one = 1 << (len(rights) + _FIELD)
    for place, right in enumerate(rights):
        right.weight = 1 << place
        if right.terms.stage in (Stage.MEMBER_PRICE, Stage.TIER_DISCOUNT):
            continue
        right.weight += one
        if right.terms.coupon:
            right.weight += (one << _FIELD) + (ranks[right.terms.coupon.valid_until or _NEVER] << len(rights))
        elif right.terms.left is not None:
            right.weight += one << _FIELD
    return one
