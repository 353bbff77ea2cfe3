"""The SQL of refunds: writing one, reading those of an order."""

from dataclasses import fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.model import TenderKind
from shuke.checkout.refunds.model import AssetBack, LineRefund, Refund, RefundedLine
from shuke.checkout.refunds.tenders import MoneyBack
from shuke.checkout.tables import refund_lines, refunds
from shuke.infra.database import Unit
from shuke.ledger.model import Asset

_COLUMNS = tuple(field.name for field in fields(Refund) if field.name not in ("lines", "tenders", "assets"))


def add(unit: Unit, refund: Refund) -> None:
    unit.connection.execute(refunds.insert().values(_row(unit, refund)))
    unit.connection.execute(refund_lines.insert(), [_line_row(unit, refund, line) for line in refund.lines])


def of_order(unit: Unit, order_id: UUID) -> list[Refund]:
    """The refunds of an order, oldest first, with their lines."""
    table = refund_lines.c
    rows = unit.connection.execute(
        sa.select(refund_lines)
        .where(table.merchant_id == unit.merchant_id, table.order_id == order_id)
        .order_by(table.refund_id, table.line_no)
    )
    lines: dict[UUID, list[RefundedLine]] = {}
    for row in rows:
        lines.setdefault(row.refund_id, []).append(_read_line(row))
    found = unit.connection.execute(
        sa.select(refunds)
        .where(refunds.c.merchant_id == unit.merchant_id, refunds.c.order_id == order_id)
        .order_by(refunds.c.at, refunds.c.refund_id)
    )
    return [_read(row, tuple(lines.get(row.refund_id, ()))) for row in found]


def _row(unit: Unit, refund: Refund) -> dict[str, Any]:
    return {"merchant_id": unit.merchant_id} | {
        **{name: getattr(refund, name) for name in _COLUMNS},
        "tenders": [
            {"tender_no": back.tender_no, "kind": str(back.kind), "amount_minor": back.amount_minor}
            for back in refund.tenders
        ],
        "assets": [
            {"wallet_id": str(back.wallet_id), "asset": str(back.asset), "amount": back.amount}
            for back in refund.assets
        ],
    }


def _line_row(unit: Unit, refund: Refund, line: RefundedLine) -> dict[str, Any]:
    part = line.part
    return {
        "merchant_id": unit.merchant_id,
        "refund_id": refund.refund_id,
        "order_id": refund.order_id,
        "line_no": part.line_no,
        "quantity": part.quantity,
        "gross_minor": part.gross_minor,
        "discount_minor": part.discount_minor,
        "net_minor": line.net_minor,
        "paid_minor": part.paid_minor,
        "tax_minor": part.tax_minor,
        "tax_added_minor": part.tax_added_minor,
        "discounts": list(part.discounts),
        "payments": list(part.payments),
        "points": part.points,
    }


def _read(row: sa.Row[Any], lines: tuple[RefundedLine, ...]) -> Refund:
    return Refund(
        **{name: getattr(row, name) for name in _COLUMNS},
        tenders=tuple(
            MoneyBack(document["tender_no"], TenderKind(document["kind"]), document["amount_minor"])
            for document in row.tenders
        ),
        assets=tuple(
            AssetBack(UUID(document["wallet_id"]), Asset(document["asset"]), document["amount"])
            for document in row.assets
        ),
        lines=lines,
    )


def _read_line(row: sa.Row[Any]) -> RefundedLine:
    part = LineRefund(
        row.line_no,
        row.quantity,
        tuple(row.discounts),
        tuple(row.payments),
        row.points,
        row.tax_minor,
        row.tax_added_minor,
    )
    return RefundedLine(part, row.net_minor)
