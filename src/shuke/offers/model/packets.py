"""Red packets: money for the next purchase, given by campaigns and kept in the books as lots."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text
from shuke.offers.model.offer import OWN_FUNDS, FundingShare


class PacketKind(StrEnum):
    """When a campaign gives: to whoever joins, after a purchase, or to friends among whom a member splits it."""

    ACTIVATION = "activation"
    AFTER_PURCHASE = "after_purchase"
    SHARED = "shared"


class Split(StrEnum):
    """How a shared packet is divided: by luck (拼手气) or in equal parts."""

    LUCKY = "lucky"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class PacketAmount:
    """How much a packet holds. After a purchase `share_bps` of what was paid, at least `low_minor` and at most
    `high_minor`; else drawn evenly from `[low_minor, high_minor]`. A shared packet holds it for all `parts`."""

    low_minor: int = 0
    high_minor: int = 0
    share_bps: int | None = None


@dataclass(frozen=True, slots=True)
class PacketCaps:
    """How much of one order packets of a campaign may pay: so much, such a share of what is due, and only from
    `from_minor` due on. None: no limit."""

    order_minor: int | None = None
    share_bps: int = BPS
    from_minor: int = 0


@dataclass(frozen=True, slots=True)
class PacketTerms:
    """The rules of a campaign. `days`: how long a packet can be spent; `parts`, `split` and `hours` (how long friends
    may take a part) are for shared ones; `per_member` counts packets given to one member (or opened by her),
    `min_paid_minor` is what a purchase must come to."""

    kind: PacketKind = PacketKind.ACTIVATION
    amount: PacketAmount = PacketAmount()
    days: int = 30
    funding: tuple[FundingShare, ...] = OWN_FUNDS
    caps: PacketCaps = PacketCaps()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    budget_minor: int | None = None
    per_member: int | None = None
    min_paid_minor: int = 0
    parts: int = 1
    split: Split = Split.LUCKY
    hours: int = 24


@dataclass(frozen=True, slots=True)
class PacketCampaign:
    """A campaign whose packets can be spent; `giving`: it still gives them. `rule` names it in adjustments:
    `red_packet:<code>`."""

    campaign_id: UUID
    rule: str
    name: Text
    terms: PacketTerms
    giving: bool = True


@dataclass(frozen=True, slots=True)
class HeldPacket:
    """One lot of red packet money; `lot_id` is the ledger's. What may be spent of it is up to its campaign's caps."""

    lot_id: UUID
    campaign_id: UUID
    amount_minor: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class GivenPacket:
    """What a campaign gave a member."""

    campaign_id: UUID
    member_id: UUID
    amount_minor: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SharedPacket:
    """A packet that friends share: `taken` of `parts` are gone, `taken_minor` of `total_minor` with them."""

    packet_id: UUID
    campaign_id: UUID
    member_id: UUID
    total_minor: int
    parts: int
    taken: int
    taken_minor: int
    opened_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PacketPart:
    """A part of a shared packet that somebody took; parts are counted from 0."""

    part: int
    member_id: UUID
    amount_minor: int
    claimed_at: datetime


NO_PACKET_TERMS = PacketTerms()
