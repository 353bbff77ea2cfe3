"""Red packets: whether a campaign may be published, how much one gives, and how it is split."""

from collections.abc import Callable
from datetime import datetime

from shuke.kernel.errors import FieldProblem
from shuke.kernel.rounding import allocate, share_bps
from shuke.kernel.text import Text
from shuke.offers.model import PacketAmount, PacketKind, PacketTerms, Split
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.terms import check_funding, check_name, check_span

Draw = Callable[[int, int], int]
"""A whole number drawn evenly from a range, both ends included."""

PARTS_MAX = 500
DAYS_MAX = 3650
HOURS_MAX = 24 * 30


def packet_problems(name: Text, terms: PacketTerms, now: datetime) -> list[FieldProblem]:
    """What stands in the way of publishing a campaign at `now`."""
    problems = Problems()
    check_name(name, problems)
    _check_amount(terms, problems.at("amount"))
    problems.between(terms.days, "days", 1, DAYS_MAX)
    check_funding(terms.funding, problems)
    problems.count(terms.caps.order_minor, "caps.order_minor")
    problems.rate(terms.caps.share_bps, "caps.share_bps")
    problems.number(terms.caps.from_minor, "caps.from_minor")
    check_span(terms.starts_at, terms.ends_at, now, problems)
    problems.count(terms.budget_minor, "budget_minor", least=max(1, terms.amount.high_minor))
    problems.count(terms.per_member, "per_member")
    problems.number(terms.min_paid_minor, "min_paid_minor")
    if terms.kind is PacketKind.SHARED:
        problems.between(terms.parts, "parts", 2, PARTS_MAX)
        problems.between(terms.hours, "hours", 1, HOURS_MAX)
    else:
        problems.need(terms.parts == 1, "parts", "只有分享红包才能拆分。", "Only shared packets have parts.")
    return problems.found


def _check_amount(terms: PacketTerms, problems: Problems) -> None:
    amount = terms.amount
    least = terms.parts if terms.kind is PacketKind.SHARED else 1
    problems.number(amount.low_minor, "low_minor", least=max(1, least))
    problems.need(
        amount.high_minor >= amount.low_minor,
        "high_minor",
        "最高金额不能低于最低金额。",
        "The most cannot be less than the least.",
    )
    problems.number(amount.high_minor, "high_minor", least=1)
    if amount.share_bps is not None:
        problems.need(
            terms.kind is PacketKind.AFTER_PURCHASE,
            "share_bps",
            "按比例只用于消费后红包。",
            "A share of what was paid needs a purchase: leave it empty.",
        )
        problems.rate(amount.share_bps, "share_bps")


def packet_amount(amount: PacketAmount, paid_minor: int, draw: Draw) -> int:
    """What one packet holds, after a purchase of `paid_minor`."""
    if amount.share_bps is None:
        return draw(amount.low_minor, amount.high_minor)
    return min(max(share_bps(paid_minor, amount.share_bps), amount.low_minor), amount.high_minor)


def split_packet(total: int, parts: int, split: Split, draw: Draw) -> list[int]:
    """Parts of at least 1 that add up to `total`. By luck each but the last is drawn from 1 to twice the average of
    what is left, so that whoever comes first or last may expect the same."""
    if not 1 <= parts <= total:
        raise ValueError("each part holds at least 1")
    if split is Split.EQUAL:
        return allocate(total, [1] * parts)
    drawn = []
    left = total
    for still in range(parts, 1, -1):
        most = min(2 * left // still, left - (still - 1))
        drawn.append(draw(1, max(1, most)))
        left -= drawn[-1]
    return [*drawn, left]
