"""All members whom a rule tree holds, as one Ibis expression over the lake.

Every reader of a node takes `within`: the members who are still in question. Conditions that must all hold are asked
one after the other, the cheap ones first, each of those whom the one before left over: that is what makes a narrow
question quick. Arithmetic is on whole numbers: an average is compared by multiplying.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from shuke.audience.model import (
    Aggregate,
    All,
    AnyOf,
    Attribute,
    Behaviour,
    Consented,
    Dated,
    DayOf,
    Did,
    In,
    Joined,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Registered,
    Tagged,
    Test,
    Trait,
    Window,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.reading import comparing, one
from shuke.audience.reading.behaving import facts_of, number_of, stands, value_of, walked
from shuke.audience.reading.tables import MEMBERS, STANDING, everybody, listed, those
from shuke.audience.rules.dating import OF_YEAR, begun_by, ranges
from shuke.audience.rules.windows import span

_Own = Attribute | Registered | Dated | Joined
"""What lies in the row of the member herself."""


def members_where(tree: Node, today: date, within: ir.Table | None = None) -> ir.Table:
    """The `member_no` of everybody (None), or of those of `within`, whom `tree` holds, once each."""
    return _Crowd(today).where(tree, within)


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
                    return everybody().filter(ibis.literal(False))
                return reduce(lambda one, other: one.union(other, distinct=True), (self.where(o, within) for o in of))
            case Not(of):
                return self._but(within, self.where(of, within))
            case Attribute() | Registered() | Dated() | Joined():
                return self._own([node], within)
            case Trait(name, test):
                return self._trait(name, test, within)
            case In() | Tagged() | Consented():
                return _among(listed(node), within)
            case Did(what, times):
                return self._measured(what, None, None, times, within)
            case Measure(what, Aggregate.AVERAGE, test, measured):
                return self._average(what, measured, test, within)
            case Measure(what, aggregate, test, measured):
                return self._measured(what, aggregate, measured, test, within)
            case Steps():
                return walked(node, self.today, within)
            case Percentile():
                return _among(stands(node, self.today), within)

    def _all(self, of: Sequence[Node], within: ir.Table | None) -> ir.Table:
        own = [node for node in of if isinstance(node, _Own)]
        others = sorted((node for node in of if not isinstance(node, _Own)), key=lambda node: cost(node, self.today))
        found = self._own(own, within) if own or (within is None and not others) else within
        for node in others:
            found = self.where(node, found)
        assert found is not None
        return found

    def _own(self, nodes: Sequence[_Own], within: ir.Table | None) -> ir.Table:
        asked = [passes for node in nodes for passes in self._own_passes(node)]
        members = MEMBERS.filter(*asked) if asked else MEMBERS
        return _among(members.select("member_no"), within)

    def _own_passes(self, node: _Own) -> list[Any]:
        match node:
            case Attribute(name, test) | Registered(name, test):
                return [comparing.passes(MEMBERS[name], test)]
            case Joined(window):
                return comparing.within(MEMBERS.joined_day, span(window, self.today))
            case Dated():
                day, begun = _day_number(node), begun_by(node, self.today)
                lies = comparing.among(day % OF_YEAR if node.yearly else day, ranges(node, self.today))
                return [lies] if begun is None else [lies, day <= begun]

    def _trait(self, name: str, test: Test, within: ir.Table | None) -> ir.Table:
        passes = comparing.passes(STANDING[name], test)
        if one.passes(test, None):
            return self._but(within, those(STANDING.filter(~passes)))
        return _among(those(STANDING.filter(passes)), within)

    def _measured(
        self, what: Behaviour, aggregate: Aggregate | None, measured: str | None, test: Test, within: ir.Table | None
    ) -> ir.Table:
        """Members of whose facts what is measured passes."""
        facts = facts_of(what, self.today, within)
        value, of_nothing = value_of(facts, aggregate, measured, self.today)
        each = facts.group_by("member_no").agg(value=value)
        if one.passes(test, of_nothing):
            return self._but(within, each.filter(~comparing.passes(each.value, test)))
        return each.filter(comparing.passes(each.value, test)).select("member_no")

    def _average(self, what: Behaviour, measured: str | None, test: Test, within: ir.Table | None) -> ir.Table:
        facts = facts_of(what, self.today, within)
        facts = facts.filter(number_of(facts, measured).notnull())
        each = facts.group_by("member_no").agg(total=number_of(facts, measured).sum(), times=facts.count())
        if isinstance(test, Missing):
            return self._but(within, each)
        return each.filter(comparing.average_passes(each.total, each.times, test)).select("member_no")

    def _but(self, within: ir.Table | None, refused: ir.Table) -> ir.Table:
        return (everybody() if within is None else within).anti_join(refused, "member_no")


def _day_number(node: Dated) -> Any:
    match node.day:
        case DayOf.BIRTHDAY:
            value: Any = MEMBERS.birthday
        case DayOf.JOINED:
            day: Any = MEMBERS.joined_day
            whole = (each.cast("int64") for each in (day.year(), day.month(), day.day()))
            year, month, of_month = whole
            value = year * OF_YEAR + month * 100 + of_month
        case DayOf.REGISTERED:
            value = MEMBERS[node.name or ""]
    return value


def _among(found: ir.Table, within: ir.Table | None) -> ir.Table:
    return found if within is None else found.semi_join(within, "member_no")


def cost(node: Node, today: date) -> tuple[int, int]:
    """What is asked first: attributes and lists, then behaviours of few days, those that leave few members before those
    that leave most; what needs everybody last."""
    match node:
        case Attribute() | Registered() | Dated() | Trait() | Joined() | In() | Tagged() | Consented():
            return (0, 0)
        case Did(what, test) | Measure(what, _, test):
            return (2 if one.passes(test, 0) else 1, _length(what.window, today))
        case Steps(steps):
            return (2, max(_length(what.window, today) for what in steps))
        case Percentile(window=window):
            return (3, _length(window, today))
        case Not(of):
            return (3, cost(of, today)[1])
        case All(of) | AnyOf(of):
            return max((cost(child, today) for child in of), default=(0, 0))


def _length(window: Window, today: date) -> int:
    days = span(window, today)
    return 100_000 if days.first is None else (min(days.last or today, today) - days.first).days
