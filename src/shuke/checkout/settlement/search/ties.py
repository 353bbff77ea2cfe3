"""Which of two equally cheap ways is better: fewer rights used up, then fewer rights, then coupons that expire soonest,
then whatever comes first in canonical order.

Each right has a weight, and the lighter combination wins. The fields of a weight are so far apart that sums never run
over: one bit a right in the lowest, by which no two combinations weigh the same (but for the member price).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage

_FIELD = 32
_NEVER = datetime.max.replace(tzinfo=UTC)


def weigh(rights: Sequence[Right]) -> tuple[int, bool]:
    """Give every right its weight; the answer is the least that an offer or coupon weighs, and whether there is any
    that would be used up."""
    scarce = False
    dates = {right.coupon.valid_until or _NEVER for right in rights if right.coupon}
    ranks = {date: rank for rank, date in enumerate(sorted(dates))}
    one = 1 << (len(rights) + _FIELD)
    for place, right in enumerate(rights):
        if right.stage is Stage.MEMBER_PRICE:
            right.weight = 0  # in doubt, it is used
            continue
        right.weight = 1 << place
        if right.stage is Stage.TIER_DISCOUNT:
            continue
        right.weight += one
        if right.coupon:
            scarce = True
            right.weight += (one << _FIELD) + (ranks[right.coupon.valid_until or _NEVER] << len(rights))
        elif right.left is not None:
            scarce = True
            right.weight += one << _FIELD
    return one, scarce
