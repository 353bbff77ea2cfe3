"""Erasing a member: first what would go, stay and stand in the way; then for good; and the record of it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, Cursor, Limit, TextView, View, allow
from shuke.infra.http_ids import ErasureId, MemberId
from shuke.infra.http_refs import MemberRef
from shuke.kernel.money import MAX_MINOR
from shuke.members.erasing import erasing, store
from shuke.members.erasing.model import Erasure, Preview
from shuke.members.erasing.plan import ErasingPlan
from shuke.tenancy.model import Permission

router = APIRouter(tags=["privacy"])

Reader = Annotated[Call, allow(Permission.PRIVACY_READ)]
Writer = Annotated[Call, allow(Permission.PRIVACY_WRITE)]


class Erase(Body):
    """`forfeit`: she gives up what stands in the way and is worth money. `paid_out_minor`: she was handed over so much
    of the stored value that she paid for; it has to be all that is left."""

    reason: Annotated[str, Field(min_length=1, max_length=500, description="Why; without personal data: it is kept.")]
    forfeit: bool = False
    paid_out_minor: Annotated[int, Field(ge=0, lt=MAX_MINOR)] = 0


class Going(View):
    code: str
    what: TextView
    rows: int


class Staying(View):
    what: TextView
    why: TextView


class Losing(View):
    """`amount` of what she has; of money in minor units."""

    code: str
    amount: int
    money: bool


class ObstacleView(View):
    """`forfeitable`: it does not stand in the way if she gives it up; `payable`: if she was paid it out."""

    code: str
    message: TextView
    amount_minor: int | None
    forfeitable: bool
    payable: bool


class ErasurePreview(View):
    member: MemberRef
    goes: list[Going]
    stays: list[Staying]
    losses: list[Losing]
    obstacles: list[ObstacleView]

    @classmethod
    def of(cls, found: Preview) -> "ErasurePreview":
        return cls(
            member=MemberRef.of(found.member),
            goes=[Going(code=each.code, what=TextView.of(each.what), rows=each.rows) for each in found.goes],
            stays=[Staying(what=TextView.of(each.what), why=TextView.of(each.why)) for each in found.stays],
            losses=[Losing(code=each.code, amount=each.amount, money=each.money) for each in found.losses],
            obstacles=[
                ObstacleView(
                    code=each.code,
                    message=TextView.of(each.message),
                    amount_minor=each.amount_minor,
                    forfeitable=each.forfeitable,
                    payable=each.payable,
                )
                for each in found.obstacles
            ],
        )


class Erased(View):
    """`counts`: how many rows of what went; `losses`: what she had and lost. `left_lake_at`: since when the analytic
    copies hold nothing of her either."""

    id: ErasureId
    member_id: MemberId
    number: str
    at: datetime
    by: str
    reason: str
    forfeited: bool
    counts: list[Going]
    losses: dict[str, int]
    left_lake_at: datetime | None


class ErasureList(View):
    items: list[Erased]
    next_cursor: str | None


@router.post("/members/{member_id}/erasure/preview")
def preview_erasure(request: Request, member_id: MemberId, call: Writer) -> ErasurePreview:
    """What an erasure would do now, and what stands in its way. Nothing changes."""
    with call.unit() as unit:
        return ErasurePreview.of(erasing.preview(unit, _plan(request), member_id))


@router.post("/members/{member_id}/erasure", status_code=201)
def erase_member(request: Request, member_id: MemberId, body: Erase, call: Writer) -> Erased:
    """Erase a member's personal data for good. Orders and books stay, under her number alone. 409 `erasure_hindered`
    says what stands in the way, 409 `paid_out_differs` that something else is left of her own money than was handed
    over; 410 `member_erased` where it was done already."""

    def act(unit: Unit) -> Erased:
        erased = erasing.erase(
            unit, _plan(request), member_id, body.reason, forfeit=body.forfeit, paid_out_minor=body.paid_out_minor
        )
        return _shown(request, erased)

    return call.once(Erased, body, act)


@router.get("/erasures")
def list_erasures(request: Request, call: Reader, limit: Limit = 50, cursor: Cursor = None) -> ErasureList:
    """Newest first. Nothing in it is personal."""
    with call.unit() as unit:
        found, following = store.newest_first(unit, cursor, limit)
        return ErasureList(items=[_shown(request, each) for each in found], next_cursor=following)


def _plan(request: Request) -> ErasingPlan:
    plan: ErasingPlan = request.app.state.erasing_plan
    return plan


def _shown(request: Request, erasure: Erasure) -> Erased:
    names = {each.code: each.what for each in _plan(request).goes}
    return Erased(
        id=erasure.erasure_id,
        member_id=erasure.member_id,
        number=erasure.number,
        at=erasure.at,
        by=erasure.by_name,
        reason=erasure.reason,
        forfeited=erasure.forfeited,
        counts=[
            Going(code=code, what=TextView.of(names[code]), rows=rows)
            for code, rows in sorted(erasure.counts.items())
            if code in names
        ],
        losses=dict(erasure.losses),
        left_lake_at=erasure.left_lake_at,
    )
