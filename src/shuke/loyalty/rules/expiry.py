"""When points earned become spendable, and when they end. Days are the merchant's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shuke.kernel.clock import business_day, months_after
from shuke.loyalty.model import ActivityExpiry, Expiry, FixedExpiry, Programme, RollingExpiry


def expires_at(programme: Programme, at: datetime) -> datetime | None:
    """The first moment at which points earned `at` are no longer good: where the day after their last day starts."""
    last = last_day(programme.points.expiry, business_day(at, programme.timezone))
    return None if last is None else day_start(last + timedelta(days=1), programme.timezone)


def last_day(expiry: Expiry, day: date) -> date | None:
    """The last day on which points earned on `day` can be spent."""
    match expiry:
        case None:
            return None
        case RollingExpiry() | ActivityExpiry():
            return months_after(day, expiry.months)
        case FixedExpiry():
            ends = date(day.year, expiry.month, 1)
            years = expiry.years + (day > _in_month(ends, expiry.day))
            return _in_month(ends.replace(year=day.year + years), expiry.day)


def _in_month(first: date, day: int) -> date:
    """That day of the month of `first`, or its last one where it is shorter."""
    return min(first + timedelta(days=day - 1), months_after(first, 1) - timedelta(days=1))


def available_at(programme: Programme, at: datetime) -> datetime | None:
    """When points earned `at` can be spent, if not at once: as many full days later as the policy says."""
    if not programme.points.pending_days:
        return None
    day = business_day(at, programme.timezone)
    return day_start(day + timedelta(days=programme.points.pending_days + 1), programme.timezone)


def day_start(day: date, timezone: str) -> datetime:
    """The moment the business day `day` begins."""
    return datetime.combine(day, time(), ZoneInfo(timezone))
