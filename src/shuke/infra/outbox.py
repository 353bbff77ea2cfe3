"""Domain events: what changed, written in the transaction that changed it, read by cursor.

Numbers from a sequence are taken before a transaction commits, so a reader that remembers "the last number I
saw" loses rows that commit late. Here each row stores its transaction id, and readers stop below the oldest
transaction still running: what they have passed can never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.schema import json_column, tenant_table, timestamp
from shuke.kernel.audit import Check, check_of
from shuke.kernel.ids import new_id

# Keyed in the order in which they are read: a key of the event's id alone would be one more index to write for each
# event, and nobody looks for one by that.
domain_events = tenant_table(
    "domain_events",
    sa.Column(
        "transaction_id",
        sa.BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=sa.text("pg_current_xact_id()::text::bigint"),
    ),
    sa.Column("event_id", sa.Uuid, primary_key=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Uuid, nullable=False),
    sa.Column("member_id", sa.Uuid, nullable=True),
    sa.Column("occurred_at", timestamp(), nullable=False),
    json_column("payload", "{}"),
    sa.Index(None, "merchant_id", "member_id", "occurred_at", postgresql_where=sa.text("member_id IS NOT NULL")),
    append_only=True,
)

HORIZON = sa.cast(sa.cast(sa.text("pg_snapshot_xmin(pg_current_snapshot())"), sa.Text), sa.BigInteger)
"""The oldest transaction that still runs: all below it can be seen by this statement, and nothing can appear there any
more."""


@dataclass(frozen=True, slots=True)
class DomainEvent:
    """Something that happened: `type` is `noun.verb` in the past tense; the payload holds no personal data."""

    type: str
    subject_id: UUID
    occurred_at: datetime
    member_id: UUID | None
    payload: Mapping[str, object]
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come."""

    transaction_id: int
    event_id: UUID


START = Position(0, UUID(int=0))
"""Before everything."""


def emit(
    unit: Unit,
    type: str,
    subject_id: UUID,
    payload: Mapping[str, object] | None = None,
    *,
    member_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> None:
    """Write one event; it exists if and only if the transaction commits."""
    row = _row(unit, type, subject_id, member_id, occurred_at or unit.now())
    unit.connection.execute(domain_events.insert(), {**row, "payload": dict(payload or {})})


def emit_all(unit: Unit, type: str, of: Sequence[tuple[UUID, UUID | None]]) -> None:
    """Write one event of a type for each subject and member, as of now."""
    now = unit.now()
    if of:
        rows = [_row(unit, type, *each, now) for each in sorted(of)]
        unit.connection.execute(domain_events.insert(), rows)


def _row(unit: Unit, type: str, subject_id: UUID, member_id: UUID | None, at: datetime) -> dict[str, object]:
    return {
        "merchant_id": unit.merchant_id,
        "event_id": new_id(),
        "type": type,
        "subject_id": subject_id,
        "member_id": member_id,
        "occurred_at": at,
        "payload": {},
    }


def read_after(unit: Unit, position: Position, limit: int = 1000) -> tuple[Sequence[DomainEvent], Position]:
    """The next events of the unit's merchant after `position`, in an order that never gains rows behind it."""
    table = domain_events.c
    rows = unit.connection.execute(
        sa.select(domain_events)
        .where(
            table.merchant_id == unit.merchant_id,
            sa.tuple_(table.transaction_id, table.event_id) > (position.transaction_id, position.event_id),
            table.transaction_id < HORIZON,
        )
        .order_by(table.transaction_id, table.event_id)
        .limit(limit)
    ).all()
    events = [
        DomainEvent(row.type, row.subject_id, row.occurred_at, row.member_id, row.payload, row.event_id) for row in rows
    ]
    return events, Position(rows[-1].transaction_id, rows[-1].event_id) if rows else position


def of_member(unit: Unit, ids: Sequence[UUID], before: datetime, before_id: UUID, limit: int) -> Sequence[DomainEvent]:
    """A member's events, by every id she was ever known by, newest first, strictly before `(before, before_id)`."""
    table = domain_events.c
    # With one id, which nearly everybody has, the index is walked in its order.
    hers = table.member_id == ids[0] if len(ids) == 1 else table.member_id.in_(ids)
    rows = unit.connection.execute(
        sa.select(domain_events)
        .where(
            table.merchant_id == unit.merchant_id,
            hers,
            sa.tuple_(table.occurred_at, table.event_id) < (before, before_id),
        )
        .order_by(table.occurred_at.desc(), table.event_id.desc())
        .limit(limit)
    )
    return [
        DomainEvent(row.type, row.subject_id, row.occurred_at, row.member_id, row.payload, row.event_id) for row in rows
    ]


def audit(unit: Unit) -> Sequence[Check]:
    """That no event is of a transaction which this server has yet to begin: a dump restored into a new server is full
    of them, and readers would pass by what happens from now on. `pg_resetwal --next-transaction-id` puts it right."""
    table = domain_events.c
    ahead = sa.select(sa.func.count()).where(
        table.merchant_id == unit.merchant_id,
        table.transaction_id > sa.cast(sa.cast(sa.func.pg_current_xact_id(), sa.Text), sa.BigInteger),
    )
    return [check_of("events: none is ahead of the server's transactions", unit.connection.scalar(ahead) or 0)]
