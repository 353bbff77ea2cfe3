"""The audit log."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.http import Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import AuditId
from shuke.kernel.errors import invalid_field
from shuke.kernel.ids import Prefix, parse, show
from shuke.kernel.principal import PrincipalKind
from shuke.tenancy import journal
from shuke.tenancy.api.words import Search
from shuke.tenancy.journal import AuditFilter
from shuke.tenancy.model import AuditEntry, Permission

router = APIRouter(tags=["audit"])

_ACTORS: Mapping[str, Prefix] = {
    PrincipalKind.STAFF: Prefix.STAFF,
    PrincipalKind.API_KEY: Prefix.API_KEY,
    PrincipalKind.PLATFORM: Prefix.ACCOUNT,
}


class Actor(View):
    """`id` is null for Shuke itself."""

    kind: PrincipalKind
    id: str | None
    name: str


class AuditEntryView(View):
    id: AuditId
    at: datetime
    actor: Actor
    action: str
    subject_type: str
    subject_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditEntryView":
        prefix = _ACTORS.get(entry.actor_kind)
        return cls(
            id=entry.entry_id,
            at=entry.at,
            actor=Actor(
                kind=PrincipalKind(entry.actor_kind),
                id=prefix and show(prefix, entry.actor_id),
                name=entry.actor_name,
            ),
            action=entry.action,
            subject_type=entry.subject_type,
            subject_id=_subject(entry),
            before=None if entry.before is None else dict(entry.before),
            after=None if entry.after is None else dict(entry.after),
        )


class AuditLog(View):
    items: list[AuditEntryView]
    next_cursor: str | None


def _filter(
    actor: Annotated[Search | None, Query(description="An id, or part of a name.")] = None,
    action: Annotated[Search | None, Query(description="`staff.hired`, or `staff` for all about staff.")] = None,
    subject: Annotated[Search | None, Query(description="The id of what was changed, or its type.")] = None,
    from_: Annotated[date | None, Query(alias="from", description="First business day.")] = None,
    to: Annotated[date | None, Query(description="Last business day.")] = None,
) -> AuditFilter:
    if from_ and to and to < from_:
        raise invalid_field("to", "结束日期不能早于开始日期。", "The last day cannot lie before the first.")
    actor_id, subject_id = _any_id(actor), _any_id(subject)
    return AuditFilter(
        actor_id=actor_id,
        actor_name=actor if actor_id is None else None,
        action=action,
        subject_type=subject or None if subject_id is None else None,
        subject_id=subject_id,
        from_day=from_,
        to_day=to,
    )


Filter = Annotated[AuditFilter, Depends(_filter)]


@router.get("/audit-log")
def read_audit_log(
    call: Annotated[Call, allow(Permission.AUDIT_READ)],
    wanted: Filter,
    sort: Literal["at", "-at"] = "-at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AuditLog:
    """Who did what, newest first."""
    with call.unit() as unit:
        found, following = journal.list_entries(unit, wanted, oldest_first=sort == "at", cursor=cursor, limit=limit)
    return AuditLog(items=[AuditEntryView.of(entry) for entry in found], next_cursor=following)


@router.get("/audit-log/export", response_class=StreamingResponse)
def export_audit_log(call: Annotated[Call, allow(Permission.AUDIT_READ)], wanted: Filter) -> StreamingResponse:
    """The same entries as CSV, newest first."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            for entry in journal.all_entries(unit, wanted):
                yield (
                    entry.at,
                    entry.actor_kind,
                    entry.actor_name,
                    entry.action,
                    entry.subject_type,
                    _subject(entry),
                    _json(entry.before),
                    _json(entry.after),
                )

    header = ("at", "actor_kind", "actor", "action", "subject_type", "subject_id", "before", "after")
    return csv_response("audit-log", header, rows())


def _json(values: Mapping[str, object] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)


def _subject(entry: AuditEntry) -> str:
    """The id of what was changed, with its type's prefix where it has one."""
    prefix = Prefix.__members__.get(entry.subject_type.upper())
    return show(prefix, entry.subject_id) if prefix else entry.subject_id.hex


def _any_id(text: str | None) -> UUID | None:
    """The UUID in an id of any type; None when `text` is no id."""
    head, _, _ = (text or "").partition("_")
    try:
        return parse(Prefix(head), text or "")
    except ValueError:
        return None
