"""Segments over HTTP."""

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from shuke.audience import service
from shuke.audience.model import Cap, Node
from shuke.audience.naming import described_for
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])


class PreviewRequest(Body):
    """A rule tree: `all`, `any` and `not` of conditions on attributes and on what members did."""

    tree: Node
    cap: Annotated[Cap | None, Field(description="Not all of them, but so many.")] = None


class SegmentPreview(View):
    """How many of everybody the tree holds, some of them (who joined last first), and what it says in words. It goes by
    what has reached the lake, a minute behind."""

    count: int
    everybody: int
    members: list[MemberRef]
    words: TextView
    today: date
    took_ms: Annotated[int, Field(description="Milliseconds that finding them took.")]


@router.post("/preview")
def preview_segment(
    body: PreviewRequest, request: Request, call: Annotated[Call, allow(Permission.SEGMENTS_READ)]
) -> SegmentPreview:
    """Whom a rule tree holds, while it is being written; nothing is stored."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        found = service.preview(unit, lake, body.tree, body.cap)
        refs = members.shown_refs(unit, found.members)
        return SegmentPreview(
            count=found.count,
            everybody=found.everybody,
            members=[MemberRef.of(refs[member_id]) for member_id in found.members if member_id in refs],
            words=TextView.of(described_for(unit, body.tree, body.cap)),
            today=found.today,
            took_ms=found.took_ms,
        )
