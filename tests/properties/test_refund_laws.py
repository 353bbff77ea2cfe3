"""Laws of refunds, over random orders and random sequences of refunds by quantity, by amount and of all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.checkout.model import Instrument, Share, Tender, TenderKind
from shuke.checkout.refunds.errors import AmountOver, LineReturned, NothingLeft, QuantityOver
from shuke.checkout.refunds.model import (
    ByAmount,
    ByQuantity,
    Everything,
    LineRefund,
    Plan,
    Request,
    SoldLine,
)
from shuke.checkout.refunds.rules import plan, quantity_left, returned
from shuke.checkout.refunds.tenders import MoneyBack, TenderPolicy, kept, money_back
from shuke.checkout.settlement.model import Adjustment, Stage
from shuke.kernel.errors import ShukeError
from shuke.kernel.rounding import apportion
from shuke.offers.model import Funder

CARD = UUID(int=7)
minor = st.one_of(st.just(0), st.integers(1, 9), st.integers(0, 2_000), st.integers(0, 3_000_000))
discounts = st.lists(
    st.builds(Adjustment, st.sampled_from(Stage), minor, st.just("promotion:x"), st.sampled_from(Funder)), max_size=5
).map(tuple)
payments = st.tuples(minor, minor, minor).map(
    lambda amounts: (
        Share(Instrument.STORED_PRINCIPAL, amounts[0], CARD),
        Share(Instrument.STORED_BONUS, amounts[1], CARD),
        Share(Instrument.MONEY, amounts[2]),
    )
)
quantities = st.one_of(
    st.integers(1, 40).map(Decimal), st.integers(1, 20_000).map(lambda milli: Decimal(milli).scaleb(-3))
)


@st.composite
def orders(draw: st.DrawFn) -> list[SoldLine]:
    """Pieces and measures; nothing paid, nothing off, or neither; co-funded discounts."""
    lines = st.builds(SoldLine, st.just(0), quantities, discounts, payments, st.integers(0, 5_000))
    found = draw(st.lists(lines, min_size=1, max_size=5))
    return [
        SoldLine(number, line.quantity, line.discounts, line.payments, line.points)
        for number, line in enumerate(found, 1)
    ]


@dataclass
class Desk:
    """An order and what came back of it so far."""

    lines: list[SoldLine]
    past: dict[int, list[LineRefund]] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)

    def refund(self, request: Request) -> Plan:
        made = plan(self.lines, self.past, request, "CNY")
        for part in made.lines:
            self.past.setdefault(part.line_no, []).append(part)
        self.plans.append(made)
        return made

    def line(self, line_no: int) -> tuple[SoldLine, list[LineRefund]]:
        return self.lines[line_no - 1], self.past.get(line_no, [])


@st.composite
def wishes(draw: st.DrawFn, desk: Desk) -> list[ByQuantity | ByAmount]:
    """Some lines, by quantity or amount, mostly within what is left."""
    wanted: list[ByQuantity | ByAmount] = []
    for line in draw(st.lists(st.sampled_from(desk.lines), min_size=1, max_size=3, unique_by=lambda one: one.line_no)):
        past = desk.past.get(line.line_no, [])
        left = quantity_left(line, past)
        left_minor = line.paid_minor - sum(part.paid_minor for part in past)
        if draw(st.booleans()) and left_minor:
            wanted.append(ByAmount(line.line_no, draw(st.integers(1, left_minor))))
        else:
            milli = max(1, int(left * 1000))
            wanted.append(ByQuantity(line.line_no, Decimal(draw(st.integers(1, milli))).scaleb(-3)))
    return wanted


def refund_at_random(data: st.DataObject, desk: Desk, times: int) -> None:
    for _ in range(times):
        try:
            desk.refund(data.draw(wishes(desk)))
        except (LineReturned, NothingLeft):
            return


def back(line: SoldLine, past: Sequence[LineRefund]) -> tuple[list[int], list[int], int]:
    """Everything that came back of a line."""
    return (
        [sum(part.discounts[index] for part in past) for index in range(len(line.discounts))],
        [sum(part.payments[index] for part in past) for index in range(len(line.payments))],
        sum(part.points for part in past),
    )


def sold(line: SoldLine) -> tuple[list[int], list[int], int]:
    return [item.amount_minor for item in line.discounts], [item.amount_minor for item in line.payments], line.points


@given(orders())
def test_a_refund_of_all_is_the_inverse_of_the_order(lines: list[SoldLine]) -> None:
    desk = Desk(lines)
    made = desk.refund(Everything())
    assert made.complete
    assert all(back(*desk.line(line.line_no)) == sold(line) for line in lines)
    assert made.gross_minor == sum(line.paid_minor + line.discount_minor for line in lines)
    with pytest.raises(NothingLeft):
        desk.refund(Everything())


@given(st.data(), orders(), st.integers(0, 12))
def test_nothing_comes_back_twice_and_the_last_refund_brings_the_rest(
    data: st.DataObject, lines: list[SoldLine], times: int
) -> None:
    desk = Desk(lines)
    refund_at_random(data, desk, times)
    for made in desk.plans:
        for part in made.lines:
            assert min((*part.discounts, *part.payments, part.points, 0)) == 0
    if not (desk.plans and desk.plans[-1].complete):
        assert desk.refund(Everything()).complete
    assert all(back(*desk.line(line.line_no)) == sold(line) for line in lines)


@given(st.data(), orders(), st.integers(1, 12))
def test_every_instrument_gets_its_share_to_the_cent(data: st.DataObject, lines: list[SoldLine], times: int) -> None:
    """After any number of refunds: sums within half a cent of exact, each part within a cent for each of its fellows
    (what the split may cost), points within a half."""
    desk = Desk(lines)
    refund_at_random(data, desk, times)
    for line in lines:
        _, past = desk.line(line.line_no)
        done = returned(line, past)
        given_discounts, given_payments, points = back(line, past)
        half = Fraction(1, 2)
        assert abs(sum(given_payments) - line.paid_minor * done) <= half
        assert abs(sum(given_discounts) - line.discount_minor * done) <= half
        assert abs(points - line.points * done) <= half
        for amounts, parts in ((sold(line)[0], given_discounts), (sold(line)[1], given_payments)):
            assert all(
                abs(part - amount * done) <= half + half * len(parts)
                for amount, part in zip(amounts, parts, strict=True)
            )


@given(orders(), st.data())
def test_many_pieces_one_by_one_are_the_same_as_at_once(lines: list[SoldLine], data: st.DataObject) -> None:
    """What came back after k pieces does not depend on how they came."""
    line = lines[0]
    pieces = int(line.quantity)
    if pieces < 2:
        return
    count = data.draw(st.integers(1, pieces))
    single, at_once = Desk([line]), Desk([line])
    for _ in range(count):
        single.refund([ByQuantity(1, Decimal(1))])
    at_once.refund([ByQuantity(1, Decimal(count))])
    assert back(*single.line(1)) == back(*at_once.line(1))


@given(orders(), st.data())
def test_an_amount_is_given_back_as_it_is_asked_for(lines: list[SoldLine], data: st.DataObject) -> None:
    line = lines[0]
    desk = Desk(lines)
    refund_at_random(data, desk, data.draw(st.integers(0, 4)))
    left = line.paid_minor - sum(part.paid_minor for part in desk.line(1)[1])
    if left and returned(*desk.line(1)) < 1:
        amount = data.draw(st.integers(1, left))
        assert desk.refund([ByAmount(1, amount)]).paid_minor == amount


@given(st.data(), orders(), st.integers(0, 4))
def test_more_than_is_left_is_refused_and_changes_nothing(
    data: st.DataObject, lines: list[SoldLine], times: int
) -> None:
    desk = Desk(lines)
    refund_at_random(data, desk, times)
    line, past = desk.line(1)
    before = [list(parts) for parts in desk.past.values()]
    left_minor = line.paid_minor - sum(part.paid_minor for part in past)
    too_many = Decimal(int(quantity_left(line, past) * 1000) + 1).scaleb(-3)
    for want, refusals in (
        (ByAmount(1, left_minor + 1), (AmountOver, LineReturned, NothingLeft)),
        (ByQuantity(1, too_many), (QuantityOver, LineReturned, NothingLeft)),
    ):
        with pytest.raises(ShukeError) as refused:
            desk.refund([want])
        assert isinstance(refused.value, refusals)
    assert [list(parts) for parts in desk.past.values()] == before


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.data())
def test_shares_only_grow(weights: list[int], data: st.DataObject) -> None:
    steps = sorted(data.draw(st.lists(st.integers(0, sum(weights)), min_size=1, max_size=6)))
    before = [0] * len(weights)
    for total in [*steps, sum(weights)]:
        after = apportion(total, weights)
        assert sum(after) == total
        assert all(was <= now <= weight for was, now, weight in zip(before, after, weights, strict=True))
        before = after
    assert before == weights


@given(
    st.lists(st.builds(Tender, st.sampled_from(TenderKind), st.integers(1, 5_000)), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(TenderPolicy)), max_size=6),
    st.data(),
)
def test_no_tender_gets_back_more_than_was_kept_of_it(
    tenders: list[Tender], steps: list[tuple[int, TenderPolicy]], data: st.DataObject
) -> None:
    given_minor = sum(tender.amount_minor for tender in tenders)
    cash = sum(tender.amount_minor for tender in tenders if tender.kind is TenderKind.CASH)
    due = data.draw(st.integers(given_minor - cash, given_minor))
    stayed = kept(tenders, due)
    assert sum(stayed) == due
    past: list[MoneyBack] = []
    for wanted, policy in [*steps, (10**9, TenderPolicy.SAME)]:
        amount = min(wanted, due - sum(item.amount_minor for item in past))
        went = money_back(tenders, stayed, past, amount, policy)
        assert sum(item.amount_minor for item in went) == amount
        assert all(item.kind in (tenders[item.tender_no].kind, TenderKind.CASH) for item in went)
        past += went
    gone = [sum(item.amount_minor for item in past if item.tender_no == number) for number in range(len(tenders))]
    assert gone == stayed
