"""Days as numbers, such as 20260331 and, of whatever year, 331: so that all readers compare the same whole numbers."""

from calendar import isleap
from datetime import date

from shuke.audience.model import Dated, DayOf
from shuke.audience.rules.windows import span

OF_YEAR = 10_000
"""What is left of a day's number by this is its month and day."""

Range = tuple[int, int]
"""From one number to another, both included."""


def number(day: date) -> int:
    return day.year * OF_YEAR + day.month * 100 + day.day


def ranges(node: Dated, today: date) -> list[Range]:
    """Where the number of the day has to lie."""
    days = span(node.days, today)
    assert days.first is not None
    assert days.last is not None
    if not node.yearly:
        return [(number(days.first), number(days.last))]
    return _yearly(days.first, days.last)


def begun_by(node: Dated, today: date) -> int | None:
    """The number of the last day that can have an anniversary there: a year before at least. None where none is asked
    for, or the year is not known, of birthdays."""
    last = span(node.days, today).last
    assert last is not None
    return _last_kept(last) - OF_YEAR if node.yearly and node.day is not DayOf.BIRTHDAY else None


def _last_kept(last: date) -> int:
    """The number of the last day that is kept until then: on 28 February that of a leap day, where none follows."""
    return number(last) + (last.month == 2 and last.day == 28 and not isleap(last.year))


def _yearly(first: date, last: date) -> list[Range]:
    """Months and days from one day to another."""
    if (last - first).days >= 365:
        return [(101, 1231)]
    begin, end = number(first) % OF_YEAR, _last_kept(last) % OF_YEAR
    if first.year == last.year:
        return [(begin, end)]
    return [(101, end), (begin, 1231)]
