"""The whole of it for one month."""

from datetime import date
from fractions import Fraction

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.insight.liability import books, others
from shuke.insight.liability.model import ASSETS, Liability, month_of, outstanding
from shuke.kernel.errors import invalid_field
from shuke.ledger.model import LOT_ASSETS, Asset
from shuke.loyalty import service as loyalty
from shuke.tenancy import service as tenancy


def liability(unit: Unit, day: date | None) -> Liability:
    """The month that `day` lies in (None: this one) as it stood at its end; the present one as it stands. Points are
    worth what they buy today. Raises Invalid for a month that has not begun."""
    timezone, now = tenancy.merchant(unit).timezone, unit.now()
    today = tenancy.today(unit)
    month = month_of(day or today, now, timezone)
    if month.start > now:
        raise invalid_field(
            "month", "这个月还没有开始。", "That month has not begun. Choose this one or an earlier one."
        )
    programme = loyalty.programme(unit)
    point = Fraction(programme.unit_minor, programme.points_per_unit)
    with whole_tables(unit):
        lots = books.left(unit, month, timezone)
        return Liability(
            month=month,
            movements=books.movements(unit, month),
            outstanding=[
                outstanding(asset, lots, point if asset is Asset.POINTS else Fraction(1))
                for asset in ASSETS
                if asset in LOT_ASSETS
            ],
            cards=others.cards(unit, month),
            coupons=others.coupons(unit, month),
            cohorts=books.cohorts(unit, month, timezone, lots),
            subsidies=others.subsidies(unit, month),
        )
