"""The best combination found so far, and how much looking is left."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.cost import Cost
from shuke.checkout.settlement.effects.right import Right

_INSISTED = 1 << 60
"""What using a coupon that the member insists on is worth: more than any money."""


class OutOfNodes(Exception):
    """The budget is spent."""


class Record:
    """`cost` and `weight` of the best combination so far (search/ties.py), and its rights."""

    __slots__ = ("_cost", "_limit", "cost", "nodes", "one", "rights", "ties", "weight")

    def __init__(self, cost: Cost, one: int, nodes: int) -> None:
        self._cost, self.one, self._limit = cost, one, nodes
        self.nodes = 0
        self.cost = self.weight = 0
        self.rights: tuple[Right, ...] | None = None
        self.ties = False

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > self._limit:
            raise OutOfNodes

    def settle_ties(self, nodes: int) -> None:
        """From here on the least cost is known, and only a lighter way of paying it is looked for."""
        self.ties = True
        self._limit = self.nodes + nodes

    def offer(self, basket: Basket, rights: tuple[Right, ...]) -> None:
        """Keep a combination if it is the best so far."""
        cost = self._cost.of(basket) - _INSISTED * sum(right.bonus for right in rights)
        weight = sum(right.weight for right in rights)
        if self.rights is None or (cost, weight) < (self.cost, self.weight):
            self.cost, self.weight, self.rights = cost, weight, rights

    def compared(self, least_due: int, bonus: int) -> int:
        """Anything that leaves `least_due` or more, and uses at most `bonus` of the coupons insisted on, is worse than
        the best so far (1), or at most as good (0), or may be better (-1)."""
        least = self._cost.floor(least_due) - _INSISTED * bonus
        return (least > self.cost) - (least < self.cost)

    def needed(self, due: int, tops: Sequence[int]) -> int:
        """How many rights with these ceilings it takes at least to be as cheap as the best, from `due` on."""
        missing = due - self._cost.most_due(self.cost + _INSISTED * sum(right.bonus for right in self.rights or ()))
        count = 0
        for top in sorted(tops, reverse=True):
            if missing <= 0:
                break
            missing -= top
            count += 1
        return count
