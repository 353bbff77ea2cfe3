"""One member as last night's traits tell of her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuke.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A state by its code, as people call it, and what it means."""

    code: str
    name: Text
    means: Text


@dataclass(frozen=True, slots=True)
class Preference:
    """`kind`: category, brand, price, store, channel or hour. `value`: an id of the first and fourth, else a word."""

    kind: str
    value: str
    share_bps: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """What cannot be known of her is None. `since` and `rhythm` are in days; `next_from` to `next_upto` is when she is
    expected next, most likely on `next_day`; by `as_of` she is overdue for `overdue_days`, since the last day on which
    she was expected. `why` explains states and predictions, by their names here."""

    as_of: date
    days: int
    orders: int
    net_minor: int
    since: int | None
    rhythm: int | None
    next_day: date | None
    next_from: date | None
    next_upto: date | None
    overdue_days: int
    lifecycle: Word
    lifecycle_since: date | None
    grade: Word
    grade_since: date | None
    recency: int | None
    frequency: int | None
    monetary: int | None
    loyalty: Word | None
    loyalty_bps: int | None
    alive_bps: int | None
    expected_milli: int | None
    worth_minor: int | None
    clv_minor: int | None
    cluster: int | None
    cluster_description: Text | None
    preferences: Sequence[Preference]
    why: Mapping[str, Text]
