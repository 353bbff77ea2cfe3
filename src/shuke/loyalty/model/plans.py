"""Paid membership: what is for sale, who has it, and what was paid."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shuke.kernel.text import Text


class RefundRule(StrEnum):
    """What cancelling gives back."""

    NOTHING = "nothing"
    UNUSED_DAYS = "unused_days"
    """The share of the days that are left."""
    FULL_THEN_NOTHING = "full_then_nothing"
    """All of it within `refund_days`, nothing later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Membership for `months` at a price; the first `trial_days` of somebody's first subscription cost nothing.

    A plan with a higher `rank` is an upgrade. What it entitles to are the benefits that name it.
    """

    plan_id: UUID
    code: str
    name: Text
    price_minor: int
    months: int
    rank: int = 0
    trial_days: int = 0
    refund: RefundRule = RefundRule.UNUSED_DAYS
    refund_days: int = 7
    on_sale: bool = True


class PaymentKind(StrEnum):
    """How a plan was paid for; the words of tenders at the till."""

    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    OTHER = "other"


class SubscriptionStatus(StrEnum):
    ACTIVE = "active"
    CANCELLED = "cancelled"
    UPGRADED = "upgraded"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A member's plan through the day `ends_on`. `paid_minor` is what the present period cost, net of refunds."""

    subscription_id: UUID
    member_id: UUID
    plan_id: UUID
    status: SubscriptionStatus
    starts_at: datetime
    period_from: date
    ends_on: date
    ends_at: datetime
    trial: bool
    auto_renew: bool
    paid_minor: int
    ended_at: datetime | None = None
    replaces_id: UUID | None = None


class PaymentReason(StrEnum):
    OPEN = "open"
    RENEW = "renew"
    UPGRADE = "upgrade"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class PlanPayment:
    """Money for a subscription, positive, or back, negative."""

    payment_id: UUID
    subscription_id: UUID
    at: datetime
    reason: PaymentReason
    kind: PaymentKind
    amount_minor: int
    reference: str | None


@dataclass(frozen=True, slots=True)
class Proration:
    """What changing to another plan costs now: its price less what the present one still is worth."""

    price_minor: int
    credit_minor: int
    days_left: int
    ends_on: date

    @property
    def due_minor(self) -> int:
        return max(self.price_minor - self.credit_minor, 0)


@dataclass(frozen=True, slots=True)
class PlanRefund:
    """What cancelling gives back today, and until when the plan is good."""

    amount_minor: int
    days_left: int
    rule: RefundRule
