"""The laws that every stored order obeys, imported or settled here, checked on a live database.

A bulk load that holds them needs nothing else to be a good citizen: each line gross − Σ adjustments = paid and
net − paid = Σ partner-funded; each order the sum of its lines; points as the ledger has them for the order.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.checkout.model import OWN_SOURCE
from shuke.checkout.tables import order_lines, orders
from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger

_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor")


def audit(unit: Unit) -> Sequence[Check]:
    return [
        check_of("checkout: orders equal their lines", _count(unit, _unequal_orders(unit))),
        check_of("checkout: lines equal their adjustments", _count(unit, _unequal_lines(unit))),
        check_of("checkout: orders equal their tenders", _count(unit, _unpaid_orders(unit))),
        check_of("checkout: orders equal their points", _count(unit, _unequal_points(unit))),
    ]


def _count(unit: Unit, offending: sa.Select[int]) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(offending.subquery())) or 0


def _unequal_orders(unit: Unit) -> sa.Select[int]:
    sums = (
        sa.select(
            order_lines.c.order_id,
            sa.func.count().label("line_count"),
            *(sa.func.sum(order_lines.c[name]).label(name) for name in _AMOUNTS),
        )
        .where(order_lines.c.merchant_id == unit.merchant_id)
        .group_by(order_lines.c.order_id)
        .subquery()
    )
    differs = [orders.c[name].is_distinct_from(sums.c[name]) for name in ("line_count", *_AMOUNTS)]
    return (
        sa.select(sa.literal(1))
        .select_from(orders.outerjoin(sums, sums.c.order_id == orders.c.order_id))
        .where(orders.c.merchant_id == unit.merchant_id, sa.or_(*differs))
    )


def _unequal_lines(unit: Unit) -> sa.Select[int]:
    """Lines whose discount is not the sum of its reasons, or whose net is not what is paid and what partners fund."""
    lines = order_lines.c
    entry = sa.func.jsonb_array_elements(lines.adjustments).table_valued("value").render_derived("entry")
    value = sa.cast(entry.c.value, JSONB)
    amount = sa.cast(value["amount_minor"].astext, sa.BigInteger)
    sums = (
        sa.select(
            sa.func.coalesce(sa.func.sum(amount), 0).label("all"),
            sa.func.coalesce(sa.func.sum(amount).filter(value["funder"].astext == "partner"), 0).label("partners"),
        )
        .select_from(entry)
        .lateral("sums")
    )
    plain = sa.and_(
        lines.discount_minor == 0, lines.net_minor == lines.paid_minor, lines.adjustments == sa.text("'[]'")
    )
    return (
        sa.select(sa.literal(1))
        .select_from(order_lines.join(sums, sa.true()))
        .where(
            lines.merchant_id == unit.merchant_id,
            sa.not_(plain),
            sa.or_(sums.c.all != lines.discount_minor, sums.c.partners != lines.net_minor - lines.paid_minor),
        )
    )


def _unpaid_orders(unit: Unit) -> sa.Select[int]:
    """Orders settled here that less was tendered for than paid, or more than paid by anything but cash."""
    table = orders.c
    entry = sa.func.jsonb_array_elements(table.tenders).table_valued("value").render_derived("entry")
    value = sa.cast(entry.c.value, JSONB)
    amount = sa.cast(value["amount_minor"].astext, sa.BigInteger)
    sums = (
        sa.select(
            sa.func.coalesce(sa.func.sum(amount), 0).label("all"),
            sa.func.coalesce(sa.func.sum(amount).filter(value["kind"].astext != "cash"), 0).label("other"),
        )
        .select_from(entry)
        .lateral("sums")
    )
    return (
        sa.select(sa.literal(1))
        .select_from(orders.join(sums, sa.true()))
        .where(
            table.merchant_id == unit.merchant_id,
            table.source == OWN_SOURCE,
            sa.or_(sums.c.all < table.paid_minor, sums.c.other > table.paid_minor),
        )
    )


def _unequal_points(unit: Unit) -> sa.Select[int]:
    """Orders that say other points than the ledger."""
    booked = ledger.order_points_relation()
    same = sa.and_(booked.c.merchant_id == orders.c.merchant_id, booked.c.order_id == orders.c.order_id)
    earned = sa.func.coalesce(booked.c.points_earned, 0)
    spent = sa.func.coalesce(booked.c.points_spent, 0)
    return (
        sa.select(sa.literal(1))
        .select_from(orders.outerjoin(booked, same))
        .where(
            orders.c.merchant_id == unit.merchant_id,
            sa.or_(orders.c.points_earned != earned, orders.c.points_spent != spent),
        )
    )
