"""Which segments a member is in."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.audience import service
from shuke.audience.api.views import SegmentRefView
from shuke.audience.segments.model import SegmentKind
from shuke.infra.http import Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import MemberId
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/members", tags=["segments"])


class MemberSegment(View):
    segment: SegmentRefView
    kind: SegmentKind
    since: datetime
    looked_at: Annotated[datetime, Field(description="When it was last known that she is in it.")]


class MemberSegmentList(View):
    items: list[MemberSegment]
    next_cursor: str | None


@router.get("/{member_id}/segments")
def list_member_segments(
    member_id: MemberId,
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MemberSegmentList:
    """The segments that she is in by the last look at each, without archived ones; where she came last first."""
    with call.unit() as unit:
        member = members.get(unit, member_id)
        found = service.holding_member(unit, member.member_id, cursor, limit)
        items = [
            MemberSegment(segment=SegmentRefView.of(each.segment), kind=each.kind, since=each.since, looked_at=each.at)
            for each in found.items
        ]
        return MemberSegmentList(items=items, next_cursor=found.next_cursor)
