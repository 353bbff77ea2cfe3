"""Nothing is lost or made up when amounts are rounded and shared out."""

import contextlib
import itertools
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.kernel.money import MAX_MINOR, MINOR_DIGITS, format_minor, parse_minor
from shuke.kernel.rounding import BPS, Rounding, allocate, share_bps, to_int

totals = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)
_DECIMAL = {
    Rounding.DOWN: ROUND_DOWN,
    Rounding.UP: ROUND_UP,
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
}


@given(totals, weights)
def test_parts_add_up(total: int, shares: list[int]) -> None:
    assert sum(allocate(total, shares)) == total


@given(totals, weights)
def test_each_part_is_its_share_to_within_one(total: int, shares: list[int]) -> None:
    parts = allocate(total, shares)
    whole = sum(shares)
    if whole:
        assert all(abs(part - Fraction(total * share, whole)) < 1 for part, share in zip(parts, shares, strict=True))


@given(totals, weights)
def test_no_weight_takes_nothing_and_signs_agree(total: int, shares: list[int]) -> None:
    parts = allocate(total, shares)
    assert all(part * total >= 0 for part in parts)
    if sum(shares):
        assert all(part == 0 for part, share in zip(parts, shares, strict=True) if share == 0)


@given(totals, weights)
def test_taking_back_is_the_mirror_of_giving(total: int, shares: list[int]) -> None:
    assert allocate(-total, shares) == [-part for part in allocate(total, shares)]


@given(st.integers(0, 10**9), weights)
def test_a_larger_weight_never_gets_less(total: int, shares: list[int]) -> None:
    parts = allocate(total, shares)
    pairs = sorted(zip(shares, parts, strict=True))
    assert all(low_part <= high_part for (low, low_part), (high, high_part) in itertools.pairwise(pairs) if low < high)


def test_no_weights() -> None:
    assert allocate(0, []) == []
    assert allocate(7, [0, 0]) == [7, 0]
    for total, shares in ((1, []), (1, [1, -1])):
        with pytest.raises(ValueError, match=r"allocate|negative"):
            allocate(total, shares)


@given(st.fractions(-(10**18), 10**18, max_denominator=10**6), st.sampled_from(Rounding))
def test_rounding_is_that_of_decimal(value: Fraction, how: Rounding) -> None:
    """Compared where decimal is exact: at halves, thirds would be cut short."""
    exact = Fraction(int(value * 8), 8)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    assert to_int(exact, how) == int(decimal.quantize(Decimal(1), rounding=_DECIMAL[how]))
    assert abs(to_int(value, how) - value) < 1


@given(totals, st.integers(0, BPS))
def test_a_share_and_the_rest_never_exceed_the_whole(amount: int, rate: int) -> None:
    assert 0 <= share_bps(abs(amount), rate, Rounding.DOWN) <= abs(amount)
    assert abs(share_bps(amount, rate) - Fraction(amount * rate, BPS)) <= Fraction(1, 2)


@given(st.integers(-MAX_MINOR + 1, MAX_MINOR - 1), st.sampled_from(sorted(MINOR_DIGITS)))
def test_money_reads_back_what_it_wrote(amount: int, currency: str) -> None:
    assert parse_minor(format_minor(amount, currency), currency) == amount


@pytest.mark.parametrize(
    "text", ["", "abc", "1.234", "NaN", "Infinity", "-Infinity", "1e99", "100000000000.00", "１,２"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|whole number|too large"):
        parse_minor(text, "CNY")


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert abs(parse_minor(text, "CNY")) < MAX_MINOR
