"""The only SQL of subscriptions and their payments."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id
from shuke.infra.outbox import domain_events
from shuke.loyalty.model import (
    PaymentKind,
    PaymentReason,
    PlanPayment,
    Subscription,
    SubscriptionStatus,
)
from shuke.loyalty.tables import plan_payments, subscriptions

_S = subscriptions.c


def lock(unit: Unit, member_id: UUID) -> None:
    """Nobody else opens or changes plans of this member until the transaction ends."""
    name = f"subscriptions:{unit.merchant_id.hex}:{member_id.hex}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def get(unit: Unit, subscription_id: UUID) -> Subscription | None:
    row = unit.connection.execute(
        sa.select(subscriptions).where(_S.merchant_id == unit.merchant_id, _S.subscription_id == subscription_id)
    ).first()
    return None if row is None else _subscription(row)


def of_member(unit: Unit, member_id: UUID) -> list[Subscription]:
    """Everything the member ever had, newest first."""
    rows = unit.connection.execute(
        sa.select(subscriptions)
        .where(_S.merchant_id == unit.merchant_id, _S.member_id == member_id)
        .order_by(_S.starts_at.desc(), _S.subscription_id.desc())
    )
    return [_subscription(row) for row in rows]


def _subscription(row: sa.Row[*tuple[Any, ...]]) -> Subscription:
    return Subscription(
        subscription_id=row.subscription_id,
        member_id=row.member_id,
        plan_id=row.plan_id,
        status=SubscriptionStatus(row.status),
        starts_at=row.starts_at,
        period_from=row.period_from,
        ends_on=row.ends_on,
        ends_at=row.ends_at,
        trial=row.trial,
        auto_renew=row.auto_renew,
        paid_minor=row.paid_minor,
        ended_at=row.ended_at,
        replaces_id=row.replaces_id,
    )


def add(unit: Unit, made: Subscription) -> None:
    unit.connection.execute(subscriptions.insert().values(merchant_id=unit.merchant_id, **asdict(made)))


def change(unit: Unit, subscription_id: UUID, **values: object) -> None:
    unit.connection.execute(
        subscriptions.update()
        .where(_S.merchant_id == unit.merchant_id, _S.subscription_id == subscription_id)
        .values(**values)
    )


def pay(unit: Unit, payment: PlanPayment, store_id: UUID | None) -> None:
    unit.connection.execute(
        plan_payments.insert().values(merchant_id=unit.merchant_id, store_id=store_id, **asdict(payment))
    )


def payments(unit: Unit, subscription_id: UUID) -> list[PlanPayment]:
    """Oldest first."""
    table = plan_payments.c
    rows = unit.connection.execute(
        sa.select(plan_payments)
        .where(table.merchant_id == unit.merchant_id, table.subscription_id == subscription_id)
        .order_by(table.at, table.payment_id)
    )
    return [
        PlanPayment(
            row.payment_id,
            row.subscription_id,
            row.at,
            PaymentReason(row.reason),
            PaymentKind(row.kind),
            row.amount_minor,
            row.reference,
        )
        for row in rows
    ]


def expire(unit: Unit, now: datetime) -> int:
    """Plans whose time is over are said to be, all at once, an event each; how many."""
    over = (
        subscriptions.update()
        .where(_S.merchant_id == unit.merchant_id, _S.status == SubscriptionStatus.ACTIVE.value, _S.ends_at <= now)
        .values(status=SubscriptionStatus.EXPIRED.value, ended_at=_S.ends_at)
        .returning(_S.subscription_id, _S.member_id, _S.ends_at)
        .cte("over")
    )
    columns = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    rows = sa.select(
        sa.literal(unit.merchant_id),
        fresh_id("over.ends_at"),
        sa.literal("subscription.expired"),
        over.c.subscription_id,
        over.c.member_id,
        over.c.ends_at,
        sa.literal({}, domain_events.c.payload.type),
    )
    told = domain_events.insert().from_select(columns, rows).cte("told")
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(over).add_cte(told)) or 0


def ending(unit: Unit, day: date) -> list[Subscription]:
    """Active plans whose last day that is, to be reminded of or renewed."""
    rows = unit.connection.execute(
        sa.select(subscriptions).where(
            _S.merchant_id == unit.merchant_id, _S.status == SubscriptionStatus.ACTIVE.value, _S.ends_on == day
        )
    )
    return [_subscription(row) for row in rows]
