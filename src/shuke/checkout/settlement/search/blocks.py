"""Item offers that touch no common line know nothing of each other: what each block of them can take off at most is
found on its own, and exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.search.record import UsedRight

_TRIES = 64
"""Combinations within one block that are looked at; a block that has more is bounded by the sum of its rights."""


@dataclass(frozen=True, slots=True)
class Block:
    """`most`: what the rights take off together at best; `best`: those that do, as far as is known, and the lightest
    where weights matter (search/ties.py). Any lighter way takes off less, by `gap` at least; 0: not known to."""

    rights: tuple[Right, ...]
    most: int
    best: tuple[UsedRight, ...]
    gap: int


Known = dict[tuple[Right, ...], Block]
"""Blocks that were looked at before, on the same lines."""

Firsts = Mapping[Right, Cut | None]
"""What each item offer takes off where none was used before it."""


def blocks(
    rights: Sequence[Right], tops: Mapping[Right, int], firsts: Firsts, basket: Basket, known: Known, *, ties: bool
) -> list[Block]:
    """The item offers in blocks that share no line, each in canonical order. `tops` are their ceilings, and `ties` says
    whether weights matter."""
    parts: list[tuple[int, list[Right]]] = []
    for right in rights:
        mask, members = right.mask, [right]
        apart = []
        for other_mask, others in parts:
            if other_mask & mask:
                mask |= other_mask
                members = others + members
            else:
                apart.append((other_mask, others))
        parts = [*apart, (mask, members)]
    found: list[Block] = []
    for _, members in parts:
        members.sort(key=_order)
        key = tuple(members)
        if key not in known:
            known[key] = _block(key, tops, firsts, basket, ties=ties)
        found.append(known[key])
    found.sort(key=lambda block: block.rights[0].order)
    return found


def untouched(known: Known, lines: int) -> Known:
    """The blocks that have nothing on these lines."""
    return {rights: block for rights, block in known.items() if not any(right.reads & lines for right in rights)}


def _order(right: Right) -> int:
    return right.order


def _block(
    rights: tuple[Right, ...], tops: Mapping[Right, int], firsts: Firsts, basket: Basket, *, ties: bool
) -> Block:
    if len(rights) == 1:
        (right,) = rights
        first = firsts[right]
        return Block(rights, tops[right], ((right, first),) if first else (), tops[right])
    search = _BestOfBlock(rights, tops, firsts, basket, ties=ties)
    search.visit(0, basket, 0, ())
    if search.tries <= _TRIES:
        return Block(rights, search.most, search.best, 1)
    return Block(rights, search.after[0], search.best, 0)


class _BestOfBlock:
    """Depth first, using before not using; `after[i]` bounds what the rights from i on take off."""

    def __init__(
        self, rights: Sequence[Right], tops: Mapping[Right, int], firsts: Firsts, basket: Basket, *, ties: bool
    ) -> None:
        self._rights, self._firsts, self._basket, self._ties = rights, firsts, basket, ties
        self.after = [0]
        for right in reversed(rights):
            self.after.insert(0, self.after[0] + tops[right])
        self.most = self.weight = -1
        self.best: tuple[UsedRight, ...] = ()
        self.tries = 0

    def visit(self, index: int, basket: Basket, taken: int, used: tuple[UsedRight, ...]) -> None:
        most = taken + self.after[index]
        if most < self.most or (most == self.most and not self._ties) or self.tries > _TRIES:
            return
        if index == len(self._rights):
            weight = sum([right.weight for right, _ in used])
            if taken > self.most or weight < self.weight:
                self.most, self.weight, self.best = taken, weight, used
            return
        self.tries += 1
        right = self._rights[index]
        cut = right.cut(basket, self._basket.due) if used else self._firsts[right]
        if cut is not None:
            self.visit(index + 1, basket.after(cut), taken + cut.total, (*used, (right, cut)))
        self.visit(index + 1, basket, taken, used)
