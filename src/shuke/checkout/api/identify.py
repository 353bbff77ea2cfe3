"""Who is at the till?"""

from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shuke.checkout.api.views import AppliedTier
from shuke.checkout.identifying import Identified, identify
from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_ids import MemberId
from shuke.loyalty.model import Progress
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.tenancy.model import Permission

router = APIRouter(tags=["checkout"])

_Typed = Annotated[str | None, Field(min_length=1, max_length=64)]


class IdentifyBody(Body):
    """Exactly one. `code` is whatever a scanner reads: a dynamic member code, a member number or a card number."""

    phone: _Typed = None
    card: _Typed = None
    code: _Typed = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(value is not None for value in (self.phone, self.card, self.code)) != 1:
            raise PydanticCustomError("one_of", "Give exactly one of phone, card and code.")
        return self


class IdentifiedMember(View):
    """A blocked member is recognised, but orders are not settled for her. The phone number is masked for those
    without `members.contact`."""

    id: MemberId
    number: str
    name: str | None
    phone: str | None
    status: MemberStatus
    tier: AppliedTier


class IdentifiedWallet(View):
    """`points_worth_minor`: what all the points would pay, before any cap."""

    points: int
    growth: int
    points_worth_minor: int


class TierKeeping(View):
    """`needed` more growth by the day `by`, and the tier stays."""

    needed: int
    by: date


class TierProgress(View):
    """How far to the next tier, and what keeps the present one; `sentence` says it to the member."""

    tier: AppliedTier
    growth: int
    window_from: date
    window_to: date
    next_tier: AppliedTier | None
    growth_to_next: int
    percent_bps: int
    keep: TierKeeping | None
    sentence: TextView

    @classmethod
    def of(cls, progress: Progress) -> "TierProgress":
        return cls(
            tier=AppliedTier.of(progress.tier),
            growth=progress.growth,
            window_from=progress.window_from,
            window_to=progress.window_to,
            next_tier=AppliedTier.of(progress.next_tier) if progress.next_tier else None,
            growth_to_next=progress.growth_to_next,
            percent_bps=progress.percent_bps,
            keep=TierKeeping(needed=progress.keep.needed, by=progress.keep.by) if progress.keep else None,
            sentence=TextView.of(progress.sentence),
        )


class Identity(View):
    """`identified_as`: another name of hers to which belonged what was shown; null for her own. Sent back with quote,
    order and top-up, these go with that name if the two are two again."""

    member: IdentifiedMember
    identified_as: MemberId | None
    wallet: IdentifiedWallet
    progress: TierProgress


@router.post("/identify")
def identify_member(body: IdentifyBody, call: Annotated[Call, allow(Permission.MEMBERS_READ)]) -> Identity:
    """The member behind a phone number, card or code, with tier and wallet; 404 `member_not_found`."""
    with call.unit() as unit:
        return _present(unit, identify(unit, phone=body.phone, card=body.card, code=body.code))


def _present(unit: Unit, identified: Identified) -> Identity:
    member, progress = identified.member, identified.progress
    members.saw(unit, [member], members.Place.IDENTIFY)
    return Identity(
        identified_as=identified.came_as,
        member=IdentifiedMember(
            id=member.member_id,
            number=member.number,
            name=members.shown_name(unit, member.name),
            phone=members.shown_phone(unit, member),
            status=member.status,
            tier=AppliedTier.of(progress.tier),
        ),
        wallet=IdentifiedWallet(
            points=identified.balances.points,
            growth=identified.balances.growth,
            points_worth_minor=identified.points_worth_minor,
        ),
        progress=TierProgress.of(progress),
    )
