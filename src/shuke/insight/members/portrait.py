"""What a member buys, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.insight import sums
from shuke.insight.model import ratio
from shuke.insight.sums import of
from shuke.kernel.clock import months_after, months_before
from shuke.kernel.rounding import BPS
from shuke.offers import service as offers
from shuke.offers.model import Campaign
from shuke.tenancy import service as tenancy

FAVOURITES = 10
MONTHS = 24

_orders, _lines, _products = sums.orders, sums.lines, sums.products
_redemptions = checkout.redemptions_relation("redeemed")
_campaigns = offers.campaigns_relation("campaigns")
_addressed = offers.campaign_members_relation("addressed")


@dataclass(frozen=True, slots=True)
class Favourite:
    """`category_id` None: products without one. `share_bps` of everything she bought."""

    category_id: UUID | None
    net_minor: int
    orders: int
    share_bps: int


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is the first day of the month."""

    first: date
    net_minor: int
    orders: int


@dataclass(frozen=True, slots=True)
class Addressed:
    campaign: Campaign
    redemptions: int


def favourites(unit: Unit, member_id: UUID) -> list[Favourite]:
    """The categories she spends most on, largest first."""
    net = sums.total(_lines.c.net_minor)
    query = (
        sa.select(
            sa.func.nullif(sums.CATEGORY_NOW, sa.literal(sums.UNCATEGORISED, sa.Uuid)).label("category_id"),
            net.label("net_minor"),
            sa.func.count(sa.distinct(_lines.c.order_id)).label("orders"),
            sa.cast(sa.func.sum(sa.func.sum(_lines.c.net_minor)).over(), sa.BigInteger).label("whole"),
        )
        .select_from(
            sums.lines_of_orders().join(
                _products,
                sa.and_(_products.c.merchant_id == _lines.c.merchant_id, _products.c.product_id == _lines.c.product_id),
            )
        )
        .where(of(unit, _orders, _lines, _products), _orders.c.member_id == member_id)
        .group_by(sums.CATEGORY_NOW)
        .order_by(net.desc(), sums.CATEGORY_NOW)
        .limit(FAVOURITES)
    )
    return [
        Favourite(row.category_id, row.net_minor, row.orders, ratio(row.net_minor * BPS, max(row.whole, 0)))
        for row in unit.connection.execute(query)
    ]


def months(unit: Unit, member_id: UUID) -> list[Month]:
    """Every month from that of the first order to the present one, at most the last two years; none without orders."""
    this_month = tenancy.today(unit).replace(day=1)
    first = sa.cast(sa.func.date_trunc("month", _orders.c.business_day), sa.Date)
    query = (
        sa.select(first.label("first"), sums.total(_orders.c.net_minor).label("net_minor"), sa.func.count().label("n"))
        .where(of(unit, _orders), _orders.c.member_id == member_id)
        .group_by(first)
        .order_by(first)
    )
    found = {row.first: row for row in unit.connection.execute(query)}
    if not found:
        return []
    start = max(min(found), months_before(this_month, MONTHS - 1))
    series = []
    while start <= this_month:
        row = found.get(start)
        series.append(Month(start, row.net_minor if row else 0, row.n if row else 0))
        start = months_after(start, 1)
    return series


def campaigns(unit: Unit, member_id: UUID) -> Sequence[Addressed]:
    """Campaigns that addressed her or that she used, the latest first, with the coupons she redeemed."""
    redeemed = (
        sa.select(_redemptions.c.campaign_id, sa.func.count().label("times"))
        .where(of(unit, _redemptions), _redemptions.c.member_id == member_id)
        .group_by(_redemptions.c.campaign_id)
        .subquery("times")
    )
    hers = sa.union(
        sa.select(_addressed.c.campaign_id).where(of(unit, _addressed), _addressed.c.member_id == member_id),
        sa.select(redeemed.c.campaign_id),
    )
    query = (
        sa.select(
            _campaigns.c.campaign_id,
            _campaigns.c.code,
            _campaigns.c.kind,
            _campaigns.c.starts_on,
            _campaigns.c.ends_on,
            sa.func.coalesce(redeemed.c.times, 0),
        )
        .select_from(_campaigns.outerjoin(redeemed, redeemed.c.campaign_id == _campaigns.c.campaign_id))
        .where(of(unit, _campaigns), _campaigns.c.campaign_id.in_(hers))
        .order_by(_campaigns.c.starts_on.desc(), _campaigns.c.campaign_id)
    )
    return [Addressed(Campaign(*row[:5]), row[5]) for row in unit.connection.execute(query)]
