"""The programme every merchant starts with, until it makes its own. Pure."""

from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.ledger.model import Asset
from shuke.loyalty.model import EarnRule, Programme, Tier

_TIERS = (
    # code, name, growth needed, discount, points multiplier (both in basis points)
    ("basic", Text("普通会员", "Basic"), 0, 0, 10_000),
    ("silver", Text("银卡", "Silver"), 1_000, 200, 12_000),
    ("gold", Text("金卡", "Gold"), 3_000, 500, 15_000),
    ("diamond", Text("钻石卡", "Diamond"), 6_000, 800, 20_000),
)
_PER_MINOR = 100
"""What earns one point and one unit of growth: 1.00 in a currency with cents, 100 in one without."""
_MONTHS = 12


def default_programme(currency: str, timezone: str) -> Programme:
    """Four tiers on twelve months' growth; one point per 1.00 paid, good for twelve months, 100 points worth 1.00."""
    return Programme(
        currency=currency,
        timezone=timezone,
        growth_window_months=_MONTHS,
        points_per_unit=100,
        unit_minor=_PER_MINOR,
        points_max_share_bps=5_000,
        tiers=tuple(
            Tier(new_id(), code, name, rank, growth, discount, multiplier)
            for rank, (code, name, growth, discount, multiplier) in enumerate(_TIERS)
        ),
        points_rule=EarnRule(new_id(), Asset.POINTS, 1, _PER_MINOR, _MONTHS),
        growth_rule=EarnRule(new_id(), Asset.GROWTH, 1, _PER_MINOR, None),
    )
