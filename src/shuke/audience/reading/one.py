"""Whether a rule tree holds one member: plain Python over her facts. The oracle of the other readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from shuke.audience.model import (
    MOMENTS,
    PROPERTY,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Consented,
    Dated,
    DayOf,
    Did,
    Event,
    Fact,
    Filter,
    Gap,
    In,
    Is,
    IsNot,
    Joined,
    Listed,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Present,
    Registered,
    Rfm,
    SinceLastOrder,
    Tagged,
    Test,
    Trait,
    Window,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.rules.dating import OF_YEAR, begun_by, number, ranges
from shuke.audience.rules.windows import span

Value = str | int | date | None
"""A moment is a date too."""
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Place:
    """How many of all who have a value have less than she has."""

    below: int
    of: int


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member: her attributes, and what she did, each fact with its `day`, its moment and properties.

    `lists` are the segments and tags that hold her; `places` where she stands by each percentile that is asked for, if
    she stands anywhere; `traits` what was reckoned of her last night.
    """

    attributes: Row
    facts: Mapping[Fact, Sequence[Row]]
    lists: frozenset[Listed] = frozenset()
    places: Mapping[Percentile, Place] = field(default_factory=dict)
    traits: Row = field(default_factory=dict)


def holds(node: Node, member: MemberFacts, today: date) -> bool:
    match node:
        case All(of):
            return all(holds(child, member, today) for child in of)
        case AnyOf(of):
            return any(holds(child, member, today) for child in of)
        case Not(of):
            return not holds(of, member, today)
        case Attribute(name, test) | Registered(name, test):
            return passes(test, member.attributes[name])
        case Trait(name, test):
            return passes(test, member.traits.get(name))
        case Joined(window):
            joined = member.attributes["joined_day"]
            return isinstance(joined, date) and span(window, today).holds(joined)
        case Dated():
            return _lies(node, day_number(node, member), today)
        case In() | Tagged() | Consented():
            return node in member.lists
        case Did(what, times):
            return passes(times, len(done(what, member, today)))
        case Measure(what, aggregate, test, measured):
            return passes(test, measure(done(what, member, today), aggregate, measured, today))
        case Steps():
            return walked(node, member, today) == len(node.steps)
        case Percentile(_, first, last):
            place = member.places.get(node)
            return place is not None and first * place.of <= 10_000 * place.below < last * place.of


def day_number(node: Dated, member: MemberFacts) -> int | None:
    """The day that is asked of, as a number; None where it is not known."""
    match node.day:
        case DayOf.BIRTHDAY:
            value = member.attributes["birthday"]
        case DayOf.JOINED:
            joined = member.attributes["joined_day"]
            value = number(joined) if isinstance(joined, date) else None
        case DayOf.REGISTERED:
            value = member.attributes[node.name or ""]
    if value is None:
        return None
    return _number(value)


def _lies(node: Dated, day: int | None, today: date) -> bool:
    begun = begun_by(node, today)
    if day is None or (begun is not None and day > begun):
        return False
    compared = day % OF_YEAR if node.yearly else day
    return any(low <= compared <= high for low, high in ranges(node, today))


def done(what: Behaviour, member: MemberFacts, today: date) -> list[Row]:
    """The member's facts that `what` describes."""
    days = span(what.window, today)
    rows = member.facts[what.fact]
    if isinstance(what.window, SinceLastOrder):
        orders = [_moment(Fact.ORDER, row) for row in member.facts[Fact.ORDER]]
        rows = [row for row in rows if not orders or _moment(what.fact, row) > max(orders)]
    return [
        row
        for row in rows
        if days.holds(_day(row)) and _is(what.event, row) and all(_passes(each, row) for each in what.where)
    ]


def _is(event: Event | None, row: Row) -> bool:
    return event is None or (row["type"] == event.type and event.name in (None, row["name"]))


def _passes(each: Filter, row: Row) -> bool:
    """A property of an event may be a text here and a number there: a test of the other kind fails."""
    if not each.property.startswith(PROPERTY):
        return passes(each.test, row[each.property])
    value = row.get(each.property)
    match each.test:
        case Is(values) | IsNot(values):
            return isinstance(value, str) is isinstance(values[0], str) and passes(each.test, value)
        case AtLeast() | AtMost() | Between():
            return isinstance(value, int) and passes(each.test, value)
        case _:
            return passes(each.test, value)


def measure(rows: Sequence[Row], aggregate: Aggregate, measured: str | None, today: date) -> Fraction | int | None:
    """What is measured of the rows; missing values do not count."""
    values = [row[measured] for row in rows if row.get(measured) is not None] if measured else []
    if aggregate is not Aggregate.DISTINCT:
        values = [value for value in values if isinstance(value, int)]
    days = [_day(row) for row in rows]
    match aggregate:
        case Aggregate.SUM:
            return sum(_number(value) for value in values)
        case Aggregate.AVERAGE:
            return Fraction(sum(_number(value) for value in values), len(values)) if values else None
        case Aggregate.DISTINCT:
            return len(set(values))
        case Aggregate.DISTINCT_DAYS:
            return len(set(days))
        case Aggregate.FIRST:
            return (today - min(days)).days if days else None
        case Aggregate.LAST:
            return (today - max(days)).days if days else None


def walked(steps: Steps, member: MemberFacts, today: date) -> int:
    """How many of the steps she did one after the other, each within its gap of the one before."""
    first, *later = steps.steps
    reached = [(_moment(first.fact, row), _day(row)) for row in done(first, member, today)]
    count = 0
    for place, what in enumerate(later):
        if not reached:
            return count
        count += 1
        gap = steps.gaps[place] if steps.gaps else Gap()
        facts = [(_moment(what.fact, row), _day(row)) for row in done(what, member, today)]
        reached = [now for now in facts if any(_follows(now, before, gap) for before in reached)]
    return count + bool(reached)


def _follows(now: tuple[datetime, date], before: tuple[datetime, date], gap: Gap) -> bool:
    days = (now[1] - before[1]).days
    return now[0] > before[0] and gap.at_least <= days and (gap.at_most is None or days <= gap.at_most)


def standing(by: Rfm, window: Window, member: MemberFacts, today: date) -> int | None:
    """What a member is ranked by; None if she did not order."""
    orders = done(Behaviour(Fact.ORDER, (), window), member, today)
    if not orders:
        return None
    match by:
        case Rfm.RECENCY:
            return max(_day(row) for row in orders).toordinal()
        case Rfm.FREQUENCY:
            return len(orders)
        case Rfm.MONETARY:
            returned = done(Behaviour(Fact.REFUND, (), window), member, today)
            sums = (measure(rows, Aggregate.SUM, "net_minor", today) for rows in (orders, returned))
            taken, back = (int(each or 0) for each in sums)
            return taken - back


def passes(test: Test, value: Value | Fraction) -> bool:
    if value is None:
        return isinstance(test, Missing)
    match test:
        case Missing():
            return False
        case Present():
            return True
        case Is(values):
            return value in values
        case IsNot(values):
            return value not in values
        case AtLeast(least):
            return _rational(value) >= least
        case AtMost(most):
            return _rational(value) <= most
        case Between(low, high):
            return low <= _rational(value) <= high


def _rational(value: Value | Fraction) -> Fraction | int:
    if not isinstance(value, int | Fraction):
        raise TypeError(f"{value!r} has no size")
    return value


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no number")
    return value


def _day(row: Row) -> date:
    day = row["day"]
    assert isinstance(day, date)
    return day


def _moment(fact: Fact, row: Row) -> datetime:
    moment = row[MOMENTS[fact]]
    assert isinstance(moment, datetime)
    return moment
