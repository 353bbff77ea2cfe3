"""A merge: who became part of whom, why, and whether it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from shuke.kernel.errors import ShukeError


class Cause(StrEnum):
    HAND = "hand"
    """Somebody said so."""
    EVENT = "event"
    """One event named both."""
    PROPOSAL = "proposal"
    """A likeness that somebody looked at and accepted."""


Evidence = Mapping[str, Any]
"""By what an event proved it, without values: {sighting, namespaces, at}."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`survivor` is who she is from now on; `absorbed` is another name of hers."""

    survivor: UUID
    absorbed: UUID

    @property
    def both(self) -> list[UUID]:
        return sorted((self.survivor, self.absorbed))


@dataclass(frozen=True, slots=True)
class Merge:
    """`turn`: 1, 2, … of the survivor; `undone_at`: since when the two are two again."""

    merge_id: UUID
    pair: Pair
    turn: int
    at: datetime
    by_name: str
    cause: Cause
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Share:
    """What of an asset went back to her who was absorbed when a merge was undone.

    `back` in the lots it had been in; `moved` from lots that both were taken from at once, into new ones of the same
    age and end, or between their counts where one would have had less than none. `spent`: what the survivor took from
    what is hers while they were one, and `spent_by_her` the other way round: that is not made good.
    """

    asset: str
    back: int
    moved: int
    spent: int
    spent_by_her: int


@dataclass(frozen=True, slots=True)
class Undone:
    """An undone merge. `later`: how many rows of a table came after it in the name of her who was absorbed, and are
    hers now."""

    merge: Merge
    later: Mapping[str, int]
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do now: how many rows of which table would move, or what stands in its way."""

    pair: Pair
    moving: Mapping[str, int]
    refused: ShukeError | None
