"""How long what is given lives."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shuke.kernel.clock import business_day


def ends_after(at: datetime, days: int | None, timezone: str) -> datetime | None:
    """The first moment after `days` whole business days that follow the one of `at`; None lives for ever."""
    if days is None:
        return None
    last = business_day(at, timezone) + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(timezone)).astimezone(UTC)
