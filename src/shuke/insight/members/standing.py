"""What is known and expected of a member, and what to do next for her, over HTTP."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from shuke.audience import service as audience
from shuke.audience.model.portrait import Portrait, Preference
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.infra.http import Call, allow
from shuke.infra.http_ids import MemberId
from shuke.infra.http_refs import CategoryRef, StoreRef
from shuke.insight.members.next_action import Known, next_action
from shuke.insight.members.standing_views import MemberPortrait, NextAction, PortraitView, PreferenceView, StateView
from shuke.kernel.clock import business_day
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.model import Member
from shuke.offers import service as offers
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/members", tags=["members"])


@router.get("/{member_id}/portrait")
def read_portrait(
    member_id: MemberId, request: Request, call: Annotated[Call, allow(Permission.MEMBERS_READ)]
) -> MemberPortrait:
    """Her lifecycle, activity, scores, preferences and predictions as of last night, why they are so, and the next best
    action by what she holds this moment, with its reason."""
    root: Path = request.app.state.settings.lake
    with call.unit() as unit:
        member = members.get(unit, member_id)
        found = audience.portrait(unit, root, member.member_id)
        return MemberPortrait(
            portrait=_shown(unit, found) if found else None,
            next_action=NextAction.model_validate(next_action(_known(unit, member, found))),
        )


def _known(unit: Unit, member: Member, found: Portrait | None) -> Known:
    today = tenancy.today(unit)
    programme = loyalty.programme(unit)
    progress = loyalty.progress(unit, member.member_id, programme)
    coupons = offers.held(unit, member.member_id, unit.now())
    expiring = ledger.expiring(ledger.lots(unit, member.member_id), programme.timezone)
    ends = [business_day(coupon.valid_until, programme.timezone) for coupon in coupons]
    return Known(
        today=today,
        birthday=member.birthday,
        lifecycle=found.lifecycle.code if found else None,
        silent=found.since if found else None,
        rhythm=found.rhythm if found else None,
        next_day=found.next_day if found else None,
        overdue=found.overdue_days if found else 0,
        coupons=len(coupons),
        coupon_ends=min(ends, default=None),
        points_expiring=expiring[0].amount if expiring else 0,
        points_expire=expiring[0].on if expiring else None,
        next_tier=progress.next_tier.name if progress.next_tier else None,
        growth_left=progress.growth_to_next,
        growth_bps=progress.percent_bps,
    )


def _shown(unit: Unit, found: Portrait) -> PortraitView:
    values = {name: getattr(found, name) for name in PortraitView.model_fields}
    states = {name: StateView.model_validate(values[name]) for name in ("lifecycle", "grade")}
    return PortraitView.model_validate(values | states | {"preferences": _preferences(unit, found)})


def _preferences(unit: Unit, found: Portrait) -> list[PreferenceView]:
    kinds = {each.kind: each for each in found.preferences}
    stores = tenancy.store_refs(unit, [UUID(kinds["store"].value)] if "store" in kinds else [])
    categories = {category.category_id: category for category in catalog.categories(unit)}

    def shown(each: Preference) -> PreferenceView:
        category = categories.get(UUID(each.value)) if each.kind == "category" else None
        store = stores.get(UUID(each.value)) if each.kind == "store" else None
        return PreferenceView(
            kind=each.kind,
            value=category.name if category else store.name if store else each.value,
            category=CategoryRef.of(category) if category else None,
            store=StoreRef.of(store) if store else None,
            share_bps=each.share_bps,
        )

    return [shown(each) for each in found.preferences]
