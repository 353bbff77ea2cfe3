"""The stages after all rights are used: red packets and points lower what is due, tax may add, stored value pays."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.best import Plan
from shuke.checkout.settlement.stages.points import useful
from shuke.checkout.settlement.stages.red_packets import spent
from shuke.checkout.settlement.stages.stored_value import stored_value_in
from shuke.checkout.settlement.stages.tax import added
from shuke.checkout.settlement.steps import Step
from shuke.kernel.rounding import allocate


def red_packets(basket: Basket, case: Case, _plan: Plan) -> tuple[list[Step], Basket]:
    steps: list[Step] = []
    packets = case.customer.packets
    for packet, amount in zip(packets, spent(packets, basket.total, case.choices.red_packet_minor), strict=True):
        if amount:
            cut = _shared(basket.due, amount)
            basket = basket.after(cut)
            params = {"name": packet.name}
            steps.append(Step(Stage.RED_PACKET, cut, packet.rule, params, packet.funding, source=packet))
    return steps, basket


def points(basket: Basket, case: Case, _plan: Plan) -> tuple[list[Step], Basket]:
    used, worth = useful(case.customer.points, basket.total, case.choices.points)
    if not worth:
        return [], basket
    cut = _shared(basket.due, worth)
    return [Step(Stage.POINTS, cut, "points", {"points": used})], basket.after(cut)


def tax(basket: Basket, case: Case, _plan: Plan) -> tuple[list[Step], Basket]:
    """Only where prices are without it."""
    if case.situation.prices_include_tax:
        return [], basket
    off = [(line, -added(basket.due[line], item.tax_bps)) for line, item in enumerate(case.goods.items)]
    cut = Cut([(line, amount) for line, amount in off if amount], sum(amount for _, amount in off))
    return ([Step(Stage.TAX, cut, "tax")], basket.after(cut)) if cut.total else ([], basket)


def stored_value(basket: Basket, case: Case, _plan: Plan) -> tuple[list[Step], Basket]:
    used = stored_value_in(case.customer.stored_value, basket.total, case.choices.stored_value_minor).used_minor
    if not used:
        return [], basket
    cut = _shared(basket.due, used)
    return [Step(Stage.STORED_VALUE, cut, "stored_value")], basket.after(cut)


def _shared(due: Sequence[int], amount: int) -> Cut:
    """An amount off the order, borne by lines as what is due on them."""
    return Cut([(line, part) for line, part in enumerate(allocate(amount, due)) if part], amount)
