"""The SQL of orders: writing one, reading one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from psycopg.types.json import Jsonb

from shuke.checkout.documents import adjustment_documents, read_adjustments, read_tenders, tender_documents
from shuke.checkout.errors import ExternalRefTaken
from shuke.checkout.model import Order, OrderLine, OrderStatus
from shuke.checkout.tables import order_lines, orders
from shuke.infra.database import Unit
from shuke.kernel.ids import new_id

_ORDER_COLUMNS = tuple(Order.__dataclass_fields__)
_LINE_COLUMNS = {
    "line_no": "integer",
    "product_id": "uuid",
    "quantity": "numeric",
    "unit_price_minor": "bigint",
    "gross_minor": "bigint",
    "discount_minor": "bigint",
    "net_minor": "bigint",
    "paid_minor": "bigint",
    "adjustments": "jsonb",
}

_ADD = sa.text(
    f"""
WITH told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  VALUES (:merchant_id, :event_id, 'order.settled', :order_id, CAST(:member_id AS uuid), :placed_at, :event)
), placed AS (
  INSERT INTO orders (merchant_id, {", ".join(_ORDER_COLUMNS)})
  VALUES (:merchant_id, {", ".join(f":{name}" for name in _ORDER_COLUMNS)})
)
INSERT INTO order_lines (merchant_id, order_id, {", ".join(_LINE_COLUMNS)})
SELECT CAST(:merchant_id AS uuid), CAST(:order_id AS uuid), line.*
FROM unnest({", ".join(f"CAST(:l_{name} AS {kind}[])" for name, kind in _LINE_COLUMNS.items())}) AS line
"""  # noqa: S608 - built from the constants above
)


def add(unit: Unit, order: Order, lines: Sequence[OrderLine], event: Mapping[str, object]) -> None:
    """Write an order, its lines and the event `order.settled` that tells of it, in one statement however many
    lines. Raises ExternalRefTaken."""
    if order.external_ref is not None:
        _refuse_known_reference(unit, order)
    unit.connection.execute(
        _ADD,
        {
            "merchant_id": unit.merchant_id,
            **{name: getattr(order, name) for name in _ORDER_COLUMNS},
            "status": str(order.status),
            "tenders": Jsonb(tender_documents(order.tenders)),
            **_line_arrays(lines),
            "event_id": new_id(),
            "event": Jsonb(event),
        },
    )


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


def _line_arrays(lines: Sequence[OrderLine]) -> dict[str, object]:
    """The lines turned on their side: one array a column, as `unnest` wants them."""
    columns: dict[str, object] = {f"l_{name}": [getattr(line, name) for line in lines] for name in _LINE_COLUMNS}
    return columns | {"l_adjustments": [Jsonb(adjustment_documents(line.adjustments)) for line in lines]}


def order(unit: Unit, order_id: UUID) -> Order | None:
    row = unit.connection.execute(
        sa.select(orders).where(orders.c.merchant_id == unit.merchant_id, orders.c.order_id == order_id)
    ).first()
    return None if row is None else read_order(row)


def read_order(row: sa.Row[tuple[object, ...]]) -> Order:
    values = {name: getattr(row, name) for name in Order.__dataclass_fields__}
    return Order(**values | {"status": OrderStatus(row.status), "tenders": read_tenders(row.tenders)})


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
            **{name: getattr(row, name) for name in _LINE_COLUMNS} | {"adjustments": read_adjustments(row.adjustments)}
        )
        for row in rows
    ]
