"""Members as other domains see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID


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
