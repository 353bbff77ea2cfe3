"""What a merchant tells a member of all it keeps about her: chapters of facts, in words and values.

Each domain tells its own (`tell_about` of its service); nothing in it is of another member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shuke.kernel.text import Text


class Shape(StrEnum):
    """How a value is read: an amount of money is in minor units, a moment in UTC."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    name: Text
    shape: Shape = Shape.TEXT


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table; a value may be None. Texts in two languages are `Text`. `note`: what is not in it, and why."""

    code: str
    title: Text
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    note: Text | None = None
