"""A search for members who are alike, and what speaks for and against a pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID


class Model(TypedDict):
    """How probable it is that two members are one person (`prior`), and by field and level that two records of one
    person are like that, and that two people's are. Nothing of anybody's is in it."""

    prior: float
    fields: dict[str, dict[str, tuple[float, float]]]


FLOOR_BPS = 5_000
"""Pairs that are less probably one person are never kept."""

BANDS = (5_000, 6_000, 7_000, 8_000, 9_000, 9_500, 9_900, 9_990)
"""Thresholds for which a search tells how many pairs it found."""

PAIRS_MAX = 100_000
"""A search proposes so many pairs at most, the likeliest."""


class RunStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Step(StrEnum):
    READING = "reading"
    LEARNING = "learning"
    COMPARING = "comparing"
    KEEPING = "keeping"


class Field(StrEnum):
    """What of two members is compared."""

    NAME = "name"
    BIRTHDAY = "birthday"
    PHONE_TAIL = "phone_tail"
    EMAIL = "email"
    GENDER = "gender"
    STORE = "store"


class Level(StrEnum):
    """How like each other two values are; `unknown`: one of them is not known, which says nothing."""

    SAME = "same"
    SIMILAR = "similar"
    PARTLY = "partly"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a field says: in thousandths of a bit, negative where it speaks against one person."""

    column: Field
    level: Level
    weight_millis: int


@dataclass(frozen=True, slots=True)
class Band:
    """So many pairs are at least so probably one person."""

    at_least_bps: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Run:
    """A search. `learned`: the model was learned from the base as it was, and not taken from the search before.
    `dry_run`: nothing is proposed, only counted. `pairs` were compared, `bands` say how probable those not decided
    before are, `proposed` were new. `note` says why there was nothing to find, or what failed."""

    run_id: UUID
    status: RunStatus
    step: Step | None
    asked_at: datetime
    by_name: str
    started_at: datetime | None
    finished_at: datetime | None
    threshold_bps: int
    learned: bool
    dry_run: bool
    records: int | None
    pairs: int | None
    proposed: int | None
    took_ms: int | None
    bands: Sequence[Band]
    model: Model | None
    note: Mapping[str, str] | None
