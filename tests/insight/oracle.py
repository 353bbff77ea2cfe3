"""The dashboard's numbers by brute force: plain Python over the list of sales."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from shuke.kernel.clock import business_day
from tests.support.sales import Chain, Sale

Days = tuple[date, date]


def before(days: Days) -> Days:
    first, last = days
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def within(chain: Chain, sales: Sequence[Sale], days: Days, stores: set[int]) -> list[Sale]:
    return [sale for sale in sales if days[0] <= chain.day(sale) <= days[1] and sale.store in stores]


def _rounded(part: int, whole: int, digits: str = "1") -> Decimal:
    value = Decimal(part) / Decimal(whole) if whole else Decimal(0)
    return value.quantize(Decimal(digits), ROUND_HALF_UP)


def members_of(sales: Sequence[Sale]) -> set[int]:
    return {sale.member for sale in sales if sale.member is not None}


def kpis(chain: Chain, sales: Sequence[Sale], days: Days, stores: set[int]) -> dict[str, object]:
    found = within(chain, sales, days, stores)
    active = members_of(found)
    earlier = {sale.member for sale in sales if chain.day(sale) < days[0]}
    repeating = {member for member in active if sum(sale.member == member for sale in found) >= 2}
    net, units = (sum(sale.total(name) for sale in found) for name in ("net", "units"))
    known = sum(sale.member is not None for sale in found)
    return {
        "gross_minor": sum(sale.total("gross") for sale in found),
        "discount_minor": sum(sale.total("discount") for sale in found),
        "net_minor": net,
        "paid_minor": sum(sale.total("paid") for sale in found),
        "orders": len(found),
        "units": units,
        "members_active": len(active),
        "members_new": sum(
            days[0] <= business_day(member.joined_at, chain.timezone) <= days[1] and number % 3 in stores
            for number, member in enumerate(chain.members)
        ),
        "members_returning": len(active & earlier),
        "average_ticket_minor": int(_rounded(net, len(found))),
        "items_per_ticket": str(_rounded(units, len(found), "0.01")),
        "repurchase_rate_bps": int(_rounded(len(repeating) * 10_000, len(active))),
        "identified_orders_bps": int(_rounded(known * 10_000, len(found))),
    }


def net_of(sales: Sequence[Sale]) -> int:
    return sum(sale.total("net") for sale in sales)


def day_series(chain: Chain, sales: Sequence[Sale], days: Days, stores: set[int]) -> list[dict[str, object]]:
    series = []
    day, previous = days[0], before(days)[0]
    while day <= days[1]:
        now, then = (within(chain, sales, (one, one), stores) for one in (day, previous))
        series.append(
            {
                "day": day.isoformat(),
                "net_minor": net_of(now),
                "orders": len(now),
                "members_active": len(members_of(now)),
                "previous_day": previous.isoformat(),
                "previous_net_minor": net_of(then),
                "previous_orders": len(then),
            }
        )
        day, previous = day + timedelta(days=1), previous + timedelta(days=1)
    return series


def categories(
    chain: Chain, sales: Sequence[Sale], days: Days, stores: set[int]
) -> dict[UUID | None, tuple[int, int, int, int]]:
    """Category → (net, units, orders, net of the period before)."""
    found: dict[UUID | None, tuple[int, int, int, int]] = {}
    for current, period in ((True, days), (False, before(days))):
        for sale in within(chain, sales, period, stores):
            for category in {chain.category(line) for line in sale.lines}:
                lines = [line for line in sale.lines if chain.category(line) == category]
                net, units = sum(line.net for line in lines), sum(line.units for line in lines)
                old = found.get(category, (0, 0, 0, 0))
                added = (net, units, 1, 0) if current else (0, 0, 0, net)
                found[category] = tuple(a + b for a, b in zip(old, added, strict=True))  # type: ignore[assignment]
    return found
