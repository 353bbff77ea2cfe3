"""Who is erased, what goes with her, and what stands in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shuke.kernel.text import Text
from shuke.members.erasing.marks import Marks
from shuke.members.model import MemberRef


@dataclass(frozen=True, slots=True)
class Her:
    """All that is hers: `names` are the ids she was known by as a member, her own first; `people` are those and the
    visitors who turned out to be her; `beside` are other people who were seen with something of hers."""

    erasure_id: UUID
    member_id: UUID
    number: str
    names: tuple[UUID, ...]
    people: tuple[UUID, ...]
    beside: tuple[UUID, ...]
    marks: Marks
    written: tuple[tuple[str, str], ...]
    """By what files name her: `ref`, or the kind of an identifier, and what is written there."""
    paid_out_minor: int = 0
    """What she was handed over of her own money, as whoever erases her says."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way, and what to do about it. `forfeitable`: not if she gives it up; `payable`: not if she was
    paid it out."""

    code: str
    message: Text
    amount_minor: int | None = None
    forfeitable: bool = False
    payable: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What she still has and loses; of money in minor units."""

    code: str
    amount: int
    money: bool


@dataclass(frozen=True, slots=True)
class Count:
    """So many rows of a sort of thing."""

    code: str
    what: Text
    rows: int


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stays, and why."""

    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Preview:
    member: MemberRef
    goes: Sequence[Count]
    stays: Sequence[Remainder]
    losses: Sequence[Loss]
    obstacles: Sequence[Obstacle]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done: counts, and nothing of whom it was about but her number. `left_lake_at`: since when the analytic
    copies have nothing of her either."""

    erasure_id: UUID
    member_id: UUID
    number: str
    at: datetime
    by_name: str
    reason: str
    forfeited: bool
    counts: Mapping[str, int]
    losses: Mapping[str, int]
    left_lake_at: datetime | None
