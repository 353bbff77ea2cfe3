"""Stored value: principal that was paid in, bonus that was given on top, and the cards that carry either.

Balances are the ledger's. Here is what brought them about: ladders, top-ups and their refunds, batches of cards.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shuke.ledger.model import Asset


class SpendOrder(StrEnum):
    """What a purchase takes first within a wallet."""

    BONUS_FIRST = "bonus_first"
    PRINCIPAL_FIRST = "principal_first"
    PROPORTIONAL = "proportional"


class BonusRule(StrEnum):
    """What becomes of a top-up's bonus when its unspent principal is refunded."""

    FORFEIT_ALL = "forfeit_all"
    """The top-up is undone: what is left of the bonus is lost, what was spent of it is taken off the refund."""
    PROPORTIONAL = "proportional"
    """Bonus stays in proportion to the principal spent; what was spent beyond that is taken off the refund."""
    KEEP_SPENT = "keep_spent"
    """What is left of the bonus is lost, what was spent is forgiven."""
    KEEP = "keep"
    """The bonus stays."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the merchant runs stored value. Amounts are minor units; None: no such limit."""

    spend_order: SpendOrder = SpendOrder.BONUS_FIRST
    bonus_rule: BonusRule = BonusRule.FORFEIT_ALL
    min_top_up_minor: int = 100
    max_top_up_minor: int = 1_000_000
    max_balance_minor: int | None = None
    any_amount: bool = True
    """Whether amounts other than those of the steps may be paid in."""


@dataclass(frozen=True, slots=True)
class Step:
    """Who pays in `pay_minor` or more gets `bonus_minor`, to be spent within `bonus_days` (None: for ever), at most
    `per_member` times (None: as often as she likes)."""

    step_id: UUID
    pay_minor: int
    bonus_minor: int
    bonus_days: int | None = None
    per_member: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps on offer in `[starts_at, ends_at)`, in these stores (none named: in all). Never rewritten: retired, and
    another put in its place."""

    ladder_id: UUID
    name: str
    steps: tuple[Step, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    store_ids: frozenset[UUID] = frozenset()
    retired_at: datetime | None = None

    def live(self, at: datetime, store_id: UUID) -> bool:
        return (
            (self.retired_at is None or at < self.retired_at)
            and (self.starts_at is None or self.starts_at <= at)
            and (self.ends_at is None or at < self.ends_at)
            and (not self.store_ids or store_id in self.store_ids)
        )


class MoneyKind(StrEnum):
    """How money came in or went out."""

    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Money:
    """Money handed over by one means; `reference` is the terminal's or provider's own number."""

    kind: MoneyKind
    amount_minor: int
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class TopUp:
    """`step_id`: the step whose bonus it got. `refunded_minor` went back to her so far. `identified_as`: the member
    whose phone or card was shown, where she is another by now."""

    top_up_id: UUID
    member_id: UUID
    store_id: UUID
    step_id: UUID | None
    principal_minor: int
    bonus_minor: int
    bonus_expires_at: datetime | None
    tenders: tuple[Money, ...]
    at: datetime
    business_day: date
    external_ref: str | None
    staff_id: UUID | None
    refunded_minor: int = 0
    identified_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class TopUpState:
    """What has become of a top-up, over all lots it granted. Spent is net of what orders gave back; `_left` is what is
    in her wallet and can be spent now; `_undone` what refunds of the top-up took already."""

    principal_minor: int
    bonus_minor: int
    principal_spent: int = 0
    bonus_spent: int = 0
    principal_left: int = 0
    bonus_left: int = 0
    deducted: int = 0
    """Taken off earlier refunds for bonus that was spent."""


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """What refunding a top-up's unspent principal comes to. All of `principal_minor` leaves the wallet; of it,
    `refunded_minor` goes back to her and `deducted_minor` pays for bonus she spent. `forfeited_minor` of bonus is
    lost, `kept_minor` stays."""

    principal_minor: int
    refunded_minor: int
    deducted_minor: int
    forfeited_minor: int
    kept_minor: int


@dataclass(frozen=True, slots=True)
class TopUpRefund:
    refund_id: UUID
    top_up_id: UUID
    store_id: UUID
    plan: RefundPlan
    kind: MoneyKind
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Funds:
    """What one wallet can pay with now."""

    wallet_id: UUID
    principal_minor: int
    bonus_minor: int

    @property
    def total_minor(self) -> int:
        return self.principal_minor + self.bonus_minor


@dataclass(frozen=True, slots=True)
class Spend:
    """`amount_minor` of `asset` from a wallet; which lots, the ledger knows."""

    wallet_id: UUID
    asset: Asset
    amount_minor: int


class CardStatus(StrEnum):
    """inactive → active ↔ frozen; active → bound; inactive → void."""

    INACTIVE = "inactive"
    """Printed, worth nothing yet."""
    ACTIVE = "active"
    FROZEN = "frozen"
    BOUND = "bound"
    """Its balance moved into a member's wallet; the card is spent."""
    VOID = "void"


@dataclass(frozen=True, slots=True)
class CardBatch:
    """Cards printed together. A card is worth `face_minor` once activated, until `valid_days` later (None: for ever).
    The file with numbers and PINs is there until it was fetched."""

    batch_id: UUID
    name: str
    size: int
    face_minor: int
    valid_days: int | None
    created_at: datetime
    downloaded_at: datetime | None
    voided_at: datetime | None
    counts: dict[CardStatus, int]


@dataclass(frozen=True, slots=True)
class Card:
    """A card's wallet has the card's id. `sale_id`: with which sale it was activated, at `store_id`."""

    card_id: UUID
    batch_id: UUID
    number: str
    status: CardStatus
    face_minor: int
    valid_days: int | None
    sale_id: UUID | None
    store_id: UUID | None
    activated_at: datetime | None
    expires_at: datetime | None
    member_id: UUID | None


@dataclass(frozen=True, slots=True)
class CardSale:
    """Cards activated together, and the money paid for them."""

    sale_id: UUID
    store_id: UUID
    cards: int
    face_minor: int
    tenders: tuple[Money, ...]
    at: datetime
