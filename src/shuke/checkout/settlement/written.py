"""The quote, written down: every cut by line, with who bears it."""

from collections.abc import Sequence

from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.model import (
    Adjustment,
    GiftToAdd,
    Item,
    Missed,
    Quote,
    QuotedLine,
    RightUse,
    Stage,
)
from shuke.checkout.settlement.search.best import Plan
from shuke.checkout.settlement.stages.points import points_in
from shuke.checkout.settlement.stages.red_packets import packets_in
from shuke.checkout.settlement.stages.stored_value import stored_value_in
from shuke.checkout.settlement.stages.tax import included
from shuke.checkout.settlement.steps import Played, Step
from shuke.kernel.rounding import allocate
from shuke.offers.model import FundingShare


def write(
    items: Sequence[Item],
    case: Case,
    played: Played,
    plan: Plan,
    *,
    missed: tuple[Missed, ...],
    gifts: tuple[GiftToAdd, ...],
    joining_saves_minor: int,
    choice_costs_minor: int,
) -> Quote:
    """Lines back in the order of the cart, each with what was taken off it."""
    wholes: list[Adjustment] = []
    of_line: list[list[Adjustment]] = [[] for _ in case.goods.items]
    apart: dict[Stage, dict[int, int]] = {Stage.TAX: {}, Stage.STORED_VALUE: {}}
    for step in played.steps:
        if step.stage in apart:
            apart[step.stage] = dict(step.cut.off)
        elif len(step.funding) == 1:
            stage, rule, params = step.stage, step.rule, step.params
            funder, party = step.funding[0].funder, step.funding[0].party
            for line, amount in step.cut.off:
                of_line[line].append(Adjustment(stage, amount, rule, funder, params, party))
            if step.on_order:
                wholes.append(Adjustment(stage, step.cut.total, rule, funder, params, party))
        else:
            wholes += _shared(step, of_line)
    taxes, stored = apart[Stage.TAX], apart[Stage.STORED_VALUE]
    lines = {
        item.line_no: _line(item, case, index, tuple(of_line[index]), -taxes.get(index, 0), stored.get(index, 0))
        for index, item in enumerate(case.goods.items)
    }
    customer, choices = case.customer, case.choices
    return Quote(
        lines=tuple(lines[item.line_no] for item in items),
        adjustments=tuple(wholes),
        stages=tuple(played.waterfall.values()),
        points=points_in(customer.points, played.of(Stage.POINTS).before_minor, choices.points),
        joining_saves_minor=joining_saves_minor,
        red_packet=packets_in(customer.packets, played.of(Stage.RED_PACKET).before_minor, choices.red_packet_minor),
        stored_value=stored_value_in(
            customer.stored_value, played.of(Stage.STORED_VALUE).before_minor, choices.stored_value_minor
        ),
        used=tuple(_used(step) for step in played.steps if step.right is not None or step.source is not None),
        missed=missed,
        gifts=gifts,
        proven=plan.proven,
        choice_costs_minor=choice_costs_minor,
    )


def _line(
    item: Item, case: Case, index: int, adjustments: tuple[Adjustment, ...], tax_added: int, stored: int
) -> QuotedLine:
    gross = case.shelf.due[index]
    tax = tax_added
    if item.tax_bps and case.situation.prices_include_tax:
        tax = included(gross - sum([adjustment.amount_minor for adjustment in adjustments]), item.tax_bps)
    return QuotedLine(item, gross, adjustments, tax, tax_added, stored)


def _shared(step: Step, of_line: Sequence[list[Adjustment]]) -> list[Adjustment]:
    """Split each line's cut among its funders; the answer is what each bears of the whole, if that was cut."""
    totals = [0] * len(step.funding)
    for line, amount in step.cut.off:
        for number, part in enumerate(allocate(amount, [share.bps for share in step.funding])):
            if part:
                of_line[line].append(_adjustment(step, step.funding[number], part))
                totals[number] += part
    if not step.on_order:
        return []
    return [_adjustment(step, share, part) for share, part in zip(step.funding, totals, strict=True) if part]


def _adjustment(step: Step, share: FundingShare, amount: int) -> Adjustment:
    return Adjustment(step.stage, amount, step.rule, share.funder, step.params, share.party)


def _used(step: Step) -> RightUse:
    cut, right, packets = step.cut, step.right, step.source
    if right is None:
        assert packets is not None
        return RightUse(step.stage, step.rule, packets.name, cut.total, offer_id=packets.campaign_id)
    offer, held = right.terms.offer, right.coupon
    return RightUse(
        step.stage,
        step.rule,
        right.terms.name,
        cut.total,
        cut.pieces,
        offer.offer_id if offer else None,
        held.coupon_id if held else None,
    )
