"""All members whom a rule tree holds, as one Ibis expression over the lake.

Every reader of a node takes `within`: the members who are still in question. Conditions that must all hold are asked
one after the other, the cheap ones first, each of those whom the one before left over: that is what makes a narrow
question quick. Arithmetic is on whole numbers: an average is compared by multiplying.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.types as ir

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
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
    Kind,
    Measure,
    Missing,
    Node,
    Not,
    Present,
    Test,
)
from shuke.audience.reading.one import passes
from shuke.audience.rules.windows import span

_TYPES = {Kind.NUMBER: "int64", Kind.TEXT: "string"}
_TABLES = {Fact.ORDER: "orders", Fact.LINE: "lines", Fact.REFUND: "refunds"}

MEMBERS = ibis.table(
    {"member_no": "int64", **{name: _TYPES[kind] for name, kind in ATTRIBUTES.items()}}, name="members"
)
TABLES = {
    fact: ibis.table(
        {"member_no": "int64", "day": "date", **{name: _TYPES[kind] for name, kind in FACTS[fact].items()}}, name=name
    )
    for fact, name in _TABLES.items()
}


def members_where(tree: Node, today: date) -> ir.Table:
    """The `member_no` of everybody whom `tree` holds, once each."""
    return _Crowd(today).where(tree, None)


@dataclass(frozen=True, slots=True)
class _Crowd:
    today: date

    def where(self, node: Node, within: ir.Table | None) -> ir.Table:
        """Those of `within` (None: all members) whom `node` holds."""
        match node:
            case All(of):
                return self._all(of, within)
            case AnyOf(of):
                if not of:
                    return _everybody().filter(ibis.literal(False))
                return reduce(lambda one, other: one.union(other, distinct=True), (self.where(o, within) for o in of))
            case Not(of):
                base = _everybody() if within is None else within
                return base.anti_join(self.where(of, within), "member_no")
            case Attribute():
                return _all_of([node], within)
            case Did(what, times):
                return self._measured(what, lambda facts: facts.count(), times, 0, within)
            case Measure(what, aggregate, test, measured):
                return self._measure(what, aggregate, test, measured, within)

    def _all(self, of: Sequence[Node], within: ir.Table | None) -> ir.Table:
        attributes = [node for node in of if isinstance(node, Attribute)]
        others = sorted(
            (node for node in of if not isinstance(node, Attribute)), key=lambda node: cost(node, self.today)
        )
        found = _all_of(attributes, within) if attributes or (within is None and not others) else within
        for node in others:
            found = self.where(node, found)
        assert found is not None
        return found

    def _measure(
        self, what: Behaviour, aggregate: Aggregate, test: Test, measured: str | None, within: ir.Table | None
    ) -> ir.Table:
        match aggregate:
            case Aggregate.SUM:
                return self._measured(what, lambda facts: facts[measured].sum().fill_null(0), test, 0, within)
            case Aggregate.DISTINCT:
                return self._measured(what, lambda facts: facts[measured].nunique(), test, 0, within)
            case Aggregate.DISTINCT_DAYS:
                return self._measured(what, lambda facts: facts.day.nunique(), test, 0, within)
            case Aggregate.FIRST:
                return self._measured(what, lambda facts: self._ago(facts.day.min()), test, None, within)
            case Aggregate.LAST:
                return self._measured(what, lambda facts: self._ago(facts.day.max()), test, None, within)
            case Aggregate.AVERAGE:
                return self._average(what, test, measured, within)

    def _ago(self, day: Any) -> Any:
        return ibis.literal(self.today).delta(day, unit="day")

    def _average(self, what: Behaviour, test: Test, measured: str | None, within: ir.Table | None) -> ir.Table:
        facts = self._done(what, within)
        facts = facts.filter(facts[measured].notnull())
        each = facts.group_by("member_no").agg(total=facts[measured].sum(), times=facts.count())
        if isinstance(test, Missing):
            return (_everybody() if within is None else within).anti_join(each, "member_no")
        return each.filter(_average_passes(each.total, each.times, test)).select("member_no")

    def _measured(
        self, what: Behaviour, of: Callable[[Any], Any], test: Test, of_nothing: int | None, within: ir.Table | None
    ) -> ir.Table:
        """Members of whose facts `of` passes; of no facts at all it is `of_nothing`."""
        facts = self._done(what, within)
        each = facts.group_by("member_no").agg(value=of(facts))
        if passes(test, of_nothing):
            refused = each.filter(~_passes(each.value, test))
            return (_everybody() if within is None else within).anti_join(refused, "member_no")
        return each.filter(_passes(each.value, test)).select("member_no")

    def _done(self, what: Behaviour, within: ir.Table | None) -> ir.Table:
        facts = TABLES[what.fact]
        days = span(what.window, self.today)
        asked = [_passes(facts[each.property], each.test) for each in what.where]
        if days.first is not None:
            asked.append(facts.day >= days.first)
        if days.last is not None:
            asked.append(facts.day <= days.last)
        if within is None:
            asked.append(facts.member_no.notnull())
        found = facts.filter(*asked) if asked else facts
        return found if within is None else found.semi_join(within, "member_no")


def cost(node: Node, today: date) -> tuple[int, int]:
    """What is asked first: attributes, then behaviours of few days, those that leave few members before those that
    leave most."""
    match node:
        case Attribute():
            return (0, 0)
        case Did(what, test) | Measure(what, _, test):
            days = span(what.window, today)
            length = 100_000 if days.first is None else (min(days.last or today, today) - days.first).days
            return (2 if passes(test, 0) else 1, length)
        case Not(of):
            return (3, cost(of, today)[1])
        case All(of) | AnyOf(of):
            return max((cost(child, today) for child in of), default=(0, 0))


def _everybody() -> ir.Table:
    return MEMBERS.select("member_no")


def _all_of(attributes: Sequence[Attribute], within: ir.Table | None) -> ir.Table:
    members = (
        MEMBERS.filter(*(_passes(MEMBERS[node.name], node.test) for node in attributes)) if attributes else MEMBERS
    )
    found = members.select("member_no")
    return found if within is None else found.semi_join(within, "member_no")


def _passes(value: Any, test: Test) -> Any:
    """As a filter: what is missing is left out."""
    match test:
        case Missing():
            return value.isnull()
        case Present():
            return value.notnull()
        case Is(values):
            return value.isin(values)
        case IsNot(values):
            return value.notin(values)
        case AtLeast(least):
            return value >= least
        case AtMost(most):
            return value <= most
        case Between(low, high):
            return value.between(low, high)


def _average_passes(total: Any, times: Any, test: Test) -> Any:
    match test:
        case Present():
            return ibis.literal(True)
        case Is(values):
            return reduce(lambda one, other: one | other, (total == value * times for value in values))
        case IsNot(values):
            return reduce(and_, (total != value * times for value in values))
        case AtLeast(least):
            return total >= least * times
        case AtMost(most):
            return total <= most * times
        case Between(low, high):
            return (total >= low * times) & (total <= high * times)
        case Missing():
            raise ValueError("a missing average is asked for elsewhere")
