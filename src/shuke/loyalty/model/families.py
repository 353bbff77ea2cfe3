"""Families: several people, one wallet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class EarnsTo(StrEnum):
    """Whose the points are that somebody in a family earns."""

    FAMILY = "family"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SpendingLimits:
    """The most one person spends of the family's wallet: points and stored value in a business day and in a calendar
    month. None: no limit."""

    points_day: int | None = None
    points_month: int | None = None
    value_day_minor: int | None = None
    value_month_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    member_id: UUID
    joined_at: datetime
    limits: SpendingLimits = SpendingLimits()


@dataclass(frozen=True, slots=True)
class Family:
    """`people` are those who are in it now, the owner first. The wallet's id is the family's."""

    family_id: UUID
    name: str
    owner_id: UUID
    earns_to: EarnsTo
    people: tuple[Person, ...]


class InvitationStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitation:
    invitation_id: UUID
    family_id: UUID
    member_id: UUID
    status: InvitationStatus
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class WalletOf:
    """The wallet a member spends from, the one her points go to, and how much of it she may still spend today.

    None: no limit but what is in it.
    """

    wallet_id: UUID
    earns_to: UUID
    family_id: UUID | None = None
    points_left: int | None = None
    value_left_minor: int | None = None
