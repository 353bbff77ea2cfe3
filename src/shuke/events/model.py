"""Sources, the messages they send, and why some are set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

PER_SECOND = 1_000
PER_SECOND_MAX = 1_000_000
LATE_DAYS = 30
LATE_DAYS_MAX = 3_650


class SourceKind(StrEnum):
    """Where a source runs. What runs in a browser or an app can be imitated by anybody who reads its key there."""

    WEB = "web"
    APP = "app"
    SERVER = "server"
    POS = "pos"


class SchemaMode(StrEnum):
    """Whether what an event says is only looked at, or has to be as it was decided."""

    INFERRED = "inferred"
    ENFORCED = "enforced"


class Profiles(StrEnum):
    """What the traits that a source tells of members do to their fields."""

    OFF = "off"
    FILL = "fill"
    """They fill what is empty, or was told before."""
    OVERWRITE = "overwrite"
    """They also replace what people entered, if that is older."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whoever sends messages. Up to `per_second` of them a second are taken; those that happened more than
    `late_days` before they arrive are set aside. Enforced, it may send only events whose schema is enforced too."""

    source_id: UUID
    name: str
    kind: SourceKind
    per_second: int
    late_days: int
    mode: SchemaMode
    profiles: Profiles
    created_at: datetime
    revoked_at: datetime | None


class EventType(StrEnum):
    IDENTIFY = "identify"
    TRACK = "track"
    PAGE = "page"
    SCREEN = "screen"
    GROUP = "group"
    ALIAS = "alias"


class Namespace(StrEnum):
    """What an identifier in a message is."""

    USER_ID = "user_id"
    ANONYMOUS_ID = "anonymous_id"
    PREVIOUS_ID = "previous_id"
    GROUP_ID = "group_id"


class Reason(StrEnum):
    """Why a message is set aside."""

    WRONG_TYPE = "wrong_type"
    UNKNOWN_TYPE = "unknown_type"
    NO_IDENTIFIER = "no_identifier"
    NO_EVENT_NAME = "no_event_name"
    TOO_LARGE = "too_large"
    TOO_MANY_KEYS = "too_many_keys"
    TOO_DEEP = "too_deep"
    NOT_TEXT = "not_text"
    BAD_TIMESTAMP = "bad_timestamp"
    FUTURE = "future"
    TOO_OLD = "too_old"
    BOT = "bot"
    SCHEMA = "schema"
    TRAIT = "trait"
    """Of an event that was taken, one trait: its value is none that a member's field could have."""


@dataclass(frozen=True, slots=True)
class Event:
    """A message that says what it should. `name` is what was tracked or looked at, empty for the other types;
    `sent_for` the time it was given by its sender, `occurred_at` the same by our clock. `body` is JSON without personal
    data, `personal` JSON of what was taken out: path → value; None where there was nothing."""

    type: EventType
    name: str
    message_id: str | None
    occurred_at: datetime
    sent_for: datetime | None
    identifiers: tuple[tuple[Namespace, str], ...]
    body: bytes
    personal: bytes | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a message is no event, and at which of its fields; empty: as a whole."""

    reason: Reason
    field: str = ""


class PropertyType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Property:
    """What a property may be, and whether an event goes without it. Null is the same as not there."""

    types: frozenset[PropertyType]
    required: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """What was decided about the properties (or traits) of an event; `others`: ones not named here may come too."""

    mode: SchemaMode
    properties: Mapping[str, Property]
    others: bool


Sightings = Mapping[str, Mapping[PropertyType, int]]
"""Property → type → how often it came as that."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of messages: `events` are new, `quarantined` newly set aside; the rest was here before."""

    messages: int
    events: int
    quarantined: int
