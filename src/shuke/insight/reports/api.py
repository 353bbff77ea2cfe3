"""The dashboard's numbers over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.infra.http import Call, TextView, allow
from shuke.infra.http_ids import StoreId
from shuke.infra.http_refs import CategoryRef, StoreRef
from shuke.insight.reports import sales
from shuke.insight.reports.categories import categories
from shuke.insight.reports.definitions import DEFINITIONS
from shuke.insight.reports.scope import Scope, latest_day, scope_of
from shuke.insight.reports.views import (
    CategorySalesList,
    CategorySalesRow,
    KpisView,
    ReportCalendar,
    SalesDay,
    SalesDays,
    SalesSummary,
    StoreSalesList,
    StoreSalesRow,
    TierSalesList,
    TierSalesRow,
)
from shuke.insight.tiers import tier_refs
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/reports", tags=["reports"])

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]
Rows = Annotated[int, Query(ge=1, le=100, description="How many, the largest first.")]


@dataclass(frozen=True, slots=True)
class Asked:
    first: date | None
    last: date | None
    store_id: StoreId | None


def asked(
    from_: Annotated[_Day | None, Query(alias="from", description="First business day; 30 days by default.")] = None,
    to: Annotated[_Day | None, Query(description="Last business day; today by default.")] = None,
    store_id: Annotated[StoreId | None, Query(description="One store; all within reach by default.")] = None,
) -> Asked:
    return Asked(from_, to, store_id)


Wanted = Annotated[Asked, Depends(asked)]
Reader = Annotated[Call, allow(Permission.REPORTS_READ)]


@contextmanager
def _report(call: Call, wanted: Asked) -> Iterator[tuple[Unit, Scope]]:
    with call.unit() as unit:
        yield unit, scope_of(unit, wanted.first, wanted.last, wanted.store_id)


@router.get("/calendar")
def read_calendar(call: Reader) -> ReportCalendar:
    """Today on the merchant's calendar, and how far its orders reach: periods that count back from the last day of
    sales are not diluted by days whose orders have not been imported yet."""
    with call.unit() as unit:
        return ReportCalendar(today=tenancy.today(unit), latest_day=latest_day(unit))


@router.get("/summary")
def read_summary(call: Reader, wanted: Wanted) -> SalesSummary:
    """The measures of the period, beside those of the equally long period just before."""
    with _report(call, wanted) as (unit, scope):
        current, previous = sales.summary(unit, scope)
    return SalesSummary(
        from_=scope.period.first,
        to=scope.period.last,
        previous_from=scope.before.first,
        previous_to=scope.before.last,
        current=KpisView.model_validate(current),
        previous=KpisView.model_validate(previous),
        definitions={name: TextView.of(text) for name, text in DEFINITIONS.items()},
    )


@router.get("/days")
def read_days(call: Reader, wanted: Wanted) -> SalesDays:
    """Sales of every business day, also of those without any."""
    with _report(call, wanted) as (unit, scope):
        return SalesDays(items=[SalesDay.model_validate(day) for day in sales.days(unit, scope)])


@router.get("/stores")
def read_stores(call: Reader, wanted: Wanted, limit: Rows = 10) -> StoreSalesList:
    """Stores by sales."""
    with _report(call, wanted) as (unit, scope):
        found = sales.stores(unit, scope, limit)
        names = tenancy.store_refs(unit, {row.store_id for row in found})
    return StoreSalesList(
        items=[
            StoreSalesRow(
                store=StoreRef.of(names[row.store_id]),
                net_minor=row.net_minor,
                orders=row.orders,
                members_active=row.members_active,
                average_ticket_minor=row.average_ticket_minor,
                previous_net_minor=row.previous_net_minor,
            )
            for row in found
        ]
    )


@router.get("/categories")
def read_categories(call: Reader, wanted: Wanted, limit: Rows = 10) -> CategorySalesList:
    """Product categories by sales. Over all stores it may miss the orders of the last moments."""
    with _report(call, wanted) as (unit, scope):
        found = categories(unit, scope, limit)
        names = {category.category_id: CategoryRef.of(category) for category in catalog.categories(unit)}
    return CategorySalesList(
        items=[
            CategorySalesRow(
                category=names[row.category_id] if row.category_id else None,
                net_minor=row.net_minor,
                units=row.units,
                orders=row.orders,
                previous_net_minor=row.previous_net_minor,
            )
            for row in found
        ]
    )


@router.get("/tiers")
def read_tiers(call: Reader, wanted: Wanted) -> TierSalesList:
    """Sales by the tier that members have now, and to those who are no members."""
    with _report(call, wanted) as (unit, scope):
        found = sales.tiers(unit, scope)
        names = tier_refs(unit)
    return TierSalesList(
        items=[
            TierSalesRow(
                tier=names[row.tier_id] if row.tier_id else None,
                net_minor=row.net_minor,
                orders=row.orders,
                members_active=row.members_active,
                members_total=row.members_total,
                average_ticket_minor=row.average_ticket_minor,
                previous_net_minor=row.previous_net_minor,
            )
            for row in found
        ]
    )
