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
from shuke.insight.tables import insight_products, insight_progress

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`last_order_at` of those who never bought."""

UNCATEGORISED = UUID(int=0)
"""`category_id` of products without one."""

events = domain_events.c
orders = checkout.sold_relation("counted")
lines = checkout.lines_relation("counted_lines")
refunds = checkout.refunds_relation("counted_refunds")
refund_lines = checkout.refund_lines_relation("counted_refund_lines")
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
        sa.select(seen.c.subject_id).where(seen.c.type.in_(checkout.SOLD))
    )
    return condition


def told_back(seen: sa.FromClause) -> sa.ColumnElement[bool]:
    """Refunds that some events tell of."""
    condition: sa.ColumnElement[bool] = refunds.c.refund_id.in_(
        sa.select(seen.c.subject_id).where(seen.c.type == checkout.REFUNDED)
    )
    return condition


@dataclass(frozen=True, slots=True)
class Which:
    """Which orders, as they were sold, and which refunds of what was sold."""

    sold: sa.ColumnElement[bool]
    came_back: sa.ColumnElement[bool]

    @classmethod
    def told(cls, seen: sa.FromClause) -> "Which":
        return cls(told(seen), told_back(seen))


def counted(unit: Unit, position: Position) -> Which:
    """What was counted when counting had come so far."""
    return _past(upto(unit, position))


def counted_so_far(unit: Unit) -> Which:
    """The same of how far counting has come as the very statement sees it: who asks that beforehand may compare with
    what somebody counted in between."""
    progress = insight_progress.c
    transaction, event = (
        sa.select(column).where(of(unit, insight_progress)).scalar_subquery()
        for column in (progress.transaction_id, progress.event_id)
    )
    return _past(sa.and_(events.merchant_id == unit.merchant_id, _key() <= sa.tuple_(transaction, event)))


def _past(which: sa.ColumnElement[bool]) -> Which:
    return Which.told(sa.select(events.type, events.subject_id).where(which).subquery("past"))


def evented(unit: Unit) -> Which:
    """What any event tells of."""
    return Which.told(
        sa.select(events.type, events.subject_id).where(events.merchant_id == unit.merchant_id).subquery("all")
    )


def by_member(unit: Unit, which: Which) -> sa.Select[Any]:
    """What each member bought, less what came back."""
    sold = sa.select(
        orders.c.member_id, sa.literal(1).label("orders"), orders.c.net_minor, orders.c.paid_minor, orders.c.placed_at
    ).where(of(unit, orders), orders.c.member_id.is_not(None), which.sold)
    back = sa.select(
        refunds.c.member_id,
        sa.literal(0).label("orders"),
        (-refunds.c.net_minor).label("net_minor"),
        (-refunds.c.paid_minor).label("paid_minor"),
        sa.cast(sa.null(), refunds.c.at.type).label("placed_at"),
    ).where(of(unit, refunds), refunds.c.member_id.is_not(None), which.came_back)
    each = sa.union_all(sold, back).subquery("each").c
    return sa.select(
        each.member_id,
        total(each.orders).label("orders"),
        total(each.net_minor).label("net_minor"),
        total(each.paid_minor).label("paid_minor"),
        sa.func.min(each.placed_at).label("first_order_at"),
        sa.func.max(each.placed_at).label("last_order_at"),
    ).group_by(each.member_id)


def lines_of_orders() -> sa.Join:
    return lines.join(
        orders, sa.and_(lines.c.merchant_id == orders.c.merchant_id, lines.c.order_id == orders.c.order_id)
    )


def refund_lines_of_orders() -> sa.Join:
    """Each refunded line with the line it gives back, its order and its refund."""
    same_line = sa.and_(
        refund_lines.c.merchant_id == lines.c.merchant_id,
        refund_lines.c.order_id == lines.c.order_id,
        refund_lines.c.line_no == lines.c.line_no,
    )
    same_refund = sa.and_(
        refunds.c.merchant_id == refund_lines.c.merchant_id, refunds.c.refund_id == refund_lines.c.refund_id
    )
    return lines_of_orders().join(refund_lines, same_line).join(refunds, same_refund)


def by_category_day(unit: Unit, which: Which, *products: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Sales of the products named, less what came back of them, each product counted as noted; by the day of the order,
    be it that it came back later. Units and orders are as sold."""
    known = insight_products.c
    noted = sa.and_(known.merchant_id == lines.c.merchant_id, known.product_id == lines.c.product_id)
    sold = (
        sa.select(
            orders.c.business_day,
            known.category_id,
            lines.c.net_minor,
            units_of(known.measured).label("units"),
            lines.c.order_id,
        )
        .select_from(lines_of_orders().join(insight_products, noted))
        .where(of(unit, orders, lines, insight_products), which.sold, *products)
    )
    back = (
        sa.select(
            orders.c.business_day,
            known.category_id,
            (-refund_lines.c.net_minor).label("net_minor"),
            sa.literal(0).label("units"),
            sa.null().label("order_id"),
        )
        .select_from(refund_lines_of_orders().join(insight_products, noted))
        .where(of(unit, orders, lines, refund_lines, refunds, insight_products), which.came_back, *products)
    )
    each = sa.union_all(sold, back).subquery("each").c
    return sa.select(
        each.business_day,
        each.category_id,
        total(each.net_minor).label("net_minor"),
        total(each.units).label("units"),
        sa.func.count(sa.distinct(each.order_id)).label("orders"),
    ).group_by(each.business_day, each.category_id)
