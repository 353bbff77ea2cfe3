"""What is cleared: parties, reasons, entries, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class PartyKind(StrEnum):
    """Who can owe or be owed. The merchant is its head office, and all stores that do not settle on their own."""

    MERCHANT = "merchant"
    STORE = "store"
    PLATFORM = "platform"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """`key` names a party within its merchant: `merchant`, `platform`, `store:<uuid>`, `partner:<name>` (whose name is
    empty where only one partner is known)."""

    key: str

    @property
    def kind(self) -> PartyKind:
        return PartyKind(self.key.partition(":")[0])

    @property
    def store_id(self) -> UUID | None:
        return UUID(self.key.partition(":")[2]) if self.kind is PartyKind.STORE else None

    @property
    def name(self) -> str:
        """A partner's name; empty for all others."""
        return self.key.partition(":")[2] if self.kind is PartyKind.PARTNER else ""


MERCHANT = Party("merchant")
PLATFORM = Party("platform")


def store_party(store_id: UUID) -> Party:
    return Party(f"store:{store_id}")


def partner_party(name: str) -> Party:
    return Party(f"partner:{name}")


class Reason(StrEnum):
    """Why one party owes another."""

    SUBSIDY = "subsidy"
    """A discount that somebody else than the seller pays for: platform, partner, another store."""
    GROUP_BENEFIT = "group_benefit"
    """A discount that the head office promised and a store gave: member price, tier, points, campaigns."""
    RED_PACKET = "red_packet"
    """Red packet money, by the campaign's funder."""
    STORED_PRINCIPAL = "stored_principal"
    """Money that one store took in and another sold goods for."""
    STORED_BONUS = "stored_bonus"
    """Bonus that was given on top, by whoever bears it."""
    REFUND_MONEY = "refund_money"
    """Money that another store than the seller handed back over its counter."""
    TOP_UP_REFUND = "top_up_refund"
    """Principal that another store than the one that took it in paid out."""
    BONUS_RECOVERED = "bonus_recovered"
    """Kept off a refunded top-up for bonus that was spent, for whoever bore that bonus."""


class FactKind(StrEnum):
    """What happened on the day."""

    ORDER = "order"
    REFUND = "refund"
    TOP_UP_REFUND = "top_up_refund"


class BonusBearer(StrEnum):
    """Who pays for stored bonus that is spent: the store that granted it with a top-up, or the head office."""

    ISSUING_STORE = "issuing_store"
    MERCHANT = "merchant"


class Bearer(StrEnum):
    """Who bears a discount, as seen from the store that sold: itself, or somebody who owes it then."""

    SELLER = "seller"
    MERCHANT = "merchant"
    PLATFORM = "platform"
    PARTNER = "partner"
    NAMED_STORE = "named_store"
    """The store whose code the funding names; the seller where it names none."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a merchant clears. A change counts for the days that are still open.

    `stores_settle`: each store has accounts of its own; else they are all the merchant's. `merchant_funds`: the head
    office pays such stores for what it promised members. `since`: the first business day that is cleared.
    """

    since: date
    stores_settle: bool = True
    merchant_funds: bool = True
    bonus_bearer: BonusBearer = BonusBearer.ISSUING_STORE


@dataclass(frozen=True, slots=True)
class Window:
    """What can be closed: days from `first` on, which is the day after the last one closed; today is not over."""

    first: date
    today: date
    closed: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """`debtor` owes `creditor` for one order or refund; negative: a refund takes that much back.

    `own_day` is the business day of what happened; where that had been closed before it was known, the entry is on a
    later `business_day` and is `late`. `number` is that of the order, where there is one.
    """

    entry_id: UUID
    business_day: date
    own_day: date
    debtor: Party
    creditor: Party
    reason: Reason
    kind: FactKind
    reference_id: UUID
    order_id: UUID | None
    number: str | None
    amount_minor: int

    @property
    def late(self) -> bool:
        return self.own_day != self.business_day


@dataclass(frozen=True, slots=True)
class Debt:
    """What one party owes another for one reason, over all entries looked at; `late` as in Totals."""

    debtor: Party
    creditor: Party
    reason: Reason
    entries: int
    late: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Position:
    """A party's side of it all: what it pays, what it receives, and the difference."""

    party: Party
    pays_minor: int
    receives_minor: int

    @property
    def net_minor(self) -> int:
        return self.receives_minor - self.pays_minor


class DayStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Totals:
    """`late`: entries whose own day had been closed before."""

    entries: int = 0
    late: int = 0
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class DayTotals:
    """A day in the list."""

    business_day: date
    status: DayStatus
    totals: Totals
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the parties owe each other over some days. `open_from`: the first of them that may still change."""

    first: date
    last: date
    open_from: date | None
    entries: int
    late: int
    debts: Sequence[Debt]
    positions: Sequence[Position]


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing came to, or would: the days from `first` to `last`; none where they had been closed before."""

    first: date | None
    last: date
    days: int
    entries: int
    late: int
    amount_minor: int
    positions: Sequence[Position]
