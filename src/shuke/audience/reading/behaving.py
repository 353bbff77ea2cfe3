"""What members did, as rows of the lake: facts in a window, sequences of them, and where it puts a member among all."""

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from shuke.audience.model import (
    MOMENTS,
    PROPERTY,
    Aggregate,
    Behaviour,
    Fact,
    Filter,
    Gap,
    Is,
    IsNot,
    Missing,
    Percentile,
    Present,
    Rfm,
    Sequence,
    SinceLastOrder,
)
from shuke.audience.reading.comparing import passes, within
from shuke.audience.reading.tables import TABLES
from shuke.audience.rules.windows import span


def facts_of(what: Behaviour, today: date, among: ir.Table | None) -> ir.Table:
    """The facts that `what` describes, of those members (None: of all; facts of nobody are left out)."""
    facts = TABLES[what.fact]
    asked = [_filtered(facts, each) for each in what.where]
    if what.event is not None:
        asked.append(facts.type == str(what.event.type))
        if what.event.name is not None:
            asked.append(facts.name == what.event.name)
    asked += within(facts.day, span(what.window, today))
    if among is None:
        asked.append(facts.member_no.notnull())
    found = facts.filter(*asked) if asked else facts
    if among is not None:
        found = found.semi_join(among, "member_no")
    return _since_last_order(what.fact, found) if isinstance(what.window, SinceLastOrder) else found


def _filtered(facts: ir.Table, each: Filter) -> Any:
    """A property of an event is a text or a number: whichever the test is about."""
    if not each.property.startswith(PROPERTY):
        return passes(facts[each.property], each.test)
    text, number = _text(facts, each.property), number_of(facts, each.property)
    match each.test:
        case Missing():
            return text.isnull() & number.isnull()
        case Present():
            return text.notnull() | number.notnull()
        case Is((str(), *_)) | IsNot((str(), *_)):
            return passes(text, each.test)
        case _:
            return passes(number, each.test)


def _text(facts: ir.Table, name: str) -> Any:
    return facts.texts.get(name.removeprefix(PROPERTY))


def number_of(facts: ir.Table, name: str | None) -> Any:
    """A property that is measured, where it is a number."""
    assert name is not None
    return facts.numbers.get(name.removeprefix(PROPERTY)) if name.startswith(PROPERTY) else facts[name]


def value_of(facts: ir.Table, aggregate: Aggregate | None, measured: str | None, today: date) -> tuple[Any, int | None]:
    """What is measured of facts (None: how many), and what it is of none. Averages are measured elsewhere."""
    match aggregate:
        case None:
            return facts.count(), 0
        case Aggregate.SUM:
            return number_of(facts, measured).sum().fill_null(0), 0
        case Aggregate.DISTINCT:
            assert measured is not None
            texts = _text(facts, measured).nunique() if measured.startswith(PROPERTY) else 0
            return number_of(facts, measured).nunique() + texts, 0
        case Aggregate.DISTINCT_DAYS:
            return facts.day.nunique(), 0
        case Aggregate.FIRST:
            return ibis.literal(today).delta(facts.day.min(), unit="day"), None
        case Aggregate.LAST:
            return ibis.literal(today).delta(facts.day.max(), unit="day"), None
        case Aggregate.AVERAGE:
            raise ValueError("averages are measured elsewhere")


def _since_last_order(fact: Fact, facts: ir.Table) -> ir.Table:
    orders = TABLES[Fact.ORDER]
    last = orders.group_by(last_no=orders.member_no).agg(last_at=orders[MOMENTS[Fact.ORDER]].max())
    stopped = (facts.member_no == last.last_no, last.last_at >= facts[MOMENTS[fact]])
    return facts.anti_join(last, stopped)


def walked(steps: Sequence, today: date, among: ir.Table | None) -> ir.Table:
    """The `member_no` of those who did one step after the other, each within its gap of the one before."""
    reached = _moments(steps.steps[0], today, among)
    for place, what in enumerate(steps.steps[1:]):
        gap = steps.gaps[place] if steps.gaps else Gap()
        before = reached.select(before_no="member_no", before_day="day", before_at="moment")
        now = _moments(what, today, among).view()
        follows = [now.member_no == before.before_no, now.moment > before.before_at]
        apart = now.day.delta(before.before_day, unit="day")
        if gap.at_least:
            follows.append(apart >= gap.at_least)
        if gap.at_most is not None:
            follows.append(apart <= gap.at_most)
        reached = now.semi_join(before, follows)
    return reached.select("member_no").distinct()


def _moments(what: Behaviour, today: date, among: ir.Table | None) -> ir.Table:
    facts = facts_of(what, today, among)
    return facts.select("member_no", "day", moment=facts[MOMENTS[what.fact]])


def standing(at: Percentile, today: date) -> ir.Table:
    """`member_no`, how many stand `below` her, and `of` how many, of all who ordered in the window."""
    orders = facts_of(Behaviour(Fact.ORDER, (), at.window), today, None)
    by_member = orders.group_by("member_no")
    match at.by:
        case Rfm.RECENCY:
            each = by_member.agg(value=orders.day.max())
        case Rfm.FREQUENCY:
            each = by_member.agg(value=orders.count())
        case Rfm.MONETARY:
            each = _monetary(by_member.agg(taken=orders.net_minor.sum().fill_null(0)), at, today)
    return each.select("member_no", below=ibis.rank().over(order_by=each.value), of=each.count().over(ibis.window()))


def _monetary(orders: ir.Table, at: Percentile, today: date) -> ir.Table:
    refunds = facts_of(Behaviour(Fact.REFUND, (), at.window), today, None)
    returned = refunds.group_by(refund_no=refunds.member_no).agg(back=refunds.net_minor.sum())
    both = orders.left_join(returned, orders.member_no == returned.refund_no)
    return both.select("member_no", value=both.taken - both.back.fill_null(0))


def stands(at: Percentile, today: date) -> ir.Table:
    """The `member_no` of those who stand where `at` says."""
    found = standing(at, today)
    place = found.below * 10_000
    return found.filter(place >= found.of * at.from_bps, place < found.of * at.to_bps).select("member_no")
