"""The SQL of orders: writing one, reading one, changing its fate."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from psycopg.types.json import Jsonb

from shuke.checkout.documents import (
    adjustment_documents,
    earned_document,
    read_adjustments,
    read_earned,
    read_shares,
    read_tenders,
    share_documents,
    tender_documents,
)
from shuke.checkout.errors import ExternalRefTaken
from shuke.checkout.model import SETTLED, CameBack, ItemKind, Order, OrderLine, OrderStatus
from shuke.checkout.tables import order_lines, orders
from shuke.infra.database import Unit, directly
from shuke.kernel.ids import new_id

_CAME_BACK = tuple(field.name for field in fields(CameBack))
_ORDER_COLUMNS = tuple(field.name for field in fields(Order) if field.name != "came_back")
_LINE_COLUMNS = {
    "line_no": "integer",
    "product_id": "uuid",
    "kind": "text",
    "quantity": "numeric",
    "unit_price_minor": "bigint",
    "gross_minor": "bigint",
    "discount_minor": "bigint",
    "net_minor": "bigint",
    "paid_minor": "bigint",
    "tax_minor": "bigint",
    "tax_added_minor": "bigint",
    "adjustments": "jsonb",
    "payments": "jsonb",
}

_LINES = ", ".join(f"{name} {kind}" for name, kind in _LINE_COLUMNS.items())
_ADD = f"""
WITH told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  VALUES (%s, %s, %s, %s, %s, %s, %s)
), placed AS (
  INSERT INTO orders (merchant_id, {", ".join(_ORDER_COLUMNS)}) VALUES (%s{", %s" * len(_ORDER_COLUMNS)})
)
INSERT INTO order_lines (merchant_id, order_id, {", ".join(_LINE_COLUMNS)})
SELECT %s::uuid, %s::uuid, line.* FROM jsonb_to_recordset(%s) AS line({_LINES})
"""  # noqa: S608 - built from the constants above


def add(unit: Unit, order: Order, lines: Sequence[OrderLine], event_type: str, event: Mapping[str, object]) -> None:
    """Write an order, its lines and the event that tells of it, in one statement however many lines. Raises
    ExternalRefTaken."""
    if order.external_ref is not None:
        _refuse_known_reference(unit, order)
    merchant_id, order_id = unit.merchant_id, order.order_id
    told = (merchant_id, new_id(), event_type, order_id, order.member_id, order.placed_at, Jsonb(event))
    placed = {name: getattr(order, name) for name in _ORDER_COLUMNS} | {
        "status": order.status.value,
        "tenders": Jsonb(tender_documents(order.tenders)),
        "earned": Jsonb(earned_document(order.earned)),
    }
    written = Jsonb([_line_document(line) for line in lines])
    values = (*told, merchant_id, *placed.values(), merchant_id, order_id, written)
    directly(unit.connection, _ADD, values)


def _refuse_known_reference(unit: Unit, order: Order) -> None:
    """One at a time for each reference, so that the second of two at once finds the first one's order."""
    lock = f"{unit.merchant_id}/{order.source}/{order.external_ref}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))
    number = unit.connection.scalar(
        sa.select(orders.c.number).where(
            orders.c.merchant_id == unit.merchant_id,
            orders.c.source == order.source,
            orders.c.external_ref == order.external_ref,
        )
    )
    if number is not None:
        raise ExternalRefTaken(external_ref=order.external_ref, number=number)


def _line_document(line: OrderLine) -> dict[str, object]:
    document: dict[str, object] = {name: getattr(line, name) for name in _LINE_COLUMNS}
    return document | {
        "product_id": line.product_id.hex,
        "kind": line.kind.value,
        "quantity": str(line.quantity),
        "adjustments": adjustment_documents(line.adjustments),
        "payments": share_documents(line.payments),
    }


def order(unit: Unit, order_id: UUID, *, hold: bool = False) -> Order | None:
    """One order; with `hold`, nobody else changes its fate until this transaction ends."""
    query = sa.select(orders).where(_this(unit, order_id))
    row = unit.connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else read_order(row)


def has_orders(unit: Unit) -> bool:
    """Whether the merchant ever had an order, settled or not."""
    found = sa.exists().where(orders.c.merchant_id == unit.merchant_id)
    return bool(unit.connection.scalar(sa.select(found)))


def has_bought(unit: Unit, member_id: UUID) -> bool:
    """Whether a member has an order that was sold, here or elsewhere."""
    found = sa.exists().where(
        orders.c.merchant_id == unit.merchant_id, orders.c.member_id == member_id, orders.c.status.in_(SETTLED)
    )
    return bool(unit.connection.scalar(sa.select(found)))


def settle(unit: Unit, paid: Order) -> None:
    """A pending order, held, is paid now."""
    _change(
        unit,
        paid.order_id,
        status=str(paid.status),
        paid_at=paid.paid_at,
        tenders=tender_documents(paid.tenders),
        points_earned=paid.points_earned,
        earned=earned_document(paid.earned),
    )


def tendered(unit: Unit, order: Order) -> None:
    """Something was paid on a pending order, held, and something is still missing."""
    _change(unit, order.order_id, tenders=tender_documents(order.tenders))


def cancel(unit: Unit, order: Order, at: datetime) -> Order:
    """A pending order, held, is let go."""
    _change(unit, order.order_id, status=str(OrderStatus.CANCELLED), cancelled_at=at)
    return replace(order, status=OrderStatus.CANCELLED, cancelled_at=at)


def came_back(unit: Unit, order: Order, status: OrderStatus, came_back: CameBack) -> Order:
    """Part of a settled order, held, came back, or the last of it."""
    _change(unit, order.order_id, status=str(status), **asdict(came_back))
    return replace(order, status=status, came_back=came_back)


def _change(unit: Unit, order_id: UUID, **fate: object) -> None:
    unit.connection.execute(orders.update().where(_this(unit, order_id)).values(fate))


def _this(unit: Unit, order_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(orders.c.merchant_id == unit.merchant_id, orders.c.order_id == order_id)


def read_order(row: sa.Row[tuple[object, ...]]) -> Order:
    values = {name: getattr(row, name) for name in _ORDER_COLUMNS}
    made = {
        "status": OrderStatus(row.status),
        "tenders": read_tenders(row.tenders),
        "earned": read_earned(row.earned),
        "came_back": CameBack(*(getattr(row, name) for name in _CAME_BACK)),
    }
    return Order(**values | made)


def lines(unit: Unit, order_id: UUID) -> list[OrderLine]:
    """The lines of an order as they stood in the cart."""
    table = order_lines.c
    rows = unit.connection.execute(
        sa.select(order_lines)
        .where(table.merchant_id == unit.merchant_id, table.order_id == order_id)
        .order_by(table.line_no)
    )
    return [
        OrderLine(
            **{name: getattr(row, name) for name in _LINE_COLUMNS}
            | {
                "kind": ItemKind(row.kind),
                "adjustments": read_adjustments(row.adjustments),
                "payments": read_shares(row.payments),
            }
        )
        for row in rows
    ]
