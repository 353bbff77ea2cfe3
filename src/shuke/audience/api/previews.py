"""Segments over HTTP."""

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from shuke.audience import service
from shuke.audience.estimating import DEAR
from shuke.audience.model import Cap, Node
from shuke.audience.naming import described_for
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_gone import while_wanted
from shuke.infra.http_refs import MemberRef
from shuke.infra.lake.stopping import Stop
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])


class PreviewRequest(Body):
    """A rule tree: `all`, `any` and `not` of conditions on attributes and on what members did."""

    tree: Node
    cap: Annotated[Cap | None, Field(description="Not all of them, but so many.")] = None


_ROWS = "Rows of facts and members that are read for it, at most."


class PreviewCost(View):
    """What a preview takes, told without asking it."""

    rows: Annotated[int, Field(description=_ROWS)]
    dear: Annotated[bool, Field(description="It may take seconds.")]


class SegmentPreview(View):
    """How many of everybody the tree holds, some of them (who joined last first), and what it says in words. It goes by
    what has reached the lake, a minute behind."""

    count: int
    everybody: int
    members: list[MemberRef]
    words: TextView
    today: date
    rows: Annotated[int, Field(description=_ROWS)]
    took_ms: Annotated[int, Field(description="Milliseconds that finding them took.")]


@router.post("/preview")
def preview_segment(
    body: PreviewRequest,
    request: Request,
    call: Annotated[Call, allow(Permission.SEGMENTS_READ)],
    stop: Annotated[Stop, Depends(while_wanted)],
) -> SegmentPreview:
    """Whom a rule tree holds, while it is being written; nothing is stored. Break the request off to cancel it:
    counting ends at once."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        found = service.preview(unit, lake, body.tree, body.cap, stop)
        refs = members.shown_refs(unit, found.members)
        return SegmentPreview(
            count=found.count,
            everybody=found.everybody,
            members=[MemberRef.of(refs[member_id]) for member_id in found.members if member_id in refs],
            words=TextView.of(described_for(unit, body.tree, body.cap)),
            today=found.today,
            rows=found.rows,
            took_ms=found.took_ms,
        )


@router.post("/preview/cost")
def cost_of_preview(
    body: PreviewRequest, request: Request, call: Annotated[Call, allow(Permission.SEGMENTS_READ)]
) -> PreviewCost:
    """What previewing a rule tree would take."""
    lake: Path = request.app.state.settings.lake
    with call.unit() as unit:
        rows = service.cost(unit, lake, body.tree, body.cap)
        return PreviewCost(rows=rows, dear=rows >= DEAR)
