"""Adjustments of orders and what refunds took back of them, out of the documents of their lines."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.checkout.model import SETTLED
from shuke.checkout.tables import order_lines, orders, refund_lines, refunds
from shuke.infra.database import Unit

_WORDS = ("stage", "rule", "funder", "party")


def discounts_between(unit: Unit, first: date, last: date) -> sa.Subquery:
    """One row an adjustment of an order sold on these business days, and one (negative) for what a refund on one of
    them took back: order_id, store_id (which sold), stage, rule, funder, party (may be empty), amount_minor."""
    merchant, sold, back = sa.literal(unit.merchant_id, sa.Uuid), orders.c, refunds.c
    gave, took = given(merchant).subquery("given").c, taken_back(merchant).subquery("taken_back").c
    of_orders = (
        sa.select(gave.order_id, sold.store_id, *(gave[name] for name in _WORDS), gave.amount_minor)
        .join(orders, sold.order_id == gave.order_id)
        .where(
            sold.merchant_id == unit.merchant_id,
            sold.status.in_([str(status) for status in SETTLED]),
            sold.business_day.between(first, last),
        )
    )
    of_refunds = (
        sa.select(took.order_id, sold.store_id, *(took[name] for name in _WORDS), -took.amount_minor)
        .join(refunds, back.refund_id == took.refund_id)
        .join(orders, sold.order_id == took.order_id)
        .where(
            sold.merchant_id == unit.merchant_id,
            back.merchant_id == unit.merchant_id,
            back.business_day.between(first, last),
        )
    )
    return sa.union_all(of_orders, of_refunds).subquery("discounts")


def given(merchant_id: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """One row an adjustment of a line: order_id, line_no, stage, rule, funder, party (empty where none is named),
    amount_minor. Cheap only when joined with few orders."""
    line = order_lines.c
    each, words = _each(line.adjustments)
    return (
        sa.select(line.order_id, line.line_no, *words, _minor(each.c.value["amount_minor"]).label("amount_minor"))
        .select_from(order_lines.join(each, sa.true()))
        .where(line.merchant_id == merchant_id, line.adjustments != sa.text("'[]'"))
    )


def taken_back(merchant_id: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """One row an adjustment that a refund took back, or part of it: refund_id, and the same columns."""
    line, back = order_lines.c, refund_lines.c
    each, words = _each(line.adjustments)
    share = back.discounts.op("->")(sa.cast(each.c.number - 1, sa.Integer))
    same = sa.and_(line.merchant_id == back.merchant_id, line.order_id == back.order_id, line.line_no == back.line_no)
    return (
        sa.select(back.refund_id, back.order_id, back.line_no, *words, _minor(share).label("amount_minor"))
        .select_from(refund_lines.join(order_lines, same).join(each, sa.true()))
        .where(back.merchant_id == merchant_id, line.merchant_id == merchant_id)
    )


def _each(adjustments: sa.ColumnElement[Any]) -> tuple[Any, list[sa.ColumnElement[str]]]:
    elements = sa.func.jsonb_array_elements(adjustments).table_valued(
        sa.column("value", JSONB), with_ordinality="number"
    )
    each = elements.render_derived("adjustment")
    value = each.c.value
    words = [value[name].astext.label(name) for name in ("stage", "rule", "funder")]
    return each, [*words, sa.func.coalesce(value["party"].astext, "").label("party")]


def _minor(value: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.cast(sa.cast(value, sa.Text), sa.BigInteger)
