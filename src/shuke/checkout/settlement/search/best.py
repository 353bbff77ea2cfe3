"""The best combination: branch and bound over the rights, each used or not, in the order in which they are applied.

A first guess takes what looks best at each step. Then one right after another is decided, and a branch is left as soon
as its bound says that nothing in it is better: mostly at once, because the bound meets the guess. What is found does
not depend on luck or on how the cart was typed in; where the budget of nodes runs out, the best so far is returned, and
said to be unproven.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.cost import Cost
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.branch import Branch
from shuke.checkout.settlement.search.camps import camps
from shuke.checkout.settlement.search.record import OutOfNodes, Record
from shuke.checkout.settlement.search.ties import weigh
from shuke.checkout.settlement.search.tops import ceilings, twins

NODES = 4_000
"""Combinations, whole or in part, that one quote may look at to find the least cost."""

TIE_NODES = 400
"""How many more to find a better way of the same cost."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rights to use, in canonical order. `proven`: no other choice costs less."""

    rights: tuple[Right, ...]
    proven: bool
    nodes: int


def best(case: Case, nodes: int = NODES, tie_nodes: int = TIE_NODES) -> Plan:
    """The cheapest combination of a case's rights."""
    cost = Cost(case.goods.items, case.customer, case.choices, case.situation)
    record = Record(cost, weigh(case.rights), nodes)
    branches = list(_branches(case, record))
    proven = True
    for branch in branches:
        branch.guess()
    try:
        for branch in branches:
            branch.explore()
    except OutOfNodes:
        proven = False
    else:
        _settle_ties(record, branches, tie_nodes)
    return Plan(tuple(sorted(record.rights or (), key=lambda right: right.order)), proven, record.nodes)


def _branches(case: Case, record: Record) -> Iterator[Branch]:
    """With the member price and without it, and in each the camps of groups that go together."""
    others = [right for right in case.rights if right.terms.stage is not Stage.MEMBER_PRICE]
    same = twins(others)
    tops: dict[int, int] = {}
    lowered = 0
    for member_price in (*case.rights[: len(case.rights) - len(others)], None):
        basket, barred = case.shelf, 0
        before: tuple[Right, ...] = ()
        if member_price is not None:
            cut = member_price.cut(basket, basket.due)
            if cut is None:
                continue
            basket, before = basket.after(cut), (member_price,)
            barred, lowered = case.groups.excludes[member_price.group], member_price.mask
        changed = [at for at, right in enumerate(others) if at not in tops or right.reads & lowered]
        tops |= ceilings(others, changed, basket, basket.begun, same)
        of_right = {right: tops[at] for at, right in enumerate(others)}
        live = [right for right, top in of_right.items() if top and not barred >> right.group & 1]
        for out in camps(live, case.groups):
            yield Branch(case, record, of_right, basket, before, barred | out)


def _settle_ties(record: Record, branches: list[Branch], nodes: int) -> None:
    record.settle_ties(nodes)
    try:
        for branch in branches:
            branch.explore_ties()
    except OutOfNodes:
        pass  # as cheap as any, if perhaps not by the fewest coupons
