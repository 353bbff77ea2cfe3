"""What is added up, as SQL that counting and its proof share."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.checkout import service as checkout
from shuke.infra.database import Unit
from shuke.infra.outbox import Position, domain_events
from shuke.insight.tables import insight_products

ORDER_EVENTS = ("order.settled", "order.imported")
"""Types whose subject is an order that now exists."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`last_order_at` of those who never bought."""

UNCATEGORISED = UUID(int=0)
"""`category_id` of products without one."""

events = domain_events.c
orders = checkout.orders_relation("counted")
lines = checkout.lines_relation("counted_lines")
products = catalog.products_relation()

CATEGORY_NOW = sa.func.coalesce(products.c.category_id, sa.literal(UNCATEGORISED, sa.Uuid))
MEASURED_NOW = products.c.sold_by == "measure"


def of(unit: Unit, *relations: sa.FromClause) -> sa.ColumnElement[bool]:
    """Rows of the unit's merchant, in each of the relations."""
    return sa.and_(*(relation.c.merchant_id == unit.merchant_id for relation in relations))


def total(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The sum as a whole number: PostgreSQL adds up 64-bit numbers to a decimal."""
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def units_of(measured: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Pieces of a line; one for a line sold by measure."""
    return sa.case((measured, 1), else_=sa.cast(lines.c.quantity, sa.BigInteger))


@dataclass(frozen=True, slots=True)
class Window:
    """The `size` events after one position, up to and including another."""

    after: Position
    upto: Position
    size: int


def after(unit: Unit, position: Position) -> sa.ColumnElement[bool]:
    return sa.and_(events.merchant_id == unit.merchant_id, _key() > _at(position))


def upto(unit: Unit, position: Position) -> sa.ColumnElement[bool]:
    return sa.and_(events.merchant_id == unit.merchant_id, _key() <= _at(position))


def _key() -> sa.Tuple:
    return sa.tuple_(events.transaction_id, events.event_id)


def _at(position: Position) -> sa.Tuple:
    return sa.tuple_(position.transaction_id, position.event_id)


def seen_in(unit: Unit, window: Window) -> sa.Subquery:
    """The events of a window. The limit adds nothing but an estimate: from the positions alone the planner
    expects a third of all events, and would read every order for the sake of three."""
    rounded_up = 1 << window.size.bit_length()
    return (
        sa.select(events.type, events.subject_id, events.member_id)
        .where(after(unit, window.after), upto(unit, window.upto))
        .order_by(events.transaction_id, events.event_id)
        .limit(sa.literal(rounded_up, literal_execute=True))
        .subquery("seen")
    )


def told(seen: sa.FromClause) -> sa.ColumnElement[bool]:
    """Orders that some events tell of."""
    condition: sa.ColumnElement[bool] = orders.c.order_id.in_(
        sa.select(seen.c.subject_id).where(seen.c.type.in_(ORDER_EVENTS))
    )
    return condition


def counted(unit: Unit, position: Position) -> sa.ColumnElement[bool]:
    """Orders that were counted when counting had come so far."""
    return told(sa.select(events.type, events.subject_id).where(upto(unit, position)).subquery("past"))


def evented(unit: Unit) -> sa.ColumnElement[bool]:
    """Orders that any event tells of."""
    return told(sa.select(events.type, events.subject_id).where(events.merchant_id == unit.merchant_id).subquery("all"))


def by_member(unit: Unit, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """What each member bought in the orders named by `which`."""
    return (
        sa.select(
            orders.c.member_id,
            sa.func.count().label("orders"),
            total(orders.c.net_minor).label("net_minor"),
            total(orders.c.paid_minor).label("paid_minor"),
            sa.func.min(orders.c.placed_at).label("first_order_at"),
            sa.func.max(orders.c.placed_at).label("last_order_at"),
        )
        .where(of(unit, orders), orders.c.member_id.is_not(None), which)
        .group_by(orders.c.member_id)
    )


def lines_of_orders() -> sa.Join:
    return lines.join(
        orders, sa.and_(lines.c.merchant_id == orders.c.merchant_id, lines.c.order_id == orders.c.order_id)
    )


def by_category_day(unit: Unit, *which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Sales of the orders and products named by `which`, each product counted as noted."""
    known = insight_products.c
    return (
        sa.select(
            orders.c.business_day,
            known.category_id,
            total(lines.c.net_minor).label("net_minor"),
            total(units_of(known.measured)).label("units"),
            sa.func.count(sa.distinct(lines.c.order_id)).label("orders"),
        )
        .select_from(
            lines_of_orders().join(
                insight_products,
                sa.and_(known.merchant_id == lines.c.merchant_id, known.product_id == lines.c.product_id),
            )
        )
        .where(of(unit, orders, lines, insight_products), *which)
        .group_by(orders.c.business_day, known.category_id)
    )
