"""Segments that are kept."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request

from shuke.audience import service
from shuke.audience.api.views import (
    SegmentBody,
    SegmentChange,
    SegmentLineage,
    SegmentList,
    SegmentMember,
    SegmentMemberList,
    SegmentTagBody,
    SegmentTagging,
    SegmentView,
    SnapshotList,
    SnapshotView,
)
from shuke.audience.segments.model import SegmentStatus
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, allow
from shuke.infra.http_ids import SegmentId
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])

Reader = Annotated[Call, allow(Permission.SEGMENTS_READ)]
Writer = Annotated[Call, allow(Permission.SEGMENTS_WRITE)]


class SegmentArchive(Body):
    version: int


@router.get("")
def list_segments(
    call: Reader,
    status: SegmentStatus = SegmentStatus.ACTIVE,
    tagging: Annotated[bool, Query(description="Only those that put a tag on their members.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SegmentList:
    """Changed last first."""
    with call.unit() as unit:
        found = service.listed(unit, status, cursor, limit, tagging=tagging)
        return SegmentList(items=[SegmentView.of(unit, each) for each in found.items], next_cursor=found.next_cursor)


@router.post("", status_code=201)
def create_segment(body: SegmentBody, call: Writer) -> SegmentView:
    """It holds nobody until it is looked at (`POST …/refresh`), or filled by an import of kind `segment_members`."""
    return call.once(SegmentView, body, lambda unit: SegmentView.of(unit, service.create(unit, body.draft())))


@router.get("/{segment_id}")
def get_segment(segment_id: SegmentId, call: Reader) -> SegmentView:
    with call.unit() as unit:
        return SegmentView.of(unit, service.get(unit, segment_id))


@router.put("/{segment_id}")
def change_segment(segment_id: SegmentId, body: SegmentChange, call: Writer) -> SegmentView:
    """Its members follow with the next look at it. Its kind stays."""

    def act(unit: Unit) -> SegmentView:
        return SegmentView.of(unit, service.change(unit, segment_id, body.draft(), body.version))

    return call.once(SegmentView, body, act)


@router.post("/{segment_id}/archive")
def archive_segment(segment_id: SegmentId, body: SegmentArchive, call: Writer) -> SegmentView:
    """It is looked at no more; who was in it can still be seen. Refused while others are made of it."""
    return call.once(
        SegmentView, body, lambda unit: SegmentView.of(unit, service.archive(unit, segment_id, body.version))
    )


@router.post("/{segment_id}/refresh")
def refresh_segment(segment_id: SegmentId, request: Request, call: Writer) -> SegmentView:
    """Look at it now, by what has reached the lake; who came and went is kept."""
    lake: Path = request.app.state.settings.lake
    return call.once(SegmentView, None, lambda unit: SegmentView.of(unit, service.refresh(unit, lake, segment_id)))


@router.get("/{segment_id}/tag")
def show_segment_tag(segment_id: SegmentId, call: Reader) -> SegmentTagging:
    """The tag that its members have as long as they are in it."""
    with call.unit() as unit:
        return SegmentTagging.of(unit, service.tagging(unit, segment_id))


@router.put("/{segment_id}/tag")
def change_segment_tag(segment_id: SegmentId, body: SegmentTagBody, call: Writer) -> SegmentTagging:
    """Its members get the tag within minutes, and lose it when they leave; what people put on stays. Another tag, or
    none: the one before goes from those who have it because of this segment. Needs `tags.write` too."""

    def act(unit: Unit) -> SegmentTagging:
        unit.principal.require(Permission.TAGS_WRITE)
        return SegmentTagging.of(unit, service.change_tag(unit, segment_id, body.tag_id))

    return call.once(SegmentTagging, body, act)


@router.get("/{segment_id}/members")
def list_segment_members(
    segment_id: SegmentId, call: Reader, limit: Limit = 50, cursor: Cursor = None
) -> SegmentMemberList:
    """Who is in it by the last snapshot; who came last first."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        found = service.members_of(unit, segment_id, cursor, limit)
        refs = members.shown_refs(unit, [each.member_id for each in found.items])
        items = [SegmentMember(member=MemberRef.of(refs[each.member_id]), since=each.since) for each in found.items]
        return SegmentMemberList(items=items, next_cursor=found.next_cursor)


@router.get("/{segment_id}/snapshots")
def list_segment_snapshots(
    segment_id: SegmentId, call: Reader, limit: Limit = 50, cursor: Cursor = None
) -> SnapshotList:
    """The newest first."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        found = service.snapshots_of(unit, segment_id, cursor, limit)
        items = [SnapshotView.model_validate(each) for each in found.items]
        return SnapshotList(items=items, next_cursor=found.next_cursor)


@router.get("/{segment_id}/lineage")
def show_segment_lineage(segment_id: SegmentId, call: Reader) -> SegmentLineage:
    """What it is made of, and what is made of it, however far."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        return SegmentLineage.of(service.lineage(unit, segment_id))
