"""What the books are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class Asset(StrEnum):
    """What a member can hold."""

    POINTS = "points"
    GROWTH = "growth"


LOT_ASSETS = frozenset({Asset.POINTS})
"""Assets that are kept in lots, because they can be spent and can expire. Growth only counts up."""


class Account(StrEnum):
    """The merchant's side of a posting: why it gave, or what it took."""

    EARNED = "earned"
    SPENT = "spent"
    EXPIRED = "expired"
    ADJUSTED = "adjusted"


class Kind(StrEnum):
    """What a transaction is about. A reference is posted at most once for each kind."""

    ORDER_EARNED = "order_earned"
    ORDER_SPENT = "order_spent"
    ORDER_RETURNED = "order_returned"
    EXPIRED = "expired"
    ADJUSTED = "adjusted"


ORDER_KINDS = frozenset({Kind.ORDER_EARNED, Kind.ORDER_SPENT, Kind.ORDER_RETURNED})
"""Kinds whose reference is an order, so that a statement can lead there. A return's reference is the refund's own
id once there are refunds; until then it is the order's."""

EVENT_OF_KIND: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ORDER_EARNED: "points.earned",
        Kind.ORDER_SPENT: "points.spent",
        Kind.ORDER_RETURNED: "points.returned",
        Kind.EXPIRED: "points.expired",
        Kind.ADJUSTED: "points.adjusted",
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` of an asset to the member (positive) or from the member (negative).

    `expires_at` is the first moment at which what was given can no longer be spent; None: never.
    """

    member_id: UUID
    asset: Asset
    amount: int
    account: Account
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction to post: all of its moves, or none."""

    kind: Kind
    reference_id: UUID
    at: datetime
    moves: tuple[Move, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Return `amount` of what the transaction `(of_kind, of_reference)` took, to the lots it was taken from."""

    kind: Kind
    reference_id: UUID
    at: datetime
    member_id: UUID
    asset: Asset
    amount: int
    of_kind: Kind
    of_reference: UUID


@dataclass(frozen=True, slots=True)
class Lot:
    """A grant with a life of its own. `order_id` is the order that earned it, if an order did."""

    lot_id: UUID
    granted: int
    remaining: int
    earned_at: datetime
    expires_at: datetime | None
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """`amount` out of a lot; negative: back into it."""

    lot_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class Balances:
    """What a member has at a moment. `points` counts only what has not expired by then."""

    points: int = 0
    growth: int = 0


@dataclass(frozen=True, slots=True)
class Expiring:
    """`amount` can be spent up to and including the business day `on`."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a statement."""

    posting_id: UUID
    at: datetime
    asset: Asset
    amount: int
    kind: Kind
    account: Account
    order_id: UUID | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Posted:
    """What a run over many rows did."""

    transactions: int = 0
    amount: int = 0
