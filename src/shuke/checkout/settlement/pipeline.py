"""The settlement on one screen.

    shelf price × quantity
      → member price → item offers → tier or plan discount → order offers → coupons    the best combination of rights
      → red packets → points → tax → stored value                                      what then pays, and what is due
      → payable

Which rights are used is decided once, by the search for the least cost (search/best.py); a stage then plays those that
are its own. A stage is a function `(basket, case, plan) → (steps, basket)`, and a step takes something off lines, or
adds tax. To add one, give it a place here and words in `reasons.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shuke.checkout.settlement.basket import Basket, Goods
from shuke.checkout.settlement.case import Case, prepare
from shuke.checkout.settlement.index import NO_OFFERS, OfferIndex
from shuke.checkout.settlement.missed import gifts_to_add, missed
from shuke.checkout.settlement.model import STRANGER, Choices, Customer, Item, Quote, Situation, Stage, StageResult
from shuke.checkout.settlement.search.best import Plan, best
from shuke.checkout.settlement.stages.paying import points, red_packets, stored_value, tax
from shuke.checkout.settlement.stages.rights import rights_of
from shuke.checkout.settlement.steps import Played, Step
from shuke.checkout.settlement.written import write

StageFunction = Callable[[Basket, Case, Plan], tuple[list[Step], Basket]]

PIPELINE: tuple[tuple[Stage, StageFunction], ...] = (
    (Stage.MEMBER_PRICE, rights_of(Stage.MEMBER_PRICE)),
    (Stage.ITEM_OFFER, rights_of(Stage.ITEM_OFFER)),
    (Stage.TIER_DISCOUNT, rights_of(Stage.TIER_DISCOUNT)),
    (Stage.ORDER_OFFER, rights_of(Stage.ORDER_OFFER)),
    (Stage.COUPON, rights_of(Stage.COUPON)),
    (Stage.RED_PACKET, red_packets),
    (Stage.POINTS, points),
    (Stage.TAX, tax),
    (Stage.STORED_VALUE, stored_value),
)


def quote(
    items: Sequence[Item],
    customer: Customer | None,
    choices: Choices,
    newcomer: Customer,
    offers: OfferIndex = NO_OFFERS,
    situation: Situation = Situation(),  # noqa: B008 - immutable
) -> Quote:
    """The cart settled for `customer`, or for somebody unknown (None), who also hears what joining would save:
    the difference to `newcomer`, a member who has only just joined. Pure: same input, same quote."""
    goods = Goods(items)
    rights = customer or STRANGER
    case = prepare(goods, rights, choices, offers, situation)
    plan = best(case)
    played = play(case, plan)
    joined = rights if rights.member else replace(newcomer, coupons=newcomer.coupons + rights.coupons)
    return write(
        items,
        case,
        played,
        plan,
        missed=missed(case, played),
        gifts=gifts_to_add(case, played),
        joining_saves_minor=_dearer(played, case, offers, customer=joined),
        choice_costs_minor=_dearer(played, case, offers, choices=choices.unguided),
    )


def play(case: Case, plan: Plan) -> Played:
    """Every stage in turn: what it took off, and the waterfall."""
    basket, due = case.shelf, case.shelf.total
    steps: list[Step] = []
    waterfall: dict[Stage, StageResult] = {}
    started: dict[Stage, Sequence[int]] = {}
    ended: dict[Stage, Basket] = {}
    for stage, function in PIPELINE:
        before, started[stage] = due, basket.due
        taken, basket = function(basket, case, plan)
        steps += taken
        due -= sum([step.cut.total for step in taken])
        ended[stage] = basket
        waterfall[stage] = StageResult(stage, before, before - due)
    return Played(steps, waterfall, started, ended)


def _dearer(
    played: Played, case: Case, offers: OfferIndex, *, customer: Customer | None = None, choices: Choices | None = None
) -> int:
    """How much more this costs than it would for another customer, or with other choices."""
    customer, choices = customer or case.customer, choices or case.choices
    if customer is case.customer and choices is case.choices:
        return 0
    other = prepare(case.goods, customer, choices, offers, case.situation)
    return max(0, played.cost_minor - play(other, best(other)).cost_minor)
