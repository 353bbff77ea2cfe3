"""Bundles: one set of all parts at one price.

As many sets are made as save most, of the dearest goods that fit. Where parts overlap ("a drink and any cola"), which
piece stands for which part is decided together: pieces fit if for every choice of parts, those that fit nowhere else
are no more than the parts hold (Hall's condition), and taking the dearest that still fits is then best (the pieces that
fit are the independent sets of a transversal matroid). What so many sets are worth grows ever more slowly with their
number, which is why the number that saves most is found by halving.
"""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.pieces import PieceRight, Ranked, Take
from shuke.checkout.settlement.effects.right import Claim
from shuke.checkout.settlement.effects.sets import fewest
from shuke.kernel.rounding import allocate
from shuke.offers.model import Bundle

Filled = tuple[int, list[tuple[int, int, int, int]]]
"""What the pieces of some sets cost now, and which they are: `(line, run, pieces, price)`."""


class BundleRight(PieceRight):
    __slots__ = ("_caps", "_max_sets", "_parts_of", "_price", "_size", "lines")

    def __init__(self, effect: Bundle, claim: Claim) -> None:
        goods = claim.goods
        masks = [goods.in_scope(part.scope) & claim.mask & ~goods.by_measure for part in effect.parts]
        everything = 0
        for mask in masks:
            everything |= mask
        super().__init__(claim, everything)
        self.lines = goods.lines(everything)
        self._price = effect.price_minor
        self._size = sum(part.count for part in effect.parts)
        self._max_sets = fewest(effect.max_sets, self.pieces_left, self._size)
        # Which parts a line's pieces can stand for, and how many pieces any choice of parts holds.
        self._parts_of = {
            line: sum(1 << part for part, mask in enumerate(masks) if mask >> line & 1) for line in self.lines
        }
        counts = [part.count for part in effect.parts]
        kinds = _unions(set(self._parts_of.values()))
        self._caps = {kind: sum(count for part, count in enumerate(counts) if kind >> part & 1) for kind in kinds}

    @property
    def in_turn(self) -> bool:
        """What one more set is worth may grow when other goods fit its parts."""
        return False

    def takes(self, basket: Basket, _start: Sequence[int]) -> list[Take]:
        ranked = self.ranked(basket, self.lines)
        most = sum(run[3] for run in ranked) // self._size
        if self._max_sets is not None:
            most = min(most, self._max_sets)
        best = self._filled(ranked, self._sets(ranked, most))
        if best is None:
            return []
        worth, pieces = best
        saving = worth - self._price * (sum(piece[2] for piece in pieces) // self._size)
        if saving <= 0:
            return []
        off = allocate(saving, [count * price for _, _, count, price in pieces])
        return [(line, run, count, part) for (line, run, count, _), part in zip(pieces, off, strict=True)]

    def _sets(self, ranked: Sequence[Ranked], most: int) -> int:
        """How many sets save most: the last that is worth more than its price."""
        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            with_it, without = self._filled(ranked, middle), self._filled(ranked, middle - 1)
            if with_it is not None and with_it[0] - (without[0] if without else 0) > self._price:
                low = middle
            else:
                high = middle - 1
        return low

    def _filled(self, ranked: Sequence[Ranked], sets: int) -> Filled | None:
        """The dearest pieces that make so many sets; None where there are too few, or no sets are asked for."""
        if sets == 0:
            return None
        room = {kind: cap * sets for kind, cap in self._caps.items()}
        wanted, worth = self._size * sets, 0
        taken: list[tuple[int, int, int, int]] = []
        for loss, line, run, pieces in ranked:
            kind = self._parts_of[line]
            within = [wider for wider in room if wider & kind == kind]
            fits = min(pieces, *(room[wider] for wider in within))
            if fits <= 0:
                continue
            for wider in within:
                room[wider] -= fits
            taken.append((line, run, fits, -loss))
            worth -= loss * fits
            wanted -= fits
            if wanted == 0:
                return worth, taken
        return None


def _unions(kinds: set[int]) -> set[int]:
    """All unions of the given sets of parts."""
    unions: set[int] = set()
    for kind in kinds:
        unions |= {kind} | {kind | other for other in unions}
    return unions
