"""Orders found again: lists, one order in full, and what the caller may see of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.catalog.model import Product
from shuke.checkout import holding, store
from shuke.checkout.model import Order, OrderLine, OrderStatus
from shuke.checkout.payments import service as payments
from shuke.checkout.payments.model import Payment, Purpose
from shuke.checkout.refunds import store as refund_store
from shuke.checkout.refunds.model import Refund
from shuke.checkout.settling import Settled
from shuke.checkout.tables import order_redemptions, orders
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.paging import Page
from shuke.members import service as members
from shuke.members.model import MemberRef
from shuke.offers import service as offers
from shuke.offers.model import Campaign
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Store

REFUNDED = (OrderStatus.PARTIALLY_REFUNDED, OrderStatus.REFUNDED)


class OrderSort(StrEnum):
    """A minus in front means largest, or newest, first."""

    PLACED = "placed_at"
    PLACED_DESC = "-placed_at"
    PAID = "paid_minor"
    PAID_DESC = "-paid_minor"
    DISCOUNT = "discount_minor"
    DISCOUNT_DESC = "-discount_minor"
    UNITS = "units"
    UNITS_DESC = "-units"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """Which orders; None does not restrict. Days are business days, both included; amounts are what was paid.
    `q` is a whole order number or external reference."""

    from_day: date | None = None
    to_day: date | None = None
    store_id: UUID | None = None
    member_id: UUID | None = None
    channel: str | None = None
    source: str | None = None
    status: OrderStatus | None = None
    q: str | None = None
    min_minor: int | None = None
    max_minor: int | None = None


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order with the names of its store and member."""

    order: Order
    store: Store
    member: MemberRef | None


@dataclass(frozen=True, slots=True)
class Redemption:
    campaign: Campaign
    coupon_code: str


@dataclass(frozen=True, slots=True)
class FullOrder:
    listed: ListedOrder
    lines: Sequence[OrderLine]
    products: Mapping[UUID, Product]
    redemptions: Sequence[Redemption]
    currency: str
    cashier_name: str | None
    refunds: Sequence[Refund] = ()
    payments: Sequence[Payment] = ()


def list_orders(unit: Unit, wanted: OrderFilter, sort: OrderSort, cursor: str | None, limit: int) -> Page[ListedOrder]:
    """A page of the orders that the principal may see. Raises BadCursor."""
    column = orders.c[sort.removeprefix("-")]
    query = sa.select(orders).where(*_conditions(unit, wanted))
    rows, following = page(unit, query, Sort(column, orders.c.order_id, sort.startswith("-")), cursor, limit)
    return Page(_named(unit, [store.read_order(row) for row in rows]), following)


def full_order(unit: Unit, order_id: UUID) -> FullOrder:
    """One order with everything kept of it; raises NotFound, also for an order of a store out of reach."""
    found = holding.seen(unit, order_id)
    lines = store.lines(unit, order_id)
    products = catalog.get_many(unit, {line.product_id for line in lines})
    return FullOrder(
        listed=_named(unit, [found])[0],
        lines=lines,
        products=products,
        redemptions=_redemptions(unit, order_id),
        currency=tenancy.merchant(unit).currency,
        cashier_name=_cashier_name(unit, found.cashier_id),
        refunds=refund_store.of_order(unit, order_id) if found.status in REFUNDED else (),
        payments=payments.of_reference(unit, Purpose.ORDER, order_id),
    )


def just_settled(unit: Unit, settled: Settled) -> FullOrder:
    """What `full_order` would read back, without reading."""
    order, priced = settled.order, settled.priced
    return FullOrder(
        listed=ListedOrder(order, priced.store, priced.known.member.ref if priced.known else None),
        lines=settled.lines,
        products={product.product_id: product for product in priced.products.values()},
        redemptions=(),
        currency=priced.programme.currency,
        cashier_name=unit.principal.name if order.cashier_id else None,
        payments=settled.payments,
    )


def _conditions(unit: Unit, wanted: OrderFilter) -> list[sa.ColumnElement[bool]]:
    table = orders.c
    conditions: list[sa.ColumnElement[bool]] = [table.merchant_id == unit.merchant_id]
    if unit.principal.store_ids is not None:
        conditions.append(table.store_id.in_(list(unit.principal.store_ids)))
    if wanted.from_day is not None:
        conditions.append(table.business_day >= wanted.from_day)
    if wanted.to_day is not None:
        conditions.append(table.business_day <= wanted.to_day)
    for name in ("store_id", "member_id", "channel", "source", "status"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(table[name] == value)
    if wanted.q:
        conditions.append(sa.or_(table.number == wanted.q.strip().upper(), table.external_ref == wanted.q.strip()))
    if wanted.min_minor is not None:
        conditions.append(table.paid_minor >= wanted.min_minor)
    if wanted.max_minor is not None:
        conditions.append(table.paid_minor <= wanted.max_minor)
    return conditions


def _named(unit: Unit, found: Sequence[Order]) -> list[ListedOrder]:
    stores = tenancy.store_refs(unit, {order.store_id for order in found})
    people = members.shown_refs(unit, {order.member_id for order in found if order.member_id is not None})
    return [
        ListedOrder(order, stores[order.store_id], people.get(order.member_id) if order.member_id else None)
        for order in found
    ]


def _cashier_name(unit: Unit, cashier_id: UUID | None) -> str | None:
    return tenancy.staff_names(unit, [cashier_id]).get(cashier_id) if cashier_id else None


def _redemptions(unit: Unit, order_id: UUID) -> list[Redemption]:
    table = order_redemptions.c
    rows = unit.connection.execute(
        sa.select(table.campaign_id, table.coupon_code)
        .where(table.merchant_id == unit.merchant_id, table.order_id == order_id)
        .order_by(table.redemption_id)
    ).all()
    campaigns = offers.campaigns_by_id(unit, {row.campaign_id for row in rows})
    return [Redemption(campaigns[row.campaign_id], row.coupon_code) for row in rows]
