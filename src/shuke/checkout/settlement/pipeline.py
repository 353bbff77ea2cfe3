"""The settlement on one screen.

    shelf price × quantity
      → member price → tier discount → points
      → payable

Each stage is a function `(basket, customer, choices) → cut`; a stage that has nothing to say returns None. To add
one, write its file in `stages/`, give it a place here and words in `reasons.py`.
"""

from collections.abc import Callable, Sequence

from shuke.checkout.settlement.basket import Basket, Cut, canonical, extended
from shuke.checkout.settlement.model import (
    Adjustment,
    Choices,
    Customer,
    Item,
    PointsUse,
    Quote,
    QuotedLine,
    Stage,
    StageResult,
)
from shuke.checkout.settlement.stages.member_price import member_price
from shuke.checkout.settlement.stages.points import points, points_in
from shuke.checkout.settlement.stages.tier_discount import tier_discount

StageFunction = Callable[[Basket, Customer | None, Choices], Cut | None]

PIPELINE: tuple[tuple[Stage, StageFunction], ...] = (
    (Stage.MEMBER_PRICE, member_price),
    (Stage.TIER_DISCOUNT, tier_discount),
    (Stage.POINTS, points),
)


def quote(items: Sequence[Item], customer: Customer | None, choices: Choices, newcomer: Customer) -> Quote:
    """The cart settled for `customer`, or for somebody unknown (None), who also hears what joining would save:
    the difference to `newcomer`, a member who has only just joined. Pure: same input, same quote."""
    ordered = canonical(items)
    shelf = Basket(ordered, [extended(item.unit_price_minor, item.quantity) for item in ordered])
    basket, cuts, waterfall = run(shelf, customer, choices)
    joining_saves = 0 if customer is not None else basket.total - run(shelf, newcomer, Choices())[0].total
    return Quote(
        lines=_lines(items, shelf, cuts),
        adjustments=tuple(_adjustment(stage, cut, sum(cut.off)) for stage, cut in cuts if cut.on_order),
        stages=tuple(waterfall),
        points=_points(customer, waterfall, choices),
        joining_saves_minor=joining_saves,
    )


def run(
    basket: Basket, customer: Customer | None, choices: Choices
) -> tuple[Basket, list[tuple[Stage, Cut]], list[StageResult]]:
    """Every stage in turn: what is due in the end, the cuts that took something off, and the waterfall."""
    cuts: list[tuple[Stage, Cut]] = []
    waterfall: list[StageResult] = []
    for stage, function in PIPELINE:
        before = basket.total
        cut = function(basket, customer, choices)
        if cut is not None and any(cut.off):
            basket = basket.after(cut)
            cuts.append((stage, cut))
        waterfall.append(StageResult(stage, before, before - basket.total))
    return basket, cuts, waterfall


def _lines(items: Sequence[Item], shelf: Basket, cuts: Sequence[tuple[Stage, Cut]]) -> tuple[QuotedLine, ...]:
    """The lines back in the order of the cart, each with what was taken off it."""
    settled = {
        item.line_no: QuotedLine(
            item, gross, tuple(_adjustment(stage, cut, cut.off[index]) for stage, cut in cuts if cut.off[index])
        )
        for index, (item, gross) in enumerate(zip(shelf.items, shelf.due, strict=True))
    }
    return tuple(settled[item.line_no] for item in items)


def _adjustment(stage: Stage, cut: Cut, amount: int) -> Adjustment:
    return Adjustment(stage, amount, cut.rule, cut.funder, cut.params)


def _points(customer: Customer | None, waterfall: Sequence[StageResult], choices: Choices) -> PointsUse:
    if customer is None:
        return PointsUse()
    before = next(result.before_minor for result in waterfall if result.stage is Stage.POINTS)
    return points_in(customer.points, before, choices.points)
