"""The laws that every stored order obeys, imported or settled here, checked on a live database.

A bulk load that holds them needs nothing else to be a good citizen: each line gross − Σ adjustments = paid and
net − paid = Σ partner-funded; each order the sum of its lines; points as the ledger has them for the order. Those of
refunds are in `refunds/auditing.py`.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shuke.checkout.model import OWN_SOURCE, Instrument, OrderStatus
from shuke.checkout.refunds import auditing as refunds
from shuke.checkout.tables import order_lines, orders
from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Kind
from shuke.members import service as members
from shuke.offers import service as offers
from shuke.offers.model import CouponStatus

_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor", "tax_minor", "tax_added_minor")
_STORED = {Instrument.STORED_PRINCIPAL: Asset.STORED_PRINCIPAL, Instrument.STORED_BONUS: Asset.STORED_BONUS}
_O, _L = orders.c, order_lines.c
UNSETTLED = [str(OrderStatus.PENDING), str(OrderStatus.CANCELLED)]


def audit(unit: Unit) -> Sequence[Check]:
    return [
        check_of("checkout: orders equal their lines", _count(unit, _unequal_orders(unit))),
        check_of("checkout: lines equal their adjustments", _count(unit, _unequal_lines(unit))),
        check_of("checkout: orders equal their tenders", _count(unit, _unpaid_orders(unit))),
        check_of("checkout: orders equal their points", _count(unit, _unequal_points(unit))),
        check_of("checkout: orders equal their stored value", _count(unit, _unequal_stored(unit))),
        check_of("checkout: cancelled orders gave everything back", _count(unit, _kept_by_cancelled(unit))),
        check_of("checkout: coupons are held by pending orders, used by settled ones", _count(unit, _misheld(unit))),
        check_of("checkout: orders say when they were paid or let go", _count(unit, _without_moments(unit))),
        *refunds.audit(unit),
    ]


def _count(unit: Unit, offending: sa.Select[int]) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(offending.subquery())) or 0


def _unequal_orders(unit: Unit) -> sa.Select[int]:
    sums = (
        sa.select(
            order_lines.c.order_id,
            sa.func.count().label("line_count"),
            sa.func.sum(_stored_of_line()).label("stored_minor"),
            *(sa.func.sum(order_lines.c[name]).label(name) for name in _AMOUNTS),
        )
        .where(order_lines.c.merchant_id == unit.merchant_id)
        .group_by(order_lines.c.order_id)
        .subquery()
    )
    differs = [_O[name].is_distinct_from(sums.c[name]) for name in ("line_count", "stored_minor", *_AMOUNTS)]
    return (
        sa.select(sa.literal(1))
        .select_from(orders.outerjoin(sums, sums.c.order_id == orders.c.order_id))
        .where(orders.c.merchant_id == unit.merchant_id, sa.or_(*differs))
    )


def _stored_of_line() -> sa.ScalarSelect[int]:
    entry = sa.func.jsonb_array_elements(_L.payments).table_valued("value").render_derived("entry")
    amount = sa.cast(sa.cast(entry.c.value, JSONB)["amount_minor"].astext, sa.BigInteger)
    return sa.select(sa.func.coalesce(sa.func.sum(amount), 0)).select_from(entry).scalar_subquery()


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
    """Orders settled here that less was tendered for than paid in money, or more than that by anything but cash; and
    pending or cancelled ones that more was tendered for."""
    table = orders.c
    money = table.paid_minor - table.stored_minor
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
            sa.case(
                (table.status.in_(UNSETTLED), sums.c.all > money),
                else_=sa.or_(sums.c.all < money, sums.c.other > money),
            ),
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


def _unequal_stored(unit: Unit) -> sa.Select[Any]:
    """What lines say stored value paid, by order and wallet, against what the books took for it. Whose wallet it was
    may have changed since: members who ever were one are one here."""
    entry = sa.func.jsonb_array_elements(_L.payments).table_valued("value").render_derived("entry")
    value = sa.cast(entry.c.value, JSONB)
    persons = members.persons(unit)
    wallet = sa.cast(value["wallet_id"].astext, sa.Uuid)
    said = (
        sa.select(
            _L.order_id,
            sa.func.coalesce(persons.c.person_id, wallet).label("wallet_id"),
            value["instrument"].astext.label("asset"),
            sa.func.sum(sa.cast(value["amount_minor"].astext, sa.BigInteger)).label("amount"),
        )
        .select_from(order_lines.join(entry, sa.true()).outerjoin(persons, persons.c.member_id == wallet))
        .where(_L.merchant_id == unit.merchant_id)
        .group_by(_L.order_id, sa.text("2"), sa.text("3"))
        .subquery("said")
    )
    each = _booked(unit, Kind.ORDER_SPENT, [str(asset) for asset in _STORED.values()]).subquery("each")
    of = persons.alias("of")
    booked = (
        sa.select(
            each.c.order_id,
            sa.func.coalesce(of.c.person_id, each.c.wallet_id).label("wallet_id"),
            each.c.asset,
            each.c.amount,
        )
        .select_from(each.outerjoin(of, of.c.member_id == each.c.wallet_id))
        .subquery("booked")
    )
    same = sa.and_(
        booked.c.order_id == said.c.order_id, booked.c.wallet_id == said.c.wallet_id, booked.c.asset == said.c.asset
    )
    return (
        sa.select(sa.literal(1))
        .select_from(said.outerjoin(booked, same, full=True))
        .where(said.c.amount.is_distinct_from(-booked.c.amount))
    )


def _booked(unit: Unit, kind: Kind, assets: Sequence[str] | None = None) -> sa.Select[Any]:
    posting = ledger.postings_relation().c
    query = sa.select(
        posting.reference_id.label("order_id"),
        posting.wallet_id,
        posting.asset,
        sa.func.sum(posting.amount).label("amount"),
    ).where(posting.merchant_id == unit.merchant_id, posting.kind == kind)
    if assets is not None:
        query = query.where(posting.asset.in_(assets))
    return query.group_by(posting.reference_id, posting.wallet_id, posting.asset)


def _kept_by_cancelled(unit: Unit) -> sa.Select[Any]:
    """Takings of cancelled orders that did not come back, and returns of orders that were not cancelled."""
    taken = _booked(unit, Kind.ORDER_SPENT).subquery("taken")
    back = _booked(unit, Kind.ORDER_CANCELLED).subquery("back")
    same = sa.and_(*(taken.c[name] == back.c[name] for name in ("order_id", "wallet_id", "asset")))
    due = sa.case((_O.status == str(OrderStatus.CANCELLED), -taken.c.amount), else_=0)
    return (
        sa.select(sa.literal(1))
        .select_from(
            orders.join(taken, taken.c.order_id == _O.order_id).outerjoin(back, same),
        )
        .where(_O.merchant_id == unit.merchant_id, sa.func.coalesce(back.c.amount, 0) != due)
    )


def _misheld(unit: Unit) -> sa.Select[Any]:
    """Coupons reserved for an order that is not pending, or redeemed by one that was never paid."""
    coupon = offers.coupons_relation().c
    pending = _O.status == str(OrderStatus.PENDING)
    return (
        sa.select(sa.literal(1))
        .select_from(orders.join(coupon.coupon_id.table, coupon.order_id == _O.order_id))
        .where(
            _O.merchant_id == unit.merchant_id,
            coupon.merchant_id == unit.merchant_id,
            sa.or_(
                sa.and_(coupon.status == str(CouponStatus.RESERVED), sa.not_(pending)),
                sa.and_(coupon.status == str(CouponStatus.REDEEMED), _O.status.in_(UNSETTLED)),
            ),
        )
    )


def _without_moments(unit: Unit) -> sa.Select[Any]:
    pending, cancelled = _O.status == str(OrderStatus.PENDING), _O.status == str(OrderStatus.CANCELLED)
    paid = sa.not_(_O.status.in_(UNSETTLED))
    return sa.select(sa.literal(1)).where(
        _O.merchant_id == unit.merchant_id,
        _O.source == OWN_SOURCE,
        sa.or_(
            sa.and_(pending, _O.hold_until.is_(None)),
            cancelled != _O.cancelled_at.is_not(None),
            paid != _O.paid_at.is_not(None),
        ),
    )
