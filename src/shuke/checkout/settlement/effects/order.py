"""Effects on the order as a whole: so much off from so much on, a percentage, free delivery. Lines bear them by what
is due on each."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket, Cut, Goods
from shuke.checkout.settlement.effects.right import Claim, Right, share_out
from shuke.kernel.rounding import BPS, Rounding, allocate, share_bps
from shuke.offers.model import FreeDelivery, Measure, OrderPercent, Step, Threshold


class Gauge:
    """What a threshold measures: money due on goods in scope when the stage begins, or pieces of them."""

    __slots__ = ("_pieces", "lines", "mask")

    def __init__(self, measure: Measure, goods: Goods, mask: int) -> None:
        self.mask = mask
        self.lines = goods.lines(mask)
        self._pieces = goods.count(self.lines) if measure is Measure.PIECES else None

    @property
    def of_money(self) -> bool:
        return self._pieces is None

    def read(self, due: Sequence[int]) -> int:
        return sum([due[line] for line in self.lines]) if self._pieces is None else self._pieces


class OrderRight(Right):
    """A right that takes an amount off the lines in scope together."""

    on_order = True

    __slots__ = ("_same", "gauge", "lines", "steps")

    def __init__(self, claim: Claim, touches: int, steps: tuple[Step, ...], measure: Measure) -> None:
        super().__init__(claim, touches)
        self.lines = claim.goods.lines(touches)
        self.gauge = Gauge(measure, claim.goods, claim.mask)
        self._same = self.gauge.of_money and claim.mask == touches  # what it measures is what it lowers
        self.steps = steps if len(steps) == 1 else tuple(sorted(steps, key=lambda step: step.at))

    def amount(self, due: int, measured: int) -> int:
        """What it takes off `due` in scope, before caps by line."""
        raise NotImplementedError

    def ceilings(self, due: Sequence[int], _measured: int) -> list[int]:
        """The most it takes off each line, where there is a cap by line."""
        cap = self.line_minor
        assert cap is not None
        return [min(amount, cap) for amount in due]

    def ceiling(self, basket: Basket, start: Sequence[int]) -> int:
        due = basket.due
        of_lines = [due[line] for line in self.lines]
        total = sum(of_lines)
        measured = total if self._same and start is due else self.gauge.read(start)
        amount = self.amount(total, measured)
        if self.line_minor is not None:
            amount = min(amount, sum(self.ceilings(of_lines, measured)))
        return self.limited(amount)

    def cut(self, basket: Basket, start: Sequence[int]) -> Cut | None:
        due = basket.due
        of_lines = [due[line] for line in self.lines]
        measured = self.gauge.read(start)
        amount = self.amount(sum(of_lines), measured)
        if amount == 0:
            return None
        if self.line_minor is None:
            amount = self.limited(amount)
            off = [(line, part) for line, part in zip(self.lines, allocate(amount, of_lines), strict=True) if part]
        else:
            ceilings = self.ceilings(of_lines, measured)
            amount = self.limited(min(amount, sum(ceilings)))
            off = share_out(amount, self.lines, of_lines, ceilings)
        return Cut(off, amount) if amount else None

    def reached(self, measured: int) -> Step | None:
        """The highest step that so much reaches."""
        best = None
        for step in self.steps:
            if measured < step.at:
                break
            best = step
        return best

    @property
    def in_turn(self) -> bool:
        """With several steps, one may take less from a lower basket, and leave more to the next."""
        return not self.gauge.of_money or (len(self.steps) == 1 and not self.boundaries[1])

    def measures(self, goods: int) -> bool:
        return self.gauge.of_money and self.gauge.mask == goods and self.steps[-1].at > 0

    @property
    def boundaries(self) -> tuple[Sequence[int], Sequence[int]]:
        return [step.at for step in self.steps], ()

    def worth_at(self, reached: int, top: int) -> int:
        return top if self.reached(reached) else 0

    def next_step(self, measured: int) -> Step | None:
        """The lowest step out of reach."""
        return next((step for step in self.steps if measured < step.at), None)


class ThresholdRight(OrderRight):
    __slots__ = ("_every",)

    def __init__(self, effect: Threshold, claim: Claim) -> None:
        super().__init__(claim, claim.mask, effect.steps, effect.measure)
        self._every = effect.every

    def amount(self, due: int, measured: int) -> int:
        step = self.reached(measured)
        if step is None or due == 0:
            return 0
        times = measured // step.at if self._every and step.at else 1
        return min(due, step.off * times)

    def measures(self, goods: int) -> bool:
        """A repeated threshold that gives back more than half of what it takes is not reckoned with so closely."""
        return super().measures(goods) and not (self._every and 2 * self.steps[0].off > self.steps[0].at)

    @property
    def boundaries(self) -> tuple[Sequence[int], Sequence[int]]:
        return ((), (self.steps[0].at,)) if self._every else super().boundaries

    def worth_at(self, reached: int, top: int) -> int:
        return self.amount(top, reached)


class OrderPercentRight(OrderRight):
    """Also what a tier or plan takes off: the step at nothing."""

    __slots__ = ("rate",)

    def __init__(self, effect: OrderPercent, claim: Claim) -> None:
        super().__init__(claim, claim.mask, effect.steps, effect.measure)
        self.rate = max([step.off for step in self.steps])

    def amount(self, due: int, measured: int) -> int:
        step = self.reached(measured)
        return 0 if step is None else share_bps(due, step.off)

    def ceilings(self, due: Sequence[int], measured: int) -> list[int]:
        """No line bears more than its percentage, for another that is capped."""
        step, cap = self.reached(measured), self.line_minor
        off_bps = 0 if step is None else step.off
        assert cap is not None
        return [min(cap, share_bps(amount, off_bps, Rounding.UP)) for amount in due]


class FreeDeliveryRight(OrderRight):
    """The threshold measures goods; what is taken off is delivery."""

    of_delivery = True

    __slots__ = ()

    def __init__(self, effect: FreeDelivery, claim: Claim) -> None:
        super().__init__(claim, claim.goods.delivery, (Step(effect.at, BPS),), effect.measure)

    def amount(self, due: int, measured: int) -> int:
        return due if self.reached(measured) else 0
