"""The list of days, newest first: open ones as they stand, closed ones as they were closed."""

from datetime import date, timedelta

import sqlalchemy as sa

from shuke.checkout.clearing.model import DayStatus, DayTotals, Totals, Window
from shuke.checkout.clearing.statements import totals_by_day
from shuke.checkout.clearing.tables import clearing_days
from shuke.checkout.clearing.terms import standing
from shuke.infra.database import Unit
from shuke.kernel.paging import BadCursor, Page, decode_cursor, encode_cursor


def days(unit: Unit, cursor: str | None, limit: int) -> Page[DayTotals]:
    """Today and every day before it, back to where clearing begins. Raises BadCursor."""
    of = standing(unit)
    last = of.today if cursor is None else min(of.today, _read(cursor) - timedelta(days=1))
    found = _open(unit, of, last, limit)
    if len(found) <= limit:
        found += _closed(unit, min(last, found[-1].business_day) if found else last, limit - len(found) + 1)
    return Page(
        found[:limit], encode_cursor([found[limit - 1].business_day.isoformat()]) if len(found) > limit else None
    )


def day(unit: Unit, wanted: date) -> DayTotals:
    """One day; of a closed one when it was closed."""
    of = standing(unit)
    if of.closed is not None and wanted <= of.closed:
        found = _closed(unit, wanted, 1)
        if found and found[0].business_day == wanted:
            return found[0]
    return _day(wanted, totals_by_day(unit, wanted, wanted).get(wanted, Totals()))


def _open(unit: Unit, of: Window, last: date, limit: int) -> list[DayTotals]:
    """One more than `limit`, where there is."""
    count = min(limit + 1, (last - of.first).days + 1)
    if count < 1:
        return []
    totals = totals_by_day(unit, last - timedelta(days=count - 1), last)
    return [_day(each, totals.get(each, Totals())) for each in (last - timedelta(days=back) for back in range(count))]


def _closed(unit: Unit, last: date, limit: int) -> list[DayTotals]:
    table = clearing_days.c
    rows = unit.connection.execute(
        sa.select(clearing_days)
        .where(table.merchant_id == unit.merchant_id, table.business_day <= last)
        .order_by(table.business_day.desc())
        .limit(limit)
    ).all()
    totals = {row.business_day: Totals(row.entries, row.late, row.amount_minor) for row in rows}
    if rows and unit.principal.store_ids is not None:
        totals = totals_by_day(unit, rows[-1].business_day, rows[0].business_day)
    return [
        DayTotals(row.business_day, DayStatus.CLOSED, totals.get(row.business_day, Totals()), row.closed_at)
        for row in rows
    ]


def _day(each: date, totals: Totals) -> DayTotals:
    return DayTotals(each, DayStatus.OPEN, totals, None)


def _read(cursor: str) -> date:
    (part,) = decode_cursor(cursor, 1)
    try:
        return date.fromisoformat(str(part))
    except ValueError as error:
        raise BadCursor from error
