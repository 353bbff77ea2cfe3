"""What the stages did, before it is written down as a quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import PacketRight, Params, Stage, StageResult
from shuke.offers.model import OWN_FUNDS, FundingShare


class Step(NamedTuple):
    """One cut with its rule and who bears it. `on_order` tells that the rule looked at the order as a whole and the
    lines only carry their shares. `right`: the optional right that was used, if it is one; `source`: the red
    packets that were."""

    stage: Stage
    cut: Cut
    rule: str
    params: Params = MappingProxyType({})
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    on_order: bool = True
    right: Right | None = None
    source: PacketRight | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """A settlement played to its end. `started` is what was due by line when each stage began, `ended` the basket when
    it was over."""

    steps: Sequence[Step]
    waterfall: Mapping[Stage, StageResult]
    started: Mapping[Stage, Sequence[int]]
    ended: Mapping[Stage, Basket]

    def of(self, stage: Stage) -> StageResult:
        return self.waterfall[stage]

    @property
    def cost_minor(self) -> int:
        """What the member gives, points at their worth included."""
        return self.of(Stage.TAX).after_minor + self.of(Stage.POINTS).amount_minor
