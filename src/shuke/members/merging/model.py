"""A merge: who became part of whom, why, and whether it still holds."""

from collections.abc import Mapping
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
class Preview:
    """What a merge would do now: how many rows of which table would move, or what stands in its way."""

    pair: Pair
    moving: Mapping[str, int]
    refused: ShukeError | None
