"""Which growth decides, as SQL: `rules.term` and `rules.decide` for single members and for crowds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from shuke.loyalty.model import AnniversaryWindow, CalendarWindow, Programme, RollingWindow, Since

Column = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class TermColumns:
    """`model.Term` in columns; `before` is null where there was no term before."""

    start: Column
    before: Column | None
    ends: Column
    safe: Column


def term_columns(programme: Programme, day: date | Column, joined_at: Column, since: Column) -> TermColumns:
    """The days that decide on `day` for a member who joined and reached her tier at those moments."""
    window, on = programme.growth.window, sa.literal(day, sa.Date) if isinstance(day, date) else day
    nothing = sa.cast(sa.null(), sa.Date)
    match window:
        case RollingWindow():
            return TermColumns(_plus(_months(on, -window.months), 1), None, nothing, sa.false())
        case CalendarWindow():
            year, month = (sa.cast(sa.extract(part, on), sa.Integer) for part in ("year", "month"))
            in_year = year - sa.cast(month < window.first_month, sa.Integer)
            year_start: Column = sa.func.make_date(in_year, window.first_month, 1)
            start = sa.cast(year_start, sa.Date)
            return TermColumns(start, _months(start, -12), _plus(_months(start, 12), -1), sa.false())
        case AnniversaryWindow():
            of_tier = window.since is Since.TIER
            origin = local_day(programme, since if of_tier else joined_at)
            past = _terms_past(origin, on, window.months)
            begins = _months(origin, past * window.months)
            before = sa.case((past > 0, _months(origin, (past - 1) * window.months)))
            ends = _plus(_months(origin, (past + 1) * window.months), -1)
            return TermColumns(begins, before, ends, past == 0 if of_tier else sa.false())


def _terms_past(first: Column, on: Column, months: int) -> Column:
    """`rules.terms_past` as SQL."""
    year, month = ((sa.extract(part, on) - sa.extract(part, first)) for part in ("year", "month"))
    apart = sa.cast(year * 12 + month, sa.Integer)
    past = sa.func.greatest(apart.op("/", return_type=sa.Integer())(sa.literal(months, sa.Integer)), 0)
    return past - sa.cast(sa.and_(past > 0, _months(first, past * months) > on), sa.Integer)


def _months(day: Column, months: int | Column) -> Column:
    return sa.cast(day + sa.func.make_interval(0, months), sa.Date)


def _plus(day: Column, days: int) -> Column:
    return day + sa.literal(days, sa.Integer)


def local_day(programme: Programme, moment: Column) -> Column:
    return sa.cast(sa.func.timezone(programme.timezone, moment), sa.Date)


def day_begins(programme: Programme, day: Column) -> Column:
    return sa.func.timezone(programme.timezone, sa.cast(day, sa.DateTime))


def deciding_growth(
    unit: Unit,
    programme: Programme,
    member_id: Column,
    of: TermColumns,
    day: date | Column,
    name: str = "grown",
    *,
    before_takings: bool = False,
) -> sa.FromClause:
    """One row a member, with the column `growth`: the larger of what the term until `day` holds and the one before.
    With `before_takings`, what was taken back on `day` itself still counts.

    Growth is added up member by member along the index that holds it, which costs the same whatever the planner
    believes about tables that were filled a moment ago.
    """
    move = ledger.movements_relation().c
    on = sa.literal(day, sa.Date) if isinstance(day, date) else day
    start, until = day_begins(programme, of.start), day_begins(programme, _plus(on, 1))
    total: Column = sa.func.coalesce(sa.func.sum(move.amount), 0)
    first = start
    if of.before is not None:
        first = day_begins(programme, sa.func.coalesce(of.before, of.start))
        now, before = (
            sa.func.coalesce(sa.func.sum(move.amount).filter(part), 0) for part in (move.at >= start, move.at < start)
        )
        total = sa.func.greatest(now, before)
    return (
        sa.select(sa.cast(total, sa.BigInteger).label("growth"))
        .where(
            move.merchant_id == unit.merchant_id,
            move.member_id == member_id,
            move.asset == Asset.GROWTH.value,
            move.at >= first,
            move.at < until,
            sa.or_(move.amount > 0, move.at < day_begins(programme, on)) if before_takings else sa.true(),
        )
        .lateral(name)
    )
