"""The lines of an order as refunds look at them, and what came back of each."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from shuke.checkout.model import Instrument, Order, OrderLine, Share, Stage
from shuke.checkout.refunds.model import LineRefund, Past, Plan, Refund, SoldLine
from shuke.kernel.rounding import allocate


def sold_lines(order: Order, lines: Sequence[OrderLine]) -> list[SoldLine]:
    """What each line was settled with. Money is what stored value left of what was paid; the points of the order are
    shared out by what they paid on each line."""
    worth = [
        sum(adjustment.amount_minor for adjustment in line.adjustments if adjustment.stage is Stage.POINTS)
        for line in lines
    ]
    points = allocate(order.points_spent, worth)
    return [_sold(line, share) for line, share in zip(lines, points, strict=True)]


def _sold(line: OrderLine, points: int) -> SoldLine:
    money = Share(Instrument.MONEY, line.paid_minor - line.stored_minor)
    return SoldLine(
        line_no=line.line_no,
        quantity=line.quantity,
        discounts=line.adjustments,
        payments=(*line.payments, money),
        points=points,
        tax_minor=line.tax_minor,
        tax_added_minor=line.tax_added_minor,
    )


def came_back_of(refunds: Iterable[Refund]) -> dict[int, list[LineRefund]]:
    """Line number → what refunds gave back of it, oldest first."""
    past: dict[int, list[LineRefund]] = {}
    for refund in refunds:
        for line in refund.lines:
            past.setdefault(line.part.line_no, []).append(line.part)
    return past


def pieces_back(plan: Plan, past: Past) -> dict[int, Decimal]:
    """Line number → the quantity that has come back, with what `plan` brings."""
    everything = [*(part for parts in past.values() for part in parts), *plan.lines]
    back: dict[int, Decimal] = {}
    for part in everything:
        back[part.line_no] = back.get(part.line_no, Decimal(0)) + (part.quantity or 0)
    return back
