"""What was told of somebody, and since when a field says what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Said:
    """Traits told of somebody at a moment.

    `believed`: by a program that nobody else can imitate. Only of such a one does `overwrites` count: what people
    entered gives way too, if it is older.
    """

    key: UUID
    at: datetime
    source_id: UUID
    source_name: str
    believed: bool
    overwrites: bool
    traits: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refused:
    """A trait of which the value is none that a person could have entered."""

    said: Said
    member_id: UUID
    trait: str
    value: object


@dataclass(frozen=True, slots=True)
class Since:
    """Since when, and from whom, a field of a member holds what it holds.

    `entered`: people entered it, or what it was told over; then only who overwrites counts. `cleared_at`: people
    emptied it then, and what was told of before does not come back.
    """

    entered: bool
    believed: bool
    said_at: datetime
    message_key: UUID | None
    source_name: str | None
    cleared_at: datetime | None


Field = str
"""`name`, `gender`, `birthday`, or `attributes.<name>`."""
