"""The stages in which optional rights are used: those of the plan, in canonical order."""

from collections.abc import Callable, Iterator

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.best import Plan
from shuke.checkout.settlement.steps import Step


def rights_of(stage: Stage) -> Callable[[Basket, Case, Plan], Iterator[tuple[Step, Basket]]]:
    def play(basket: Basket, _case: Case, plan: Plan) -> Iterator[tuple[Step, Basket]]:
        for right, cut in plan.used:
            if right.stage is stage:
                basket = basket.after(cut)
                terms = right.terms
                yield Step(stage, cut, terms.rule, terms.params, terms.funding, right.on_order, right), basket

    return play
