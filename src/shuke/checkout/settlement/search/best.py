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
from shuke.checkout.settlement.search.blocks import Known, untouched
from shuke.checkout.settlement.search.branch import Branch, State
from shuke.checkout.settlement.search.camps import camps
from shuke.checkout.settlement.search.record import OutOfNodes, Record, UsedRight
from shuke.checkout.settlement.search.ties import weigh
from shuke.checkout.settlement.search.tops import Reckoned

NODES = 4_000
"""Combinations, whole or in part, that one quote may look at to find the least cost."""

TIE_NODES = 400
"""How many more to find a better way of the same cost."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rights to use and what they take off, in canonical order. `proven`: no other choice costs less."""

    used: tuple[UsedRight, ...]
    proven: bool
    nodes: int

    @property
    def rights(self) -> tuple[Right, ...]:
        return tuple(right for right, _ in self.used)


def best(case: Case, nodes: int = NODES, tie_nodes: int = TIE_NODES) -> Plan:
    """The cheapest combination of a case's rights."""
    cost = Cost(case.goods.items, case.customer, case.choices, case.situation)
    one, scarce = weigh(case.rights)
    record = Record(cost, one, scarce=scarce)
    branches: list[Branch] = []
    for branch in _branches(case, record):
        if branch.hope() >= 0:
            branch.guess()
            branches.append(branch)
    proven = scarce and _explore_at_once(record, branches, tie_nodes)
    if not proven:
        proven = _explore(record, branches, nodes)
        if proven and scarce:
            _settle_ties(record, [branch for branch in branches if branch.hope() >= 0], tie_nodes)
    return Plan(tuple(sorted(record.used or (), key=_order)), proven, record.nodes)


def _order(used: UsedRight) -> int:
    return used[0].order


def _branches(case: Case, record: Record) -> Iterator[Branch]:
    """With the member price and without it, and in each the camps of groups that go together."""
    others = [right for right in case.rights if right.stage is not Stage.MEMBER_PRICE]
    reckoned = Reckoned(others)
    with_it: dict[int, Branch] = {}
    known: Known = {}
    lowered = 0
    for member_price in case.rights[: len(case.rights) - len(others)]:
        cut = member_price.cut(case.shelf, case.shelf.due)
        if cut is not None:
            basket, barred, lowered = case.shelf.after(cut), case.groups.excludes[member_price.group], member_price.mask
            reckoned.on(basket)
            state = State(basket, ((member_price, cut),), barred, reckoned.tops, reckoned.firsts, known)
            for out in _camps(case, state):
                yield with_it.setdefault(out, Branch(case, record, state, out))
            known = untouched(known, lowered)
    reckoned.on(case.shelf, lowered)
    state = State(case.shelf, (), 0, reckoned.tops, reckoned.firsts, known)
    for out in _camps(case, state):
        same = with_it.get(out)
        if same is None or same.barred != out or not same.dearer_without(state, lowered):
            yield Branch(case, record, state, out)


def _camps(case: Case, state: State) -> list[int]:
    live = [right for right, top in state.tops.items() if top and not state.barred >> right.group & 1]
    return camps(live, case.groups)


def _explore(record: Record, branches: list[Branch], nodes: int) -> bool:
    """Find the least cost; whether it is proven."""
    record.look_for_less(nodes)
    try:
        for branch in branches:
            branch.explore()
    except OutOfNodes:
        return False
    return True


def _explore_at_once(record: Record, branches: list[Branch], nodes: int) -> bool:
    """Find the least cost and the lightest way of it in one go, where the guess leaves ties to be settled anyway and
    few nodes are enough; whether that was so."""
    if not any(branch.leaves_ties() for branch in branches):
        return False
    record.settle_ties(nodes)
    try:
        for branch in branches:
            branch.explore()
    except OutOfNodes:
        return False
    return True


def _settle_ties(record: Record, branches: list[Branch], nodes: int) -> None:
    record.settle_ties(nodes)
    try:
        for branch in branches:
            if branch.leaves_ties():
                branch.explore()
    except OutOfNodes:
        pass  # as cheap as any, if perhaps not by the fewest coupons
