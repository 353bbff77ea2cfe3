"""Acts of people: they join, found families, buy plans, and have their points put right by hand."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from shuke.entrypoints.hooks import MEMBER_HOOKS
from shuke.entrypoints.year.life import Family, Life, NothingToDo
from shuke.infra.database import Unit
from shuke.kernel.errors import ShukeError
from shuke.ledger.model import Asset
from shuke.loyalty import adjusting
from shuke.loyalty import service as loyalty
from shuke.loyalty.families import sharing
from shuke.loyalty.model import EarnsTo, PaymentKind, RequestStatus, SpendingLimits
from shuke.loyalty.plans import subscribing
from shuke.loyalty.plans.subscribing import Paid
from shuke.members import service as members
from shuke.members.model import Join, MemberStatus


def join(life: Life) -> str:
    random = life.random
    born = date(random.randint(1950, 2005), random.randint(1, 12), random.randint(1, 28))
    joining = Join(
        channel="pos",
        name="王小明",
        phone=f"138{life.joined + 1:08d}",
        birthday=born if life.chance(60) else None,
        store_id=life.store(),
    )
    with life.unit() as unit:
        member = members.join(unit, joining)
        MEMBER_HOOKS.on_joining(unit, member)
    life.joined += 1
    life.people.append(member.member_id)
    life.books.wallets(Asset.RED_PACKET, life.premises.joining_minor)
    return f"joined: {life.joined}"


def block(life: Life) -> str:
    """Somebody is blocked, or let in again."""
    outside = [each for each in life.people if each in life.blocked]
    member_id = life.random.choice(outside) if outside and life.chance(80) else life.somebody()
    blocked = member_id in life.blocked
    status = MemberStatus.ACTIVE if blocked else MemberStatus.BLOCKED
    with life.unit() as unit:
        members.change(unit, member_id, {"status": status})
    life.blocked ^= {member_id}
    return f"status: {status}"


def found_family(life: Life) -> str:
    owner, earns_to = life.somebody(), life.random.choice(list(EarnsTo))
    with life.unit() as unit:
        made = sharing.create(unit, owner, "一家人", earns_to, move_balance=life.chance(50))
    life.families.append(Family(made.family_id, [owner]))
    return f"family: {earns_to}"


def take_in(life: Life) -> str:
    """Somebody is invited, and says yes or no."""
    family, member_id, limits = life.one_of(life.families), life.somebody(), _limits(life)
    with life.unit() as unit:
        invited = sharing.invite(unit, family.family_id, member_id)
    if life.chance(20):
        with life.unit() as unit:
            sharing.decline(unit, invited.invitation_id)
        return "declined"
    with life.unit() as unit:
        sharing.accept(unit, invited.invitation_id, limits, move_balance=life.chance(50))
    family.people.append(member_id)
    return "accepted"


def _limits(life: Life) -> SpendingLimits:
    one = life.random.choice
    return SpendingLimits(one((None, 50, 500)), one((None, 1_000)), one((None, 3_000)), one((None, 20_000)))


def share(life: Life) -> str:
    """Points go round in a family."""
    family, points = life.one_of(life.families), life.random.randint(1, 300)
    giver, taker = life.random.choice(family.people), life.random.choice(family.people)
    back = life.chance(50)
    with life.unit() as unit:
        if giver != taker:
            sharing.transfer(unit, giver, taker, points)
        else:
            sharing.contribute(unit, loyalty.programme(unit), giver, points, back=back)
    return f"shared: {points}"


def leave_family(life: Life) -> str:
    """The owner passes the family on or ends it; others leave."""
    family = life.one_of(life.families)
    member_id = life.random.choice(family.people)
    with life.unit() as unit:
        owner = sharing.get(unit, family.family_id).owner_id
    if member_id != owner:
        with life.unit() as unit:
            sharing.leave(unit, family.family_id, member_id)
        family.people.remove(member_id)
        return "left"
    others = [person for person in family.people if person != owner]
    if others and life.chance(50):
        with life.unit() as unit:
            sharing.pass_on(unit, family.family_id, life.random.choice(others))
        return "passed on"
    with life.unit() as unit:
        sharing.close(unit, family.family_id)
    life.families.remove(family)
    return "closed"


def subscribe(life: Life) -> str:
    code, member_id, trial = life.random.choice(life.premises.plans), life.somebody(), life.chance(30)
    with life.unit() as unit:
        programme = loyalty.programme(unit)
        price = 0 if trial else subscribing.plan_of(programme, code).price_minor
        made = subscribing.open_plan(unit, programme, member_id, code, _paid(life, price), trial=trial)
    life.subscriptions.append(made.subscription_id)
    life.books.in_money(PaymentKind.CARD, price)
    return f"subscribed: {price}"


def _paid(life: Life, amount_minor: int) -> Paid | None:
    return Paid(PaymentKind.CARD, amount_minor, store_id=life.store()) if amount_minor else None


def change_plan(life: Life) -> str:
    """A plan is renewed, changed for a better one, or given up."""
    subscription_id = life.one_of(life.subscriptions, recent=20)
    do = life.random.choice((_renew, _upgrade, _give_up))
    with life.unit() as unit:
        amount, made = do(life, unit, subscription_id)
    if made not in life.subscriptions:
        life.subscriptions.append(made)
    life.books.in_money(PaymentKind.CARD, amount)
    return f"{do.__name__.strip('_')}: {amount}"


def _renew(life: Life, unit: Unit, subscription_id: UUID) -> tuple[int, UUID]:
    programme = loyalty.programme(unit)
    plan = subscribing.held(unit, programme, subscription_id)[1]
    subscribing.renew(unit, programme, subscription_id, _paid(life, plan.price_minor))
    return plan.price_minor, subscription_id


def _upgrade(life: Life, unit: Unit, subscription_id: UUID) -> tuple[int, UUID]:
    programme, code = loyalty.programme(unit), life.premises.plans[-1]
    due = subscribing.preview_upgrade(unit, programme, subscription_id, code).due_minor
    made = subscribing.upgrade(unit, programme, subscription_id, code, _paid(life, due))
    return due, made.subscription_id


def _give_up(life: Life, unit: Unit, subscription_id: UUID) -> tuple[int, UUID]:
    programme = loyalty.programme(unit)
    due = subscribing.preview_cancel(unit, programme, subscription_id).amount_minor
    _, back = subscribing.cancel(unit, programme, subscription_id, _paid(life, due))
    return -back, subscription_id


def adjust(life: Life) -> str:
    """Points changed by hand; many of them wait for somebody's leave."""
    member_id, amount = life.somebody(), life.random.choice((-200, -20, 30, 150, 2_500))
    with life.unit() as unit:
        made = adjusting.ask(unit, loyalty.programme(unit), member_id, amount, "盘点差异")
    if made.status is RequestStatus.POSTED:
        life.books.wallets(Asset.POINTS, amount)
    else:
        life.requests.append((made.request_id, amount))
    return f"adjusted: {amount} {made.status}"


def decide(life: Life) -> str:
    """Somebody else approves or refuses; what the wallet does not hold any more stays undecided."""
    request_id, amount = life.one_of(life.requests)
    decision: Callable[..., object] = adjusting.approve if life.chance(70) else adjusting.refuse
    try:
        with life.unit(life.premises.second) as unit:
            decision(unit, loyalty.programme(unit), request_id)
    except ShukeError as error:
        raise NothingToDo from error
    life.requests.remove((request_id, amount))
    if decision is adjusting.approve:
        life.books.wallets(Asset.POINTS, amount)
    return f"decided: {amount}"
