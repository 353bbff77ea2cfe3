"""How long events and the quarantine are kept, and what is over is deleted, a batch at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.events.errors import ForgetsTooSoon
from shuke.events.tables import event_personal, event_quarantine, event_retention, event_sources, tracked_events
from shuke.infra.database import Unit
from shuke.tenancy import service as tenancy

BATCH = 5_000
_event, _personal, _aside = tracked_events.c, event_personal.c, event_quarantine.c


@dataclass(frozen=True, slots=True)
class Retention:
    """Days since they came."""

    events_days: int = 730
    quarantine_days: int = 90


def retention(unit: Unit) -> Retention:
    table = event_retention.c
    mine = sa.select(table.events_days, table.quarantine_days).where(table.merchant_id == unit.merchant_id)
    row = unit.connection.execute(mine).first()
    return Retention(row.events_days, row.quarantine_days) if row else Retention()


def keep_for(unit: Unit, wanted: Retention) -> Retention:
    """Raises ForgetsTooSoon: a message sent again is only known again while the first one is here."""
    source = event_sources.c
    late = unit.connection.execute(
        sa.select(source.name, source.late_days)
        .where(
            source.merchant_id == unit.merchant_id,
            source.revoked_at.is_(None),
            source.late_days >= wanted.events_days,
        )
        .order_by(source.late_days.desc(), source.source_id)
        .limit(1)
    ).first()
    if late is not None:
        raise ForgetsTooSoon(source=late.name, late=late.late_days)
    before = retention(unit)
    if before != wanted:
        values = {"events_days": wanted.events_days, "quarantine_days": wanted.quarantine_days}
        kept = insert(event_retention).values(merchant_id=unit.merchant_id, **values)
        unit.connection.execute(kept.on_conflict_do_update(index_elements=["merchant_id"], set_=values))
        said = {"events_days": before.events_days, "quarantine_days": before.quarantine_days}
        tenancy.record_change(unit, "event_retention.changed", "event_retention", unit.merchant_id, said, values)
    return wanted


def forget_batch(unit: Unit, now: datetime, limit: int = BATCH) -> int:
    """Delete the oldest of what is over; how much there was, 0 when nothing is left."""
    kept = retention(unit)
    events = forget_events(unit, now - timedelta(days=kept.events_days), limit)
    return events + forget_aside(unit, now - timedelta(days=kept.quarantine_days), limit)


def forget_events(unit: Unit, before: datetime, limit: int) -> int:
    """Events lie in the order in which they were written, which is that in which they came."""
    few = sa.literal(limit, literal_execute=True)
    oldest = (
        sa.select(_event.message_key, _event.received_at)
        .where(_event.merchant_id == unit.merchant_id)
        .order_by(_event.transaction_id, _event.message_key)
        .limit(few)
        .subquery()
    )
    keys = list(unit.connection.scalars(sa.select(oldest.c.message_key).where(oldest.c.received_at < before)))
    if keys:
        for table in (event_personal, tracked_events):
            mine = sa.and_(table.c.merchant_id == unit.merchant_id, table.c.message_key.in_(keys))
            unit.connection.execute(table.delete().where(mine))
    return len(keys)


def forget_aside(unit: Unit, before: datetime, limit: int) -> int:
    """Oldest first."""
    over = (
        sa.select(_aside.quarantined_id)
        .where(_aside.merchant_id == unit.merchant_id, _aside.received_at < before)
        .order_by(_aside.received_at, _aside.quarantined_id)
        .limit(sa.literal(limit, literal_execute=True))
    )
    mine = sa.and_(_aside.merchant_id == unit.merchant_id, _aside.quarantined_id.in_(over.scalar_subquery()))
    return unit.connection.execute(event_quarantine.delete().where(mine)).rowcount
