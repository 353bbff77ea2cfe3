"""The cart while it is being settled: what is still due on each line, and what a stage takes off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shuke.checkout.settlement.model import Item, Params
from shuke.kernel.rounding import divide
from shuke.offers.model import Funder


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines in canonical order, with the amount still due on each after the stages so far."""

    items: Sequence[Item]
    due: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.due)

    def after(self, cut: "Cut") -> "Basket":
        return Basket(self.items, [due - off for due, off in zip(self.due, cut.off, strict=True)])


@dataclass(frozen=True, slots=True)
class Cut:
    """What one rule takes off, line by line. `on_order` tells that the rule looked at the order as a whole and the
    lines only carry their shares. `points` is what the cut spends of the member's."""

    off: Sequence[int]
    rule: str
    funder: Funder = Funder.MERCHANT
    params: Params = field(default_factory=dict)
    on_order: bool = False
    points: int = 0


def canonical(items: Sequence[Item]) -> list[Item]:
    """The lines in an order that does not depend on how they were typed in.

    Cents that do not divide go to lines by this order, so a cart keyed in backwards settles the same.
    Lines that are equal here are equal in all that matters.
    """
    return sorted(items, key=lambda item: (item.sku, item.product_id, item.unit_price_minor, item.quantity))


def extended(unit_price_minor: int, quantity: Decimal) -> int:
    """Price × quantity, rounded half up where goods are measured."""
    numerator, denominator = quantity.as_integer_ratio()
    return divide(unit_price_minor * numerator, denominator)
