"""What holds for every quote whatsoever."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shuke.checkout.settlement.model import Choices, Customer, Item, Quote, QuotedLine, Stage
from shuke.checkout.settlement.pipeline import quote
from tests.support.carts import NEWCOMER, carts, choices, customers, numbered


def of(cart: list[Item], customer: Customer | None, wanted: Choices | None = None) -> Quote:
    return quote(cart, customer, wanted or Choices(), NEWCOMER)


def what(line: QuotedLine) -> tuple[object, ...]:
    """A settled line without its number."""
    amounts = tuple((a.rule, a.amount_minor) for a in line.adjustments)
    return (line.item.sku, line.item.quantity, line.item.unit_price_minor, line.item.member_price_minor, amounts)


@given(carts(), st.none() | customers(), choices())
def test_adjustments_and_payable_make_gross(cart: list[Item], customer: Customer | None, wanted: Choices) -> None:
    settled = of(cart, customer, wanted)
    for line in settled.lines:
        assert sum(a.amount_minor for a in line.adjustments) + line.paid_minor == line.gross_minor
    assert settled.discount_minor + settled.payable_minor == settled.gross_minor
    assert settled.payable_minor == sum(line.paid_minor for line in settled.lines)
    assert settled.stages[0].before_minor == settled.gross_minor
    assert settled.stages[-1].after_minor == settled.payable_minor
    for earlier, later in zip(settled.stages, settled.stages[1:], strict=False):
        assert earlier.after_minor == later.before_minor


@given(carts(), st.none() | customers(), choices())
def test_every_stage_is_the_sum_of_its_shares(cart: list[Item], customer: Customer | None, wanted: Choices) -> None:
    settled = of(cart, customer, wanted)
    shares: Counter[tuple[str, str]] = Counter()
    for line in settled.lines:
        for adjustment in line.adjustments:
            shares[adjustment.stage, adjustment.rule] += adjustment.amount_minor
    for whole in settled.adjustments:
        assert shares[whole.stage, whole.rule] == whole.amount_minor
    for result in settled.stages:
        assert sum(amount for (stage, _), amount in shares.items() if stage == result.stage) == result.amount_minor


@given(carts(), st.none() | customers(), choices())
def test_nothing_is_negative(cart: list[Item], customer: Customer | None, wanted: Choices) -> None:
    settled = of(cart, customer, wanted)
    assert all(line.paid_minor >= 0 for line in settled.lines)
    assert all(a.amount_minor > 0 for line in settled.lines for a in line.adjustments)
    assert settled.joining_saves_minor >= 0
    assert 0 <= settled.points.used <= settled.points.usable


@given(carts(), customers())
def test_a_member_never_pays_more_than_a_stranger(cart: list[Item], customer: Customer) -> None:
    stranger = of(cart, None)
    assert of(cart, customer).payable_minor <= stranger.payable_minor
    assert of(cart, NEWCOMER).payable_minor == stranger.payable_minor - stranger.joining_saves_minor


def cost(settled: Quote) -> int:
    """What an order costs the member: money, and points at their worth."""
    return settled.payable_minor + settled.points.worth_minor


@given(carts(), customers(), choices(), st.integers(0, 10_000))
def test_a_higher_tier_never_costs_more(cart: list[Item], customer: Customer, wanted: Choices, more: int) -> None:
    (rate,) = customer.rates
    better = replace(rate, discount_bps=min(10_000, rate.discount_bps + more))
    higher = replace(customer, rates=(better,))
    assert cost(of(cart, higher, wanted)) <= cost(of(cart, customer, wanted))
    if customer.points.unit_minor <= customer.points.per_unit:  # a point is worth no more than the smallest coin
        assert of(cart, higher, wanted).payable_minor <= of(cart, customer, wanted).payable_minor


@given(carts(), customers(), choices(), st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_points_never_cost_more(
    cart: list[Item], customer: Customer, wanted: Choices, richer: int, bolder: int
) -> None:
    base = of(cart, customer, wanted)
    points = replace(customer.points, balance=customer.points.balance + richer)
    more = of(cart, replace(customer, points=points), Choices(points=wanted.points + bolder))
    assert more.payable_minor <= base.payable_minor


@given(carts(), customers(), st.data())
def test_a_lower_member_price_never_costs_more(cart: list[Item], customer: Customer, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(cart) - 1))
    line = cart[index]
    ceiling = line.unit_price_minor if line.member_price_minor is None else line.member_price_minor
    better = [*cart[:index], replace(line, member_price_minor=data.draw(st.integers(0, ceiling))), *cart[index + 1 :]]
    assert of(better, customer).payable_minor <= of(cart, customer).payable_minor


@given(carts(), st.none() | customers(), choices(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    cart: list[Item], customer: Customer | None, wanted: Choices, random: object
) -> None:
    shuffled = list(cart)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = of(cart, customer, wanted), of(numbered(shuffled), customer, wanted)
    assert (one.payable_minor, one.stages, one.points) == (other.payable_minor, other.stages, other.points)
    assert Counter(map(what, one.lines)) == Counter(map(what, other.lines))


@given(carts(), st.none() | customers(), choices())
def test_a_quote_is_a_function_of_its_input(cart: list[Item], customer: Customer | None, wanted: Choices) -> None:
    assert of(cart, customer, wanted) == of(list(cart), customer, wanted)


@given(carts(), customers(), choices())
def test_points_stay_within_balance_wish_and_share(cart: list[Item], customer: Customer, wanted: Choices) -> None:
    settled, right = of(cart, customer, wanted), customer.points
    before = next(s.before_minor for s in settled.stages if s.stage is Stage.POINTS)
    assert settled.points.used <= min(right.balance, wanted.points)
    assert settled.points.worth_minor * 10_000 <= before * right.max_share_bps
    assert settled.points.worth_minor * right.per_unit <= settled.points.used * right.unit_minor
    wasted = settled.points.used * right.unit_minor - settled.points.worth_minor * right.per_unit
    assert wasted < max(right.unit_minor, 1), "less than one point's worth is lost to rounding"
