"""Each piece by itself: a limited price, a percentage or an amount off, for the pieces on which it saves the most."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.pieces import PieceRight, Ranked, Take, price_now
from shuke.checkout.settlement.effects.right import Claim, least
from shuke.kernel.rounding import BPS, share_bps
from shuke.offers.model import ItemAmount, ItemPercent, UnitPrice


class EachPiece(PieceRight):
    """A measured line is one piece at the price of all of it."""

    __slots__ = ("limit", "lines")

    def __init__(self, claim: Claim, max_quantity: int | None) -> None:
        super().__init__(claim, claim.mask)
        self.lines = claim.goods.lines(claim.mask)
        self.limit = least(max_quantity, self.pieces_left)

    def saving(self, price: int, line: int) -> int:
        """What a piece that costs `price` loses."""
        raise NotImplementedError

    @property
    def makes_free(self) -> bool:
        return False

    def charges(self, basket: Basket) -> dict[int, int] | None:
        if self.limit is not None:
            return None
        rates: dict[int, int] = {}
        for loss, line, run, _ in self.losses(basket):
            price = price_now(basket, line, basket.runs[line][run][0])
            rates[line] = max(rates.get(line, 0), -(loss * BPS // price))
        return rates

    def takes(self, basket: Basket, _start: Sequence[int]) -> list[Take]:
        found = self.losses(basket)
        if self.limit is not None:
            return _dearest(found, self.limit)
        takes = [(line, run, pieces, -loss * pieces) for loss, line, run, pieces in found]
        return _to_the_cent(takes, basket) if self.makes_free else takes

    def losses(self, basket: Basket) -> list[Ranked]:
        """What each piece within its reach loses: `(-saving, line, run, pieces)`."""
        bit = self.bit
        found: list[Ranked] = []
        for line in self.lines:
            due, basis = basket.due[line], basket.basis[line]
            for run, (price, pieces, marks) in enumerate(basket.runs[line]):
                if not marks & bit:
                    saving = self.saving(price if due >= basis else price * due // basis, line)
                    if saving > 0:
                        found.append((-saving, line, run, pieces))
        return found


class UnitPriceRight(EachPiece):
    __slots__ = ("_prices",)

    def __init__(self, effect: UnitPrice, claim: Claim) -> None:
        super().__init__(claim, effect.max_quantity)
        self._prices = {line: claim.goods.at_price(effect.price_minor, line) for line in self.lines}

    @property
    def makes_free(self) -> bool:
        return not any(self._prices.values())

    def saving(self, price: int, line: int) -> int:
        return price - self._prices[line]


class ItemPercentRight(EachPiece):
    __slots__ = ("_off_bps",)

    def __init__(self, effect: ItemPercent, claim: Claim) -> None:
        super().__init__(claim, effect.max_quantity)
        self._off_bps = effect.off_bps

    @property
    def makes_free(self) -> bool:
        return self._off_bps == BPS

    def saving(self, price: int, _line: int) -> int:
        return share_bps(price, self._off_bps)


class ItemAmountRight(EachPiece):
    __slots__ = ("_off",)

    def __init__(self, effect: ItemAmount, claim: Claim) -> None:
        super().__init__(claim, effect.max_quantity)
        self._off = {line: claim.goods.at_price(effect.off_minor, line) for line in self.lines}

    def saving(self, price: int, line: int) -> int:
        return min(price, self._off[line])


def _dearest(found: list[Ranked], limit: int) -> list[Take]:
    """The pieces that lose most, at most `limit` of them."""
    takes: list[Take] = []
    for loss, line, run, pieces in sorted(found):
        if limit <= 0:
            break
        used = min(pieces, limit)
        takes.append((line, run, used, -loss * used))
        limit -= used
    return takes


def _to_the_cent(takes: list[Take], basket: Basket) -> list[Take]:
    """Lines all of whose pieces become free cost nothing, whatever cents their pieces' prices were rounded by."""
    of_line: dict[int, tuple[int, int]] = {}
    for line, _, pieces, off in takes:
        before = of_line.get(line, (0, 0))
        of_line[line] = (before[0] + pieces, before[1] + off)
    exact: list[Take] = []
    for line, run, pieces, off in takes:
        seen, total = of_line.pop(line, (0, 0))
        whole = seen == sum(count for _, count, _ in basket.runs[line])
        exact.append((line, run, pieces, off + basket.due[line] - total if whole else off))
    return exact
