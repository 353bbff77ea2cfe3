"""All that is kept for a time only: what domains say of their own, and what lies below them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.events import retention as events
from shuke.events.tables import event_quarantine, tracked_events
from shuke.infra.database import Database, Unit
from shuke.infra.idempotency import idempotency_keys
from shuke.infra.imports.tables import import_rejects, imports
from shuke.kernel.text import Text
from shuke.members.privacy import retention
from shuke.members.privacy.retention import Older, Subject, few, over


def _before(table: sa.Table, column: str) -> Older:
    return lambda unit, before: (table.c.merchant_id == unit.merchant_id, table.c[column] < before)


def _rejects(unit: Unit, before: datetime) -> Sequence[sa.ColumnElement[bool]]:
    old = sa.select(imports.c.import_id).where(imports.c.merchant_id == unit.merchant_id, imports.c.started_at < before)
    return import_rejects.c.merchant_id == unit.merchant_id, import_rejects.c.import_id.in_(old)


def _events_days(unit: Unit) -> int:
    return events.retention(unit).events_days


def _keep_events(unit: Unit, days: int) -> None:
    events.keep_for(unit, replace(events.retention(unit), events_days=days))


def _quarantine_days(unit: Unit) -> int:
    return events.retention(unit).quarantine_days


def _keep_quarantine(unit: Unit, days: int) -> None:
    events.keep_for(unit, replace(events.retention(unit), quarantine_days=days))


_EVENTS, _ASIDE = _before(tracked_events, "received_at"), _before(event_quarantine, "received_at")
_KEYS = _before(idempotency_keys, "created_at")

SUBJECTS = (
    Subject(
        "events",
        Text("行为事件", "Tracked events"),
        events.Retention().events_days,
        1,
        Text("须长于各来源接受迟到消息的天数。", "More than the days for which a source may send late."),
        over(tracked_events, _EVENTS),
        events.forget_events,
        _events_days,
        _keep_events,
    ),
    Subject(
        "quarantine",
        Text("隔离区中的消息", "Messages set aside"),
        events.Retention().quarantine_days,
        1,
        Text("至少 1 天。", "At least one day."),
        over(event_quarantine, _ASIDE),
        events.forget_aside,
        _quarantine_days,
        _keep_quarantine,
    ),
    *retention.SUBJECTS,
    Subject(
        "imports",
        Text("导入时被拒绝的行", "Rows that imports refused"),
        90,
        7,
        Text("至少 7 天，以便更正后重新导入。", "At least 7 days, to correct them and import again."),
        over(import_rejects, _rejects),
        few(import_rejects, _rejects),
    ),
    Subject(
        "idempotency",
        Text("为重试保留的应答", "Answers kept for retries"),
        7,
        1,
        Text("至少 1 天，否则重试会重复执行。", "At least one day, or what is sent again is done again."),
        over(idempotency_keys, _KEYS),
        few(idempotency_keys, _KEYS, "created_at"),
    ),
)


def forget(database: Database, merchant_id: UUID) -> int:
    """Delete what is over of all of it, sort by sort and batch by batch; how much. No transaction holds rows of two
    sorts: whoever erases somebody holds them in an order of her own."""
    gone = 0
    for subject in SUBJECTS:
        more = 1
        while more:
            with database.merchant(merchant_id) as unit:
                more = retention.forget_batch(unit, [subject])
            gone += more
    return gone
