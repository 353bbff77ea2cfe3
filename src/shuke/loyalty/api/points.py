"""Points by hand, requests above the limit, and a member's statement."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import MemberId, OrderId, PointsRequestId, PostingId
from shuke.kernel.errors import invalid_field
from shuke.ledger.model import Asset
from shuke.loyalty import adjusting, service
from shuke.loyalty import statements as statement_of
from shuke.loyalty.model import PointsRequest, RequestStatus
from shuke.loyalty.statements import Line
from shuke.members import service as members
from shuke.members.model import MemberRef
from shuke.tenancy.model import Permission

router = APIRouter(tags=["points"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]
Adjuster = Annotated[Call, allow(Permission.POINTS_ADJUST)]
Approver = Annotated[Call, allow(Permission.POINTS_APPROVE)]
POINTS_MAX = 10**9


class AdjustBody(Body):
    """`amount` points to the member, negative: from her."""

    amount: Annotated[int, Field(ge=-POINTS_MAX, le=POINTS_MAX)]
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class RequestMember(View):
    id: MemberId
    number: str
    name: str | None


class PointsRequestView(View):
    """`posted`: within the limit, done at once. `pending`: waits for a second person."""

    id: PointsRequestId
    member: RequestMember | None
    amount: int
    reason: str
    status: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str | None


class PointsRequestList(View):
    items: list[PointsRequestView]
    next_cursor: str | None


class StatementLine(View):
    """`balance` is what was held after it, in the books; what was given is good from `available_at` to `expires_at`."""

    id: PostingId
    at: datetime
    amount: int
    balance: int
    kind: str
    text: TextView
    order_id: OrderId | None
    available_at: datetime | None
    expires_at: datetime | None


class Statement(View):
    items: list[StatementLine]
    next_cursor: str | None


@router.post("/members/{member_id}/points-adjustments", status_code=201)
def adjust_points(member_id: MemberId, body: AdjustBody, call: Adjuster) -> PointsRequestView:
    """Change points by hand, with a reason. Above the programme's limit a second person must approve."""

    def act(unit: Unit) -> PointsRequestView:
        if body.amount == 0:
            raise invalid_field("amount", "请填写不为 0 的积分数。", "Use an amount other than 0.")
        return _view(unit, adjusting.ask(unit, service.programme(unit), member_id, body.amount, body.reason))

    return call.once(PointsRequestView, body, act)


@router.get("/points-requests")
def list_points_requests(
    call: Adjuster, status: RequestStatus | None = None, limit: Limit = 50, cursor: Cursor = None
) -> PointsRequestList:
    """Changes by hand, newest first."""
    with call.unit() as unit:
        found = adjusting.listed(unit, status, cursor, limit)
        known = members.shown_refs(unit, {item.member_id for item in found.items})
        return PointsRequestList(
            items=[_present(item, known.get(item.member_id)) for item in found.items], next_cursor=found.next_cursor
        )


@router.post("/points-requests/{request_id}/approve")
def approve_points_request(request_id: PointsRequestId, call: Approver) -> PointsRequestView:
    """Post what somebody else asked for."""

    def act(unit: Unit) -> PointsRequestView:
        return _view(unit, adjusting.approve(unit, service.programme(unit), request_id))

    return call.once(PointsRequestView, None, act)


@router.post("/points-requests/{request_id}/refuse")
def refuse_points_request(request_id: PointsRequestId, call: Approver) -> PointsRequestView:
    """Do not post what somebody else asked for."""

    def act(unit: Unit) -> PointsRequestView:
        return _view(unit, adjusting.refuse(unit, service.programme(unit), request_id))

    return call.once(PointsRequestView, None, act)


@router.get("/members/{member_id}/statement")
def read_statement(
    member_id: MemberId, call: Reader, asset: Asset = Asset.POINTS, limit: Limit = 50, cursor: Cursor = None
) -> Statement:
    """What came and went of one asset in her own wallet, newest first, each line with the balance it left."""
    with call.unit() as unit:
        members.get(unit, member_id)
        found = statement_of.statement(unit, member_id, asset, cursor, limit)
        return Statement(items=[_line(line) for line in found.items], next_cursor=found.next_cursor)


def _view(unit: Unit, of: PointsRequest) -> PointsRequestView:
    return _present(of, members.shown_refs(unit, [of.member_id]).get(of.member_id))


def _present(of: PointsRequest, member: MemberRef | None) -> PointsRequestView:
    return PointsRequestView(
        id=of.request_id,
        member=RequestMember(id=member.member_id, number=member.number, name=member.name) if member else None,
        amount=of.amount,
        reason=of.reason,
        status=of.status,
        asked_at=of.asked_at,
        asked_by=of.asked_by_name,
        decided_at=of.decided_at,
        decided_by=of.decided_by_name,
    )


def _line(line: Line) -> StatementLine:
    return StatementLine(
        id=line.posting.posting_id,
        at=line.posting.at,
        amount=line.posting.amount,
        balance=line.balance,
        kind=line.posting.kind,
        text=TextView.of(line.text),
        order_id=line.posting.order_id,
        available_at=line.available_at,
        expires_at=line.expires_at,
    )
