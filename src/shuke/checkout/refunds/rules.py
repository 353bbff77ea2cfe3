"""What a refund gives back, line by line and instrument by instrument. Pure.

A line is sold for discounts and payments that add up to its gross. How much of a line has come back is one exact
fraction, `returned`; everything else follows from it: so much of what was paid, of each discount, of the points. Each
refund gives the difference between what should have come back after it and what had come back before, so however
many refunds there are, roundings never add up, nothing comes back twice, and the last one gives exactly the rest.
Told with an example in docs/algorithms/refund.md.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from shuke.checkout.model import Instrument
from shuke.checkout.refunds.errors import AmountOver, BadRefund, LineReturned, NothingLeft, QuantityOver
from shuke.checkout.refunds.model import (
    ByAmount,
    ByQuantity,
    Everything,
    LineRefund,
    Past,
    Plan,
    Request,
    SoldLine,
)
from shuke.kernel.errors import FieldProblem
from shuke.kernel.money import format_minor
from shuke.kernel.rounding import apportion, to_int
from shuke.kernel.text import Text

WHOLE = Fraction(1)


def plan(lines: Sequence[SoldLine], past: Past, request: Request, currency: str) -> Plan:
    """What `request` gives back of an order of which `past` came back before.

    Raises BadRefund, LineReturned, QuantityOver, AmountOver, NothingLeft.
    """
    sold = {line.line_no: line for line in lines}
    if all(returned(line, past.get(line.line_no, ())) == WHOLE for line in lines):
        raise NothingLeft
    wanted = _everything(sold, past) if isinstance(request, Everything) else _named(sold, request)
    parts = []
    for want in wanted:
        line, before = sold[want.line_no], past.get(want.line_no, ())
        parts.append(_part(line, before, want, currency))
    after = {part.line_no: part for part in parts}
    complete = all(_now_whole(line, past.get(line.line_no, ()), after.get(line.line_no)) for line in lines)
    return Plan(tuple(parts), _by_instrument(sold, parts), complete)


def returned(line: SoldLine, past: Sequence[LineRefund]) -> Fraction:
    """How much of the line came back, exactly.

    What comes back by quantity takes its share of what was left; what is given back by amount sets the fraction to
    what was given of what was paid.
    """
    done, quantity, paid = Fraction(0), Fraction(line.quantity), 0
    left = quantity
    for refund in past:
        paid += refund.paid_minor
        if refund.quantity is None:
            done = Fraction(paid, line.paid_minor)
        else:
            come = Fraction(refund.quantity)
            done = WHOLE - (WHOLE - done) * (left - come) / left
            left -= come
    return done


def quantity_left(line: SoldLine, past: Sequence[LineRefund]) -> Fraction:
    return Fraction(line.quantity) - sum(Fraction(refund.quantity or 0) for refund in past)


def _part(line: SoldLine, past: Sequence[LineRefund], want: ByQuantity | ByAmount, currency: str) -> LineRefund:
    done = returned(line, past)
    if done == WHOLE:
        raise LineReturned(line_no=line.line_no)
    given = sum(refund.paid_minor for refund in past)
    if isinstance(want, ByAmount):
        left_minor = line.paid_minor - given
        if want.amount_minor > left_minor:
            raise AmountOver(
                line_no=line.line_no,
                left=format_minor(left_minor, currency),
                wanted=format_minor(want.amount_minor, currency),
            )
        return _difference(line, past, Fraction(given + want.amount_minor, line.paid_minor), None)
    left, wanted = quantity_left(line, past), Fraction(want.quantity)
    if wanted > left:
        raise QuantityOver(line_no=line.line_no, left=_written(left), wanted=_written(wanted))
    now = WHOLE - (WHOLE - done) * (left - wanted) / left
    return _difference(line, past, now, want)


def _difference(line: SoldLine, past: Sequence[LineRefund], now: Fraction, want: ByQuantity | None) -> LineRefund:
    """What should have come back by `now`, less what had come back before."""
    discounts = _after([item.amount_minor for item in line.discounts], now)
    payments = _after([item.amount_minor for item in line.payments], now)
    for refund in past:
        discounts = [after - before for after, before in zip(discounts, refund.discounts, strict=True)]
        payments = [after - before for after, before in zip(payments, refund.payments, strict=True)]
    _, tax_added = apportion(sum(_after_all(line, now)), [line.gross_minor, line.tax_added_minor])
    return LineRefund(
        line.line_no,
        None if want is None else want.quantity,
        tuple(discounts),
        tuple(payments),
        points=to_int(line.points * now) - sum(refund.points for refund in past),
        tax_minor=to_int(line.tax_minor * now) - sum(refund.tax_minor for refund in past),
        tax_added_minor=tax_added - sum(refund.tax_added_minor for refund in past),
    )


def _after_all(line: SoldLine, now: Fraction) -> tuple[int, int]:
    """How much of the line's discounts and payments should have come back."""
    return to_int(line.discount_minor * now), to_int(line.paid_minor * now)


def _after(amounts: Sequence[int], now: Fraction) -> list[int]:
    """How much of each of `amounts` should have come back: the share of their sum, rounded once, and split so that
    none ever loses a cent it had."""
    return apportion(to_int(sum(amounts) * now), amounts)


def _named(sold: Mapping[int, SoldLine], wanted: Sequence[ByQuantity | ByAmount]) -> Sequence[ByQuantity | ByAmount]:
    problems, seen = [], set()
    for index, want in enumerate(wanted):
        if want.line_no not in sold:
            problems.append(_problem(index, f"没有第 {want.line_no} 行。", f"The order has no line {want.line_no}."))
        elif want.line_no in seen:
            problems.append(
                _problem(index, f"第 {want.line_no} 行重复了。", f"Line {want.line_no} is named twice; name it once.")
            )
        seen.add(want.line_no)
    if not wanted:
        problems.append(FieldProblem("lines", Text("请指定要退的行。", "Name the lines to refund.")))
    if problems:
        raise BadRefund(*problems)
    return wanted


def _problem(index: int, zh: str, en: str) -> FieldProblem:
    return FieldProblem(f"lines.{index}.line_no", Text(zh, en))


def _everything(sold: Mapping[int, SoldLine], past: Past) -> list[ByQuantity | ByAmount]:
    """What is left of every line that has not come back whole; where something is left, goods are."""
    waiting = (line for line in sold.values() if returned(line, past.get(line.line_no, ())) < WHOLE)
    return [ByQuantity(line.line_no, _decimal(quantity_left(line, past.get(line.line_no, ())))) for line in waiting]


def _decimal(quantity: Fraction) -> Decimal:
    """Quantities have three places at most, so this is exact."""
    return Decimal(quantity.numerator * 1000 // quantity.denominator).scaleb(-3)


def _written(quantity: Fraction) -> str:
    text = f"{_decimal(quantity):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _now_whole(line: SoldLine, past: Sequence[LineRefund], part: LineRefund | None) -> bool:
    return returned(line, [*past, *([part] if part else [])]) == WHOLE


def _by_instrument(
    sold: Mapping[int, SoldLine], parts: Sequence[LineRefund]
) -> dict[tuple[Instrument, UUID | None], int]:
    sums: dict[tuple[Instrument, UUID | None], int] = {}
    for part in parts:
        for share, amount in zip(sold[part.line_no].payments, part.payments, strict=True):
            key = (share.instrument, share.wallet_id)
            sums[key] = sums.get(key, 0) + amount
    return {key: amount for key, amount in sums.items() if amount}
