"""What the standing traits mean: the settings of a night. They are stored beside what was found with them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Terms:
    """`as_of` is the last business day that counts; `zone` the merchant's, for the hours of the day.

    Grid, curve and shares look back `year` days. A rhythm is weighed with `prior` gaps that are usual for the category,
    or `usual` days where nobody's gaps are known. What members will bring is reckoned `ahead` days on, of which
    `margin_bps` is earned, discounted at `discount_bps` a year.
    """

    as_of: date
    zone: tzinfo
    year: int = 365
    prior: int = 2
    usual: int = 30
    ahead: int = 365
    margin_bps: int = 2_500
    discount_bps: int = 1_000


def meant(terms: Terms) -> dict[str, str | int]:
    """The settings of a night, as JSON holds them."""
    numbers = {name: value for name, value in asdict(terms).items() if isinstance(value, int)}
    return {**numbers, "as_of": terms.as_of.isoformat(), "zone": str(terms.zone)}


def read(document: Mapping[str, str | int]) -> Terms:
    """What `meant` wrote."""
    numbers = {name: value for name, value in document.items() if isinstance(value, int)}
    return Terms(date.fromisoformat(str(document["as_of"])), ZoneInfo(str(document["zone"])), **numbers)


HOURS = {"night": range(6), "morning": range(6, 11), "midday": range(11, 14), "afternoon": range(14, 18)}
EVENING = "evening"
"""Bands of the day; the rest is evening."""


def hour_sql(zone: tzinfo, first: datetime, last: datetime) -> str:
    """Of the column `placed_at`, which is UTC: the band of the merchant's hour.

    Spelled out as offsets between `first` and `last`, found by the hour: DuckDB's own zones are in an extension.
    """
    hour = f"hour(placed_at + {_offset_sql(zone, first, last)})"
    cases = " ".join(
        f"WHEN {hour} BETWEEN {hours.start} AND {hours.stop - 1} THEN '{band}'" for band, hours in HOURS.items()
    )
    return f"CASE {cases} ELSE '{EVENING}' END"


def _offset_sql(zone: tzinfo, first: datetime, last: datetime) -> str:
    changes: list[tuple[datetime, int]] = []
    at = first.replace(minute=0, second=0, microsecond=0)
    while at <= last:
        there = at.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
        minutes = int(there.total_seconds()) // 60
        if not changes or changes[-1][1] != minutes:
            changes.append((at, minutes))
        at += timedelta(hours=1)
    minutes = changes[-1][1] if changes else 0
    cases = "".join(
        f"WHEN placed_at < TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}' THEN {offset} "
        for (_, offset), (until, _) in pairwise(changes)
    )
    return f"to_minutes(CASE {cases}ELSE {minutes} END)" if cases else f"to_minutes({minutes})"
