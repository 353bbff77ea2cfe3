"""Tags as others see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from shuke.kernel.text import Text


class Colour(StrEnum):
    """Colours that can be told apart, in light and in dark."""

    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    GOLD = "gold"
    LIME = "lime"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"
    MAGENTA = "magenta"


class Source(StrEnum):
    """How a tag came to a member, or went."""

    HAND = "hand"
    LIST = "list"
    """By a list of members over the API."""
    IMPORT = "import"
    RULE = "rule"
    """With a segment that puts the tag."""
    EXPIRY = "expiry"
    EXCLUSIVE = "exclusive"
    """It made room for another tag of its group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tags that belong together. Of an `exclusive` group a member has at most one."""

    group_id: UUID
    name: Text
    colour: Colour
    exclusive: bool
    position: int


@dataclass(frozen=True, slots=True)
class Tag:
    """`code` is how offers and files name it. `colour` None: its group's. It lapses `days` after it was put, if not
    put again; None: never. An archived tag is put on nobody, and counts nowhere while it is archived."""

    tag_id: UUID
    group_id: UUID
    code: str
    name: Text
    colour: Colour | None
    days: int | None
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All groups in their order, and of each the tags by code."""

    groups: tuple[Group, ...]
    tags: Mapping[UUID, tuple[Tag, ...]]


class GroupChanges(TypedDict, total=False):
    """What to change of a group: a key that is absent stays as it is."""

    name: Text
    colour: Colour
    exclusive: bool
    position: int


class TagChanges(TypedDict, total=False):
    name: Text
    colour: Colour | None
    days: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Putting:
    """A tag to put on a member. It lapses at `until`; None: as the tag says."""

    member_id: UUID
    tag_id: UUID
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A tag that a member has, since when without a break, and until when."""

    tag: Tag
    since: datetime
    until: datetime | None
    source: Source


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a member's history: a tag was put (again), or went. `by` names who did it."""

    entry_id: UUID
    tag: Tag
    put: bool
    at: datetime
    until: datetime | None
    source: Source
    by: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a list: members who got (or lost) the tag, those who have it for another time now, those for
    whom nothing changed, and ids that are no member's."""

    changed: int = 0
    renewed: int = 0
    unchanged: int = 0
    unknown: tuple[UUID, ...] = ()
