"""Days are closed, in order, once: what their facts make the parties owe is written down for good.

Closing a day closes those before it too, each with its own entries, so it does not matter in how many steps it is done.
One statement sees one state of the books: a fact that commits while it runs is either in it or late.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import sqlalchemy as sa

from shuke.checkout.clearing.errors import DayNotCleared
from shuke.checkout.clearing.facts import open_facts
from shuke.checkout.clearing.model import Closing, Terms, Window
from shuke.checkout.clearing.owing import owed
from shuke.checkout.clearing.rules import check_over, positions
from shuke.checkout.clearing.statements import debts
from shuke.checkout.clearing.tables import clearing_days, clearing_entries, clearing_facts
from shuke.checkout.clearing.terms import hold, standing, terms
from shuke.infra.database import Unit
from shuke.infra.outbox import HORIZON
from shuke.tenancy import service as tenancy


def close(unit: Unit, day: date) -> Closing:
    """Close every open day up to `day`; where it is closed already, nothing happens. Raises DayNotOver, DayNotCleared.

    Late facts are on the first of the days, and say which day they are of.
    """
    hold(unit)
    how, of = terms(unit), standing(unit)
    if not _anything(how, of, day):
        return Closing(None, day, 0, 0, 0, 0, ())
    row = unit.connection.execute(_closing(unit, how, of, day)).one()
    net = positions(debts(unit, of.first, day))
    done = Closing(of.first, day, (day - of.first).days + 1, row.entries, row.late, row.amount_minor, net)
    told = {
        "first": of.first,
        "last": day,
        "days": done.days,
        "entries": done.entries,
        "late": done.late,
        "amount_minor": done.amount_minor,
    }
    subject = uuid5(unit.merchant_id, f"clearing/{day}")
    tenancy.record_change(unit, "clearing.closed", "clearing_day", subject, None, told, payload=told)
    return done


def preview(unit: Unit, day: date) -> Closing:
    """What closing `day` would come to now; also for a day that is not over. Raises DayNotCleared."""
    how, of = terms(unit), standing(unit)
    if not _anything(how, of, day, over=False):
        return Closing(None, day, 0, 0, 0, 0, ())
    found = debts(unit, of.first, day)
    late = sum(debt.late for debt in found)
    entries, amount = sum(debt.entries for debt in found), sum(debt.amount_minor for debt in found)
    return Closing(of.first, day, (day - of.first).days + 1, entries, late, amount, positions(found))


def close_due(unit: Unit) -> Closing | None:
    """Close what is over; None where nothing was left to close. Call it as often as you like."""
    of = standing(unit)
    yesterday = of.today - timedelta(days=1)
    return close(unit, yesterday) if yesterday >= of.first else None


def _anything(how: Terms, of: Window, day: date, *, over: bool = True) -> bool:
    """Whether there is a day to close. Raises DayNotOver, DayNotCleared."""
    if day < how.since:
        raise DayNotCleared(day=day.isoformat(), since=how.since.isoformat())
    if over:
        check_over(of, day)
    return day >= of.first


def _closing(unit: Unit, how: Terms, of: Window, last: date) -> sa.Select[Any]:
    facts = open_facts(unit, how.since, of, of.first, last)
    debts_of = owed(unit, how, facts)
    mine = sa.literal(unit.merchant_id, sa.Uuid)
    entry, fact = debts_of.c, facts.c
    columns = [column.name for column in clearing_entries.columns if column.name != "merchant_id"]
    entered = (
        clearing_entries.insert()
        .from_select(["merchant_id", *columns], sa.select(mine, *(entry[name] for name in columns)))
        .returning(sa.literal(1))
        .cte("entered")
    )
    noted = (
        clearing_facts.insert()
        .from_select(
            ["merchant_id", "reference_id", "kind", "business_day", "own_day"],
            sa.select(mine, fact.reference_id, fact.kind, fact.business_day, fact.own_day),
        )
        .returning(sa.literal(1))
        .cte("noted")
    )
    each_day = sa.func.generate_series(
        sa.cast(of.first, sa.DateTime), sa.cast(last, sa.DateTime), sa.text("interval '1 day'")
    ).column_valued("moment")
    days = sa.select(sa.cast(each_day, sa.Date).label("business_day")).subquery("days")
    entries, late, amount = _totals(entry)
    closed = (
        clearing_days.insert()
        .from_select(
            ["merchant_id", "business_day", "entries", "late", "amount_minor", "closed_at", "horizon"],
            sa.select(mine, days.c.business_day, entries, late, amount, sa.literal(unit.now()), HORIZON)
            .select_from(days.outerjoin(debts_of, entry.business_day == days.c.business_day))
            .group_by(days.c.business_day),
        )
        .returning(clearing_days.c.entries, clearing_days.c.late, clearing_days.c.amount_minor)
        .cte("closed")
    )
    sums: list[Any] = [
        sa.cast(sa.func.coalesce(sa.func.sum(closed.c[name]), 0), sa.BigInteger).label(name)
        for name in ("entries", "late", "amount_minor")
    ]
    return sa.select(*sums).add_cte(entered, noted)


def _totals(entry: Any) -> tuple[sa.ColumnElement[int], ...]:
    return (
        sa.func.count(entry.entry_id),
        sa.func.count(entry.entry_id).filter(entry.own_day != entry.business_day),
        sa.cast(sa.func.coalesce(sa.func.sum(entry.amount_minor), 0), sa.BigInteger),
    )
