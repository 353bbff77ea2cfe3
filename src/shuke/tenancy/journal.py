"""The audit log is read: who did what, when, to which thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.tenancy import service
from shuke.tenancy.model import AuditEntry
from shuke.tenancy.tables import audit_log

_A = audit_log.c


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries to show. `action` is a whole action (`staff.hired`) or its noun (`staff`); days are business
    days, both included; `actor_name` is any part of a name."""

    actor_id: UUID | None = None
    actor_name: str | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None


def list_entries(
    unit: Unit, wanted: AuditFilter, *, oldest_first: bool, cursor: str | None, limit: int
) -> tuple[list[AuditEntry], str | None]:
    order = Sort(_A.at, _A.entry_id, descending=not oldest_first)
    rows, following = page(unit, _query(unit, wanted), order, cursor, limit)
    return [_entry(row) for row in rows], following


def all_entries(unit: Unit, wanted: AuditFilter) -> Iterator[AuditEntry]:
    """Newest first, read as they are used."""
    query = _query(unit, wanted).order_by(_A.at.desc(), _A.entry_id.desc()).execution_options(yield_per=500)
    with unit.connection.execute(query) as rows:
        for row in rows:
            yield _entry(row)


def _query(unit: Unit, wanted: AuditFilter) -> sa.Select[Any]:
    query = sa.select(audit_log).where(_A.merchant_id == unit.merchant_id)
    for column, value in (
        (_A.actor_id, wanted.actor_id),
        (_A.subject_type, wanted.subject_type),
        (_A.subject_id, wanted.subject_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.actor_name:
        query = query.where(_A.actor_name.icontains(wanted.actor_name, autoescape=True))
    if wanted.action:
        query = query.where((_A.action == wanted.action) | _A.action.startswith(f"{wanted.action}.", autoescape=True))
    if wanted.from_day or wanted.to_day:
        zone = ZoneInfo(service.merchant(unit).timezone)
        if wanted.from_day:
            query = query.where(_A.at >= _midnight(wanted.from_day, zone))
        if wanted.to_day and wanted.to_day < date.max:
            query = query.where(_A.at < _midnight(wanted.to_day + timedelta(days=1), zone))
    return query


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _entry(row: sa.Row[Any]) -> AuditEntry:
    return AuditEntry(
        entry_id=row.entry_id,
        at=row.at,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        action=row.action,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        before=row.before,
        after=row.after,
    )
