"""Reports as the API shows them. Amounts are minor units of the merchant's currency, rates basis points."""

from datetime import date

from pydantic import ConfigDict, Field

from shuke.infra.http import TextView, View
from shuke.infra.http_refs import CategoryRef, StoreRef, TierRef


class ReportCalendar(View):
    """Business days; `latest_day` is the last one with an order, null before the first order."""

    today: date
    latest_day: date | None


class KpisView(View):
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


class SalesSummary(View):
    """The measures of a period and of the equally long one just before; `definitions` says what each means."""

    model_config = ConfigDict(from_attributes=True, validate_by_name=True)

    from_: date = Field(alias="from")
    to: date
    previous_from: date
    previous_to: date
    current: KpisView
    previous: KpisView
    definitions: dict[str, TextView]


class SalesDay(View):
    day: date
    net_minor: int
    orders: int
    members_active: int
    previous_day: date
    previous_net_minor: int
    previous_orders: int


class SalesDays(View):
    items: list[SalesDay]


class StoreSalesRow(View):
    store: StoreRef
    net_minor: int
    orders: int
    members_active: int
    average_ticket_minor: int
    previous_net_minor: int


class StoreSalesList(View):
    items: list[StoreSalesRow]


class CategorySalesRow(View):
    """`category` null: products without one."""

    category: CategoryRef | None
    net_minor: int
    units: int
    orders: int
    previous_net_minor: int


class CategorySalesList(View):
    items: list[CategorySalesRow]


class TierSalesRow(View):
    """`tier` null: customers who are not members."""

    tier: TierRef | None
    net_minor: int
    orders: int
    members_active: int
    members_total: int
    average_ticket_minor: int
    previous_net_minor: int


class TierSalesList(View):
    items: list[TierSalesRow]
