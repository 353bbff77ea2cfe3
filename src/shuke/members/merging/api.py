"""Merging members, undoing it, and the list of merges."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from shuke.infra import http_refs
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import MemberId, MergeId
from shuke.members import profile
from shuke.members import store as people
from shuke.members.merging import merging, store, undoing
from shuke.members.merging.errors import MergeNotFound
from shuke.members.merging.model import Cause, Merge, Preview, Undone
from shuke.members.merging.plan import Plan
from shuke.tenancy.model import Permission

router = APIRouter(tags=["identity"])

Reader = Annotated[Call, allow(Permission.IDENTITY_READ)]
Writer = Annotated[Call, allow(Permission.IDENTITY_WRITE)]


class MergeWith(Body):
    """Who turned out to be the member of the path: what she has becomes that member's."""

    other: MemberId


class MergeView(View):
    """`undone_at`: since when the two are two again."""

    id: MergeId
    survivor: http_refs.MemberRef
    absorbed: http_refs.MemberRef
    at: datetime
    by: str
    cause: Cause
    undone_at: datetime | None


class MergeList(View):
    items: list[MergeView]
    next_cursor: str | None


class Moving(View):
    """How many rows of a table would become the survivor's."""

    table: str
    rows: int


class MergeDetail(MergeView):
    """`moved`: how many rows of each table became the survivor's. Undoing gives back those that still are."""

    moved: list[Moving]


class Refusal(View):
    code: str
    message: TextView


class MergePreview(View):
    """`refused`: what stands in the way; null where the merge would be done."""

    survivor: http_refs.MemberRef
    absorbed: http_refs.MemberRef
    moving: list[Moving]
    refused: Refusal | None


class SharedOut(View):
    """What of an asset becomes hers who was absorbed: `back` in the lots it was in, `moved` into new lots of the same
    age and end, because both were taken from at once. `spent`: what the survivor took of hers while the two were one;
    `spent_by_her`: the other way round. Neither is made good."""

    asset: str
    back: int
    moved: int
    spent: int
    spent_by_her: int


class Separation(View):
    """`later`: rows of a table that came after the merge in her name who was absorbed, and are hers."""

    survivor: http_refs.MemberRef
    absorbed: http_refs.MemberRef
    later: list[Moving]
    assets: list[SharedOut]


class UndoneMerge(MergeView):
    later: list[Moving]
    assets: list[SharedOut]


@router.post("/members/{member_id}/merge/preview")
def preview_merge(request: Request, member_id: MemberId, body: MergeWith, call: Reader) -> MergePreview:
    """What merging `other` into the member would move, or what stands in the way. Nothing changes."""
    with call.unit() as unit:
        return _preview(unit, merging.preview(unit, _plan(request), member_id, body.other))


@router.post("/members/{member_id}/merge", status_code=201)
def merge(request: Request, member_id: MemberId, body: MergeWith, call: Writer) -> MergeView:
    """Make `other` another name of the member: orders, points, coupons and all else become hers. It can be undone."""

    def act(unit: Unit) -> MergeView:
        return _shown(unit, [merging.merge(unit, _plan(request), member_id, body.other)])[0]

    return call.once(MergeView, body, act)


@router.post("/merges/{merge_id}/undo/preview")
def preview_undo(request: Request, merge_id: MergeId, call: Reader) -> Separation:
    """What undoing the merge would give back now, asset by asset, and what was spent together. Nothing changes."""
    with call.unit() as unit:
        undone = undoing.preview(unit, _plan(request), merge_id)
        who = _people(unit, undone.merge.pair.both)
        pair = undone.merge.pair
        return Separation(survivor=who[pair.survivor], absorbed=who[pair.absorbed], **_parts(undone))


@router.post("/merges/{merge_id}/undo")
def undo_merge(request: Request, merge_id: MergeId, call: Writer) -> UndoneMerge:
    """Make them two again, as they were. What came since in the name of her who was absorbed is hers, all else the
    survivor's; `assets` says what could not be given back as it was. 409 `not_the_latest_merge` while a later merge of
    the survivor holds."""

    def act(unit: Unit) -> UndoneMerge:
        undone = undoing.separate(unit, _plan(request), merge_id)
        return UndoneMerge(**_shown(unit, [undone.merge])[0].model_dump(), **_parts(undone))

    return call.once(UndoneMerge, None, act)


@router.get("/merges")
def list_merges(
    call: Reader,
    member_id: Annotated[MemberId | None, Query(description="Merges that this member was a part of.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MergeList:
    """Newest first."""
    with call.unit() as unit:
        found, following = store.newest_first(unit, member_id, cursor, limit)
        return MergeList(items=_shown(unit, found), next_cursor=following)


@router.get("/merges/{merge_id}")
def read_merge(merge_id: MergeId, call: Reader) -> MergeDetail:
    """A merge and what it moved."""
    with call.unit() as unit:
        merge = store.read(unit, merge_id)
        if merge is None:
            raise MergeNotFound
        moved = [Moving(table=table, rows=rows) for table, rows in sorted(store.rows_moved(unit, merge_id).items())]
        return MergeDetail(**_shown(unit, [merge])[0].model_dump(), moved=moved)


def _plan(request: Request) -> Plan:
    plan: Plan = request.app.state.merge_plan
    return plan


def _shown(unit: Unit, found: list[Merge]) -> list[MergeView]:
    who = _people(unit, [member_id for merge in found for member_id in merge.pair.both])
    return [
        MergeView(
            id=merge.merge_id,
            survivor=who[merge.pair.survivor],
            absorbed=who[merge.pair.absorbed],
            at=merge.at,
            by=merge.by_name,
            cause=merge.cause,
            undone_at=merge.undone_at,
        )
        for merge in found
    ]


def _parts(undone: Undone) -> dict[str, Any]:
    return {
        "later": [Moving(table=table, rows=rows) for table, rows in sorted(undone.later.items())],
        "assets": [SharedOut(**asdict(share)) for share in undone.shares],
    }


def _preview(unit: Unit, found: Preview) -> MergePreview:
    who = _people(unit, found.pair.both)
    refused = found.refused
    return MergePreview(
        survivor=who[found.pair.survivor],
        absorbed=who[found.pair.absorbed],
        moving=[Moving(table=table, rows=rows) for table, rows in sorted(found.moving.items())],
        refused=refused and Refusal(code=refused.code, message=TextView.of(refused.message)),
    )


def _people(unit: Unit, member_ids: list[MemberId]) -> dict[MemberId, http_refs.MemberRef]:
    """As the caller may see them."""
    found = profile.shown_refs(unit, people.refs(unit, member_ids) if member_ids else {})
    return {member_id: http_refs.MemberRef.of(ref) for member_id, ref in found.items()}
