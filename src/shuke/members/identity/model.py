"""By what people are recognised, and by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from uuid import UUID

Key = tuple[str, bytes]
"""A namespace, and the blind index of a value in it."""


class Space(StrEnum):
    """Namespaces of identifiers, strongest first as merchants begin with them."""

    PHONE = "phone"
    UNIONID = "unionid"
    CARD = "card"
    EMAIL = "email"
    OPENID = "openid"
    USER_ID = "user_id"
    DEVICE = "device"
    ANONYMOUS_ID = "anonymous_id"


OWN = frozenset({Space.PHONE, Space.UNIONID, Space.CARD, Space.EMAIL, Space.OPENID, Space.USER_ID})
"""What somebody has to herself. A device and a browser are shared, so they never prove that two members are one."""

PROVEN = "member"
"""How somebody was recognised who showed that she is a member: stronger than every identifier."""


@dataclass(frozen=True, slots=True)
class SpaceRule:
    """How many values of a namespace one person may have: ever, first seen within a month, and within a day."""

    space: Space
    ever: int | None = None
    month: int | None = None
    day: int | None = None


class TwoMembers(StrEnum):
    """What follows where a sighting proves that two members are one person."""

    PROPOSE = "propose"
    """People decide."""
    MERGE = "merge"
    """They become one at once, if nothing stands in the way."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`spaces` strongest first; a namespace that is not among them links nobody, and neither does a value `blocked`.
    Months and days are those of the merchant's `zone`."""

    spaces: tuple[SpaceRule, ...]
    blocked: frozenset[Key]
    zone: tzinfo
    two_members: TwoMembers = TwoMembers.PROPOSE


class Reason(StrEnum):
    """Why an identifier was left out of a sighting."""

    BLOCKED = "blocked"
    LIMIT = "limit"
    MEMBERS = "members"
    """It would have made one person of several members, which people decide, or nothing proved."""
    APART = "apart"
    """It would have made one person of members whom somebody said to be two, or whose merge was refused."""
    SHARED = "shared"
    """It would have given a member what a visitor has to herself, and nothing but a shared browser or device says that
    they are one."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Identifiers seen together at a moment; `member_id` where somebody showed that she is that member. Values that may
    be shown later are `sealed`."""

    keys: tuple[Key, ...]
    at: datetime
    member_id: UUID | None = None
    sealed: Mapping[Key, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whom a sighting was of: by which namespace she was recognised, and with whom that identifier was first seen."""

    person_id: UUID
    namespace: str
    origin_id: UUID
