"""Members as other domains see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from shuke.kernel.text import Text


class IdentifierKind(StrEnum):
    """What a member can be recognised by. One value belongs to at most one member of a merchant."""

    PHONE = "phone"
    EMAIL = "email"
    CARD = "card"


class MemberStatus(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"
    MERGED = "merged"
    """Another name of somebody: all she had is that member's."""
    ERASED = "erased"
    """Nothing says who she was; her number stays for orders and books."""


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Purpose(StrEnum):
    """What a member may consent to."""

    TERMS = "terms"
    MARKETING = "marketing"
    PROFILING = "profiling"
    """That what she does is used to foresee what she may like."""
    SHARING = "sharing"
    """That partners hear of her."""


class Channel(StrEnum):
    """Through which a member may be addressed; consent is given for one, or for all that are not named."""

    ALL = "*"
    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"
    WECOM = "wecom"
    PHONE = "phone"
    PUSH = "push"
    IN_APP = "in_app"


Attribute = str | int | bool | None
"""A value a merchant keeps about a member, beside the fields that every member has."""


class AttributeType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    """A whole one."""
    YES_NO = "yes_no"
    DATE = "date"
    """A day, as 2026-03-31."""
    CHOICE = "choice"
    """One of a list."""


TEXT_COLUMNS, NUMBER_COLUMNS = 24, 16
"""How many registered attributes may leave for analysis, archived ones included, of which the values are texts (so are
yes and no, and those of a list) or numbers (so are days)."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """What was decided about an attribute. Values of one that is `personal` never leave for analysis; those of others
    lie there in a column of their own, `place`, as it was by the transaction `since`. An archived one counts for
    nothing: values may be anything, and nobody is found by them."""

    attribute_id: UUID
    name: str
    type: AttributeType
    label: Text
    personal: bool
    choices: tuple[Choice, ...]
    place: int | None
    since: int
    archived_at: datetime | None

    @property
    def numeric(self) -> bool:
        return self.type in (AttributeType.NUMBER, AttributeType.DATE)

    @property
    def column(self) -> str | None:
        """Its column in the lake; None where nothing of it is there."""
        if self.place is None or self.personal or self.archived_at is not None:
            return None
        return f"{'number' if self.numeric else 'text'}_{self.place}"


class DefinitionChanges(TypedDict, total=False):
    """What to change of a definition: a key that is absent stays as it is."""

    label: Text
    personal: bool
    choices: tuple[Choice, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class MemberRef:
    """How a member is named in passing."""

    member_id: UUID
    number: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member with the personal data in clear: show `phone` and `email` through `service.shown_phone` and its kin.

    `phone` is E.164. `generated` marks made-up personal data of sample members.
    """

    member_id: UUID
    number: str
    status: MemberStatus
    name: str | None
    phone: str | None
    email: str | None
    card: str | None
    gender: Gender | None
    birthday: date | None
    attributes: Mapping[str, Attribute]
    generated: bool
    external_ref: str | None
    joined_at: datetime
    join_store_id: UUID | None
    join_channel: str

    @property
    def ref(self) -> MemberRef:
        return MemberRef(self.member_id, self.number, self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """Who was recognised. `came_as`: the member whose phone, card or number it had been, where she became this one."""

    member: Member
    came_as: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Somebody who becomes a member. Values are as typed: the service normalises them.

    `channel` says where from (`pos`, `console`, `qr`, `import`, …); `joined_at` None means now.
    """

    channel: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    card: str | None = None
    gender: Gender | None = None
    birthday: date | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    store_id: UUID | None = None
    consents: Mapping[Purpose, bool] = field(default_factory=dict)
    external_ref: str | None = None
    generated: bool = False
    joined_at: datetime | None = None


class Changes(TypedDict, total=False):
    """What to change of a member: a key that is absent stays as it is, None clears the field."""

    name: str | None
    phone: str | None
    email: str | None
    card: str | None
    gender: Gender | None
    birthday: date | None
    attributes: Mapping[str, Attribute]
    status: MemberStatus
