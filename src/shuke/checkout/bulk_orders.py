"""Imported orders into the database, a chunk at a time. What is written here holds every law of `auditing`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from shuke.checkout.model import OrderStatus, Stage
from shuke.checkout.order_rows import DISCOUNTS, Ints, Lines
from shuke.checkout.tables import orders
from shuke.infra.database import Unit
from shuke.infra.imports import bulk
from shuke.infra.imports.kinds import Context
from shuke.infra.imports.parsing import MILLI

Content = tuple[datetime, str, str | None, int, int, int, int, int, int]
"""What tells one order from another: when, store, member, gross, discount, net, paid, lines, units."""


@dataclass(frozen=True, slots=True)
class Totals:
    """One row per order of a chunk."""

    placed_at: Any
    business_day: Any
    store_id: Any
    member_id: Any
    gross: Ints
    discount: Ints
    net: Ints
    paid: Ints
    lines: Ints
    units: Ints

    @classmethod
    def of(cls, lines: Lines, timezone: str) -> "Totals":
        first = pa.array(lines.starts)
        placed_at = lines.placed_at.take(first)
        local = pc.local_timestamp(pc.cast(placed_at, pa.timestamp("us", timezone)))
        pieces = np.where(lines.by_measure, 1, lines.quantity // MILLI)
        return cls(
            placed_at=placed_at,
            business_day=pc.cast(local, pa.date32(), safe=False),
            store_id=lines.store_id.take(first),
            member_id=lines.member_id.take(first),
            gross=np.add.reduceat(lines.gross, lines.starts),
            discount=np.add.reduceat(lines.discount, lines.starts),
            net=np.add.reduceat(lines.net, lines.starts),
            paid=np.add.reduceat(lines.paid, lines.starts),
            lines=np.diff(np.append(lines.starts, len(lines.order))),
            units=np.add.reduceat(pieces, lines.starts),
        )

    def content(self, order: int) -> Content:
        return (
            self.placed_at[order].as_py(),
            self.store_id[order].as_py(),
            self.member_id[order].as_py(),
            int(self.gross[order]),
            int(self.discount[order]),
            int(self.net[order]),
            int(self.paid[order]),
            int(self.lines[order]),
            int(self.units[order]),
        )


def stored_orders(unit: Unit, source: str, refs: Any) -> Mapping[str, Content]:
    """Those of the orders that are there already."""
    table = orders.c
    rows = unit.connection.execute(
        sa.select(
            table.external_ref,
            table.placed_at,
            table.store_id,
            table.member_id,
            table.gross_minor,
            table.discount_minor,
            table.net_minor,
            table.paid_minor,
            table.line_count,
            table.units,
        ).where(
            table.merchant_id == unit.merchant_id,
            table.source == source,
            bulk.any_text(table.external_ref, refs.to_pylist()),
        )
    )
    return {
        row.external_ref: (row.placed_at, row.store_id.hex, row.member_id.hex if row.member_id else None, *row[4:])
        for row in rows
    }


def insert_orders(unit: Unit, lines: Lines, totals: Totals, new: Any, context: Context) -> None:
    """Write the orders numbered `new` with their lines, and one event for each."""
    if not len(new):
        return
    ids = bulk.new_ids(bulk.milliseconds_of(totals.placed_at))
    _insert_documents(unit, lines, totals, new, ids, context)
    _insert_lines(unit, lines, new, ids)


def _insert_documents(unit: Unit, lines: Lines, totals: Totals, new: Any, ids: Any, context: Context) -> None:
    which = pa.array(new)
    first = pa.array(lines.starts[new])
    milliseconds = np.full(len(new), int(unit.now().timestamp() * 1000))
    bulk.stage(
        unit,
        "order_rows",
        {
            "order_id": ("uuid", ids.take(which)),
            "event_id": ("uuid", bulk.new_ids(milliseconds)),
            "external_ref": ("text", lines.refs.take(first)),
            "store_id": ("uuid", totals.store_id.take(which)),
            "member_id": ("uuid", totals.member_id.take(which)),
            "channel": ("text", lines.channel.take(first)),
            "placed_at": ("timestamptz", totals.placed_at.take(which)),
            "business_day": ("date", totals.business_day.take(which)),
            "units": ("integer", pa.array(totals.units[new])),
            "line_count": ("integer", pa.array(totals.lines[new])),
            "gross_minor": ("bigint", pa.array(totals.gross[new])),
            "discount_minor": ("bigint", pa.array(totals.discount[new])),
            "net_minor": ("bigint", pa.array(totals.net[new])),
            "paid_minor": ("bigint", pa.array(totals.paid[new])),
            "points_earned": ("bigint", _points(totals, new, context)),
        },
    )
    values = {"merchant": unit.merchant_id, "source": context.source, "status": str(OrderStatus.PAID)}
    unit.connection.execute(_INSERT_ORDERS, values)
    unit.connection.execute(_INSERT_EVENTS, {"merchant": unit.merchant_id, "source": context.source})


_SAME = (
    "order_id, external_ref, store_id, member_id, channel, placed_at, business_day, units, line_count, "
    "gross_minor, discount_minor, net_minor, paid_minor, points_earned"
)
_INSERT_ORDERS = sa.text(
    f"INSERT INTO orders (merchant_id, number, source, status, {_SAME}) "  # noqa: S608
    f"SELECT :merchant, CAST(:source AS text) || '-' || external_ref, CAST(:source AS text), :status, {_SAME} "
    "FROM pg_temp.order_rows"
)
_INSERT_EVENTS = sa.text(
    "INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload) "
    "SELECT :merchant, event_id, 'order.imported', order_id, member_id, placed_at, jsonb_build_object("
    "'source', CAST(:source AS text), 'gross_minor', gross_minor, 'net_minor', net_minor, 'paid_minor', paid_minor) "
    "FROM pg_temp.order_rows"
)


def _points(totals: Totals, new: Any, context: Context) -> Any:
    if context.earn is None:
        return pa.array(np.zeros(len(new), dtype=np.int64))
    amount, per_minor = context.earn
    earned = np.maximum(totals.paid[new], 0) * amount // per_minor
    member = totals.member_id.take(pa.array(new)).is_valid().to_numpy(zero_copy_only=False)
    return pa.array(np.where(member, earned, 0))


def _insert_lines(unit: Unit, lines: Lines, new: Any, ids: Any) -> None:
    chosen = np.isin(lines.order, new)
    positions = np.flatnonzero(chosen)
    line_no = np.arange(len(lines.order)) - lines.starts[lines.order] + 1
    gross, quantity = lines.gross[positions], lines.quantity[positions]
    bulk.stage(
        unit,
        "line_rows",
        {
            "order_id": ("uuid", ids.take(pa.array(lines.order[positions]))),
            "line_no": ("integer", pa.array(line_no[positions])),
            "product_id": ("uuid", lines.product_id.take(pa.array(positions))),
            "quantity": ("numeric(12,3)", _decimal(quantity)),
            "unit_price_minor": ("bigint", _unit_price(gross, quantity)),
            "gross_minor": ("bigint", pa.array(gross)),
            "net_minor": ("bigint", pa.array(lines.net[positions])),
            "paid_minor": ("bigint", pa.array(lines.paid[positions])),
            "adjustments": ("jsonb", _adjustments(lines, positions)),
        },
    )
    unit.connection.execute(_INSERT_LINES, {"merchant": unit.merchant_id})


_LINE = "order_id, line_no, product_id, quantity, unit_price_minor, gross_minor, net_minor, paid_minor, adjustments"
_INSERT_LINES = sa.text(
    f"INSERT INTO order_lines (merchant_id, {_LINE}, discount_minor) "  # noqa: S608
    f"SELECT :merchant, {_LINE}, gross_minor - paid_minor FROM pg_temp.line_rows"
)


def _decimal(thousandths: Ints) -> Any:
    if not (thousandths % MILLI).any():
        return pa.array(thousandths // MILLI)
    thousandth = pa.scalar(Decimal("0.001"), pa.decimal128(4, 3))
    return pc.cast(pc.multiply(pc.cast(pa.array(thousandths), pa.decimal128(19, 0)), thousandth), pa.string())


def _unit_price(gross: Ints, quantity: Ints) -> Any:
    """Known only where the total divides evenly."""
    divisor = np.where(quantity == 0, 1, quantity)
    even = (quantity > 0) & (gross * MILLI % divisor == 0)
    return pa.array(gross * MILLI // divisor, mask=~even)


def _adjustments(lines: Lines, positions: Ints) -> Any:
    """The JSON of each line's discounts, one adjustment for each rule that gave something."""
    pieces = []
    for rule, funder in DISCOUNTS.items():
        amount = lines.discounts[rule][positions]
        if amount.any():
            given = pa.array(amount, mask=amount == 0).cast(pa.string())
            head = f'{{"stage": "{Stage.IMPORTED}", "amount_minor": '
            tail = f', "rule": "{rule}", "funder": "{funder}"}}, '
            pieces.append(pc.fill_null(pc.binary_join_element_wise(head, given, tail, ""), ""))
    if not pieces:
        return pa.array(["[]"] * len(positions))
    joined = pc.ascii_rtrim(pc.binary_join_element_wise(*pieces, ""), characters=", ")
    return pc.binary_join_element_wise("[", joined, "]", "")
