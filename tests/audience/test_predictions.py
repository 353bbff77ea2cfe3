"""The models of buying again and of what it is worth: against what is published, and by their laws."""

import csv
from dataclasses import replace
from importlib.metadata import distribution

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.traits import spending, staying
from shuke.audience.traits.arrays import Floats, weighed
from shuke.audience.traits.staying import Histories, Staying

CDNOW = Staying(0.243, 4.414, 0.793, 2.426)


def _cdnow(file: str) -> list[Floats]:
    """Columns of the public data of a shop for music: 2,357 customers, their weeks and what they spent."""
    path = distribution("lifetimes").locate_file(f"lifetimes/datasets/{file}")
    with open(str(path), newline="") as lines:
        _, *rows = csv.reader(lines)
    return [np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)]


def test_the_published_parameters() -> None:
    _, again, last, known = _cdnow("cdnow_customers_summary.csv")
    found = staying.fit(Histories.of(again, last, known))
    assert found is not None
    assert [round(each, 3) for each in (found.r, found.alpha, found.a, found.b)] == [0.243, 4.414, 0.793, 2.426]
    whole = staying.fit(Histories(again, last, known, np.ones(len(again))))
    assert whole is not None
    assert (whole.r, whole.alpha) == pytest.approx((found.r, found.alpha), rel=1e-4), "weighed or one by one"


def test_the_published_parameters_of_spending() -> None:
    _, again, _, _, mean = _cdnow("cdnow_customers_summary_with_transactions.csv")
    known = (again > 0) & (mean > 0)
    found = spending.fit(again[known], mean[known])
    assert found is not None
    assert (found.p, found.q, found.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)
    assert abs(spending.how_related(again[known], mean[known])) < 0.3


def test_the_published_customer() -> None:
    """Fader, Hardie and Lee (2005): two purchases more, the last in week 30.43 of 38.86; 1.226 in the next 39 weeks."""
    again, last, known = (np.array([each]) for each in (2.0, 30.43, 38.86))
    assert CDNOW.purchases(again, last, known, 39.0)[0] == pytest.approx(1.226, abs=0.001)


@pytest.mark.parametrize(("again", "known"), [(0.0, 5.0), (3.0, 40.0), (40.0, 90.0)])
def test_adding_up_gives_what_the_closed_form_does(again: float, known: float) -> None:
    times, now = np.array([again]), np.array([known])
    near = replace(CDNOW, a=1 + 1e-7)
    at_one, beside_one = (model.purchases(times, now, now, 52.0)[0] for model in (near, replace(CDNOW, a=1 + 1e-4)))
    assert at_one == pytest.approx(beside_one, rel=2e-3)


def test_many_simulated_customers_give_back_what_they_were_made_from() -> None:
    again, last, known = _simulated(300_000, CDNOW)
    found = staying.fit(Histories.of(again, last, known))
    assert found is not None
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), rel=0.05)


def _simulated(members: int, like: Staying) -> tuple[Floats, Floats, Floats]:
    """By the day, known for 28 to 40 weeks."""
    luck = np.random.default_rng(20)
    known = luck.integers(28 * 7, 40 * 7, members) / 7
    rate = luck.gamma(like.r, 1 / like.alpha, members)
    leaving = luck.beta(like.a, like.b, members)
    again, last, here = np.zeros(members), np.zeros(members), np.zeros(members)
    staying_on = np.ones(members, dtype=bool)
    while staying_on.any():
        here += np.where(staying_on, luck.exponential(1, members) / np.maximum(rate, 1e-12), 0)
        staying_on &= here <= known
        again += staying_on
        last = np.where(staying_on, np.ceil(here * 7) / 7, last)
        staying_on &= luck.random(members) >= leaving
    return again, np.minimum(last, known), known


def test_who_never_bought_again_tells_nothing() -> None:
    none = np.zeros(3)
    assert staying.fit(Histories.of(none, none, np.ones(3))) is None
    assert staying.fit(Histories.of(np.zeros(0), np.zeros(0), np.zeros(0))) is None
    assert spending.fit(np.ones(1), np.ones(1)) is None


_MODELS = st.builds(Staying, *[st.floats(0.05, 20)] * 4)
_AGAIN, _WEEKS = st.integers(0, 500), st.floats(0, 200)


@given(_MODELS, _AGAIN, _WEEKS, _WEEKS, st.floats(0, 100))
def test_alive_is_a_probability_and_falls_with_silence(
    model: Staying, again: int, last: float, quiet: float, longer: float
) -> None:
    times, then = np.array([float(again)]), np.array([last if again else 0.0])
    now = model.alive(times, then, then + quiet)[0]
    later = model.alive(times, then, then + quiet + longer)[0]
    assert 0 <= later <= now <= 1


@settings(deadline=None)
@given(_MODELS, _AGAIN, _WEEKS, _WEEKS, st.floats(0.1, 100))
def test_expected_purchases_grow_with_time_and_never_break(
    model: Staying, again: int, last: float, quiet: float, ahead: float
) -> None:
    times, then = np.array([float(again)]), np.array([last if again else 0.0])
    one = model.purchases(times, then, then + quiet, ahead)[0]
    two = model.purchases(times, then, then + quiet, 2 * ahead)[0]
    rate = (model.r + again) / (model.alpha + then[0] + quiet)
    assert 0 <= one <= two * (1 + 1e-6) + 1e-9
    assert one <= rate * ahead * (1 + 1e-6) + 1e-9, "no more than if she never left"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_weighed_rows_are_those_that_occur(rows: list[tuple[int, int]]) -> None:
    columns = [np.array([row[place] for row in rows], dtype=np.float64) for place in (0, 1)]
    (one, two), times = weighed(*columns)
    found = {(int(a), int(b)): int(n) for a, b, n in zip(one, two, times, strict=True)}
    assert found == {row: rows.count(row) for row in rows}
    assert len(found) == len(times)
