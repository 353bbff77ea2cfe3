"""Ceilings of many rights at once, and of all at the outset."""

from collections.abc import Callable, Sequence
from uuid import UUID

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage

Start = Callable[[Stage], Sequence[int]]
"""What was due by line when a stage began; what is due now for those that have not begun."""


def twins(rights: Sequence[Right]) -> dict[int, list[int]]:
    """For each coupon, by its place, the places of the equal ones that come after it."""
    places: dict[UUID, list[int]] = {}
    for index, right in enumerate(rights):
        if right.coupon is not None:
            places.setdefault(right.coupon.offer.offer_id, []).append(index)
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


class Reckoned:
    """Ceilings of all rights on a basket, and what item offers take off it; on the next one, only what is different is
    reckoned again."""

    __slots__ = ("_rights", "_same", "firsts", "tops")

    def __init__(self, rights: Sequence[Right]) -> None:
        self._rights, self._same = rights, twins(rights)
        self.tops: dict[Right, int] = {}
        self.firsts: dict[Right, Cut | None] = {}

    def on(self, basket: Basket, changed: int = 0) -> None:
        """Reckon on a basket that differs from the one before on the lines `changed`."""
        self.tops, self.firsts = dict(self.tops), dict(self.firsts)
        later: list[int] = []
        for at, right in enumerate(self._rights):
            if right in self.tops and not right.reads & changed:
                continue
            if right.stage is not Stage.ITEM_OFFER:
                later.append(at)
                continue
            first = self.firsts[right] = right.cut(basket, basket.due)
            self.tops[right] = first.total if first and right.line_minor is None else right.ceiling(basket, basket.due)
        for at, top in ceilings(self._rights, later, basket, basket.begun, self._same).items():
            self.tops[self._rights[at]] = top
        self.tops = {right: self.tops[right] for right in self._rights}
