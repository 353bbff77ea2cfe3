"""The stages in which optional rights are used: those of the plan, in canonical order."""

from collections.abc import Callable, Iterator

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.effects.order import OrderRight
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.best import Plan
from shuke.checkout.settlement.steps import Step


def rights_of(stage: Stage) -> Callable[[Basket, Case, Plan], Iterator[tuple[Step, Basket]]]:
    def play(basket: Basket, _case: Case, plan: Plan) -> Iterator[tuple[Step, Basket]]:
        start = basket.due
        for right in plan.rights:
            terms = right.terms
            if terms.stage is stage and (cut := right.cut(basket, start)) is not None:
                basket = basket.after(cut)
                on_order = isinstance(right, OrderRight)
                yield Step(stage, cut, terms.rule, terms.params, terms.funding, on_order, right), basket

    return play
