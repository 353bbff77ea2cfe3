"""What the books are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Asset(StrEnum):
    """What a wallet can hold."""

    POINTS = "points"
    POINTS_OWED = "points_owed"
    """A debt in points: what was taken back of earned points that had been spent already."""
    GROWTH = "growth"
    STORED_PRINCIPAL = "stored_principal"
    STORED_BONUS = "stored_bonus"
    RED_PACKET = "red_packet"


LOT_ASSETS = frozenset({Asset.POINTS, Asset.STORED_PRINCIPAL, Asset.STORED_BONUS, Asset.RED_PACKET})
"""Assets that are kept in lots, because they can be spent and can expire. Growth and debt only count."""

STORED_ASSETS = (Asset.STORED_PRINCIPAL, Asset.STORED_BONUS)


class WalletKind(StrEnum):
    """Whose a wallet is. A member's wallet has her id, a card's the card's, a family's the family's."""

    MEMBER = "member"
    CARD = "card"
    FAMILY = "family"


class Account(StrEnum):
    """The merchant's side of a posting: why it gave, or what it took."""

    EARNED = "earned"
    SPENT = "spent"
    EXPIRED = "expired"
    ADJUSTED = "adjusted"
    CLAWED_BACK = "clawed_back"
    """Earned, and taken back because the purchase was."""
    OWED = "owed"
    """The part of a claw-back that was not there any more, now a debt."""
    REPAID = "repaid"
    """Debt paid off by what came later."""
    MOVED = "moved"
    """From one wallet, or lot, to another: nets to nothing within its transaction."""
    PAID_IN = "paid_in"
    """Bought with money: principal of a top-up or a card."""
    PAID_OUT = "paid_out"
    """Principal that was refunded in money."""
    GRANTED = "granted"
    """Given without a purchase: bonus, red packets, gifts, benefits."""
    FORFEITED = "forfeited"
    """Lost by rule: the bonus of a top-up that is refunded, what is left of a member who is erased."""


class Kind(StrEnum):
    """What a transaction is about. A reference is posted at most once for each kind."""

    ORDER_EARNED = "order_earned"
    ORDER_SPENT = "order_spent"
    ORDER_CANCELLED = "order_cancelled"
    """A pending order is let go: all that it took comes back. Reference: the order."""
    ORDER_RETURNED = "order_returned"
    """What an order took comes back, or part of it. Reference: the refund."""
    ORDER_REFUNDED = "order_refunded"
    """What an order earned is taken back, or part of it. Reference: the refund."""
    RETURN_GRACED = "return_graced"
    """What came back into lots that had expired lives on for a while. Reference: that of the return."""
    DEBT_REPAID = "debt_repaid"  # by what came back; reference: that of the return
    EXPIRED = "expired"
    ADJUSTED = "adjusted"
    MERGE_UNDONE = "merge_undone"
    """Debt that was paid off when two members became one is owed again. Reference: the merge."""
    MERGE_DIVIDED = "merge_divided"
    """What is left of lots that were used together, to whom they belong. Reference: the merge."""
    TRANSFERRED = "transferred"
    """Between two members, or a member and her family. Reference: the transfer."""
    BENEFIT_GRANTED = "benefit_granted"
    CAMPAIGN_GRANTED = "campaign_granted"
    RED_PACKET_GRANTED = "red_packet_granted"
    TOPPED_UP = "topped_up"
    TOP_UP_REFUNDED = "top_up_refunded"
    CARD_LOADED = "card_loaded"
    CARD_MOVED = "card_moved"
    IMPORTED = "imported"
    FORFEITED = "forfeited"
    PAID_OUT = "paid_out"
    """Of a member who was erased: lost, or principal handed over. Reference: the erasure, or a later refund."""


ORDER_KINDS = frozenset({Kind.ORDER_EARNED, Kind.ORDER_SPENT, Kind.ORDER_CANCELLED})
"""Kinds whose reference is an order, so that a statement can lead there; what returns or takes back names the
transaction it undoes, and leads there through it."""


@dataclass(frozen=True, slots=True)
class Take:
    """`amount` out of a lot; negative: back into it."""

    lot_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` of an asset to the wallet (positive) or from it (negative).

    What is given can be spent from `available_at` on (None: at once) and no more from `expires_at` on (None: for
    ever); `source_id` is what granted it: the order, top-up, card, campaign. What is taken comes from `lots` where
    they are named, else from those that expire first. `earned_at` is that of what is moved on; None: the entry's.
    """

    wallet_id: UUID
    asset: Asset
    amount: int
    account: Account
    expires_at: datetime | None = None
    available_at: datetime | None = None
    source_id: UUID | None = None
    lots: tuple[Take, ...] | None = None
    earned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction to post: all of its moves, or none.

    `member_id` is who acted, where that is not the wallet's own member: with a card, or with the family's wallet.
    """

    kind: Kind
    reference_id: UUID
    at: datetime
    moves: tuple[Move, ...]
    note: str | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Return `amount` of what the transaction `(of_kind, of_reference)` took, to the lots it was taken from.

    What goes back to lots that have expired meanwhile expires again, or, with `grace`, lives on for so long.
    """

    kind: Kind
    reference_id: UUID
    at: datetime
    wallet_id: UUID
    asset: Asset
    amount: int
    of_kind: Kind
    of_reference: UUID
    grace: timedelta | None = None
    member_id: UUID | None = None


class Shortfall(StrEnum):
    """What becomes of a claw-back's part that is not in the wallet any more."""

    NEGATIVE = "negative"
    """It is owed: later earnings pay it off first."""
    DEDUCT_FROM_REFUND = "deduct_from_refund"
    """The caller takes its worth off the money that goes back."""
    FORGIVE = "forgive"


@dataclass(frozen=True, slots=True)
class ClawBack:
    """Take back `amount` of what the transaction `(of_kind, of_reference)` gave.

    `rest_of`: whose wallet makes up for what the lots that were granted do not have, or owes it, where these lots are
    another's by now.
    """

    kind: Kind
    reference_id: UUID
    at: datetime
    wallet_id: UUID
    asset: Asset
    amount: int
    of_kind: Kind
    of_reference: UUID
    shortfall: Shortfall = Shortfall.NEGATIVE
    member_id: UUID | None = None
    rest_of: UUID | None = None

    @property
    def rest(self) -> UUID:
        return self.rest_of or self.wallet_id


@dataclass(frozen=True, slots=True)
class Clawed:
    """What a claw-back came to: `taken` from the wallet, `owed` from now on, `short` neither (to deduct from the
    refund, or forgiven)."""

    taken: int = 0
    owed: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Transfer:
    """Move what can be spent from one wallet to another: each lot keeps its age, expiry and source.

    `amounts`: how much of which asset; None moves all of it.
    """

    kind: Kind
    reference_id: UUID
    at: datetime
    from_wallet: UUID
    to_wallet: UUID
    amounts: Mapping[Asset, int | None]
    note: str | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A grant with a life of its own. `source_id` is what granted it; `order_id` the same, if that is an order."""

    lot_id: UUID
    granted: int
    remaining: int
    earned_at: datetime
    expires_at: datetime | None
    order_id: UUID | None = None
    available_at: datetime | None = None
    source_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """What a wallet has at a moment: of assets in lots only what can be spent then. What waits until it can be is
    `points_pending`; `points_owed` is to be paid off first."""

    points: int = 0
    growth: int = 0
    points_pending: int = 0
    points_owed: int = 0
    stored_principal: int = 0
    stored_bonus: int = 0
    red_packet: int = 0

    @property
    def points_shown(self) -> int:
        """Points less debt: what a member is told, negative while she owes."""
        return self.points - self.points_owed


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
    reference_id: UUID | None = None
    member_id: UUID | None = None


Due = tuple[datetime, UUID]
"""How far expiry has come: behind what ended at a moment, in wallets up to one."""


@dataclass(frozen=True, slots=True)
class Expired:
    """What a batch of expiry did; `last` is where the next one goes on, None at the end."""

    count: int = 0
    amount: int = 0
    last: Due | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What a run over many rows did: how many it posted, and their sum."""

    count: int = 0
    amount: int = 0
