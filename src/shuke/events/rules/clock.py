"""When something happened, told by a clock that may be wrong."""

from datetime import UTC, datetime, timedelta

MOST_SKEW = timedelta(days=3_650)
"""No clock that is of any use is further off than ten years."""
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def corrected(original: datetime, sent: datetime | None, received: datetime) -> datetime:
    """`original` by our clock, when its sender's said `sent` at the moment ours said `received`.

    As it is where nothing was said, or nonsense. For one sent and received, what was earlier stays earlier.
    """
    if sent is None:
        return original
    skew = received - sent
    if abs(skew) > MOST_SKEW:
        return original
    try:
        return original + skew
    except OverflowError:
        return _LAST if skew > timedelta() else _FIRST


def moment(value: object) -> datetime | None:
    """A moment as senders write it (ISO 8601; without an offset: UTC), in UTC; None when it is none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        read = datetime.fromisoformat(value)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
