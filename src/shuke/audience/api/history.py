"""Who came into segments and who went, and whom segments share."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import StreamingResponse

from shuke.audience import service
from shuke.audience.api.views import SegmentRefView
from shuke.audience.segments.model import Move, MovePosition
from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, View, allow
from shuke.infra.http_ids import SegmentId
from shuke.infra.http_refs import MemberRef
from shuke.kernel.paging import BadCursor, decode_cursor, encode_cursor
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])

Reader = Annotated[Call, allow(Permission.SEGMENTS_READ)]


class SegmentMove(View):
    """`number`: of the snapshot. `entered` false: she left."""

    segment_id: SegmentId
    number: int
    member: MemberRef
    entered: bool
    at: datetime


class SegmentMoveList(View):
    items: list[SegmentMove]
    next_cursor: str | None


class SegmentMoveFeed(View):
    """`next_cursor` is there even where nothing has moved yet: ask on from it."""

    items: list[SegmentMove]
    next_cursor: str


class OverlapRequest(Body):
    ids: Annotated[list[SegmentId], Field(min_length=2, max_length=5)]


class OverlapSegment(View):
    segment: SegmentRefView
    size: int


class OverlapPart(View):
    """How many are in all of `ids` and in none of the others that were asked for."""

    ids: list[SegmentId]
    count: int


class SegmentOverlap(View):
    """Sizes by the last snapshots, and every part that the segments cut each other into, empty ones too."""

    segments: list[OverlapSegment]
    parts: list[OverlapPart]


@router.get("/moves")
def list_segment_moves(
    call: Reader, segment_id: SegmentId | None = None, limit: Limit = 50, cursor: Cursor = None
) -> SegmentMoveFeed:
    """All entries and exits since `cursor` (none: since ever), oldest first. Nothing ever appears before what was read
    once."""
    with call.unit() as unit:
        moves, position = service.moves_after(unit, _position(cursor), limit, segment_id)
        return SegmentMoveFeed(items=_moves(unit, moves), next_cursor=_cursor(position))


@router.post("/overlap")
def compare_segments(body: OverlapRequest, call: Reader) -> SegmentOverlap:
    """Whom up to five segments share."""
    with call.unit() as unit:
        found = service.overlap(unit, body.ids)
        return SegmentOverlap(
            segments=[OverlapSegment(segment=SegmentRefView.of(ref), size=size) for ref, size in found.segments],
            parts=[OverlapPart(ids=list(part.of), count=part.count) for part in found.parts],
        )


@router.get("/{segment_id}/snapshots/{number}/moves")
def list_snapshot_moves(
    segment_id: SegmentId, number: int, call: Reader, limit: Limit = 50, cursor: Cursor = None
) -> SegmentMoveList:
    """Who came and went with one snapshot: those who came first."""
    with call.unit() as unit:
        service.get(unit, segment_id)
        found = service.moves_of(unit, segment_id, number, cursor, limit)
        return SegmentMoveList(items=_moves(unit, found.items), next_cursor=found.next_cursor)


@router.get("/{segment_id}/members/export")
def download_segment_members(segment_id: SegmentId, call: Reader) -> StreamingResponse:
    """Who is in it by the last snapshot, as an import of kind `segment_members` reads it."""

    def rows() -> Iterator[Sequence[Cell]]:
        with call.unit() as unit:
            code = service.get(unit, segment_id).draft.code
            for number, since in service.numbers_of(unit, segment_id):
                yield code, number, since

    return csv_response("segment", ("segment_code", "number", "since"), rows())


def _moves(unit: Unit, moves: Sequence[Move]) -> list[SegmentMove]:
    refs = members.shown_refs(unit, {move.member_id for move in moves})
    return [
        SegmentMove(
            segment_id=move.segment_id,
            number=move.number,
            member=MemberRef.of(refs[move.member_id]),
            entered=move.entered,
            at=move.at,
        )
        for move in moves
        if move.member_id in refs
    ]


def _position(cursor: str | None) -> MovePosition:
    if cursor is None:
        return service.BEGINNING
    transaction_id, segment_id, member_id = decode_cursor(cursor, 3)
    try:
        return MovePosition(int(str(transaction_id)), UUID(str(segment_id)), UUID(str(member_id)))
    except ValueError as error:
        raise BadCursor from error


def _cursor(position: MovePosition) -> str:
    return encode_cursor([position.transaction_id, str(position.segment_id), str(position.member_id)])
