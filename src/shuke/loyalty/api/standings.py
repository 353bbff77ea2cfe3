"""Where a member stands: tier, way to the next one, and what decides."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter

from shuke.infra.database import Unit
from shuke.infra.http import Call, TextView, View, allow
from shuke.infra.http_ids import MemberId, OrderId, PostingId
from shuke.infra.http_refs import TierRef
from shuke.loyalty import service, standings
from shuke.loyalty.model import Reminder, Tier
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/members", tags=["members"])

Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]


class ReminderView(View):
    """Something to tell her: positive shows the way up, negative what keeps the tier. `near`: worth saying unasked."""

    kind: str
    tier: TierRef
    needed: int
    amount_minor: int | None
    by: date | None
    near: bool
    text: TextView


class CountedView(View):
    """A posting of growth that counts; from the day `leaves` on it no longer does."""

    id: PostingId
    on: date
    amount: int
    kind: str
    order_id: OrderId | None
    leaves: date


class TierWindowView(View):
    """What decides the tier today, posting by posting: the larger of `growth` and `growth_before` counts."""

    tier: TierRef
    since: datetime | None
    kept_until: date | None
    window_from: date
    before_from: date | None
    ends: date | None
    safe: bool
    growth: int
    growth_before: int
    sentence: TextView
    reminders: list[ReminderView]
    counted: list[CountedView]


@router.get("/{member_id}/tier/window")
def read_tier_window(member_id: MemberId, call: Reader) -> TierWindowView:
    """The orders that decide a member's tier, and when each falls out."""
    with call.unit() as unit:
        return _present(unit, member_id)


def _present(unit: Unit, member_id: MemberId) -> TierWindowView:
    programme = service.programme(unit)
    standing, of, counted = standings.window(unit, programme, member_id)
    progress = service.progress(unit, member_id, programme)
    return TierWindowView(
        tier=tier_ref(standing.tier),
        since=standing.since,
        kept_until=standing.kept_until,
        window_from=of.start,
        before_from=of.before,
        ends=of.ends,
        safe=of.safe,
        growth=sum(item.amount for item in counted if item.on >= of.start),
        growth_before=sum(item.amount for item in counted if item.on < of.start),
        sentence=TextView.of(progress.sentence),
        reminders=[_reminder(reminder) for reminder in progress.reminders],
        counted=[
            CountedView(
                id=item.posting_id,
                on=item.on,
                amount=item.amount,
                kind=item.kind,
                order_id=item.order_id,
                leaves=item.leaves,
            )
            for item in counted
        ],
    )


def _reminder(reminder: Reminder) -> ReminderView:
    return ReminderView(
        kind=reminder.kind,
        tier=tier_ref(reminder.tier),
        needed=reminder.needed,
        amount_minor=reminder.amount_minor,
        by=reminder.by,
        near=reminder.near,
        text=TextView.of(reminder.text),
    )


def tier_ref(tier: Tier) -> TierRef:
    return TierRef(id=tier.tier_id, code=tier.code, name=TextView.of(tier.name), rank=tier.rank)
