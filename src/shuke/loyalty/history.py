"""What a merchant's past orders earned, posted at once."""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.rounding import Rounding
from shuke.ledger import service as ledger
from shuke.ledger.model import Posted
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.model import (
    ActivityExpiry,
    Earnable,
    FixedExpiry,
    GrowthSource,
    Programme,
    Rate,
    RollingExpiry,
)
from shuke.loyalty.publishing import store as programmes


def post_history(unit: Unit, orders: sa.Select[Any]) -> Posted:
    """Post points and growth of past orders that are not posted yet, and expire what is due by now.

    `orders` gives one row per order: `order_id`, `member_id` (rows without one are left out), `paid_minor`, `at`.
    A past before the programme knew no tiers and no actions: it earns by the rates that hold for everybody, always.
    Review all members afterwards. Raises NoProgramme.
    """
    programme = programmes.live(unit)
    if programme is None:
        raise NoProgramme
    order = orders.subquery("orders").c
    earned = sa.select(
        order.order_id.label("reference_id"),
        order.member_id.label("wallet_id"),
        order.at,
        earned_by(programme, programme.base_rate(Earnable.POINTS), order.paid_minor).label("points"),
        _growth(programme, order.paid_minor).label("growth"),
        _expires_at(programme, order.at).label("expires_at"),
    ).where(order.member_id.is_not(None))
    return ledger.post_history(unit, earned)


def _growth(programme: Programme, paid_minor: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    match programme.growth.source:
        case GrowthSource.SPEND:
            return earned_by(programme, programme.base_rate(Earnable.GROWTH), paid_minor)
        case GrowthSource.POINTS:
            return earned_by(programme, programme.base_rate(Earnable.POINTS), paid_minor)
        case GrowthSource.ORDERS:
            least = max(programme.growth.order_minimum_minor, 1)
            return sa.cast(sa.cast(paid_minor >= least, sa.Integer), sa.BigInteger)


def earned_by(programme: Programme, rate: Rate | None, paid_minor: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """What `rate` gives for one order, rounded as the programme says, as SQL."""
    if rate is None:
        return sa.literal(0, sa.BigInteger)
    whole = sa.cast(sa.func.greatest(paid_minor, 0), sa.BigInteger) * sa.literal(rate.amount, sa.BigInteger)
    per = rate.per_minor
    match programme.points.rounding:
        case Rounding.UP:
            whole = whole + sa.literal(per - 1, sa.BigInteger)
        case Rounding.HALF_UP:
            whole, per = whole * 2 + sa.literal(per, sa.BigInteger), per * 2
    return whole.op("/", return_type=sa.BigInteger())(sa.literal(per, sa.BigInteger))


def _expires_at(programme: Programme, at: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """`rules.expires_at` as SQL."""
    day = sa.cast(sa.func.timezone(programme.timezone, at), sa.Date)
    last: sa.ColumnElement[Any]
    match programme.points.expiry:
        case None:
            return sa.null()
        case RollingExpiry(months=months) | ActivityExpiry(months=months):
            last = sa.cast(day + sa.func.make_interval(0, months), sa.Date)
        case FixedExpiry() as fixed:
            last = _fixed(fixed, day)
    start = sa.cast(last + sa.literal(1, sa.Integer), sa.DateTime)
    return sa.func.timezone(programme.timezone, start)


def _fixed(expiry: FixedExpiry, day: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    year = sa.cast(sa.extract("year", day), sa.Integer)

    def on(of_year: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        first = sa.func.make_date(of_year, expiry.month, 1, type_=sa.Date)
        ends = sa.cast(first + sa.func.make_interval(0, 1), sa.Date)
        return sa.func.least(first + sa.literal(expiry.day - 1, sa.Integer), ends - sa.literal(1, sa.Integer))

    return on(year + expiry.years + sa.cast(day > on(year), sa.Integer))
