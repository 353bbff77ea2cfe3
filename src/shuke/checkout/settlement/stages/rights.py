"""The stages in which optional rights are used: those of the plan, in canonical order."""

from collections.abc import Callable

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.best import Plan
from shuke.checkout.settlement.steps import Step


def rights_of(stage: Stage) -> Callable[[Basket, Case, Plan], tuple[list[Step], Basket]]:
    def play(basket: Basket, _case: Case, plan: Plan) -> tuple[list[Step], Basket]:
        steps: list[Step] = []
        for right, cut in plan.used:
            if right.stage is stage:
                terms = right.terms
                steps.append(Step(stage, cut, terms.rule, terms.params, terms.funding, right.on_order, right))
                basket = basket.after(cut)
        return steps, basket

    return play
