"""Tests of values as filters of the lake's rows: what is missing is left out."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis

from shuke.audience.model import AtLeast, AtMost, Between, Is, IsNot, Missing, Present, Span, Test


def within(day: Any, days: Span) -> list[Any]:
    """Filters that leave the days of a window."""
    asked = []
    if days.first is not None:
        asked.append(day >= days.first)
    if days.last is not None:
        asked.append(day <= days.last)
    return asked


def among(value: Any, ranges: Sequence[tuple[int, int]]) -> Any:
    """Whether a number is in one of them."""
    return reduce(or_, (value.between(low, high) for low, high in ranges))


def passes(value: Any, test: Test) -> Any:
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


def average_passes(total: Any, times: Any, test: Test) -> Any:
    """Of the average of so many: compared by multiplying, so that all numbers stay whole."""
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
