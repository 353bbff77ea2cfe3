"""The laws of clearing, checked on a live database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from shuke.checkout.clearing.facts import facts_between, open_facts
from shuke.checkout.clearing.given import given, taken_back
from shuke.checkout.clearing.model import FactKind, Reason
from shuke.checkout.clearing.tables import clearing_days, clearing_entries, clearing_facts
from shuke.checkout.clearing.terms import standing, terms
from shuke.infra.database import Unit
from shuke.kernel.audit import Check, check_of
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Kind
from shuke.offers.model import Funder

_E, _D, _F = clearing_entries.c, clearing_days.c, clearing_facts.c

_FROM_OUTSIDE = (Funder.PLATFORM, Funder.PARTNER)
_DISCOUNTS = (Reason.SUBSIDY, Reason.RED_PACKET)


def audit(unit: Unit) -> Sequence[Check]:
    """Every law for the unit's merchant."""
    laws = {
        "clearing: days are closed without a gap": _gaps(unit),
        "clearing: closed days equal their entries": _unequal_days(unit),
        "clearing: what happened on closed days is cleared, once": _forgotten(unit),
        "clearing: others pay the discounts they fund": _unequal_subsidies(unit),
        "clearing: no more stored value is cleared than was spent": _unequal_stored_value(unit),
        "clearing: entries are of what was cleared that day": _strays(unit),
    }
    return [check_of(name, _count(unit, law)) for name, law in laws.items()]


def _count(unit: Unit, offending: sa.Select[Any]) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).select_from(offending.subquery())) or 0


def _mine(unit: Unit, *tables: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c.merchant_id == unit.merchant_id for table in tables))


def _gaps(unit: Unit) -> sa.Select[Any]:
    """Days whose predecessor is neither closed nor before clearing began."""
    before = clearing_days.alias("before").c
    there = sa.exists().where(before.merchant_id == _D.merchant_id, before.business_day == _D.business_day - 1)
    first = sa.select(sa.func.min(before.business_day)).where(before.merchant_id == unit.merchant_id).scalar_subquery()
    return sa.select(_D.business_day).where(_mine(unit, clearing_days), ~there, _D.business_day != first)


def _unequal_days(unit: Unit) -> sa.Select[Any]:
    sums = (
        sa.select(
            _E.business_day,
            sa.func.count().label("entries"),
            sa.func.count().filter(_E.own_day != _E.business_day).label("late"),
            sa.func.sum(_E.amount_minor).label("amount_minor"),
        )
        .where(_mine(unit, clearing_entries))
        .group_by(_E.business_day)
        .subquery("sums")
    )
    differs = [_D[name] != sa.func.coalesce(sums.c[name], 0) for name in ("entries", "late", "amount_minor")]
    return (
        sa.select(_D.business_day)
        .select_from(clearing_days.outerjoin(sums, sums.c.business_day == _D.business_day))
        .where(_mine(unit, clearing_days), sa.or_(*differs))
    )


def _forgotten(unit: Unit) -> sa.Select[Any]:
    """Facts of closed days that are neither cleared nor waiting for the next day, and cleared ones that are none."""
    how, of = terms(unit), standing(unit)
    last = of.closed or date.min
    waiting = open_facts(unit, how.since, of, of.first, of.first)
    all_of = facts_between(unit, how.since, how.since, last)
    known = sa.select(_F.reference_id.label("reference_id")).where(_mine(unit, clearing_facts)).subquery("known")
    fact = all_of.c.reference_id
    cleared = sa.exists().where(known.c.reference_id == fact)
    missing = sa.select(fact).where(~cleared, fact.not_in(sa.select(waiting.c.reference_id)))
    invented = sa.select(known.c.reference_id).where(~sa.exists().where(fact == known.c.reference_id))
    return sa.select(missing.union_all(invented).subquery("forgotten"))


def _unequal_subsidies(unit: Unit) -> sa.Select[Any]:
    """Orders and refunds for which platform and partners pay another amount than they fund."""
    merchant = sa.literal(unit.merchant_id, sa.Uuid)
    sold, back = given(merchant).subquery("given").c, taken_back(merchant).subquery("taken_back").c
    outside = [str(funder) for funder in _FROM_OUTSIDE]
    funded = sa.union_all(
        sa.select(sold.order_id.label("reference_id"), sold.amount_minor).where(sold.funder.in_(outside)),
        sa.select(back.refund_id, -back.amount_minor).where(back.funder.in_(outside)),
    ).subquery("funded")
    paid = sa.or_(_E.debtor == "platform", _E.debtor.like("partner:%"))
    entered = sa.select(_E.reference_id, (-_E.amount_minor).label("amount_minor")).where(
        _mine(unit, clearing_entries), paid
    )
    cleared = sa.select(_F.reference_id).where(_mine(unit, clearing_facts))
    both = sa.union_all(
        sa.select(funded.c.reference_id, funded.c.amount_minor).where(funded.c.reference_id.in_(cleared)), entered
    ).subquery("both")
    return sa.select(both.c.reference_id).group_by(both.c.reference_id).having(sa.func.sum(both.c.amount_minor) != 0)


def _unequal_stored_value(unit: Unit) -> sa.Select[Any]:
    """Orders and refunds that cleared more stored value than the books say they took, or returned."""
    posting = ledger.postings_relation().c
    kinds = {FactKind.ORDER: Kind.ORDER_SPENT, FactKind.REFUND: Kind.ORDER_RETURNED}
    moved = (
        sa.select(posting.reference_id, posting.kind, sa.func.sum(-posting.amount).label("amount"))
        .where(posting.merchant_id == unit.merchant_id, posting.asset.in_([str(asset) for asset in STORED_ASSETS]))
        .where(posting.kind.in_([str(kind) for kind in kinds.values()]))
        .group_by(posting.reference_id, posting.kind)
        .subquery("moved")
    )
    entered = (
        sa.select(_E.reference_id, _E.kind, sa.func.sum(_E.amount_minor).label("amount"))
        .where(_mine(unit, clearing_entries), _E.reason.in_([str(Reason.STORED_PRINCIPAL), str(Reason.STORED_BONUS)]))
        .group_by(_E.reference_id, _E.kind)
        .subquery("entered")
    )
    booked_as = sa.case(*((entered.c.kind == str(fact), str(kind)) for fact, kind in kinds.items()))
    same = sa.and_(moved.c.reference_id == entered.c.reference_id, moved.c.kind == booked_as)
    more = sa.func.abs(entered.c.amount) > sa.func.abs(sa.func.coalesce(moved.c.amount, 0))
    return (
        sa.select(entered.c.reference_id)
        .select_from(entered.outerjoin(moved, same))
        .where(sa.or_(more, sa.func.sign(entered.c.amount) != sa.func.sign(sa.func.coalesce(moved.c.amount, 0))))
    )


def _strays(unit: Unit) -> sa.Select[Any]:
    same = sa.and_(_F.merchant_id == _E.merchant_id, _F.reference_id == _E.reference_id)
    differs = sa.or_(_F.business_day != _E.business_day, _F.own_day != _E.own_day, _F.kind != _E.kind)
    return (
        sa.select(_E.entry_id)
        .select_from(clearing_entries.join(clearing_facts, same))
        .where(_mine(unit, clearing_entries), differs)
    )
