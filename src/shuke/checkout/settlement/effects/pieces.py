"""Effects on pieces: which pieces a right uses, what each loses, and what the lines look like afterwards."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket, Cut, Run
from shuke.checkout.settlement.effects.right import Right, limit_lines

Take = tuple[int, int, int, int]
"""`(line, run, pieces, off)`: so many pieces of that run are used, and lose `off` together."""

Ranked = tuple[int, int, int, int]
"""`(-price, line, run, pieces)`: sorts dearest first, ties by line."""


class PieceRight(Right):
    """A right that works piece by piece. Pieces that another right of its group has used are out of its reach."""

    by_piece = True

    __slots__ = ()

    def takes(self, basket: Basket, start: Sequence[int]) -> list[Take]:
        """The pieces it uses and what they lose, before caps; nothing where it would save nothing. `start` is what was
        due by line when the stage began."""
        raise NotImplementedError

    def charges(self, _basket: Basket) -> dict[int, int] | None:
        """For each line, the highest part of a used piece's price (basis points) that a cut can be charged to it. None
        where that says little (search/rivals.py)."""
        return None

    def ceiling(self, basket: Basket, start: Sequence[int]) -> int:
        """Caps by line are left out: with them, a cheaper basket could lose more."""
        return self.limited(sum(take[3] for take in self.takes(basket, start)))

    def cut(self, basket: Basket, start: Sequence[int]) -> Cut | None:
        takes = self.takes(basket, start)
        off: dict[int, int] = {}
        for line, _, _, amount in takes:
            off[line] = off.get(line, 0) + amount
        total = sum(off.values())
        if total == 0:
            return None
        if self.line_minor is None and (self.most is None or total <= self.most):
            allowed = off
        else:
            allowed = limit_lines(off, self.line_minor, self.most)
            total = sum(allowed.values())
        used: dict[int, dict[int, tuple[int, int]]] = {}
        for line, run, pieces, amount in takes:
            # Where a cap bites, the cut lowers the line as a whole and its pieces share it.
            used.setdefault(line, {})[run] = (pieces, amount if allowed[line] == off[line] else 0)
        runs = {line: _left(basket, line, of_line, self.bit) for line, of_line in used.items()}
        return Cut(
            [(line, amount) for line, amount in allowed.items() if amount], total, runs, sum(take[2] for take in takes)
        )

    def ranked(self, basket: Basket, lines: Sequence[int]) -> list[Ranked]:
        """The pieces within its reach on these lines, dearest first."""
        bit = self.bit
        found: list[Ranked] = []
        for line in lines:
            due, basis = basket.due[line], basket.basis[line]
            for run, (price, pieces, marks) in enumerate(basket.runs[line]):
                if not marks & bit:
                    found.append((-(price if due >= basis else price * due // basis), line, run, pieces))
        found.sort()
        return found


def price_now(basket: Basket, line: int, price: int) -> int:
    """What a piece costs after its share of what was taken off the line as a whole, rounded down."""
    due, basis = basket.due[line], basket.basis[line]
    return price if due >= basis else price * due // basis


def _left(basket: Basket, line: int, used: dict[int, tuple[int, int]], bit: int) -> tuple[Run, ...]:
    """The line's pieces after some were used: those apart, marked, at what they cost now."""
    left: list[Run] = []
    for run, (price, pieces, marks) in enumerate(basket.runs[line]):
        price = price_now(basket, line, price)
        count, off = used.get(run, (0, 0))
        if pieces > count:
            left.append((price, pieces - count, marks))
        if count:
            each, odd = divmod(max(0, price * count - off), count)
            if odd:
                left.append((each + 1, odd, marks | bit))
            left.append((each, count - odd, marks | bit))
    return tuple(left)
