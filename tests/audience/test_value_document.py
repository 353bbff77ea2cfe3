"""The worked examples in docs/algorithms/value.md, reckoned."""

from datetime import UTC, date
from pathlib import Path

import numpy as np

from shuke.audience.rules.lifecycle import Bought, grade, rhythm, stage
from shuke.audience.rules.loyalty import level, share_bps
from shuke.audience.traits.spending import Spending
from shuke.audience.traits.staying import Staying
from shuke.audience.traits.terms import Terms
from tests.support.documents import table

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "value.md"


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def test_rhythms() -> None:
    prior = Terms(date(2026, 3, 31), UTC).prior
    rows = [tuple(int(cell) for cell in row) for row in table(PAGE, "gaps")]
    assert rows == [(g, span, usual, rhythm(g, span, usual, prior)) for g, span, usual, _ in rows]


def test_where_members_stand() -> None:
    for days, since, visits, back, own, lifecycle, activity in table(PAGE, "days"):
        bought = Bought(int(days), _whole(since), int(visits), _whole(back))
        assert (stage(bought, int(own)), grade(bought, int(own))) == (lifecycle, activity), bought


def test_loyalty() -> None:
    for bought, periods, share, loyalty in table(PAGE, "periods with a purchase"):
        found = share_bps(int(bought), int(periods))
        assert (str(found), level(found)) == (share, loyalty)


def test_who_comes_again() -> None:
    staying, spending = Staying(0.243, 4.414, 0.793, 2.426), Spending(6.25, 3.74, 15.44)
    for *history, alive, purchases, worth in table(PAGE, "again"):
        again, last, known, mean = (np.array([float(cell)]) for cell in history)
        assert f"{100 * staying.alive(again, last, known)[0]:.2f}" == alive
        assert f"{staying.purchases(again, last, known, 39.0)[0]:.3f}" == purchases
        assert f"{spending.mean(again, mean)[0]:.2f}" == worth
