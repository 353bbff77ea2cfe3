"""A segment and its snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shuke.audience.model import Cap, Node


class SegmentKind(StrEnum):
    """How it is decided who is in a segment."""

    RULE = "rule"
    """By a rule tree."""
    SET = "set"
    """By other segments; kept as the rule tree that says so."""
    UPLOAD = "upload"
    """By files."""


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
    """What an operator writes. The tree names stores, products, segments … by their public ids; what files fill has
    none, and is not looked at."""

    code: str
    name: str
    tree: Node | None
    refresh: Refresh
    kind: SegmentKind = SegmentKind.RULE
    cap: Cap | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A segment as it was at one moment: how many, and how many came and went since the one before.

    `as_of` is the business day that its windows end with; it knows everything up to the transaction `upto`, and all
    moves of other segments below `horizon`. `version` is that of the segment as it was written then.
    """

    number: int
    at: datetime
    as_of: date
    upto: int
    size: int
    entered: int
    left: int
    took_ms: int
    version: int
    horizon: int


@dataclass(frozen=True, slots=True)
class Segment:
    segment_id: UUID
    draft: Draft
    status: SegmentStatus
    version: int
    updated_at: datetime
    last: Snapshot | None
    """None until it was looked at for the first time."""
    tag_id: UUID | None
    """The tag that it puts on its members."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """The tag that a segment puts on its members, and how many have it by that; `pending` while the worker has still
    to put it on some or to take it off."""

    tag_id: UUID | None
    members: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Following:
    """A tag that has still to follow its segment, from its snapshot `since` up to `number`; `ended` if it is to go."""

    segment_id: UUID
    tag_id: UUID
    since: int
    number: int
    ended: bool


@dataclass(frozen=True, slots=True)
class SegmentRef:
    """How a segment is named in passing."""

    segment_id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Segments that a segment is made of and those that are made of it, however far, itself among them; `uses` as pairs
    of who uses whom."""

    segments: Sequence[SegmentRef]
    uses: Sequence[tuple[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class InSegment:
    member_id: UUID
    since: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """A segment that holds a member: since when, and when it was last looked at."""

    segment: SegmentRef
    kind: SegmentKind
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """How many are in all of these segments and in none of the others that are compared."""

    of: Sequence[UUID]
    count: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Segments with their sizes, and every part that they cut each other into."""

    segments: Sequence[tuple[SegmentRef, int]]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came (or went) with a snapshot."""

    segment_id: UUID
    number: int
    member_id: UUID
    entered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class MovePosition:
    """How far a reader of all moves has come."""

    transaction_id: int
    segment_id: UUID
    member_id: UUID
