"""Why a member is in a segment or not."""

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from shuke.audience import service
from shuke.audience.errors import NotLookedAt
from shuke.audience.model import Node
from shuke.audience.naming import namer
from shuke.audience.reading.why import Verdict
from shuke.audience.reading.words import Named, described
from shuke.audience.rules.walking import below
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_ids import MemberId, SegmentId
from shuke.infra.http_refs import MemberRef
from shuke.members import service as members
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/segments", tags=["segments"])

Reader = Annotated[Call, allow(Permission.SEGMENTS_READ)]


class WhyRequest(Body):
    tree: Node
    member_id: MemberId


class WhyNode(View):
    """One node of the rule tree, and `of` those below it in their order."""

    rule: str
    words: TextView
    holds: bool
    decides: Annotated[bool, Field(description="The verdict of the whole would not follow without this one.")]
    value: Annotated[
        int | str | date | None,
        Field(description="What was measured of her; null where it is missing, or nothing is measured."),
    ]
    needed: Annotated[
        int | None,
        Field(description="The nearest value with which this node would say what it has to say for her to be held."),
    ]
    of: list["WhyNode"]

    @classmethod
    def of_node(cls, node: Node, verdict: Verdict, name: Named) -> "WhyNode":
        return cls(
            rule=node.rule,
            words=TextView.of(described(node, name)),
            holds=verdict.holds,
            decides=verdict.decides,
            value=verdict.value,
            needed=verdict.needed,
            of=[cls.of_node(*each, name) for each in zip(below(node), verdict.of, strict=True)],
        )


class SegmentWhy(View):
    """By what has reached the lake, `today` being the business day on which windows end."""

    member: MemberRef
    holds: bool
    today: date
    why: WhyNode


@router.get("/{segment_id}/members/{member_id}/why")
def explain_segment_member(segment_id: SegmentId, member_id: MemberId, request: Request, call: Reader) -> SegmentWhy:
    """Why this member is held by the segment as it is written now, or is not, and what it would take. Any member may be
    asked for."""
    with call.unit() as unit:
        tree = service.get(unit, segment_id).draft.tree
        if tree is None:
            raise NotLookedAt
        return _explained(unit, request, tree, member_id)


@router.post("/preview/why")
def explain_preview(body: WhyRequest, request: Request, call: Reader) -> SegmentWhy:
    """The same of a rule tree while it is being written."""
    with call.unit() as unit:
        return _explained(unit, request, body.tree, body.member_id)


def _explained(unit: Unit, request: Request, tree: Node, member_id: MemberId) -> SegmentWhy:
    lake: Path = request.app.state.settings.lake
    found = service.explain(unit, lake, tree, member_id)
    return SegmentWhy(
        member=MemberRef.of(members.shown_refs(unit, [member_id])[member_id]),
        holds=found.verdict.holds,
        today=found.today,
        why=WhyNode.of_node(tree, found.verdict, namer(unit, tree)),
    )
