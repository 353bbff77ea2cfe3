"""The best combination, against all combinations; and the bound by which the search gets by without them."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given

from shuke.checkout.settlement.basket import Basket, Goods
from shuke.checkout.settlement.case import Case, prepare
from shuke.checkout.settlement.cost import Cost
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.best import best
from shuke.checkout.settlement.search.ties import weigh
from tests.support.deals import Deal, deals


def case_of(deal: Deal) -> Case:
    return prepare(Goods(deal.items), deal.customer, deal.choices, deal.index, deal.situation)


def allowed(case: Case, rights: Sequence[Right]) -> bool:
    """Whether stacking lets these be used together."""
    groups = case.groups
    for right in rights:
        limit = groups.at_most[right.group]
        if limit is not None and sum(other.group == right.group for other in rights) > limit:
            return False
        if any(groups.excludes[right.group] >> other.group & 1 for other in rights):
            return False
    return True


def played(case: Case, rights: Sequence[Right]) -> Basket | None:
    """The basket after these rights in canonical order; None when one of them does nothing."""
    basket, stage, start = case.shelf, None, case.shelf.due
    for right in rights:
        if right.terms.stage is not stage:
            stage, start = right.terms.stage, basket.due
        cut = right.cut(basket, start)
        if cut is None:
            return None
        assert cut.total == sum(amount for _, amount in cut.off)
        assert all(0 < amount <= basket.due[line] for line, amount in cut.off)
        basket = basket.after(cut)
    return basket


def ways(case: Case) -> Iterator[tuple[tuple[Right, ...], Basket]]:
    """Every combination that can be played."""
    for size in range(len(case.rights) + 1):
        for rights in combinations(case.rights, size):
            if allowed(case, rights):
                basket = played(case, rights)
                if basket is not None:
                    yield rights, basket


@given(deals())
def test_nothing_is_better_than_the_plan(deal: Deal) -> None:
    case = case_of(deal)
    cost = Cost(case.goods.items, case.customer, case.choices, case.situation)
    plan = best(case, 20_000, 20_000)
    _, scarce = weigh(case.rights)

    def worth(rights: Sequence[Right], basket: Basket) -> tuple[int, int, int]:
        return (
            -sum(right.bonus for right in rights),
            cost.of(basket),
            sum(right.weight for right in rights) if scarce else 0,
        )

    basket = played(case, plan.rights)
    assert basket is not None
    assert plan.proven
    assert allowed(case, plan.rights)
    assert worth(plan.rights, basket) == min(worth(*way) for way in ways(case))


@given(deals(guided=False))
def test_no_right_takes_more_than_its_ceiling_said(deal: Deal) -> None:
    """On every way through a settlement: what a right takes is no more than its ceiling at any earlier moment."""
    case = case_of(deal)
    for rights, _ in ways(case):
        basket, stage, start = case.shelf, None, case.shelf.due
        said = {right: right.ceiling(basket, start) for right in rights}
        for right in rights:
            if right.terms.stage is not stage:
                stage, start = right.terms.stage, basket.due
            cut = right.cut(basket, start)
            assert cut is not None
            assert cut.total <= said[right]
            if stage is Stage.MEMBER_PRICE:
                said = {}
            basket = basket.after(cut)
            for later in rights[rights.index(right) + 1 :]:
                now = later.ceiling(basket, start if later.terms.stage is stage else basket.due)
                assert later not in said or now <= said[later]
                said[later] = now
