"""What a member has, uses and was given; partners' codes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shuke.infra.database import Unit
from shuke.infra.http import Body, Call, TextView, View, allow
from shuke.infra.http_ids import BenefitGrantId, CouponTemplateId, MemberId
from shuke.kernel.errors import invalid_field
from shuke.loyalty import service
from shuke.loyalty.api.conditions import Code
from shuke.loyalty.benefits import giving, using
from shuke.loyalty.errors import NothingToUse
from shuke.loyalty.model import Grant, Held, PartnerCode, Programme, Uses
from shuke.members import service as members
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(tags=["benefits"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]
Writer = Annotated[Call, allow(Permission.MEMBERS_WRITE)]
Editor = Annotated[Call, allow(Permission.PROGRAMME_WRITE)]
Note = Annotated[str, Field(max_length=200)]
MAX_CODES = 5_000


class UsesView(View):
    """In the present period: `left` null is as often as one likes."""

    turn: str
    used: int
    left: int | None


class BenefitView(View):
    """A benefit she has, why (`ground`: tier, plan, tag, person; `by` which), until when, and what is left of it."""

    code: str
    name: TextView
    kind: str
    ground: str
    by: str
    until: datetime | None
    uses: UsesView | None


class PackItemView(View):
    template_id: CouponTemplateId
    count: int


class GrantView(View):
    """Something she was given or is due for an occasion; `code` is a partner's."""

    id: BenefitGrantId
    benefit: str | None
    occasion: str
    status: str
    due_at: datetime
    given_at: datetime | None
    coupons: list[PackItemView]
    code: str | None
    note: str | None


class BenefitsView(View):
    benefits: list[BenefitView]
    grants: list[GrantView]


class UseBody(Body):
    note: Note | None = None


class AttachBody(Body):
    """`until` null: without end."""

    until: datetime | None = None
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class CodesBody(Body):
    codes: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(min_length=1, max_length=MAX_CODES)


class CodesView(View):
    """`added` were new; of `total` the benefit has, `free` are still to give."""

    added: int
    total: int
    free: int


@router.get("/members/{member_id}/benefits")
def read_benefits(member_id: MemberId, call: Reader) -> BenefitsView:
    """What she has now and why, and what she was given."""
    with call.unit() as unit:
        return _present(unit, member_id)


@router.post("/members/{member_id}/benefits/{code}/uses", status_code=201)
def use_benefit(member_id: MemberId, code: Code, body: UseBody, call: Writer) -> UsesView:
    """Record that she used a service: a trial, a tasting, early registration."""

    def use(unit: Unit) -> UsesView:
        return UsesView.model_validate(using.use(unit, service.programme(unit), member_id, code, body.note))

    return call.once(UsesView, body, use)


@router.put("/members/{member_id}/benefits/{code}")
def attach_benefit(member_id: MemberId, code: Code, body: AttachBody, call: Writer) -> BenefitsView:
    """Give her a benefit in person."""

    def attach(unit: Unit) -> BenefitsView:
        if body.until is not None and (body.until.tzinfo is None or body.until <= unit.now()):
            raise invalid_field("until", "请填写将来的时间并写明时区。", "Name a moment to come, with its time zone.")
        using.give(unit, service.programme(unit), member_id, code, until=body.until, reason=body.reason)
        return _present(unit, member_id)

    return call.once(BenefitsView, body, attach)


@router.delete("/members/{member_id}/benefits/{code}")
def detach_benefit(member_id: MemberId, code: Code, call: Writer) -> BenefitsView:
    """Take back what was given in person."""

    def detach(unit: Unit) -> BenefitsView:
        members.get(unit, member_id)
        using.take(unit, service.programme(unit), member_id, code)
        return _present(unit, member_id)

    return call.once(BenefitsView, None, detach)


@router.post("/benefits/{code}/codes", status_code=201)
def add_partner_codes(code: Code, body: CodesBody, call: Editor) -> CodesView:
    """Import a partner's codes. Each is given once; those that are there already are left alone."""

    def add(unit: Unit) -> CodesView:
        benefit = using.find(service.programme(unit), code)
        if not isinstance(benefit.effect, PartnerCode):
            raise NothingToUse
        added = giving.add_codes(unit, benefit.benefit_id, body.codes)
        after = {"benefit": code, "codes": added}
        tenancy.record_change(unit, "partner_codes.added", "benefit", benefit.benefit_id, None, after)
        total, free = giving.codes_left(unit, benefit)
        return CodesView(added=added, total=total, free=free)

    return call.once(CodesView, body, add)


@router.get("/benefits/{code}/codes")
def read_partner_codes(code: Code, call: Annotated[Call, allow(Permission.PROGRAMME_READ)]) -> CodesView:
    """How many of a partner's codes are left. The codes themselves are for those who get them."""
    with call.unit() as unit:
        total, free = giving.codes_left(unit, using.find(service.programme(unit), code))
        return CodesView(added=0, total=total, free=free)


def _present(unit: Unit, member_id: MemberId) -> BenefitsView:
    programme = service.programme(unit)
    found = using.benefits_of(unit, programme, member_id)
    codes = giving.codes_of(unit, member_id)
    return BenefitsView(
        benefits=[_benefit(item, counted) for item, counted in found],
        grants=[_grant(programme, grant, codes.get(grant.grant_id)) for grant in giving.grants_of(unit, member_id)],
    )


def _benefit(item: Held, counted: Uses | None) -> BenefitView:
    return BenefitView(
        code=item.benefit.code,
        name=TextView.of(item.benefit.name),
        kind=item.benefit.effect.kind,
        ground=item.ground,
        by=item.by,
        until=item.until,
        uses=UsesView.model_validate(counted) if counted else None,
    )


def _grant(programme: Programme, grant: Grant, code: str | None) -> GrantView:
    benefit = programme.benefit(grant.benefit_id)
    return GrantView(
        id=grant.grant_id,
        benefit=benefit.code if benefit else None,
        occasion=grant.occasion,
        status=grant.status,
        due_at=grant.due_at,
        given_at=grant.given_at,
        coupons=[PackItemView(template_id=item.template_id, count=item.count) for item in grant.coupons],
        code=code,
        note=grant.note,
    )
