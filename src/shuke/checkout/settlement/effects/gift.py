"""Gifts: pieces of a product that are free from a threshold on, if they are in the basket."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.order import Gauge
from shuke.checkout.settlement.effects.pieces import PieceRight, Take
from shuke.checkout.settlement.effects.right import Claim
from shuke.offers.model import Gift


class GiftRight(PieceRight):
    gift = True

    __slots__ = ("effect", "gauge", "lines")

    def __init__(self, effect: Gift, claim: Claim) -> None:
        goods = claim.goods
        mask = goods.of_product(effect.product_id) & ~goods.by_measure
        self.lines = goods.lines(mask)
        super().__init__(claim, mask)
        self.effect = effect
        self.gauge = Gauge(effect.measure, goods, claim.mask)

    def takes(self, basket: Basket, start: Sequence[int]) -> list[Take]:
        wanted = self.gifts(self.gauge.read(start))
        takes: list[Take] = []
        for loss, line, run, pieces in self.ranked(basket, self.lines):
            if wanted <= 0 or loss == 0:
                break
            free = min(pieces, wanted)
            takes.append((line, run, free, -loss * free))
            wanted -= free
        return takes

    @property
    def in_turn(self) -> bool:
        return not self.gauge.of_money or not self.effect.every

    def measures(self, goods: int) -> bool:
        return self.gauge.of_money and self.gauge.mask == goods and self.effect.at > 0

    @property
    def boundaries(self) -> tuple[Sequence[int], Sequence[int]]:
        return (self.effect.at,), ()

    def worth_at(self, reached: int, top: int) -> int:
        return top if reached >= self.effect.at else 0

    def gifts(self, measured: int) -> int:
        """How many pieces are free, when so much was reached."""
        effect = self.effect
        if measured < effect.at:
            return 0
        times = measured // effect.at if effect.every and effect.at else 1
        pieces = effect.quantity * times
        return pieces if self.pieces_left is None else min(pieces, self.pieces_left)
