"""Random days and windows, most of them near today."""

from datetime import date, timedelta

from hypothesis import strategies as st

from shuke.audience.model import (
    Before,
    Dated,
    DayOf,
    Days,
    Ever,
    Last,
    Next,
    SameLastYear,
    ThisMonth,
    Unit,
    Window,
)
from shuke.audience.rules.dating import OF_YEAR, number

TODAY = date(2026, 3, 31)


def days() -> st.SearchStrategy[date]:
    return st.one_of(st.integers(-3, 70), st.integers(360, 400)).map(lambda back: TODAY - timedelta(days=back))


def windows() -> st.SearchStrategy[Window]:
    """The same for all members."""
    pairs = st.tuples(days(), days()).map(lambda pair: Days(min(pair), max(pair)))
    last = st.builds(Last, st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WEEKS]))
    months = st.builds(Last, st.integers(1, 3), st.just(Unit.MONTHS))
    before = st.builds(Before, st.integers(1, 40), st.sampled_from(Unit))
    last_year = st.builds(SameLastYear, st.one_of(pairs, last, months))
    return st.one_of(st.just(Ever()), pairs, last, months, before, last_year)


def of_year() -> st.SearchStrategy[int]:
    """Months and days, 29 February among them."""
    return st.one_of(days(), st.just(date(2024, 2, 29)), st.dates(date(2024, 1, 1), date(2024, 12, 31))).map(
        lambda day: number(day) % OF_YEAR
    )


def dated() -> st.SearchStrategy[Dated]:
    pairs = st.tuples(days(), days()).map(lambda pair: Days(min(pair), max(pair)))
    units = st.sampled_from(Unit)
    near = st.one_of(
        pairs,
        st.builds(Last, st.integers(1, 14), units),
        st.builds(Next, st.integers(1, 14), units),
        st.just(ThisMonth()),
    )
    return st.one_of(
        st.builds(Dated, st.just(DayOf.BIRTHDAY), near, st.just(True)),
        st.builds(Dated, st.just(DayOf.JOINED), near, st.booleans()),
        st.builds(Dated, st.just(DayOf.REGISTERED), near, st.booleans(), st.just("number_2")),
    )
