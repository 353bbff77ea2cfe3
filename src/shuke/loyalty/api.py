"""The programme, as the API shows it."""

from typing import Annotated

from fastapi import APIRouter

from shuke.infra.http import Call, TextView, View, allow
from shuke.infra.http_ids import RuleId, TierId
from shuke.loyalty import service
from shuke.loyalty.model import EarnRule, Programme
from shuke.tenancy.model import Permission

router = APIRouter(tags=["programme"])


class TierView(View):
    """A level of the programme, and how many members are in it."""

    id: TierId
    code: str
    name: TextView
    rank: int
    threshold_growth: int
    discount_bps: int
    points_multiplier_bps: int
    members: int


class EarnRuleView(View):
    """`amount` of `asset` for each `per_minor` paid; null `expiry_months`: never expires."""

    id: RuleId
    asset: str
    amount: int
    per_minor: int
    expiry_months: int | None

    @classmethod
    def of(cls, rule: EarnRule) -> "EarnRuleView":
        return cls(
            id=rule.rule_id,
            asset=rule.asset,
            amount=rule.amount,
            per_minor=rule.per_minor,
            expiry_months=rule.expiry_months,
        )


class PointsView(View):
    """`points_per_unit` points pay for `unit_minor`, up to `max_share_bps` of an order."""

    points_per_unit: int
    unit_minor: int
    max_share_bps: int
    expiry_months: int | None


class ProgrammeView(View):
    tiers: list[TierView]
    earn_rules: list[EarnRuleView]
    points: PointsView
    growth_window_months: int


@router.get("/programme")
def read_programme(call: Annotated[Call, allow(Permission.PROGRAMME_READ)]) -> ProgrammeView:
    """Tiers, what is earned, and what points are worth."""
    with call.unit() as unit:
        programme = service.programme(unit)
        return _present(programme, service.members_by_tier(unit, programme))


def _present(programme: Programme, members: dict[TierId, int]) -> ProgrammeView:
    return ProgrammeView(
        tiers=[
            TierView(
                id=tier.tier_id,
                code=tier.code,
                name=TextView.of(tier.name),
                rank=tier.rank,
                threshold_growth=tier.threshold_growth,
                discount_bps=tier.discount_bps,
                points_multiplier_bps=tier.points_multiplier_bps,
                members=members.get(tier.tier_id, 0),
            )
            for tier in programme.tiers
        ],
        earn_rules=[EarnRuleView.of(rule) for rule in (programme.points_rule, programme.growth_rule)],
        points=PointsView(
            points_per_unit=programme.points_per_unit,
            unit_minor=programme.unit_minor,
            max_share_bps=programme.points_max_share_bps,
            expiry_months=programme.points_rule.expiry_months,
        ),
        growth_window_months=programme.growth_window_months,
    )
