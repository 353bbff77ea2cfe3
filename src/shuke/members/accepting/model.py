"""An acceptance of many proposals at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shuke.kernel.text import Text

AT_ONCE = 20
"""So many pairs to a transaction; an acceptance of no more is done while its caller waits."""


class Progress(StrEnum):
    QUEUED = "queued"
    DONE = "done"
    TAKING_BACK = "taking_back"
    TAKEN_BACK = "taken_back"


class Outcome(StrEnum):
    """What became of a pair. `one_already`: by other pairs the two were one already. `left`: somebody decided it
    meanwhile, or something stood in the way, and the proposal is as it was."""

    MERGED = "merged"
    ONE_ALREADY = "one_already"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Acceptance:
    """`pairs` in all, of which `merged` and the like are decided by now; of those merged, so many were `taken_back`,
    and so many could not be (`stuck`)."""

    acceptance_id: UUID
    status: Progress
    threshold_bps: int
    run_id: UUID | None
    asked_at: datetime
    by_name: str
    finished_at: datetime | None
    pairs: int
    merged: int
    one_already: int
    left: int
    taken_back: int
    stuck: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair of an acceptance: `outcome` None while it waits. `taken_back` None where nobody tried."""

    proposal_id: UUID
    a_id: UUID
    b_id: UUID
    probability_bps: int
    outcome: Outcome | None
    merge_id: UUID | None
    taken_back: bool | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an acceptance would accept: so many pairs of so many members; `doubtful` are the least probable of them."""

    pairs: int
    members: int
    doubtful: Sequence[UUID]
