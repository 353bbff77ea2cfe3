"""What was cleared, and what would be: entries by party, reason and day, of closed and of open days alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from shuke.checkout.clearing.facts import open_facts
from shuke.checkout.clearing.model import Debt, Entry, FactKind, Party, Reason, Statement, Totals, store_party
from shuke.checkout.clearing.owing import owed
from shuke.checkout.clearing.rules import positions
from shuke.checkout.clearing.tables import clearing_entries
from shuke.checkout.clearing.terms import standing, terms
from shuke.checkout.tables import orders, refunds
from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.kernel.paging import Page

_COLUMNS = (
    "entry_id",
    "business_day",
    "own_day",
    "debtor",
    "creditor",
    "reason",
    "kind",
    "reference_id",
    "amount_minor",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of these business days, both included; None does not restrict. `party` on either side."""

    first: date
    last: date
    party: Party | None = None
    reason: Reason | None = None


def debts(unit: Unit, first: date, last: date, party: Party | None = None) -> list[Debt]:
    """What the parties within reach owe each other, summed up."""
    entry = _entries(unit, Wanted(first, last, party)).c
    late = sa.func.count().filter(entry.own_day != entry.business_day)
    amount = sa.cast(sa.func.sum(entry.amount_minor), sa.BigInteger)
    query = (
        sa.select(entry.debtor, entry.creditor, entry.reason, sa.func.count(), late, amount)
        .group_by(entry.debtor, entry.creditor, entry.reason)
        .order_by(entry.debtor, entry.creditor, entry.reason)
    )
    return [
        Debt(Party(debtor), Party(creditor), Reason(reason), *numbers)
        for debtor, creditor, reason, *numbers in unit.connection.execute(query)
    ]


def totals_by_day(unit: Unit, first: date, last: date) -> dict[date, Totals]:
    """What there is within reach on each of these days; days without entries are not in it."""
    entry = _entries(unit, Wanted(first, last)).c
    late = sa.func.count().filter(entry.own_day != entry.business_day)
    amount = sa.cast(sa.func.sum(entry.amount_minor), sa.BigInteger)
    query = sa.select(entry.business_day, sa.func.count(), late, amount).group_by(entry.business_day)
    return {each: Totals(*numbers) for each, *numbers in unit.connection.execute(query)}


def statement(unit: Unit, first: date, last: date, party: Party | None = None) -> Statement:
    """What the parties owe each other over these days: all of them, or one and each of the others."""
    found, of = debts(unit, first, last, party), standing(unit)
    return Statement(
        first=first,
        last=last,
        open_from=max(first, of.first) if last >= of.first else None,
        entries=sum(debt.entries for debt in found),
        late=sum(debt.late for debt in found),
        debts=found,
        positions=positions(found),
    )


def entries(unit: Unit, wanted: Wanted, cursor: str | None, limit: int) -> Page[Entry]:
    """The entries behind it, oldest reference first. Raises BadCursor."""
    query, entry = _listed(unit, wanted)
    rows, following = page(unit, query, Sort(entry.reference_id, entry.entry_id), cursor, limit)
    return Page([_entry(row) for row in rows], following)


def all_entries(unit: Unit, wanted: Wanted) -> Iterator[Entry]:
    """The same by day, read as they are used."""
    query, entry = _listed(unit, wanted)
    ordered = query.order_by(entry.business_day, entry.reference_id, entry.entry_id)
    with unit.connection.execute(ordered.execution_options(yield_per=500)) as rows:
        for row in rows:
            yield _entry(row)


def _listed(unit: Unit, wanted: Wanted) -> tuple[sa.Select[Any], Any]:
    found = _entries(unit, wanted)
    entry, sold, back = found.c, orders.c, refunds.c
    of_refund = sa.and_(back.merchant_id == unit.merchant_id, back.refund_id == entry.reference_id)
    of_order = sa.and_(
        sold.merchant_id == unit.merchant_id, sold.order_id == sa.func.coalesce(back.order_id, entry.reference_id)
    )
    query = sa.select(found, sold.number, sold.order_id).select_from(
        found.outerjoin(refunds, of_refund).outerjoin(orders, of_order)
    )
    return query, entry


def _entries(unit: Unit, wanted: Wanted) -> sa.Subquery:
    """Entries of closed days as they were written, of open days as they would be, within the principal's reach."""
    of, parts = standing(unit), []
    if of.closed is not None and wanted.first <= of.closed:
        table = clearing_entries.c
        parts.append(
            sa.select(*(table[name] for name in _COLUMNS)).where(
                table.merchant_id == unit.merchant_id, *_which(unit, table, wanted)
            )
        )
    if wanted.last >= of.first or not parts:
        how = terms(unit)
        open_ones = owed(unit, how, open_facts(unit, how.since, of, wanted.first, wanted.last)).c
        parts.append(sa.select(*(open_ones[name] for name in _COLUMNS)).where(*_which(unit, open_ones, wanted)))
    return sa.union_all(*parts).subquery("entry")


def _which(unit: Unit, entry: Any, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    which = [entry.business_day.between(wanted.first, wanted.last)]
    if wanted.party is not None:
        which.append(sa.or_(entry.debtor == wanted.party.key, entry.creditor == wanted.party.key))
    if wanted.reason is not None:
        which.append(entry.reason == str(wanted.reason))
    if unit.principal.store_ids is not None:
        mine = [store_party(store_id).key for store_id in sorted(unit.principal.store_ids)]
        which.append(sa.or_(entry.debtor.in_(mine), entry.creditor.in_(mine)))
    return which


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(
        entry_id=row.entry_id,
        business_day=row.business_day,
        own_day=row.own_day,
        debtor=Party(row.debtor),
        creditor=Party(row.creditor),
        reason=Reason(row.reason),
        kind=FactKind(row.kind),
        reference_id=row.reference_id,
        order_id=row.order_id,
        number=row.number,
        amount_minor=row.amount_minor,
    )
