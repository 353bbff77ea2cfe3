"""What stands in the way of publishing a programme: every problem with its field and the remedy. Pure."""

from itertools import pairwise

from shuke.kernel.conditions import Conditions
from shuke.kernel.errors import FieldProblem
from shuke.kernel.rounding import Rounding
from shuke.kernel.text import Text
from shuke.loyalty.model import (
    ActivityExpiry,
    AnniversaryWindow,
    CalendarWindow,
    EarnCaps,
    EarnRule,
    Extra,
    Fall,
    FixedExpiry,
    GrowthSource,
    Multiplier,
    Plan,
    PointsPolicy,
    Programme,
    Rate,
    RollingExpiry,
    RollingWindow,
)
from shuke.loyalty.rules.checking_benefits import check_benefit
from shuke.loyalty.rules.problems import Problems

YEARS_MAX = 50


def problems_of(programme: Programme) -> tuple[FieldProblem, ...]:
    """Everything that is wrong or contradictory, in the order of the document."""
    problems = Problems()
    _check_tiers(programme, problems)
    _check_growth(programme, problems)
    _check_points(programme.points, problems)
    for name in ("earn_rules", "benefits", "plans"):
        problems.unique((item.code for item in getattr(programme, name)), name, "code")
    for number, rule in enumerate(programme.earn_rules):
        _check_rule(rule, f"earn_rules.{number}", problems)
    for number, benefit in enumerate(programme.benefits):
        check_benefit(benefit, f"benefits.{number}", problems)
    for number, plan in enumerate(programme.plans):
        _check_plan(plan, f"plans.{number}", problems)
    return tuple(problems.found)


def _check_tiers(programme: Programme, problems: Problems) -> None:
    tiers = programme.tiers
    problems.unique((tier.code for tier in tiers), "tiers", "code")
    for number, tier in enumerate(tiers):
        path = f"tiers.{number}"
        problems.text(tier.name, f"{path}.name")
        problems.share(tier.discount_bps, f"{path}.discount_bps")
        problems.between(0, 1_000_000, tier.points_multiplier_bps, f"{path}.points_multiplier_bps")
    problems.need(
        tiers[0].threshold_growth == 0,
        "tiers.0.threshold_growth",
        "首个等级人人可得，门槛须为 0。",
        "Everybody starts in the first tier: its threshold is 0.",
    )
    for number, (below, above) in enumerate(pairwise(tiers), 1):
        problems.need(
            above.threshold_growth > below.threshold_growth,
            f"tiers.{number}.threshold_growth",
            f"门槛须高于前一等级的 {below.threshold_growth}。",
            f"Use a threshold above {below.threshold_growth}, that of the tier before.",
        )


def _check_growth(programme: Programme, problems: Problems) -> None:
    policy = programme.growth
    match policy.window:
        case RollingWindow(months=months) | AnniversaryWindow(months=months):
            problems.between(1, 12 * YEARS_MAX, months, "growth.window.months")
        case CalendarWindow(first_month=month):
            problems.between(1, 12, month, "growth.window.first_month")
    problems.between(0, 366, policy.grace_days, "growth.grace_days")
    problems.at_least(0, policy.order_minimum_minor, "growth.order_minimum_minor")
    _check_caps(policy.caps, "growth.caps", problems)
    if policy.counted is not None:
        problems.text(policy.counted, "growth.counted")
    problems.need(
        not (policy.fall is Fall.ONE_LEVEL and isinstance(policy.window, RollingWindow) and not policy.grace_days),
        "growth.grace_days",
        "滚动窗口逐级降级需要至少 1 天宽限期，否则每晚降一级。",
        "Falling one level at a time in a rolling window needs 1 day of grace or more; else it is a level a night.",
    )
    grown = any(rule.asset == "growth" and isinstance(rule.effect, Rate | Extra) for rule in programme.earn_rules)
    problems.need(
        policy.source is not GrowthSource.SPEND or grown or len(programme.tiers) == 1,
        "earn_rules",
        "没有获得成长值的规则，会员无法升级。请添加一条。",
        "No rule gives growth, so nobody can rise. Add one.",
    )


def _check_points(policy: PointsPolicy, problems: Problems) -> None:
    spending = policy.spending
    problems.at_least(1, spending.points_per_unit, "points.spending.points_per_unit")
    problems.at_least(1, spending.unit_minor, "points.spending.unit_minor")
    problems.share(spending.max_share_bps, "points.spending.max_share_bps")
    problems.at_least(0, spending.minimum, "points.spending.minimum")
    problems.at_least(1, spending.step, "points.spending.step")
    problems.between(0, 366, policy.pending_days, "points.pending_days")
    problems.at_least(0, policy.adjust_limit, "points.adjust_limit")
    problems.need(
        policy.rounding is not Rounding.HALF_EVEN,
        "points.rounding",
        "请选择 down、up 或 half_up。",
        "Use down, up or half_up.",
    )
    _check_caps(policy.caps, "points.caps", problems)
    match policy.expiry:
        case RollingExpiry(months=months) | ActivityExpiry(months=months):
            problems.between(1, 12 * YEARS_MAX, months, "points.expiry.months")
            problems.need(
                policy.pending_days < 28 * months,
                "points.pending_days",
                "积分在可用之前就已过期，请缩短待生效天数或延长有效期。",
                "Points would expire before they can be spent. Shorten the wait or lengthen their life.",
            )
        case FixedExpiry():
            problems.between(1, 12, policy.expiry.month, "points.expiry.month")
            problems.between(1, 31, policy.expiry.day, "points.expiry.day")
            problems.between(0, YEARS_MAX, policy.expiry.years, "points.expiry.years")
            problems.need(
                not policy.pending_days or policy.expiry.years > 0,
                "points.expiry.years",
                "固定到期日与待生效天数并用时，请至少次年到期，以免未生效先过期。",
                "With points pending, let them last into the next year, or some expire before they can be spent.",
            )


_SPANS = {"order": Text("每单", "for an order"), "day": Text("每天", "for a day"), "month": Text("每月", "for a month")}


def _check_caps(caps: EarnCaps, path: str, problems: Problems) -> None:
    for name in ("order", "day", "month", "ever"):
        problems.at_least(0, getattr(caps, name), f"{path}.{name}")
    for less, more in pairwise(("order", "day", "month", "ever")):
        low, high = getattr(caps, less), getattr(caps, more)
        problems.need(
            low is None or high is None or low <= high,
            f"{path}.{more}",
            f"不能小于{_SPANS[less].zh}的上限 {low}。",
            f"Use {low} or more, the cap {_SPANS[less].en}.",
        )


def _check_rule(rule: EarnRule, path: str, problems: Problems) -> None:
    problems.text(rule.name, f"{path}.name")
    match rule.effect:
        case Rate():
            problems.at_least(1, rule.effect.amount, f"{path}.effect.amount")
            problems.at_least(1, rule.effect.per_minor, f"{path}.effect.per_minor")
        case Multiplier():
            problems.between(10_000, 1_000_000, rule.effect.bps, f"{path}.effect.bps")
        case Extra():
            problems.at_least(1, rule.effect.amount, f"{path}.effect.amount")
            problems.at_least(0, rule.effect.from_minor, f"{path}.effect.from_minor")
    problems.at_least(0, rule.order_cap, f"{path}.order_cap")
    _check_conditions(rule.conditions, f"{path}.conditions", problems)


def _check_conditions(conditions: Conditions, path: str, problems: Problems) -> None:
    window = conditions.window
    for name in ("starts_at", "ends_at"):
        moment = getattr(window, name)
        problems.need(
            moment is None or moment.tzinfo is not None,
            f"{path}.window.{name}",
            "请写明时区，例如 +08:00。",
            "Name the time zone, as in +08:00.",
        )
    if window.starts_at and window.ends_at and window.starts_at.tzinfo and window.ends_at.tzinfo:
        problems.need(
            window.starts_at < window.ends_at,
            f"{path}.window.ends_at",
            "结束时间须晚于开始时间。",
            "Let it end after it starts.",
        )
    for number, (first, last) in enumerate(window.minutes):
        problems.need(
            first != last,
            f"{path}.window.minutes.{number}",
            "起止时间不能相同。",
            "Let it end at another minute than it starts.",
        )


def _check_plan(plan: Plan, path: str, problems: Problems) -> None:
    problems.text(plan.name, f"{path}.name")
    problems.at_least(0, plan.price_minor, f"{path}.price_minor")
    problems.between(1, 120, plan.months, f"{path}.months")
    problems.between(0, 365, plan.trial_days, f"{path}.trial_days")
    problems.between(0, 366, plan.refund_days, f"{path}.refund_days")
    problems.at_least(0, plan.rank, f"{path}.rank")
