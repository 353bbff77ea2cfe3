"""Whether a rule tree holds one member: plain Python over her facts. The oracle of the other readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuke.audience.model import (
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Did,
    Fact,
    Is,
    IsNot,
    Measure,
    Missing,
    Node,
    Not,
    Present,
    Test,
)
from shuke.audience.rules.windows import span

Value = str | int | date | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member: her attributes, and what she did; each fact with its `day` and properties."""

    attributes: Row
    facts: Mapping[Fact, Sequence[Row]]


def holds(node: Node, member: MemberFacts, today: date) -> bool:
    match node:
        case All(of):
            return all(holds(child, member, today) for child in of)
        case AnyOf(of):
            return any(holds(child, member, today) for child in of)
        case Not(of):
            return not holds(of, member, today)
        case Attribute(name, test):
            return passes(test, member.attributes[name])
        case Did(what, times):
            return passes(times, len(done(what, member, today)))
        case Measure(what, aggregate, test, measured):
            return passes(test, measure(done(what, member, today), aggregate, measured, today))


def done(what: Behaviour, member: MemberFacts, today: date) -> list[Row]:
    """The member's facts that `what` describes."""
    days = span(what.window, today)
    return [
        row
        for row in member.facts[what.fact]
        if days.holds(_day(row)) and all(passes(each.test, row[each.property]) for each in what.where)
    ]


def measure(rows: Sequence[Row], aggregate: Aggregate, measured: str | None, today: date) -> Fraction | int | None:
    """What is measured of the rows; missing values do not count."""
    values = [row[measured] for row in rows if row[measured] is not None] if measured else []
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
