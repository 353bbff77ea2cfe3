"""Segments that are kept."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from shuke.audience import service
from shuke.audience.model import Node
from shuke.audience.naming import described_for
from shuke.audience.segments.model import Draft, Refresh, Segment, SegmentStatus, Snapshot
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import SegmentId
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])

Reader = Annotated[Call, allow(Permission.SEGMENTS_READ)]
Writer = Annotated[Call, allow(Permission.SEGMENTS_WRITE)]


class SegmentBody(Body):
    """A segment is a rule tree with a name, and says when it is looked at again: `continuous` within minutes of what
    happens, `daily` at night, `once` when asked."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    tree: Node
    refresh: Refresh = Refresh.DAILY

    def draft(self) -> Draft:
        return Draft(self.code, self.name, self.tree, self.refresh)


class SegmentChange(SegmentBody):
    version: Annotated[int, Field(description="Of the segment as it was read: another one means that it has changed.")]


class SegmentArchive(Body):
    version: int


class SnapshotView(View):
    """`as_of`: the business day that windows end with. `entered` and `left`: since the snapshot before."""

    number: int
    at: datetime
    as_of: date
    size: int
    entered: int
    left: int
    took_ms: int


class SegmentView(View):
    id: SegmentId
    code: str
    name: str
    tree: Node
    words: TextView
    refresh: Refresh
    status: SegmentStatus
    version: int
    updated_at: datetime
    last: Annotated[SnapshotView | None, Field(description="Null until it was looked at for the first time.")]

    @classmethod
    def of(cls, unit: Unit, segment: Segment) -> "SegmentView":
        draft = segment.draft
        return cls(
            id=segment.segment_id,
            code=draft.code,
            name=draft.name,
            tree=draft.tree,
            words=TextView.of(described_for(unit, draft.tree)),
            refresh=draft.refresh,
            status=segment.status,
            version=segment.version,
            updated_at=segment.updated_at,
            last=_shown(segment.last) if segment.last else None,
        )


class SegmentList(View):
    items: list[SegmentView]
    next_cursor: str | None


class SnapshotList(View):
    items: list[SnapshotView]
    next_cursor: str | None


class SegmentMember(View):
    member: MemberRef
    since: datetime


class SegmentMemberList(View):
    items: list[SegmentMember]
    next_cursor: str | None


def _shown(snapshot: Snapshot) -> SnapshotView:
    return SnapshotView.model_validate(snapshot)


@router.get("")
def list_segments(
    call: Reader, status: SegmentStatus = SegmentStatus.ACTIVE, limit: Limit = 50, cursor: Cursor = None
) -> SegmentList:
    """Changed last first."""
    with call.unit() as unit:
        found = service.listed(unit, status, cursor, limit)
        return SegmentList(items=[SegmentView.of(unit, each) for each in found.items], next_cursor=found.next_cursor)


@router.post("", status_code=201)
def create_segment(body: SegmentBody, call: Writer) -> SegmentView:
    """It holds nobody until it is looked at: `POST …/refresh`."""
    return call.once(SegmentView, body, lambda unit: SegmentView.of(unit, service.create(unit, body.draft())))


@router.get("/{segment_id}")
def get_segment(segment_id: SegmentId, call: Reader) -> SegmentView:
    with call.unit() as unit:
        return SegmentView.of(unit, service.get(unit, segment_id))


@router.put("/{segment_id}")
def change_segment(segment_id: SegmentId, body: SegmentChange, call: Writer) -> SegmentView:
    """Its members follow with the next look at it."""

    def act(unit: Unit) -> SegmentView:
        return SegmentView.of(unit, service.change(unit, segment_id, body.draft(), body.version))

    return call.once(SegmentView, body, act)


@router.post("/{segment_id}/archive")
def archive_segment(segment_id: SegmentId, body: SegmentArchive, call: Writer) -> SegmentView:
    """It is looked at no more; who was in it can still be seen."""
    return call.once(
        SegmentView, body, lambda unit: SegmentView.of(unit, service.archive(unit, segment_id, body.version))
    )


@router.post("/{segment_id}/refresh")
def refresh_segment(segment_id: SegmentId, request: Request, call: Writer) -> SegmentView:
    """Look at it now, by what has reached the lake; who came and went is kept."""
    lake: Path = request.app.state.settings.lake
    return call.once(SegmentView, None, lambda unit: SegmentView.of(unit, service.refresh(unit, lake, segment_id)))


@router.get("/{segment_id}/members")
def list_segment_members(
    segment_id: SegmentId, call: Reader, limit: Limit = 50, cursor: Cursor = None
) -> SegmentMemberList:
    """Who is in it by the last snapshot; who came last first."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        found = service.members_of(unit, segment_id, cursor, limit)
        refs = _refs(unit, [each.member_id for each in found.items])
        items = [SegmentMember(member=refs[each.member_id], since=each.since) for each in found.items]
        return SegmentMemberList(items=items, next_cursor=found.next_cursor)


@router.get("/{segment_id}/snapshots")
def list_segment_snapshots(
    segment_id: SegmentId, call: Reader, limit: Limit = 50, cursor: Cursor = None
) -> SnapshotList:
    """The newest first."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        found = service.snapshots_of(unit, segment_id, cursor, limit)
        return SnapshotList(items=[_shown(each) for each in found.items], next_cursor=found.next_cursor)


def _refs(unit: Unit, member_ids: list[UUID]) -> dict[UUID, MemberRef]:
    return {key: MemberRef.of(ref) for key, ref in members.shown_refs(unit, member_ids).items()}
