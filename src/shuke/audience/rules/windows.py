"""Which days a window covers."""

from calendar import monthrange
from datetime import date, timedelta

from shuke.audience.model import (
    Before,
    Days,
    Ever,
    Last,
    Near,
    Next,
    SameLastYear,
    SinceLastOrder,
    Span,
    ThisMonth,
    Unit,
    Window,
)


def span(window: Window | Near, today: date) -> Span:
    """The days of `window`, seen from the business day `today`. Since her last order: whatever day that was."""
    match window:
        case Ever() | SinceLastOrder():
            return Span(None, None)
        case Days(first, last):
            return Span(first, last)
        case Last(count, unit):
            return Span(_back(today, count, unit) + timedelta(days=1), today)
        case Before(count, unit):
            return Span(None, _back(today, count, unit))
        case Next(count, unit):
            return Span(today, _on(today, count, unit) - timedelta(days=1))
        case ThisMonth():
            return Span(today.replace(day=1), today.replace(day=monthrange(today.year, today.month)[1]))
        case SameLastYear(of):
            days = span(of, today)
            return Span(*(None if day is None else _back(day, 12, Unit.MONTHS) for day in (days.first, days.last)))


def _back(day: date, count: int, unit: Unit) -> date:
    """So many days, weeks or months before; the last day of a month that is shorter. The first day there is, if
    that would be before it."""
    match unit:
        case Unit.DAYS | Unit.WEEKS:
            days = count * (7 if unit is Unit.WEEKS else 1)
            return date.fromordinal(max(day.toordinal() - days, 1))
        case Unit.MONTHS:
            months = day.year * 12 + day.month - 1 - count
            if months < 12:
                return date.min
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _on(day: date, count: int, unit: Unit) -> date:
    """So many days, weeks or months later; the last day of a month that is shorter. The last day there is, if that
    would be after it."""
    match unit:
        case Unit.DAYS | Unit.WEEKS:
            days = count * (7 if unit is Unit.WEEKS else 1)
            return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
        case Unit.MONTHS:
            year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
            if year > date.max.year:
                return date.max
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
