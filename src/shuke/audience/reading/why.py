"""Why a rule tree holds a member or does not: every node's verdict, what was measured, and what it would take."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from shuke.audience.model import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Between,
    Consented,
    Dated,
    DayOf,
    Did,
    In,
    Is,
    IsNot,
    Joined,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Present,
    Registered,
    Tagged,
    Test,
    Trait,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.reading.one import MemberFacts, Value, done, holds, measure, passes, walked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one node says of a member; `of` what those below it say, in their order.

    `decides`: the verdict of the whole would not follow without this one. `value`: what was measured, None where it is
    missing or nothing is measured; an average as a whole number on the right side of the test. `needed`: the nearest
    whole number with which this node would say what the member needs it to say, None if it does already or none would.
    """

    holds: bool
    value: Value = None
    needed: int | None = None
    decides: bool = False
    of: tuple["Verdict", ...] = ()


def explained(node: Node, member: MemberFacts, today: date) -> Verdict:
    """The verdict of `node` and of every node below it, if the member is to be held."""
    return _decided(node, _Reader(member, today).read(node, wanted=True), True)


@dataclass(frozen=True, slots=True)
class _Reader:
    member: MemberFacts
    today: date

    def read(self, node: Node, *, wanted: bool) -> Verdict:
        """`wanted`: what `node` has to say for the member to be held by the whole."""
        match node:
            case All(of):
                inner = self._several(of, wanted)
                return Verdict(all(each.holds for each in inner), of=inner)
            case AnyOf(of):
                inner = self._several(of, wanted)
                return Verdict(any(each.holds for each in inner), of=inner)
            case Not(of):
                below = self.read(of, wanted=not wanted)
                return Verdict(not below.holds, of=(below,))
            case Attribute(name, test) | Registered(name, test):
                return _measured(test, self.member.attributes[name], wanted)
            case Trait(name, test):
                return _measured(test, self.member.traits.get(name), wanted)
            case Did(what, times):
                return _measured(times, len(done(what, self.member, self.today)), wanted)
            case Measure(what, aggregate, test, measured):
                value = measure(done(what, self.member, self.today), aggregate, measured, self.today)
                return _measured(test, value, wanted)
            case Joined():
                return Verdict(holds(node, self.member, self.today), self.member.attributes["joined_day"])
            case Dated():
                return Verdict(holds(node, self.member, self.today), _day(node, self.member))
            case In() | Tagged() | Consented():
                return Verdict(holds(node, self.member, self.today))
            case Steps(steps):
                return _measured(AtLeast(len(steps)), walked(node, self.member, self.today), wanted)
            case Percentile(_, first, last):
                place = self.member.places.get(node)
                stands = None if place is None else 10_000 * place.below // place.of
                return _measured(Between(first, last - 1), stands, wanted)

    def _several(self, of: tuple[Node, ...], wanted: bool) -> tuple[Verdict, ...]:
        return tuple(self.read(child, wanted=wanted) for child in of)


def _day(node: Dated, member: MemberFacts) -> Value:
    """What is shown of a day; of birthdays nothing, which not everybody may see."""
    if node.day is DayOf.BIRTHDAY:
        return None
    if node.day is DayOf.JOINED:
        return member.attributes["joined_day"]
    value = member.attributes[node.name or ""]
    return None if value is None else f"{value:>08}"


def _decided(node: Node, verdict: Verdict, decides: bool) -> Verdict:
    """`verdict` with those marked that decide: of several that must all hold, those that do not; and so on."""
    match node:
        case All(of) | AnyOf(of):
            few = verdict.holds is isinstance(node, AnyOf)
            inner = tuple(
                _decided(child, each, decides and (not few or each.holds is verdict.holds))
                for child, each in zip(of, verdict.of, strict=True)
            )
        case Not(of):
            inner = (_decided(of, verdict.of[0], decides),)
        case _:
            inner = ()
    return replace(verdict, decides=decides, of=inner)


def _measured(test: Test, value: Value | Fraction, wanted: bool) -> Verdict:
    holds = passes(test, value)
    needed = None if holds is wanted or not isinstance(value, int | Fraction) else _nearest(test, value, wanted)
    return Verdict(holds, _whole(test, value) if isinstance(value, Fraction) else value, needed)


def _nearest(test: Test, value: int | Fraction, wanted: bool) -> int | None:
    """The whole number nearest to `value` of which `test` says `wanted`; the greater of two."""
    near = {turn + step for turn in _turns(test) for step in (-1, 0, 1)}
    fitting = (number for number in near if passes(test, number) is wanted)
    return min(fitting, key=lambda number: (abs(number - value), -number), default=None)


def _turns(test: Test) -> Iterator[int]:
    """Numbers at which a test changes its mind."""
    match test:
        case Is(values) | IsNot(values):
            yield from (value for value in values if isinstance(value, int))
        case AtLeast(bound) | AtMost(bound):
            yield bound
        case Between(low, high):
            yield from (low, high)
        case Missing() | Present():
            pass


def _whole(test: Test, value: Fraction) -> int:
    """A whole number beside `value` of which `test` says the same, if there is one."""
    below, above = floor(value), ceil(value)
    return below if passes(test, below) is passes(test, value) else above
