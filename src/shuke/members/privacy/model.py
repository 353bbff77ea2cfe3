"""Privacy as others see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shuke.members.model import MemberRef


class Place(StrEnum):
    """Where personal data was shown in clear."""

    LIST = "list"
    PROFILE = "profile"
    EXPORT = "export"
    """A file of many members."""
    IDENTIFY = "identify"
    """At a till."""
    EDIT = "edit"
    """In the answer to joining or changing her."""
    DISCLOSURE = "disclosure"
    """The copy of her own data."""


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody saw these fields of a member in clear."""

    entry_id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID
    actor_name: str
    member: MemberRef
    fields: tuple[str, ...]
    place: Place
