"""Rights of one group that want the same pieces: a piece serves only one of them, so together they take less than their
ceilings say.

Each cut is charged to the pieces that were used for it. Of unlimited rights, a piece can bear at most its price times
the highest rate at which any of them charges its line: half price on every second piece charges a quarter of what it
uses. Limited rights that work piece by piece can at best share out the pieces that lose most.
"""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.each import EachPiece
from shuke.checkout.settlement.effects.pieces import PieceRight
from shuke.checkout.settlement.effects.right import Right
from shuke.kernel.rounding import BPS


def rivals(rights: Sequence[Right]) -> list[PieceRight]:
    """Those of the rights, all of one group, that compete for pieces."""
    found = [right for right in rights if isinstance(right, PieceRight) and right.bit and not right.gift]
    return found if len(found) > 1 else []


def together(rights: Sequence[PieceRight], tops: Sequence[int], basket: Basket) -> int:
    """The most that rivals take together; `tops` are their ceilings."""
    rates: dict[int, int] = {}
    dearest: dict[tuple[int, int], int] = {}
    wanted = rest = charged = alone = 0
    for right, top in zip(rights, tops, strict=True):
        charges = right.charges(basket)
        if charges is not None:
            charged += top
            for line, rate in charges.items():
                rates[line] = max(rate, rates.get(line, 0))
        elif isinstance(right, EachPiece) and right.limit is not None:
            alone += top
            wanted += right.limit
            for loss, line, run, _ in right.losses(basket):
                dearest[line, run] = max(-loss, dearest.get((line, run), 0))
        else:
            rest += top
    pieces = basket.goods.pieces
    # Half a cent a piece, because each is rounded by itself.
    by_rate = sum(
        (2 * basket.due[line] * rate + abs(pieces[line]) * BPS) // (2 * BPS) + 1 for line, rate in rates.items()
    )
    by_piece = 0
    for saving, (line, run) in sorted(((saving, place) for place, saving in dearest.items()), reverse=True):
        used = min(wanted, basket.runs[line][run][1])
        by_piece += saving * used
        wanted -= used
    return rest + min(charged, by_rate) + min(alone, by_piece)
