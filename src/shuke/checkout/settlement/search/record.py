"""The best combination found so far, and how much looking is left."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.cost import Cost
from shuke.checkout.settlement.effects.right import Right

_INSISTED = 1 << 60
"""What using a coupon that the member insists on is worth: more than any money."""


UsedRight = tuple[Right, Cut]
"""A right and what it takes off in its turn."""


class OutOfNodes(Exception):
    """The budget is spent."""


class Record:
    """`cost` and `weight` of the best combination so far (search/ties.py), and the rights it uses."""

    __slots__ = ("_cost", "_limit", "cost", "nodes", "one", "scarce", "ties", "used", "weight")

    def __init__(self, cost: Cost, one: int, *, scarce: bool) -> None:
        self._cost, self.one, self.scarce = cost, one, scarce
        self.nodes = self._limit = 0
        self.cost = self.weight = 0
        self.used: tuple[UsedRight, ...] | None = None
        self.ties = False

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > self._limit:
            raise OutOfNodes

    def look_for_less(self, nodes: int) -> None:
        """From here on only what costs less than the best so far counts."""
        self.ties = False
        self._limit = self.nodes + nodes

    def settle_ties(self, nodes: int) -> None:
        """From here on a lighter way of the same cost counts as well."""
        self.ties = True
        self._limit = self.nodes + nodes

    def offer(self, basket: Basket, used: tuple[UsedRight, ...]) -> None:
        """Keep a combination if it is the best so far."""
        cost = self._cost.of(basket) - _INSISTED * sum([right.bonus for right, _ in used])
        weight = sum([right.weight for right, _ in used])
        if self.used is None or (cost, weight) < (self.cost, self.weight):
            self.cost, self.weight, self.used = cost, weight, used

    @property
    def rights(self) -> set[Right]:
        """The rights of the best so far."""
        return {right for right, _ in self.used or ()}

    def compared(self, least_due: int, bonus: int) -> int:
        """Anything that leaves `least_due` or more, and uses at most `bonus` of the coupons insisted on, is worse than
        the best so far (1), or at most as good (0), or may be better (-1)."""
        least = self._cost.floor(least_due) - _INSISTED * bonus
        return (least > self.cost) - (least < self.cost)

    def needed(self, due: int, tops: Sequence[int]) -> int:
        """How many rights with these ceilings it takes at least to be as cheap as the best, from `due` on."""
        missing = due - self._cost.most_due(self.cost + _INSISTED * sum(right.bonus for right in self.rights))
        count = 0
        for top in sorted(tops, reverse=True):
            if missing <= 0:
                break
            missing -= top
            count += 1
        return count
