"""The laws of payments, checked on a live database: money that is booked was told of, once, and not more goes back."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.checkout.payments.model import RefundStatus
from shuke.checkout.payments.rules import ARRIVED, Effect
from shuke.checkout.payments.tables import payment_events, payment_refunds, payments
from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of


def audit(unit: Unit) -> Sequence[Check]:
    return [
        check_of("payments: money is what providers told", _count(unit, _untold(unit))),
        check_of("payments: refunds are what providers told", _count(unit, _refunds_untold(unit))),
        check_of("payments: no more goes back than came", _count(unit, _overpaid_back(unit))),
    ]


def _count(unit: Unit, offending: sa.Select[int]) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(offending.subquery())) or 0


def _untold(unit: Unit) -> sa.Select[int]:
    """Payments whose money and the answers that brought it are not one and one, or not the same amount."""
    events, table = payment_events.c, payments.c
    told = (
        sa.select(
            events.payment_id, sa.func.count().label("times"), sa.func.sum(events.amount_minor).label("amount_minor")
        )
        .where(
            events.merchant_id == unit.merchant_id,
            events.refund_id.is_(None),
            events.effect.in_([str(effect) for effect in ARRIVED]),
        )
        .group_by(events.payment_id)
        .subquery()
    )
    times, amount = sa.func.coalesce(told.c.times, 0), sa.func.coalesce(told.c.amount_minor, 0)
    once = sa.case((table.received_minor > 0, 1), else_=0)
    return (
        sa.select(sa.literal(1))
        .select_from(payments.outerjoin(told, told.c.payment_id == table.payment_id))
        .where(table.merchant_id == unit.merchant_id, sa.or_(times != once, amount != table.received_minor))
    )


def _refunds_untold(unit: Unit) -> sa.Select[int]:
    """Refunds that say they arrived without an answer that said so, or the other way round."""
    events, table = payment_events.c, payment_refunds.c
    told = sa.exists().where(
        events.merchant_id == table.merchant_id,
        events.refund_id == table.refund_id,
        events.effect == str(Effect.PAID),
    )
    arrived = table.status == str(RefundStatus.SUCCEEDED)
    return sa.select(sa.literal(1)).where(table.merchant_id == unit.merchant_id, arrived != told)


def _overpaid_back(unit: Unit) -> sa.Select[int]:
    table, back = payments.c, payment_refunds.c
    return (
        sa.select(sa.literal(1))
        .select_from(
            payments.join(
                payment_refunds,
                sa.and_(back.merchant_id == table.merchant_id, back.payment_id == table.payment_id),
            )
        )
        .where(table.merchant_id == unit.merchant_id, back.status != str(RefundStatus.FAILED))
        .group_by(table.payment_id, table.received_minor)
        .having(sa.func.sum(back.amount_minor) > table.received_minor)
    )
