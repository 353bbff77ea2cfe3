"""Consent as others see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shuke.kernel.text import Text
from shuke.members.model import Channel, Purpose


class ConsentStep(StrEnum):
    """What an entry of the history says happened."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    """Or refused from the beginning."""
    ASKED = "asked"
    """Said yes, and is to confirm it: nothing counts yet."""
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody now says. `text_version`: what was shown to her; None: the text that is in force."""

    purpose: Purpose
    channel: Channel
    granted: bool
    text_version: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What counts for one purpose and channel. Until `pending_until` a yes may still be confirmed."""

    granted: bool
    at: datetime
    source: str
    text_version: int | None = None
    pending_until: datetime | None = None


States = Mapping[tuple[Purpose, Channel], State]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a member's history; `turn` counts them from 1."""

    turn: int
    purpose: Purpose
    channel: Channel
    step: ConsentStep
    at: datetime
    source: str
    text_version: int | None

    @property
    def granted(self) -> bool:
        return self.step in (ConsentStep.GIVEN, ConsentStep.CONFIRMED)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What people agree to. Versions of a purpose count through all its channels. With `double_opt_in` a yes counts
    once she has confirmed it herself."""

    purpose: Purpose
    channel: Channel
    version: int
    text: Text
    double_opt_in: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A yes that waits for her: whoever writes to her sends her the `token`."""

    purpose: Purpose
    channel: Channel
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a decision does to one channel of a purpose. `pending`: after it, a yes waits to be confirmed."""

    purpose: Purpose
    channel: Channel
    before: bool
    after: bool
    pending: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says it confirms."""

    merchant_id: UUID
    member_id: UUID
    purpose: Purpose
    channel: Channel
    text_version: int | None
    until: datetime
