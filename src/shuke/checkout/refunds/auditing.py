"""The laws of refunds, checked on a live database: what came back equals what orders, tills and wallets say of it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.checkout.model import OrderStatus
from shuke.checkout.tables import order_lines, orders, refund_lines, refunds
from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Kind
from shuke.members import service as members

_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor")
_R, _L, _O = refunds.c, refund_lines.c, orders.c


def audit(unit: Unit) -> Sequence[Check]:
    laws = {
        "refunds: orders equal their refunds": _unequal_orders(unit),
        "refunds: refunds equal their lines": _unequal_refunds(unit),
        "refunds: lines equal what they are made of": _unequal_parts(unit),
        "refunds: no line comes back twice": _twice(unit),
        "refunds: money equals the tenders it went back to": _unequal_money(unit),
        "refunds: wallets got what refunds say": _unequal_assets(unit),
        "refunds: what was earned was taken back": _unequal_claws(unit),
        "refunds: stored value that was handed over in cash left the books": _unequal_paid_out(unit),
    }
    return [check_of(name, unit.connection.scalar(_counted(law)) or 0) for name, law in laws.items()]


def _counted(offending: sa.Select[Any]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(offending.subquery())


def _sum(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.cast(sa.func.sum(column), sa.BigInteger), 0)


def _unequal_orders(unit: Unit) -> sa.Select[Any]:
    """Orders whose sums or status are not those of their refunds."""
    back = (
        sa.select(
            _R.order_id,
            *(_sum(_R[name]).label(name) for name in (*_AMOUNTS, "points_returned", "points_taken_back")),
            sa.func.bool_or(_R.complete).label("complete"),
        )
        .where(_R.merchant_id == unit.merchant_id)
        .group_by(_R.order_id)
        .subquery("back")
    )
    differs = [_O[f"refunded_{name}"] != sa.func.coalesce(back.c[name], 0) for name in _AMOUNTS]
    differs += [_O[name] != sa.func.coalesce(back.c[name], 0) for name in ("points_returned", "points_taken_back")]
    whole, part = str(OrderStatus.REFUNDED), str(OrderStatus.PARTIALLY_REFUNDED)
    expected = sa.case((back.c.order_id.is_(None), None), (back.c.complete, whole), else_=part)
    said = sa.case((_O.status.in_([whole, part]), _O.status))
    return (
        sa.select(sa.literal(1))
        .select_from(orders.outerjoin(back, back.c.order_id == _O.order_id))
        .where(_O.merchant_id == unit.merchant_id, sa.or_(*differs, said.is_distinct_from(expected)))
    )


def _unequal_refunds(unit: Unit) -> sa.Select[Any]:
    lines = (
        sa.select(
            _L.refund_id, *(_sum(_L[name]).label(name) for name in _AMOUNTS), _sum(_L.points).label("points_returned")
        )
        .where(_L.merchant_id == unit.merchant_id)
        .group_by(_L.refund_id)
        .subquery("lines")
    )
    differs = [_R[name].is_distinct_from(lines.c[name]) for name in (*_AMOUNTS, "points_returned")]
    return (
        sa.select(sa.literal(1))
        .select_from(refunds.outerjoin(lines, lines.c.refund_id == _R.refund_id))
        .where(_R.merchant_id == unit.merchant_id, sa.or_(*differs))
    )


def _added_up(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    """The sum of a JSON list of whole numbers."""
    entry = sa.func.jsonb_array_elements_text(column).table_valued("value").render_derived("entry")
    return sa.select(_sum(sa.cast(entry.c.value, sa.BigInteger))).select_from(entry).scalar_subquery()


def _unequal_parts(unit: Unit) -> sa.Select[Any]:
    return sa.select(sa.literal(1)).where(
        _L.merchant_id == unit.merchant_id,
        sa.or_(_added_up(_L.discounts) != _L.discount_minor, _added_up(_L.payments) != _L.paid_minor),
    )


def _twice(unit: Unit) -> sa.Select[Any]:
    """Lines of which more came back than was sold, or less than nothing."""
    names = ("quantity", *_AMOUNTS)
    back = (
        sa.select(_L.order_id, _L.line_no, *(sa.func.coalesce(sa.func.sum(_L[name]), 0).label(name) for name in names))
        .where(_L.merchant_id == unit.merchant_id)
        .group_by(_L.order_id, _L.line_no)
        .subquery("back")
    )
    sold = order_lines.c
    same = sa.and_(sold.order_id == back.c.order_id, sold.line_no == back.c.line_no)
    off = [sa.not_(back.c[name].between(0, sold[name])) for name in names]
    return (
        sa.select(sa.literal(1))
        .select_from(back.outerjoin(order_lines, sa.and_(same, sold.merchant_id == unit.merchant_id)))
        .where(sa.or_(sold.line_no.is_(None), *off))
    )


def _entries(column: sa.ColumnElement[Any]) -> tuple[sa.TableValuedAlias, sa.ColumnElement[Any]]:
    entry = sa.func.jsonb_array_elements(column).table_valued("value").render_derived("entry")
    return entry, sa.cast(entry.c.value, JSONB)


def _unequal_money(unit: Unit) -> sa.Select[Any]:
    """Refunds whose tenders are not their money less what was kept, and orders that gave back more than they took."""
    entry, value = _entries(_R.tenders)
    given = sa.select(_sum(sa.cast(value["amount_minor"].astext, sa.BigInteger))).select_from(entry).scalar_subquery()
    each = sa.select(sa.literal(1)).where(
        _R.merchant_id == unit.merchant_id, given != _R.money_minor - _R.deducted_minor
    )
    took = sa.select(_O.paid_minor - _O.stored_minor).where(
        _O.merchant_id == unit.merchant_id, _O.order_id == _R.order_id
    )
    orders_over = (
        sa.select(sa.literal(1))
        .where(_R.merchant_id == unit.merchant_id)
        .group_by(_R.order_id)
        .having(_sum(_R.money_minor) > took.scalar_subquery())
    )
    return sa.select(sa.union_all(each, orders_over).subquery())


def _unequal_assets(unit: Unit) -> sa.Select[Any]:
    """What refunds say went to a wallet, against what the books have of it; members who ever were one are one."""
    entry, value = _entries(_R.assets)
    persons = members.persons(unit)
    wallet = sa.cast(value["wallet_id"].astext, sa.Uuid)
    said = (
        sa.select(
            _R.refund_id,
            sa.func.coalesce(persons.c.person_id, wallet).label("wallet_id"),
            value["asset"].astext.label("asset"),
            _sum(sa.cast(value["amount"].astext, sa.BigInteger)).label("amount"),
        )
        .select_from(refunds.join(entry, sa.true()).outerjoin(persons, persons.c.member_id == wallet))
        .where(_R.merchant_id == unit.merchant_id)
        .group_by(_R.refund_id, sa.text("2"), sa.text("3"))
        .subquery("said")
    )
    posting = ledger.postings_relation().c
    of = persons.alias("of")
    person = sa.func.coalesce(of.c.person_id, posting.wallet_id).label("wallet_id")
    booked = (
        sa.select(posting.reference_id, person, posting.asset, _sum(posting.amount).label("amount"))
        .select_from(ledger.postings_relation().outerjoin(of, of.c.member_id == posting.wallet_id))
        .where(posting.merchant_id == unit.merchant_id, posting.kind == Kind.ORDER_RETURNED)
        .group_by(posting.reference_id, sa.text("2"), posting.asset)
        .subquery("booked")
    )
    same = sa.and_(
        booked.c.reference_id == said.c.refund_id,
        booked.c.wallet_id == said.c.wallet_id,
        booked.c.asset == said.c.asset,
    )
    return (
        sa.select(sa.literal(1))
        .select_from(said.outerjoin(booked, same, full=True))
        .where(said.c.amount.is_distinct_from(booked.c.amount))
    )


def _unequal_claws(unit: Unit) -> sa.Select[Any]:
    posting = ledger.postings_relation().c
    undone = posting.account.in_([Account.CLAWED_BACK, Account.OWED])
    growth = posting.asset == Asset.GROWTH
    booked = (
        sa.select(
            posting.reference_id,
            _sum(sa.case((growth, 0), else_=sa.func.abs(posting.amount))).label("points"),
            _sum(sa.case((growth, sa.func.abs(posting.amount)), else_=0)).label("growth"),
        )
        .where(posting.merchant_id == unit.merchant_id, posting.kind == Kind.ORDER_REFUNDED, undone)
        .where(posting.asset.in_([Asset.POINTS, Asset.POINTS_OWED, Asset.GROWTH]))
        .group_by(posting.reference_id)
        .subquery("booked")
    )
    mine = sa.select(refunds).where(_R.merchant_id == unit.merchant_id).subquery("mine")
    points = sa.func.coalesce(mine.c.points_taken_back, 0) != sa.func.coalesce(booked.c.points, 0)
    of_growth = sa.func.coalesce(mine.c.growth_taken_back, 0) != sa.func.coalesce(booked.c.growth, 0)
    return (
        sa.select(sa.literal(1))
        .select_from(mine.outerjoin(booked, booked.c.reference_id == mine.c.refund_id, full=True))
        .where(sa.or_(points, of_growth))
    )


def _unequal_paid_out(unit: Unit) -> sa.Select[Any]:
    posting = ledger.postings_relation().c
    booked = (
        sa.select(_sum(-posting.amount))
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.kind == Kind.PAID_OUT,
            posting.reference_id == _R.refund_id,
        )
        .scalar_subquery()
    )
    return sa.select(sa.literal(1)).where(_R.merchant_id == unit.merchant_id, _R.paid_out_minor != booked)
