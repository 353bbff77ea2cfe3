"""What is answered."""

from datetime import date, datetime
from typing import Self

from shuke.infra.http import View
from shuke.infra.http_ids import (
    MemberId,
    StaffId,
    StoreId,
    TopUpId,
    TopUpLadderId,
    TopUpRefundId,
    TopUpStepId,
)
from shuke.infra.http_refs import MemberRef, StoreRef
from shuke.stored_value.api.names import Names
from shuke.stored_value.model import (
    BonusRule,
    Ladder,
    Money,
    MoneyKind,
    RefundPlan,
    SpendOrder,
    Step,
    TopUp,
    TopUpRefund,
)


class MoneyView(View):
    kind: MoneyKind
    amount_minor: int
    reference: str | None

    @classmethod
    def all(cls, tenders: tuple[Money, ...]) -> list[Self]:
        return [cls.model_validate(tender) for tender in tenders]


class PolicyView(View):
    spend_order: SpendOrder
    bonus_rule: BonusRule
    min_top_up_minor: int
    max_top_up_minor: int
    max_balance_minor: int | None
    any_amount: bool


class StepView(View):
    id: TopUpStepId
    pay_minor: int
    bonus_minor: int
    bonus_days: int | None
    per_member: int | None

    @classmethod
    def of(cls, step: Step) -> "StepView":
        return cls(
            id=step.step_id,
            pay_minor=step.pay_minor,
            bonus_minor=step.bonus_minor,
            bonus_days=step.bonus_days,
            per_member=step.per_member,
        )


class LadderView(View):
    id: TopUpLadderId
    name: str
    steps: list[StepView]
    starts_at: datetime | None
    ends_at: datetime | None
    store_ids: list[StoreId]
    retired_at: datetime | None

    @classmethod
    def of(cls, ladder: Ladder) -> "LadderView":
        return cls(
            id=ladder.ladder_id,
            name=ladder.name,
            steps=[StepView.of(step) for step in ladder.steps],
            starts_at=ladder.starts_at,
            ends_at=ladder.ends_at,
            store_ids=sorted(ladder.store_ids),
            retired_at=ladder.retired_at,
        )


class LadderList(View):
    items: list[LadderView]
    next_cursor: str | None


class TopUpOfferView(View):
    """`bonus_expires_at`: the first moment at which the bonus is gone; null: never, or there is none."""

    principal_minor: int
    bonus_minor: int
    bonus_expires_at: datetime | None
    step: StepView | None


class TopUpView(View):
    """`refunded_minor`: how much money went back so far."""

    id: TopUpId
    member_id: MemberId
    member: MemberRef | None
    store_id: StoreId
    store: StoreRef | None
    step_id: TopUpStepId | None
    principal_minor: int
    bonus_minor: int
    bonus_expires_at: datetime | None
    tenders: list[MoneyView]
    at: datetime
    business_day: date
    external_ref: str | None
    staff_id: StaffId | None
    refunded_minor: int

    @classmethod
    def of(cls, top_up: TopUp, names: Names) -> "TopUpView":
        return cls(
            id=top_up.top_up_id,
            member_id=top_up.member_id,
            member=names.member(top_up.member_id),
            store_id=top_up.store_id,
            store=names.store(top_up.store_id),
            step_id=top_up.step_id,
            principal_minor=top_up.principal_minor,
            bonus_minor=top_up.bonus_minor,
            bonus_expires_at=top_up.bonus_expires_at,
            tenders=MoneyView.all(top_up.tenders),
            at=top_up.at,
            business_day=top_up.business_day,
            external_ref=top_up.external_ref,
            staff_id=top_up.staff_id,
            refunded_minor=top_up.refunded_minor,
        )


class TopUpList(View):
    items: list[TopUpView]
    next_cursor: str | None


class RefundPlanView(View):
    """All of `principal_minor` leaves the wallet: `refunded_minor` goes back in money, `deducted_minor` pays for bonus
    that was spent. `forfeited_minor` of bonus is lost, `kept_minor` stays."""

    principal_minor: int
    refunded_minor: int
    deducted_minor: int
    forfeited_minor: int
    kept_minor: int

    @classmethod
    def of(cls, plan: RefundPlan) -> "RefundPlanView":
        return cls.model_validate(plan)


class TopUpRefundView(View):
    id: TopUpRefundId
    top_up_id: TopUpId
    store_id: StoreId
    refunded_minor: int
    deducted_minor: int
    forfeited_minor: int
    kind: MoneyKind
    at: datetime
    reason: str | None

    @classmethod
    def of(cls, refund: TopUpRefund) -> "TopUpRefundView":
        return cls(
            id=refund.refund_id,
            top_up_id=refund.top_up_id,
            store_id=refund.store_id,
            refunded_minor=refund.plan.refunded_minor,
            deducted_minor=refund.plan.deducted_minor,
            forfeited_minor=refund.plan.forfeited_minor,
            kind=refund.kind,
            at=refund.at,
            reason=refund.reason,
        )


class TopUpDetail(TopUpView):
    """`refund_now`: what refunding the unspent principal would come to at this moment."""

    refunds: list[TopUpRefundView]
    refund_now: RefundPlanView
