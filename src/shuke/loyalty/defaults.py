"""The programme every merchant starts with, until it makes its own. Pure."""

from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.loyalty.model import (
    Earnable,
    EarnRule,
    GrowthPolicy,
    PointsPolicy,
    Programme,
    Rate,
    Spending,
    Tier,
)

_TIERS = (
    # code, name, growth needed, discount, points multiplier (both in basis points)
    ("basic", Text("普通会员", "Basic"), 0, 0, 10_000),
    ("silver", Text("银卡", "Silver"), 1_000, 200, 12_000),
    ("gold", Text("金卡", "Gold"), 3_000, 500, 15_000),
    ("diamond", Text("钻石卡", "Diamond"), 6_000, 800, 20_000),
)
_PER_MINOR = 100
"""What earns one point and one unit of growth: 1.00 in a currency with cents, 100 in one without."""


def default_programme(currency: str, timezone: str) -> Programme:
    """Four tiers on twelve months' growth; one point per 1.00 paid, good for twelve months, 100 points worth 1.00."""
    names = {Earnable.POINTS: Text("消费积分", "Points for spending"), Earnable.GROWTH: Text("消费成长值", "Growth")}
    return Programme(
        currency=currency,
        timezone=timezone,
        version=1,
        tiers=tuple(
            Tier(new_id(), code, name, rank, growth, discount, multiplier)
            for rank, (code, name, growth, discount, multiplier) in enumerate(_TIERS)
        ),
        growth=GrowthPolicy(),
        points=PointsPolicy(spending=Spending(points_per_unit=100, unit_minor=_PER_MINOR)),
        earn_rules=tuple(
            EarnRule(rule_id=new_id(), code=f"{asset}_base", name=name, asset=asset, effect=Rate(1, _PER_MINOR))
            for asset, name in names.items()
        ),
    )
