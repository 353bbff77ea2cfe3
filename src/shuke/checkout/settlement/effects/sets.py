"""Sets of pieces: N for the price of M, the n-th at a discount, buy some and get some.

Sets are made of the dearest pieces first, so that what is free, though the cheapest of its set, is as dear as it can
be. Measured goods make no sets.
"""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.pieces import PieceRight, Ranked, Take
from shuke.checkout.settlement.effects.right import Claim
from shuke.kernel.rounding import BPS, share_bps
from shuke.offers.model import BuyGet, NForM, NthItem


class Sets(PieceRight):
    """Of each `size` pieces, dearest first, the last `cheap` lose `off_bps`."""

    __slots__ = ("_cheap", "_max_sets", "_off_bps", "_size", "lines")

    def __init__(self, claim: Claim, size: int, cheap: int, off_bps: int, max_sets: int | None) -> None:
        mask = claim.mask & ~claim.goods.by_measure
        self.lines = claim.goods.lines(mask)
        super().__init__(claim, mask)
        self._size, self._cheap, self._off_bps = size, cheap, off_bps
        self._max_sets = fewest(max_sets, self.pieces_left, size)

    def takes(self, basket: Basket, _start: Sequence[int]) -> list[Take]:
        ranked = self.ranked(basket, self.lines)
        pieces = self.usable(sum(run[3] for run in ranked))
        return _blocks(ranked, pieces, self._size, self._cheap, self._off_bps) if pieces else []

    def charges(self, _basket: Basket) -> dict[int, int] | None:
        """What is cheap in a set is no dearer than its average."""
        rate = -(-self._off_bps * self._cheap // self._size)
        return dict.fromkeys(self.lines, rate) if self._max_sets is None else None

    def usable(self, pieces: int) -> int:
        """How many of so many pieces go into sets."""
        sets = pieces // self._size
        return (sets if self._max_sets is None else min(sets, self._max_sets)) * self._size


class NForMRight(Sets):
    __slots__ = ()

    def __init__(self, effect: NForM, claim: Claim) -> None:
        super().__init__(claim, effect.take, effect.take - effect.pay, BPS, effect.max_sets)


class NthItemRight(Sets):
    __slots__ = ()

    def __init__(self, effect: NthItem, claim: Claim) -> None:
        super().__init__(claim, effect.nth, 1, effect.off_bps, effect.max_sets)


class SameGoods(Sets):
    """Buy and get from the same goods. A last set may be short of pieces to get."""

    __slots__ = ("_buy",)

    def __init__(self, effect: BuyGet, claim: Claim) -> None:
        super().__init__(claim, effect.buy + effect.get, effect.get, effect.off_bps, effect.max_sets)
        self._buy = effect.buy

    def usable(self, pieces: int) -> int:
        whole = super().usable(pieces)
        rest = pieces - whole
        room = self.pieces_left is None or whole + rest <= self.pieces_left
        another = self._max_sets is None or whole < self._max_sets * self._size
        return whole + rest if another and room and rest > self._buy else whole


class OtherGoods(PieceRight):
    """Buy from some goods, get from others; the two may overlap.

    Set by set: bought are first those that cannot be got, dearest first, then those that could be either; got are the
    dearest of what is left. A last set may be short of pieces to get.
    """

    __slots__ = ("_apart", "_buy", "_get", "_max_sets", "_off_bps", "_only_bought", "buys", "gets")

    def __init__(self, effect: BuyGet, claim: Claim, get_mask: int) -> None:
        pieces = ~claim.goods.by_measure
        self.buys = claim.goods.lines(claim.mask & pieces)
        self.gets = claim.goods.lines(get_mask & pieces)
        super().__init__(claim, (claim.mask | get_mask) & pieces)
        self._only_bought = frozenset(self.buys) - frozenset(self.gets)
        self._apart = len(self._only_bought) == len(self.buys)
        self._buy, self._get, self._off_bps = effect.buy, effect.get, effect.off_bps
        self._max_sets = fewest(effect.max_sets, self.pieces_left, effect.buy + effect.get)

    @property
    def in_turn(self) -> bool:
        return self._apart

    def ceiling(self, basket: Basket, start: Sequence[int]) -> int:
        """Where the goods overlap: as if what is bought could be got as well."""
        if self._apart:
            return super().ceiling(basket, start)
        sets = sum(run[3] for run in self.ranked(basket, self.buys)) // self._buy
        most = (sets if self._max_sets is None else min(sets, self._max_sets)) * self._get
        total = 0
        for loss, _, _, pieces in self.ranked(basket, self.gets):
            total += share_bps(-loss, self._off_bps) * min(pieces, most)
            most -= min(pieces, most)
        return self.limited(total)

    def takes(self, basket: Basket, _start: Sequence[int]) -> list[Take]:
        ranked = self.ranked(basket, self.buys)
        to_buy = [run for run in ranked if run[1] in self._only_bought] + [
            run for run in ranked if run[1] not in self._only_bought
        ]
        to_get = self.ranked(basket, self.gets)
        left = {(line, run): pieces for _, line, run, pieces in (*to_buy, *to_get)}
        bought: dict[tuple[int, int], int] = {}
        got: dict[tuple[int, int], int] = {}
        sets = sum(run[3] for run in to_buy) if self._max_sets is None else self._max_sets
        while sets > 0:
            buying = _from(to_buy, left, self._buy, {})
            getting = _from(to_get, left, self._get, buying)
            if sum(buying.values()) < self._buy or not getting:
                break
            # The next sets look the same as long as every run has enough for them.
            times = min(
                sets, *(left[run] // (buying.get(run, 0) + getting.get(run, 0)) for run in {**buying, **getting})
            )
            for used, now in ((bought, buying), (got, getting)):
                for run, pieces in now.items():
                    used[run] = used.get(run, 0) + pieces * times
                    left[run] -= pieces * times
            sets -= times
        price = {(line, run): -loss for loss, line, run, _ in (*to_buy, *to_get)}
        return [
            (*run, bought.get(run, 0) + got.get(run, 0), share_bps(price[run], self._off_bps) * got.get(run, 0))
            for run in sorted({**bought, **got})
        ]


def buy_get(effect: BuyGet, claim: Claim) -> PieceRight:
    get_mask = claim.goods.in_scope(effect.get_scope)
    if get_mask == claim.mask:
        return SameGoods(effect, claim)
    return OtherGoods(effect, claim, get_mask)


def fewest(max_sets: int | None, pieces_left: int | None, size: int) -> int | None:
    """The most sets, where pieces may be limited as well."""
    if pieces_left is None:
        return max_sets
    return pieces_left // size if max_sets is None else min(max_sets, pieces_left // size)


def _blocks(ranked: Sequence[Ranked], pieces: int, size: int, cheap: int, off_bps: int) -> list[Take]:
    """The first `pieces` of the ranked in blocks of `size`, of which the last `cheap` lose. The last block may be
    short: it then lacks pieces to lose, none to pay for."""
    takes: list[Take] = []
    position = 0
    for loss, line, run, count in ranked:
        if position >= pieces:
            break
        until = min(position + count, pieces)
        losing = _losing(until, size, cheap) - _losing(position, size, cheap)
        each = -loss if off_bps == BPS else share_bps(-loss, off_bps)
        takes.append((line, run, until - position, losing * each))
        position = until
    return takes if any(take[3] for take in takes) else []


def _losing(position: int, size: int, cheap: int) -> int:
    """How many of the first `position` pieces lose."""
    whole, rest = divmod(position, size)
    return whole * cheap + max(0, rest - (size - cheap))


def _from(
    ranked: Sequence[Ranked], left: dict[tuple[int, int], int], wanted: int, taken: dict[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """The next `wanted` pieces in order, of those left and not just `taken`; fewer where there are not so many."""
    found: dict[tuple[int, int], int] = {}
    for _, line, run, _ in ranked:
        if wanted == 0:
            break
        free = left[line, run] - taken.get((line, run), 0)
        if free > 0:
            found[line, run] = min(free, wanted)
            wanted -= found[line, run]
    return found
