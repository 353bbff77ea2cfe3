"""A segment and its snapshots."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shuke.audience.model import Node


class Refresh(StrEnum):
    """When a segment is looked at again."""

    CONTINUOUS = "continuous"
    """Whenever something reached the lake, within minutes."""
    DAILY = "daily"
    """Each night."""
    ONCE = "once"
    """When asked, and never by itself."""


class SegmentStatus(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator writes. The tree names stores, products and categories by their public ids."""

    code: str
    name: str
    tree: Node
    refresh: Refresh


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A segment as it was at one moment: how many, and how many came and went since the one before.

    `as_of` is the business day that its windows end with; it knows everything up to the transaction `upto`.
    """

    number: int
    at: datetime
    as_of: date
    upto: int
    size: int
    entered: int
    left: int
    took_ms: int


@dataclass(frozen=True, slots=True)
class Segment:
    segment_id: UUID
    draft: Draft
    status: SegmentStatus
    version: int
    updated_at: datetime
    last: Snapshot | None
    """None until it was looked at for the first time."""


@dataclass(frozen=True, slots=True)
class InSegment:
    member_id: UUID
    since: datetime
