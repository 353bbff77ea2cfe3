"""What of loyalty goes with a member: she leaves her family and her plans, and what was given to her by hand."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.loyalty.benefits.giving import finish
from shuke.loyalty.errors import PlanNotFound
from shuke.loyalty.families import sharing
from shuke.loyalty.families import store as family_store
from shuke.loyalty.model import GrantStatus, InvitationStatus, RequestStatus, Subscription, SubscriptionStatus
from shuke.loyalty.plans import store as plans
from shuke.loyalty.plans.subscribing import is_good, preview_cancel
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.tables import (
    benefit_grants,
    benefit_uses,
    families,
    family_invitations,
    family_people,
    member_benefits,
    member_tiers,
    points_requests,
)
from shuke.members.service import Goes, Her, Obstacle, Part, Stays, deleted, emptied
from shuke.tenancy import service as tenancy

_F, _P, _I, _R, _G = families.c, family_people.c, family_invitations.c, points_requests.c, benefit_grants.c


def _hold(unit: Unit, her: Her) -> None:
    """As whoever changes plans and families does: a family before those who are in it."""
    for row in _in_families(unit, her):
        family_store.get(unit, row.family_id, hold=True)
    family_store.lock(unit, *her.names)
    for member_id in her.names:
        plans.lock(unit, member_id)


def _owns(unit: Unit, her: Her) -> Iterable[Obstacle]:
    mine = (_F.merchant_id == unit.merchant_id, _F.owner_id.in_(her.names), _F.closed_at.is_(None))
    if unit.connection.scalar(sa.select(sa.exists().where(*mine))):
        yield Obstacle(
            "family_owner",
            Text(
                "她是家庭卡的主人：请先转交给其他家人，或关闭家庭卡。",
                "She owns a family: pass it on to somebody in it, or close it first.",
            ),
        )


def _subscribed(unit: Unit, her: Her) -> Iterable[Obstacle]:
    programme, refund = programmes.live(unit), 0
    for each in _active(unit, her):
        try:
            refund += preview_cancel(unit, programme, each.subscription_id).amount_minor if programme else 0
        except PlanNotFound:
            continue
    if refund:
        yield Obstacle(
            "subscription",
            Text(
                "付费会员尚有可退款：请先取消并退款，或由她确认放弃。",
                "Her paid plan still is worth money: cancel it and pay that back first, or let her give it up.",
            ),
            refund,
            forfeitable=True,
        )


def _asked(unit: Unit, her: Her) -> Iterable[Obstacle]:
    mine = (_R.merchant_id == unit.merchant_id, _R.member_id.in_(her.names))
    if unit.connection.scalar(sa.select(sa.exists().where(*mine, _R.status == RequestStatus.PENDING.value))):
        yield Obstacle(
            "points_request",
            Text("有待审批的积分调整：请先处理。", "A change of her points waits to be approved: decide it first."),
        )


def _active(unit: Unit, her: Her) -> list[Subscription]:
    return [each for name in her.names for each in plans.of_member(unit, name) if is_good(unit, each)]


def _count_plans(unit: Unit, her: Her) -> int:
    return len(_active(unit, her))


def _end_plans(unit: Unit, her: Her) -> int:
    """Nothing goes back: what would have was given back, or given up."""
    ending = _active(unit, her)
    for each in ending:
        cancelled = SubscriptionStatus.CANCELLED
        plans.change(unit, each.subscription_id, status=cancelled.value, ended_at=unit.now(), auto_renew=False)
        told = {"refund_minor": 0}
        action, subject = "subscription.cancelled", each.subscription_id
        tenancy.record_change(unit, action, "subscription", subject, None, told, member_id=each.member_id, payload=told)
    return len(ending)


def _in_families(unit: Unit, her: Her) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    mine = (_P.merchant_id == unit.merchant_id, _P.member_id.in_(her.names), _P.left_at.is_(None))
    return unit.connection.execute(sa.select(_P.family_id, _P.member_id).where(*mine).order_by(_P.family_id)).all()


def _count_families(unit: Unit, her: Her) -> int:
    return len(_in_families(unit, her))


def _leave_families(unit: Unit, her: Her) -> int:
    found = _in_families(unit, her)
    for row in found:
        sharing.leave(unit, row.family_id, row.member_id)
    return len(found)


def _counted(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> Callable[[Unit, Her], int]:
    def count(unit: Unit, her: Her) -> int:
        mine = (table.c.merchant_id == unit.merchant_id, table.c.member_id.in_(her.names), *conditions)
        return unit.connection.scalar(sa.select(sa.func.count()).select_from(table).where(*mine)) or 0

    return count


_OPEN = _I.status == InvitationStatus.OPEN.value
_DUE = _G.status == GrantStatus.DUE.value


def _withdraw_invitations(unit: Unit, her: Her) -> int:
    mine = (_I.merchant_id == unit.merchant_id, _I.member_id.in_(her.names), _OPEN)
    withdrawn = family_invitations.update().where(*mine).values(status=InvitationStatus.WITHDRAWN.value)
    return unit.connection.execute(withdrawn).rowcount


def _drop_grants(unit: Unit, her: Her) -> int:
    mine = (_G.merchant_id == unit.merchant_id, _G.member_id.in_(her.names), _DUE)
    due = list(unit.connection.scalars(sa.select(_G.grant_id).where(*mine).order_by(_G.grant_id).with_for_update()))
    if due:
        finish(unit, due, failed="erased")
    return len(due)


def _requests(unit: Unit, her: Her) -> Iterable[UUID]:
    mine = (_R.merchant_id == unit.merchant_id, _R.member_id.in_(her.names))
    return unit.connection.scalars(sa.select(_R.request_id).where(*mine))


def _of_owner(_unit: Unit, her: Her) -> sa.ColumnElement[bool]:
    return _F.owner_id.in_(her.names)


ERASES = Part(
    goes=(
        Goes("subscriptions", Text("付费会员（终止）", "Paid plans (ended)"), (), _count_plans, _end_plans),
        Goes("families", Text("家庭卡（退出）", "Her place in a family"), (), _count_families, _leave_families),
        Goes(
            "family_invitations",
            Text("家庭卡邀请（撤回）", "Invitations to families (withdrawn)"),
            (),
            _counted(family_invitations, _OPEN),
            _withdraw_invitations,
        ),
        Goes(
            "benefit_grants",
            Text("待发放的权益（取消）", "Benefits due (dropped)"),
            (),
            _counted(benefit_grants, _DUE),
            _drop_grants,
        ),
        deleted(member_benefits, Text("个人权益", "Benefits given to her")),
        deleted(member_tiers, Text("等级", "Tier")),
        emptied(families, "name", Text("家庭卡名称", "Names of her families"), _of_owner),
        emptied(points_requests, "reason", Text("积分调整的事由", "Why points were changed by hand")),
        emptied(benefit_uses, "note", Text("权益使用备注", "Notes on benefits used")),
    ),
    stays=(
        Stays(
            Text("付费记录、权益与家庭卡的使用记录", "What was paid for plans, and what was used"),
            Text("账目以此核对；只以会员号为键。", "Books add up by it; it is kept by her number alone."),
            (
                "subscriptions",
                "plan_payments",
                "benefit_grants",
                "benefit_uses",
                "families",
                "family_people",
                "family_invitations",
                "points_requests",
            ),
        ),
    ),
    nobodys=("partner_codes", "programmes", "programme_versions", "tiers"),
    holds=(_hold,),
    obstacles=(_owns, _subscribed, _asked),
    subjects=(_requests,),
)
