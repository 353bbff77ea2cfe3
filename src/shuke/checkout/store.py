"""The SQL of orders: writing one, reading one."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.checkout.documents import adjustment_documents, read_adjustments, read_tenders, tender_documents
from shuke.checkout.errors import ExternalRefTaken
from shuke.checkout.model import Order, OrderLine, OrderStatus
from shuke.checkout.tables import order_lines, orders
from shuke.infra.database import Unit

_LINE_COLUMNS = (
    ("line_no", sa.Integer()),
    ("product_id", sa.Uuid()),
    ("quantity", sa.Numeric(12, 3)),
    ("unit_price_minor", sa.BigInteger()),
    ("gross_minor", sa.BigInteger()),
    ("discount_minor", sa.BigInteger()),
    ("net_minor", sa.BigInteger()),
    ("paid_minor", sa.BigInteger()),
    ("adjustments", JSONB()),
)


def add(unit: Unit, order: Order, lines: Sequence[OrderLine]) -> None:
    """Write an order and its lines, in two statements however many lines. Raises ExternalRefTaken."""
    if order.external_ref is not None:
        _refuse_known_reference(unit, order)
    unit.connection.execute(
        orders.insert(),
        {
            "merchant_id": unit.merchant_id,
            **{name: getattr(order, name) for name in Order.__dataclass_fields__},
            "tenders": tender_documents(order.tenders),
        },
    )
    unit.connection.execute(_ADD_LINES, _line_arrays(unit, order.order_id, lines))


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


def _line_arrays(unit: Unit, order_id: UUID, lines: Sequence[OrderLine]) -> dict[str, object]:
    """The lines turned on their side: one array a column, as `unnest` wants them."""
    columns: dict[str, object] = {name: [getattr(line, name) for line in lines] for name, _ in _LINE_COLUMNS}
    columns["adjustments"] = [Jsonb(adjustment_documents(line.adjustments)) for line in lines]
    return {"merchant_id": unit.merchant_id, "order_id": order_id, **columns}


def _add_lines() -> sa.Insert:
    arrays = [sa.cast(sa.bindparam(name, type_=None), ARRAY(kind)) for name, kind in _LINE_COLUMNS]
    rows = (
        sa.func.unnest(*arrays).table_valued(*(sa.column(name, kind) for name, kind in _LINE_COLUMNS)).render_derived()
    )
    names = [name for name, _ in _LINE_COLUMNS]
    values = sa.select(
        sa.bindparam("merchant_id", type_=sa.Uuid()),
        sa.bindparam("order_id", type_=sa.Uuid()),
        *(rows.c[name] for name in names),
    )
    return order_lines.insert().from_select(["merchant_id", "order_id", *names], values)


_ADD_LINES = _add_lines()


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
            **{name: getattr(row, name) for name, _ in _LINE_COLUMNS}
            | {"adjustments": read_adjustments(row.adjustments)}
        )
        for row in rows
    ]
