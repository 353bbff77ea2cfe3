"""Plans are opened, renewed, upgraded and cancelled. Money is taken elsewhere and recorded here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.loyalty import rules
from shuke.loyalty.benefits.granting import gifts, grant_to
from shuke.loyalty.errors import (
    AlreadySubscribed,
    AmountDiffers,
    NotActive,
    NotAnUpgrade,
    NoTrialAgain,
    PlanNotFound,
    PlanNotOnSale,
    SubscriptionNotFound,
)
from shuke.loyalty.model import (
    Occasion,
    PaymentKind,
    PaymentReason,
    Plan,
    PlanPayment,
    PlanRefund,
    Programme,
    Proration,
    Subscription,
    SubscriptionStatus,
)
from shuke.loyalty.plans import store
from shuke.loyalty.rules import plans as periods
from shuke.members import service as members
from shuke.tenancy import service as tenancy


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that was taken (or, for a refund, how it goes back)."""

    kind: PaymentKind
    amount_minor: int
    reference: str | None = None
    store_id: UUID | None = None


def plan_of(programme: Programme, code: str) -> Plan:
    """The plan with that code; raises PlanNotFound."""
    found = next((plan for plan in programme.plans if plan.code == code), None)
    if found is None:
        raise PlanNotFound
    return found


def require_plan_for(unit: Unit, programme: Programme, member_id: UUID, code: str) -> Plan:
    """A plan that the member can open now; nobody else opens one for her until the transaction ends. Raises
    MemberNotFound, PlanNotFound, PlanNotOnSale and AlreadySubscribed."""
    plan = plan_of(programme, code)
    members.present(unit, member_id)
    store.lock(unit, member_id)
    if not plan.on_sale:
        raise PlanNotOnSale
    if any(each.plan_id == plan.plan_id and is_good(unit, each) for each in store.of_member(unit, member_id)):
        raise AlreadySubscribed
    return plan


def open_plan(
    unit: Unit,
    programme: Programme,
    member_id: UUID,
    code: str,
    paid: Paid | None,
    *,
    trial: bool = False,
    auto_renew: bool = False,
) -> Subscription:
    """Start a plan for a member: for its price, or as the trial that everybody has once.

    Raises MemberNotFound, PlanNotFound, PlanNotOnSale, AlreadySubscribed, NoTrialAgain and AmountDiffers.
    """
    plan = require_plan_for(unit, programme, member_id, code)
    had = store.of_member(unit, member_id)
    if trial and (not plan.trial_days or any(each.plan_id == plan.plan_id for each in had)):
        raise NoTrialAgain
    store.expire(unit, unit.now())
    today = business_day(unit.now(), programme.timezone)
    last = periods.trial_last_day(plan, today) if trial else periods.last_day(plan, today)
    price = 0 if trial else plan.price_minor
    made = _subscription(unit, programme, member_id, plan, today, last, trial=trial, auto_renew=auto_renew, paid=price)
    store.add(unit, made)
    _take(unit, programme, made, PaymentReason.OPEN, price, paid)
    _record(unit, "subscription.opened", made, plan, {"trial": trial, "paid_minor": price})
    _gift(unit, programme, made)
    return made


def _subscription(
    unit: Unit,
    programme: Programme,
    member_id: UUID,
    plan: Plan,
    first: date,
    last: date,
    *,
    trial: bool,
    auto_renew: bool,
    paid: int,
    replaces: UUID | None = None,
) -> Subscription:
    return Subscription(
        subscription_id=new_id(),
        member_id=member_id,
        plan_id=plan.plan_id,
        status=SubscriptionStatus.ACTIVE,
        starts_at=unit.now(),
        period_from=first,
        ends_on=last,
        ends_at=rules.day_start(last + timedelta(days=1), programme.timezone),
        trial=trial,
        auto_renew=auto_renew,
        paid_minor=paid,
        replaces_id=replaces,
    )


def is_good(unit: Unit, subscription: Subscription) -> bool:
    return subscription.status is SubscriptionStatus.ACTIVE and subscription.ends_at > unit.now()


def held(unit: Unit, programme: Programme, subscription_id: UUID) -> tuple[Subscription, Plan]:
    """An active subscription that nobody else changes, and its plan. Raises SubscriptionNotFound, NotActive,
    PlanNotFound."""
    found = store.get(unit, subscription_id)
    if found is None:
        raise SubscriptionNotFound
    store.lock(unit, found.member_id)
    found = store.get(unit, subscription_id)
    if found is None or not is_good(unit, found):
        raise NotActive
    plan = programme.plan(found.plan_id)
    if plan is None:
        raise PlanNotFound
    return found, plan


def require_renewable(unit: Unit, programme: Programme, subscription_id: UUID) -> tuple[Subscription, Plan]:
    """A subscription that another period can be bought for now, and its plan. Raises what `held` does, and
    PlanNotOnSale."""
    present, plan = held(unit, programme, subscription_id)
    if not plan.on_sale:
        raise PlanNotOnSale
    return present, plan


def renew(unit: Unit, programme: Programme, subscription_id: UUID, paid: Paid | None) -> Subscription:
    """Another period behind the one that is paid for; a trial becomes a paid plan. Raises what `require_renewable`
    does, and AmountDiffers."""
    present, plan = require_renewable(unit, programme, subscription_id)
    today = business_day(unit.now(), programme.timezone)
    first, last = periods.next_period(plan, present, today)
    _take(unit, programme, present, PaymentReason.RENEW, plan.price_minor, paid)
    # Days paid for and not begun stay in one period with the new ones, so that a refund counts them all.
    begun = first if present.trial else present.period_from
    store.change(
        unit,
        subscription_id,
        period_from=begun,
        ends_on=last,
        ends_at=rules.day_start(last + timedelta(days=1), programme.timezone),
        trial=False,
        paid_minor=present.paid_minor + plan.price_minor,
    )
    _record(unit, "subscription.renewed", present, plan, {"paid_minor": plan.price_minor, "ends_on": last})
    return _read(unit, subscription_id)


def preview_upgrade(unit: Unit, programme: Programme, subscription_id: UUID, code: str) -> Proration:
    """What changing to a higher plan would cost now. Raises what `held` does, and NotAnUpgrade, PlanNotOnSale and
    AlreadySubscribed."""
    present, plan = held(unit, programme, subscription_id)
    target = plan_of(programme, code)
    if target.rank <= plan.rank:
        raise NotAnUpgrade
    if not target.on_sale:
        raise PlanNotOnSale
    others = store.of_member(unit, present.member_id)
    if any(each.plan_id == target.plan_id and is_good(unit, each) for each in others):
        raise AlreadySubscribed
    return periods.upgrade(target, present, business_day(unit.now(), programme.timezone))


def upgrade(unit: Unit, programme: Programme, subscription_id: UUID, code: str, paid: Paid | None) -> Subscription:
    """Change to a higher plan, for its price less what the present one still is worth. Raises what `preview_upgrade`
    does, and AmountDiffers."""
    cost = preview_upgrade(unit, programme, subscription_id, code)
    present, target = _read(unit, subscription_id), plan_of(programme, code)
    store.expire(unit, unit.now())
    today = business_day(unit.now(), programme.timezone)
    made = _subscription(
        unit,
        programme,
        present.member_id,
        target,
        today,
        cost.ends_on,
        trial=False,
        auto_renew=present.auto_renew,
        paid=cost.due_minor + cost.credit_minor,
        replaces=subscription_id,
    )
    store.change(
        unit,
        subscription_id,
        status=SubscriptionStatus.UPGRADED.value,
        ended_at=unit.now(),
        paid_minor=max(present.paid_minor - cost.credit_minor, 0),
    )
    store.add(unit, made)
    _take(unit, programme, made, PaymentReason.UPGRADE, cost.due_minor, paid)
    told = {"paid_minor": cost.due_minor, "credit_minor": cost.credit_minor}
    _record(unit, "subscription.upgraded", made, target, told)
    _gift(unit, programme, made)
    return made


def preview_cancel(unit: Unit, programme: Programme, subscription_id: UUID) -> PlanRefund:
    """What cancelling would give back now. Raises what `held` does."""
    present, plan = held(unit, programme, subscription_id)
    return periods.refund(plan, present, business_day(unit.now(), programme.timezone))


def cancel(unit: Unit, programme: Programme, subscription_id: UUID, back: Paid | None) -> tuple[Subscription, int]:
    """End a plan now; how much went back. `back` says how, where something does. Raises what `held` does, and
    AmountDiffers."""
    amount = preview_cancel(unit, programme, subscription_id).amount_minor
    present, plan = held(unit, programme, subscription_id)
    _take(unit, programme, present, PaymentReason.REFUND, amount, back)
    store.change(
        unit,
        subscription_id,
        status=SubscriptionStatus.CANCELLED.value,
        ended_at=unit.now(),
        auto_renew=False,
        paid_minor=present.paid_minor - amount,
    )
    _record(unit, "subscription.cancelled", present, plan, {"refund_minor": amount})
    return _read(unit, subscription_id), amount


def set_auto_renew(unit: Unit, programme: Programme, subscription_id: UUID, wanted: bool) -> Subscription:
    """Whether the member wants it renewed: a record for whoever collects."""
    present, plan = held(unit, programme, subscription_id)
    if present.auto_renew != wanted:
        store.change(unit, subscription_id, auto_renew=wanted)
        _record(unit, "subscription.changed", present, plan, {"auto_renew": wanted})
    return _read(unit, subscription_id)


def _take(
    unit: Unit, programme: Programme, of: Subscription, reason: PaymentReason, due: int, paid: Paid | None
) -> None:
    """Record the payment of exactly what is due. Raises AmountDiffers."""
    given = paid.amount_minor if paid else 0
    if given != due:
        currency = programme.currency
        raise AmountDiffers(due=format_minor(due, currency), paid=format_minor(given, currency))
    if paid is None or not due:
        return
    amount = -due if reason is PaymentReason.REFUND else due
    payment = PlanPayment(new_id(), of.subscription_id, unit.now(), reason, paid.kind, amount, paid.reference)
    store.pay(unit, payment, paid.store_id)


def _gift(unit: Unit, programme: Programme, made: Subscription) -> None:
    """What opening the plan brings, once for each subscription."""
    for benefit, _ in gifts(programme, Occasion.OPENING):
        if made.plan_id in benefit.holders.plans:
            occasion = f"opening:{made.subscription_id.hex}"
            grant_to(unit, benefit, [made.member_id], occasion, Occasion.OPENING)


def _record(unit: Unit, action: str, of: Subscription, plan: Plan, told: Mapping[str, object]) -> None:
    payload = {"plan": plan.code, **told}
    tenancy.record_change(
        unit, action, "subscription", of.subscription_id, None, payload, member_id=of.member_id, payload=payload
    )


def _read(unit: Unit, subscription_id: UUID) -> Subscription:
    found = store.get(unit, subscription_id)
    if found is None:
        raise SubscriptionNotFound
    return found
