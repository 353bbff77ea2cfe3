"""Periods and what is measured over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from shuke.kernel.rounding import BPS, to_int


@dataclass(frozen=True, slots=True)
class Period:
    """Business days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """The equally long period that ends the day before this one starts."""
        length = timedelta(days=self.length)
        return Period(self.first - length, self.last - length)

    def days(self) -> Iterator[date]:
        for number in range(self.length):
            yield self.first + timedelta(days=number)

    def moments(self, timezone: str) -> tuple[datetime, datetime]:
        """The first moment of the period, and the first one after it, in UTC."""
        return start_of(self.first, timezone), start_of(self.last + timedelta(days=1), timezone)


def start_of(day: date, timezone: str) -> datetime:
    """The moment a business day starts. A midnight that daylight saving skips starts with the next clock time."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Sums:
    """What was sold, and to how many."""

    gross_minor: int = 0
    discount_minor: int = 0
    net_minor: int = 0
    paid_minor: int = 0
    orders: int = 0
    units: int = 0
    orders_of_members: int = 0
    members_active: int = 0
    members_repeating: int = 0
    members_returning: int = 0


@dataclass(frozen=True, slots=True)
class Kpis:
    """The measures of a period; what each means is in `definitions.py`, next to how it is asked for.

    Amounts are minor units, rates basis points; a rate or an average over nothing is 0.
    """

    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    orders: int
    units: int
    members_active: int
    members_new: int
    members_returning: int
    average_ticket_minor: int
    items_per_ticket: str
    repurchase_rate_bps: int
    identified_orders_bps: int


def kpis(sums: Sums, members_new: int) -> Kpis:
    return Kpis(
        gross_minor=sums.gross_minor,
        discount_minor=sums.discount_minor,
        net_minor=sums.net_minor,
        paid_minor=sums.paid_minor,
        orders=sums.orders,
        units=sums.units,
        members_active=sums.members_active,
        members_new=members_new,
        members_returning=sums.members_returning,
        average_ticket_minor=ratio(sums.net_minor, sums.orders),
        items_per_ticket=hundredths(ratio(sums.units * 100, sums.orders)),
        repurchase_rate_bps=ratio(sums.members_repeating * BPS, sums.members_active),
        identified_orders_bps=ratio(sums.orders_of_members * BPS, sums.orders),
    )


def ratio(part: int, whole: int) -> int:
    """`part` for each of `whole`, rounded half up; 0 when there are none."""
    return to_int(Fraction(part, whole)) if whole else 0


def hundredths(value: int) -> str:
    """942 → `"9.42"`."""
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


@dataclass(frozen=True, slots=True)
class Day:
    """One day's sales beside those of the day as far into the period before."""

    day: date
    net_minor: int
    orders: int
    members_active: int
    previous_day: date
    previous_net_minor: int
    previous_orders: int


@dataclass(frozen=True, slots=True)
class StoreSales:
    store_id: UUID
    net_minor: int
    orders: int
    members_active: int
    previous_net_minor: int

    @property
    def average_ticket_minor(self) -> int:
        return ratio(self.net_minor, self.orders)


@dataclass(frozen=True, slots=True)
class CategorySales:
    """`category_id` None: products without a category."""

    category_id: UUID | None
    net_minor: int
    units: int
    orders: int
    previous_net_minor: int


@dataclass(frozen=True, slots=True)
class TierSales:
    """`tier_id` None: customers who are not members."""

    tier_id: UUID | None
    net_minor: int
    orders: int
    members_active: int
    members_total: int
    previous_net_minor: int

    @property
    def average_ticket_minor(self) -> int:
        return ratio(self.net_minor, self.orders)
