"""Payments as everybody sees them, and what a provider can tell of one.

A payment is an intent to take an amount for something (an order, a top-up, a plan). Its number at the provider is
its own id, so that asking twice is asking once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """What a payment is for; its `reference_id` is the id of that."""

    ORDER = "order"
    TOP_UP = "top_up"
    PLAN = "plan"


class ProviderName(StrEnum):
    CASH = "cash"
    MANUAL = "manual"
    WECHAT = "wechat"
    ALIPAY = "alipay"


class Method(StrEnum):
    """How the payer is asked. `till`: money in the drawer, or a terminal's slip; the provider is not asked at all."""

    TILL = "till"
    NATIVE = "native"
    AUTH_CODE = "auth_code"
    JSAPI = "jsapi"
    H5 = "h5"


class PaymentStatus(StrEnum):
    """created: the provider may not know of it yet. pending: it waits for the payer. The others are final, but
    money that arrives after `failed` or `closed` is still booked (`received_minor`) and sent back."""

    CREATED = "created"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"


LIVE = frozenset({PaymentStatus.CREATED, PaymentStatus.PENDING})


class RefundStatus(StrEnum):
    CREATED = "created"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Attention(StrEnum):
    """Why a person must look at it."""

    AMOUNT_DIFFERS = "amount_differs"
    NOT_DELIVERED = "not_delivered"
    REFUNDED_ELSEWHERE = "refunded_elsewhere"
    REFUND_STUCK = "refund_stuck"
    REFUND_FAILED = "refund_failed"
    ACCOUNT_CHANGED = "account_changed"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be paid. `reference` is the slip's or transfer's own number of a manual payment."""

    purpose: Purpose
    reference_id: UUID
    provider: ProviderName
    method: Method
    amount_minor: int
    description: str
    store_id: UUID | None = None
    expires_at: datetime | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """`received_minor` is what arrived: 0 or the whole amount, whatever the status says.

    `payee` is the account at the provider it is paid to; `handover` what the payer is shown (a code, a link).
    `delivered_at` is when what was paid for was handed to whoever asked for it; `abandoned_at` when nobody wanted it
    any more. `check_at` is when the provider is asked again: also, once, after a payment ended unpaid.
    """

    payment_id: UUID
    purpose: Purpose
    reference_id: UUID
    provider: ProviderName
    method: Method
    payee: str
    amount_minor: int
    currency: str
    description: str
    store_id: UUID | None
    status: PaymentStatus
    received_minor: int
    provider_ref: str | None
    handover: Mapping[str, str]
    failure: str | None
    attention: Attention | None
    created_at: datetime
    expires_at: datetime
    abandoned_at: datetime | None
    paid_at: datetime | None
    ended_at: datetime | None
    delivered_at: datetime | None
    check_at: datetime | None

    @property
    def live(self) -> bool:
        return self.status in LIVE

    def overdue(self, now: datetime) -> bool:
        """Whether it should be paid no more."""
        return self.abandoned_at is not None or now >= self.expires_at

    @property
    def trade_no(self) -> str:
        """Its number at the provider: 32 letters and digits, as short as WeChat wants it."""
        return self.payment_id.hex


@dataclass(frozen=True, slots=True)
class PaymentRefund:
    """Money sent back. `refund_id` is also its number at the provider: sent twice, it is sent once."""

    refund_id: UUID
    payment_id: UUID
    amount_minor: int
    reason: str
    status: RefundStatus
    provider_ref: str | None
    failure: str | None
    attention: Attention | None
    created_at: datetime
    ended_at: datetime | None
    check_at: datetime | None

    @property
    def refund_no(self) -> str:
        return self.refund_id.hex


class Telling(StrEnum):
    """What a provider says of a payment or refund. `absent`: it knows of none such. `unknown`: no answer, or none
    that can be believed; nothing follows from it but asking again."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a provider. `payload` is what of it is kept: no personal data. For refunds, `paid` means paid
    back, and `stuck` that it will not move without a person."""

    telling: Telling
    reason: str = ""
    provider_ref: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    at: datetime | None = None
    handover: Mapping[str, str] = field(default_factory=dict)
    attention: Attention | None = None
    payload: Mapping[str, object] = field(default_factory=dict)


class Source(StrEnum):
    """Where an answer came from."""

    TILL = "till"
    START = "start"
    QUERY = "query"
    CLOSE = "close"
    NOTIFICATION = "notification"
    REFUND = "refund"
    REFUND_QUERY = "refund_query"


@dataclass(frozen=True, slots=True)
class Payer:
    """What `start` needs to know of who pays, and nobody keeps: the code on her phone, her id at the provider."""

    auth_code: str | None = None
    open_id: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """What a provider sent by itself. `key` is the provider's own number of it: the same one twice is a duplicate."""

    key: str
    trade_no: str
    refund_no: str | None
    told: Told


@dataclass(frozen=True, slots=True)
class Paid:
    """Told to whoever asked for the money, once, in the transaction that books it."""

    payment_id: UUID
    purpose: Purpose
    reference_id: UUID
    provider: ProviderName
    method: Method
    amount_minor: int
    currency: str
    provider_ref: str | None
    store_id: UUID | None
    paid_at: datetime
