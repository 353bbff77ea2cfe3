"""Periods and the arithmetic of measures."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.insight.model import Period, hundredths, ratio

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(0, 4000))
def test_the_period_before_is_as_long_and_ends_the_day_before(first: date, length: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + length))
    before = period.before()
    assert before.length == period.length == len(list(period.days()))
    assert (period.first - before.last).days == 1


@pytest.mark.parametrize(
    ("day", "timezone", "start", "end"),
    [
        ("2026-03-02", "Asia/Shanghai", "2026-03-01T16:00", "2026-03-02T16:00"),
        ("2026-03-08", "America/New_York", "2026-03-08T05:00", "2026-03-09T04:00"),  # 23 hours
        ("2026-11-01", "America/New_York", "2026-11-01T04:00", "2026-11-02T05:00"),  # 25 hours
        ("2026-09-06", "America/Santiago", "2026-09-06T04:00", "2026-09-07T03:00"),  # midnight is skipped
    ],
)
def test_a_day_is_the_merchants_own(day: str, timezone: str, start: str, end: str) -> None:
    only = Period(date.fromisoformat(day), date.fromisoformat(day))
    expected = tuple(datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (start, end))
    assert only.moments(timezone) == expected


@pytest.mark.parametrize(("part", "whole", "result"), [(1, 2, 1), (5, 4, 1), (-1, 2, -1), (7, 0, 0), (0, 3, 0)])
def test_ratios_round_half_away_from_zero(part: int, whole: int, result: int) -> None:
    assert ratio(part, whole) == result


@pytest.mark.parametrize(("value", "text"), [(942, "9.42"), (5, "0.05"), (0, "0.00"), (-150, "-1.50")])
def test_hundredths(value: int, text: str) -> None:
    assert hundredths(value) == text
