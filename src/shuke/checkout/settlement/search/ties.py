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
    """Give every right its weight; the answer is the least that an offer or coupon weighs, and whether weights matter:
    whether there is anything that would be used up."""
    scarce = any(right.coupon is not None or right.left is not None for right in rights)
    one = 1 << (len(rights) + _FIELD)
    if not scarce:
        return one, False
    dates = {right.coupon.valid_until or _NEVER for right in rights if right.coupon}
    ranks = {date: rank for rank, date in enumerate(sorted(dates))}
    for place, right in enumerate(rights):
        if right.stage is Stage.MEMBER_PRICE:
            continue  # in doubt, it is used
        right.weight = 1 << place
        if right.stage is Stage.TIER_DISCOUNT:
            continue
        right.weight += one
        if right.coupon:
            right.weight += (one << _FIELD) + (ranks[right.coupon.valid_until or _NEVER] << len(rights))
        elif right.left is not None:
            right.weight += one << _FIELD
    return one, True
