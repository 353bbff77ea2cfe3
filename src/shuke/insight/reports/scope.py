"""Which orders a report is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.insight.model import Period
from shuke.kernel.clock import business_day
from shuke.kernel.errors import invalid_field
from shuke.tenancy import service as tenancy

DAYS_BY_DEFAULT = 30
MAX_DAYS = 3660

orders = checkout.orders_relation("orders")


@dataclass(frozen=True, slots=True)
class Scope:
    """A period, the one before it, and the stores: those named, or None for all of the merchant's."""

    period: Period
    timezone: str
    store_ids: frozenset[UUID] | None

    @property
    def before(self) -> Period:
        return self.period.before()

    def orders(self, unit: Unit) -> sa.ColumnElement[bool]:
        """Orders of both periods, in the stores of the scope."""
        days = orders.c.business_day.between(self.before.first, self.period.last)
        return sa.and_(orders.c.merchant_id == unit.merchant_id, days, self.within(orders.c.store_id))

    def within(self, store_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
        return sa.true() if self.store_ids is None else store_id.in_(list(self.store_ids))


CURRENT = "current"


def is_current(scope: Scope) -> sa.Label[bool]:
    """Tells orders of the period from those of the period before."""
    return (orders.c.business_day >= scope.period.first).label(CURRENT)


def latest_day(unit: Unit) -> date | None:
    """The last business day with an order within the principal's reach; None before the first order."""
    reach = unit.principal.store_ids
    within = sa.true() if reach is None else orders.c.store_id.in_(list(reach))
    found: date | None = unit.connection.scalar(
        sa.select(orders.c.business_day)
        .where(orders.c.merchant_id == unit.merchant_id, within)
        .order_by(orders.c.business_day.desc())
        .limit(1)
    )
    return found


def scope_of(unit: Unit, first: date | None, last: date | None, store_id: UUID | None) -> Scope:
    """The last thirty days unless said otherwise, in the stores the principal works in, or one of them.

    Raises Invalid for a period that ends before it starts or is longer than ten years, NotFound for a store
    that is out of reach.
    """
    timezone = tenancy.merchant(unit).timezone
    last = last or business_day(unit.now(), timezone)
    first = first or last - timedelta(days=DAYS_BY_DEFAULT - 1)
    period = Period(first, last)
    if period.length < 1:
        raise invalid_field("to", "结束日期不能早于开始日期。", "The period must not end before it starts.")
    if period.length > MAX_DAYS:
        raise invalid_field("from", f"时间范围最长 {MAX_DAYS} 天。", f"A period has at most {MAX_DAYS} days.")
    reach = unit.principal.store_ids
    if store_id is not None:
        reach = frozenset({tenancy.store(unit, store_id).store_id})
    return Scope(period, timezone, reach)
