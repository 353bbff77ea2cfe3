"""What a basket costs in the end, as the search for the best combination sees it: the member's money, however she pays.

Points count at their worth and stored value as money, so spending them makes nothing cheaper; red packets do.
"""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.model import Choices, Customer, Item, Situation
from shuke.checkout.settlement.stages.points import useful
from shuke.checkout.settlement.stages.red_packets import spent
from shuke.checkout.settlement.stages.tax import added
from shuke.kernel.rounding import BPS, allocate


class Cost:
    __slots__ = ("_choices", "_customer", "_rates", "_starts", "_taxed")

    def __init__(self, items: Sequence[Item], customer: Customer, choices: Choices, situation: Situation) -> None:
        self._customer, self._choices = customer, choices
        self._rates = [item.tax_bps for item in items]
        self._taxed = not situation.prices_include_tax and any(self._rates)
        self._starts = [packet.from_minor for packet in customer.packets if packet.from_minor]

    def of(self, basket: Basket) -> int:
        """What is left to pay, points at their worth included, when all other rights have been used."""
        due = basket.total
        packets = self._after_packets(due)
        if not self._taxed:
            return packets
        lines = _less(basket.due, due - packets)
        _, worth = useful(self._customer.points, packets, self._choices.points)
        lines = _less(lines, worth)
        return packets + sum(added(amount, bps) for amount, bps in zip(lines, self._rates, strict=True))

    def floor(self, due: int) -> int:
        """The least that any basket costs on which at least `due` is due.

        What packets leave grows with what is due, except where so much is due that another one may be used.
        """
        left = self._after_packets(due)
        for start in self._starts:
            if start > due:
                left = min(left, self._after_packets(start))
        if not self._taxed:
            return left
        points = self._customer.points
        taxed = max(0, left - min(self._choices.points, points.balance) * points.unit_minor // points.per_unit)
        lines = len(self._rates)
        return left + max(0, -(-(2 * taxed * min(self._rates) - lines * BPS) // (2 * BPS)))

    def most_due(self, cost: int) -> int:
        """The most that can be due where no more than `cost` is left to pay."""
        packets = sum(packet.balance_minor for packet in self._customer.packets)
        return cost + packets

    def _after_packets(self, due: int) -> int:
        packets = self._customer.packets
        return due - sum(spent(packets, due, self._choices.red_packet_minor)) if packets else due


def _less(due: Sequence[int], amount: int) -> list[int]:
    return [line - part for line, part in zip(due, allocate(amount, due), strict=True)] if amount else list(due)
