"""Days as numbers, such as 20260331 and, of whatever year, 331: so that all readers compare the same whole numbers."""

from calendar import isleap
from datetime import date

from shuke.audience.model import Dated
from shuke.audience.rules.windows import span

OF_YEAR = 10_000
"""What is left of a day's number by this is its month and day."""
_LEAP_DAY = 229

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


def _yearly(first: date, last: date) -> list[Range]:
    """Months and days from one day to another. Where 28 February is the last of them and no leap day follows, those of
    29 February have theirs on it."""
    if (last - first).days >= 365:
        return [(101, 1231)]
    begin, end = number(first) % OF_YEAR, number(last) % OF_YEAR
    if end == _LEAP_DAY - 1 and not isleap(last.year):
        end = _LEAP_DAY
    if first.year == last.year:
        return [(begin, end)]
    return [(101, end), (begin, 1231)]
