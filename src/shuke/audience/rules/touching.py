"""Whom a new day or new facts can move in or out of a segment.

Of a tree that is `local`, whether it holds a member follows from her own facts, her lists and the day. Then nobody is
moved but those of whom something new is known, and those who have facts on days that have slid into a window or out
of one since the last look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shuke.audience.model import (
    Aggregate,
    Attribute,
    Dated,
    Did,
    Fact,
    In,
    Joined,
    Leaf,
    Measure,
    Node,
    Registered,
    Sequence,
    Span,
    Window,
)
from shuke.audience.rules.walking import behaviours, leaves
from shuke.audience.rules.windows import span


@dataclass(frozen=True, slots=True)
class Slid:
    """Days from one to another on which facts of a kind (None: joining) count now and did not, or the other way."""

    fact: Fact | None
    first: date
    last: date


def local(tree: Node, before: date, today: date) -> bool:
    """Whether a look on `today` may go by what has changed since one on `before`."""
    return all(_local(leaf, before == today) for leaf in leaves(tree))


def _local(leaf: Leaf, same_day: bool) -> bool:
    """Percentiles follow from everybody; days since something, and days near today, from every new day; what is not
    known to be local is not."""
    match leaf:
        case Measure(_, Aggregate.FIRST | Aggregate.LAST) | Dated():
            return same_day
        case Attribute() | Registered() | Joined() | In() | Did() | Measure() | Sequence():
            return True
        case _:
            return False


def slid(tree: Node, before: date, today: date) -> set[Slid]:
    """The days that count on one of the two days and not on the other, by what is done on them."""
    found: set[Slid] = set()
    for leaf in leaves(tree):
        windows: list[tuple[Fact | None, Window]] = [(what.fact, what.window) for what in behaviours(leaf)]
        if isinstance(leaf, Joined):
            windows = [(None, leaf.window)]
        for fact, window in windows:
            found |= {Slid(fact, *days) for days in _between(span(window, before), span(window, today))}
    return found


def _between(one: Span, other: Span) -> Iterator[tuple[date, date]]:
    """Days that one holds and the other does not; perhaps some more."""
    if one.first and other.first and one.first != other.first:
        yield min(one.first, other.first), max(one.first, other.first) - timedelta(days=1)
    if one.last and other.last and one.last != other.last:
        yield min(one.last, other.last) + timedelta(days=1), max(one.last, other.last)
