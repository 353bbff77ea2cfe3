"""Points changed by hand: at once within a limit, by a second person's leave above it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.ids import new_id
from shuke.kernel.paging import Page
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import rules
from shuke.loyalty.errors import AlreadyDecided, NotYourOwn, RequestNotFound
from shuke.loyalty.model import PointsRequest, Programme, RequestStatus
from shuke.loyalty.tables import points_requests
from shuke.members import service as members
from shuke.tenancy import service as tenancy

_R = points_requests.c


def ask(unit: Unit, programme: Programme, member_id: UUID, amount: int, reason: str) -> PointsRequest:
    """Change a member's points by `amount`, for a reason: at once up to the programme's limit, else when somebody else
    approves. Raises MemberNotFound and NotEnough."""
    members.present(unit, member_id)
    within = abs(amount) <= programme.points.adjust_limit
    made = PointsRequest(
        request_id=new_id(),
        member_id=member_id,
        amount=amount,
        reason=reason,
        status=RequestStatus.POSTED if within else RequestStatus.PENDING,
        asked_at=unit.now(),
        asked_by=unit.principal.id,
        asked_by_name=unit.principal.name,
    )
    unit.connection.execute(
        points_requests.insert().values(
            merchant_id=unit.merchant_id,
            request_id=made.request_id,
            member_id=member_id,
            amount=amount,
            reason=reason,
            status=made.status.value,
            asked_at=made.asked_at,
            asked_by=made.asked_by,
            asked_by_name=made.asked_by_name,
        )
    )
    if within:
        _post(unit, programme, made)
    _record(unit, "points_request.posted" if within else "points_request.asked", made)
    return made


def approve(unit: Unit, programme: Programme, request_id: UUID) -> PointsRequest:
    """Post what was asked for. Raises RequestNotFound, AlreadyDecided, NotYourOwn, NotEnough."""
    return _decide(unit, programme, request_id, RequestStatus.APPROVED)


def refuse(unit: Unit, programme: Programme, request_id: UUID) -> PointsRequest:
    """Post nothing. Raises RequestNotFound, AlreadyDecided, NotYourOwn."""
    return _decide(unit, programme, request_id, RequestStatus.REFUSED)


def _decide(unit: Unit, programme: Programme, request_id: UUID, status: RequestStatus) -> PointsRequest:
    held = _read(unit, _R.request_id == request_id, lock=True)
    if not held:
        raise RequestNotFound
    if held[0].status is not RequestStatus.PENDING:
        raise AlreadyDecided
    if held[0].asked_by == unit.principal.id:
        raise NotYourOwn
    if status is RequestStatus.APPROVED:
        _post(unit, programme, held[0])
    unit.connection.execute(
        points_requests.update()
        .where(_R.merchant_id == unit.merchant_id, _R.request_id == request_id)
        .values(
            status=status.value,
            decided_at=unit.now(),
            decided_by=unit.principal.id,
            decided_by_name=unit.principal.name,
        )
    )
    (decided,) = _read(unit, _R.request_id == request_id)
    _record(unit, f"points_request.{status}", decided)
    return decided


def _post(unit: Unit, programme: Programme, of: PointsRequest) -> None:
    now: datetime = unit.now()
    ends = rules.expires_at(programme, now) if of.amount > 0 else None
    move = Move(of.member_id, Asset.POINTS, of.amount, Account.ADJUSTED, ends, None, of.request_id)
    ledger.post(unit, Entry(Kind.ADJUSTED, of.request_id, now, (move,), of.reason))


def _record(unit: Unit, action: str, of: PointsRequest) -> None:
    after = {"amount": of.amount, "reason": of.reason, "status": of.status}
    payload = {"amount": of.amount, "status": of.status}
    tenancy.record_change(
        unit, action, "points_request", of.request_id, None, after, member_id=of.member_id, payload=payload
    )


def listed(unit: Unit, status: RequestStatus | None, cursor: str | None, limit: int) -> Page[PointsRequest]:
    """Requests, newest first. Raises BadCursor."""
    query = sa.select(points_requests).where(_R.merchant_id == unit.merchant_id)
    if status is not None:
        query = query.where(_R.status == status.value)
    rows, following = page(unit, query, Sort(_R.asked_at, _R.request_id, descending=True), cursor, limit)
    return Page([_request(row) for row in rows], following)


def _read(unit: Unit, condition: sa.ColumnElement[bool], *, lock: bool = False) -> list[PointsRequest]:
    query = sa.select(points_requests).where(_R.merchant_id == unit.merchant_id, condition)
    return [_request(row) for row in unit.connection.execute(query.with_for_update() if lock else query)]


def _request(row: sa.Row[*tuple[Any, ...]]) -> PointsRequest:
    return PointsRequest(
        request_id=row.request_id,
        member_id=row.member_id,
        amount=row.amount,
        reason=row.reason,
        status=RequestStatus(row.status),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        asked_by_name=row.asked_by_name,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decided_by_name=row.decided_by_name,
    )
