"""How steadily a member buys, beside how active she is now: what the two together say of a shop.

Loyalty looks at the time in which she came, activity at the present: a regular who stays away is loyal and dormant.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shuke.audience.rules.lifecycle import Grade
from shuke.kernel.text import Text

PERIOD_DAYS = 30
PERIODS = 12
LEAST_PERIODS = 4
_HIGH_BPS, _MIDDLE_BPS = 6_600, 3_400


class Loyalty(StrEnum):
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


def share_bps(bought: int, periods: int) -> int:
    """In what share of her periods she bought: of so many from her first purchase to her last, at most PERIODS and
    counted back from the last; at least LEAST_PERIODS are asked for, so that one purchase is no habit."""
    return 10_000 * bought // max(LEAST_PERIODS, periods)


def level(loyalty_bps: int) -> Loyalty:
    if loyalty_bps >= _HIGH_BPS:
        return Loyalty.HIGH
    return Loyalty.MIDDLE if loyalty_bps >= _MIDDLE_BPS else Loyalty.LOW


LEVEL_SQL = (
    f"CASE WHEN loyalty_bps >= {_HIGH_BPS} THEN '{Loyalty.HIGH}' WHEN loyalty_bps >= {_MIDDLE_BPS}"
    f" THEN '{Loyalty.MIDDLE}' WHEN loyalty_bps IS NOT NULL THEN '{Loyalty.LOW}' END"
)

LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        Loyalty.HIGH: Text("高忠诚", "loyal"),
        Loyalty.MIDDLE: Text("中忠诚", "occasional"),
        Loyalty.LOW: Text("低忠诚", "not loyal"),
    }
)

_BUSY = frozenset({Grade.EXCITED, Grade.ACTIVE})
_SAID: Mapping[tuple[Loyalty, bool], Text] = MappingProxyType(
    {
        (Loyalty.HIGH, True): Text(
            "核心顾客：忠诚且活跃。守住服务，用专属权益与新品回馈，不必多打折。",
            "The core: loyal and active. Keep the service up, thank them with privileges and new products, not with "
            "discounts.",
        ),
        (Loyalty.MIDDLE, True): Text(
            "来得勤但不固定：把习惯养起来，例如连购奖励、周期购、固定的会员日。",
            "They come, but by no habit yet: build one, with rewards for coming again, refills, a fixed members' day.",
        ),
        (Loyalty.LOW, True): Text(
            "活跃但不忠诚：多半冲着价格或单品而来。检查价格竞争力，用新品与关联商品留住他们。",
            "Active and not loyal: most came for a price or one product. Look at prices, and keep them with new and "
            "related products.",
        ),
        (Loyalty.HIGH, False): Text(
            "正在失去老顾客：曾经固定来、最近沉默。先问原因（缺货、服务、搬迁），由导购一对一联系。",
            "Regulars are being lost: they used to come steadily and fell silent. Ask why (out of stock, service, "
            "moved), one by one.",
        ),
        (Loyalty.MIDDLE, False): Text(
            "习惯没有养成就停了：在其通常的间隔之前提醒，给有期限的回来理由。",
            "A habit that stopped half-way: remind them before their usual gap is over, with a reason that ends.",
        ),
        (Loyalty.LOW, False): Text(
            "既不忠诚也不活跃：首次体验很可能不好。检查商品质量与服务，再谈促销。",
            "Neither loyal nor active: the first visit may have disappointed. Look at quality and service before "
            "promotions.",
        ),
    }
)


def diagnosis(loyalty: Loyalty, grade: Grade) -> Text:
    """What members of this cell of the matrix need."""
    return _SAID[loyalty, grade in _BUSY]


def stands_out(here: Mapping[tuple[Loyalty, Grade], int], everywhere: Mapping[tuple[Loyalty, Grade], int]) -> Text:
    """What to say of a category or a store: the diagnosis of which it has most more than there is everywhere, in
    members. Of one like all the others, that of most of its members."""
    shares, usual = _shares(here), _shares(everywhere)
    over = {which: shares[which] - usual[which] for which in _SAID}
    most = over if max(over.values()) > 0 else shares
    return _SAID[max(_SAID, key=lambda which: most[which])]


def _shares(cells: Mapping[tuple[Loyalty, Grade], int]) -> dict[tuple[Loyalty, bool], int]:
    """In basis points, of the two sides of activity."""
    total = max(1, sum(cells.values()))
    sums = dict.fromkeys(_SAID, 0)
    for (loyalty, grade), members in cells.items():
        sums[loyalty, grade in _BUSY] += members
    return {which: 10_000 * members // total for which, members in sums.items()}
