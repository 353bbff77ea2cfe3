"""Ceilings of many rights at once."""

from collections.abc import Callable, Sequence
from uuid import UUID

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage

Start = Callable[[Stage], Sequence[int]]
"""What was due by line when a stage began; what is due now for those that have not begun."""


def twins(rights: Sequence[Right]) -> dict[int, list[int]]:
    """For each coupon, by its place, the places of the equal ones that come after it."""
    places: dict[UUID, list[int]] = {}
    for index, right in enumerate(rights):
        if right.terms.coupon is not None:
            places.setdefault(right.terms.coupon.offer.offer_id, []).append(index)
    return {index: same[at + 1 :] for same in places.values() for at, index in enumerate(same)}


def ceilings(
    rights: Sequence[Right], wanted: Sequence[int], basket: Basket, start: Start, same: dict[int, list[int]]
) -> dict[int, int]:
    """The ceilings of the wanted rights. Equal coupons are used one after another, so each is worth what is left for it
    after those before: the second of two free pieces is the second dearest."""
    found: dict[int, int] = {}
    followed: dict[int, Basket] = {}
    for index in wanted:
        right = rights[index]
        seen = followed.pop(index, basket)
        begun = start(right.stage)
        found[index] = right.ceiling(seen, begun)
        following = same.get(index)
        if following and right.in_turn:
            cut = right.cut(seen, begun)
            followed[following[0]] = seen.after(cut) if cut else seen
    return found
