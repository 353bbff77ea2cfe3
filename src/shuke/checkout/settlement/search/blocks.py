"""Item offers that touch no common line know nothing of each other: what each block of them can take off at most is
found on its own, and exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.right import Right

_TRIES = 64
"""Combinations within one block that are looked at; a block that has more is bounded by the sum of its rights."""


@dataclass(frozen=True, slots=True)
class Block:
    """`most`: what the rights take off together at best; `best`: those that do, the lightest (search/ties.py), as far
    as is known. Any other way that is lighter takes off less, by `gap` at least; 0: not known to."""

    rights: tuple[Right, ...]
    most: int
    best: tuple[Right, ...]
    gap: int


Known = dict[tuple[Right, ...], Block]
"""Blocks that were looked at before, on the same lines."""


def blocks(rights: Sequence[Right], tops: dict[Right, int], basket: Basket, known: Known) -> list[Block]:
    """The item offers in blocks that share no line, each in canonical order. `tops` are their ceilings."""
    parts: list[tuple[int, list[Right]]] = []
    for right in rights:
        mask, members = right.mask, [right]
        apart = []
        for other_mask, others in parts:
            if other_mask & mask:
                mask |= other_mask
                members += others
            else:
                apart.append((other_mask, others))
        parts = [*apart, (mask, members)]
    ordered = [sorted(members, key=lambda right: right.order) for _, members in parts]
    found: list[Block] = []
    for members in sorted(ordered, key=lambda members: members[0].order):
        key = tuple(members)
        if key not in known:
            known[key] = _block(members, tops, basket)
        found.append(known[key])
    return found


def untouched(known: Known, lines: int) -> Known:
    """The blocks that have nothing on these lines."""
    return {rights: block for rights, block in known.items() if not any(right.reads & lines for right in rights)}


def _block(rights: list[Right], tops: dict[Right, int], basket: Basket) -> Block:
    if len(rights) == 1:
        top = tops[rights[0]]
        return Block(tuple(rights), top, tuple(rights), top)
    search = _BestOfBlock(rights, [tops[right] for right in rights], basket.due)
    search.visit(0, basket, 0, ())
    if search.tries <= _TRIES:
        return Block(tuple(rights), search.most, search.best, 1)
    return Block(tuple(rights), search.after[0], search.best, 0)


class _BestOfBlock:
    """Depth first, using before not using; `after[i]` bounds what the rights from i on take off."""

    def __init__(self, rights: Sequence[Right], tops: Sequence[int], start: Sequence[int]) -> None:
        self._rights, self._start = rights, start
        self.after = [sum(tops[index:]) for index in range(len(rights) + 1)]
        self.most = self.weight = -1
        self.best: tuple[Right, ...] = ()
        self.tries = 0

    def visit(self, index: int, basket: Basket, taken: int, used: tuple[Right, ...]) -> None:
        if taken + self.after[index] < self.most or self.tries > _TRIES:
            return
        if index == len(self._rights):
            weight = sum(right.weight for right in used)
            if taken > self.most or weight < self.weight:
                self.most, self.weight, self.best = taken, weight, used
            return
        self.tries += 1
        right = self._rights[index]
        cut = right.cut(basket, self._start)
        if cut is not None:
            self.visit(index + 1, basket.after(cut), taken + cut.total, (*used, right))
        self.visit(index + 1, basket, taken, used)
