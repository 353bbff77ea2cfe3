"""When something was done: whole business days of the merchant."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from shuke.audience.model.comparing import Strict


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


_Count = Annotated[int, Field(ge=1, le=3_660)]


@dataclass(frozen=True, slots=True)
class Ever(Strict):
    window: Literal["ever"] = "ever"


@dataclass(frozen=True, slots=True)
class Days(Strict):
    """From one day to another, both included."""

    first: date
    last: date
    window: Literal["days"] = "days"


@dataclass(frozen=True, slots=True)
class Last(Strict):
    """So many days, weeks of seven days or calendar months, up to and including today. The last month on 31 March
    begins on 1 March, one day after the last day of February."""

    count: _Count
    unit: Unit = Unit.DAYS
    window: Literal["last"] = "last"


@dataclass(frozen=True, slots=True)
class Before(Strict):
    """All days before those that `Last` would cover."""

    count: _Count
    unit: Unit = Unit.DAYS
    window: Literal["before"] = "before"


@dataclass(frozen=True, slots=True)
class SameLastYear(Strict):
    """The same days one year earlier; 29 February becomes the 28th."""

    of: Annotated[Days | Last, Field(discriminator="window")]
    window: Literal["same_last_year"] = "same_last_year"


@dataclass(frozen=True, slots=True)
class SinceLastOrder(Strict):
    """Later than her last order, to the microsecond; her whole life if she never ordered."""

    window: Literal["since_last_order"] = "since_last_order"


@dataclass(frozen=True, slots=True)
class Next(Strict):
    """So many days, weeks of seven days or calendar months, from today on: the next seven days end on the same day of
    the week as yesterday."""

    count: _Count
    unit: Unit = Unit.DAYS
    window: Literal["next"] = "next"


@dataclass(frozen=True, slots=True)
class ThisMonth(Strict):
    """The calendar month that today lies in, from its first day to its last."""

    window: Literal["this_month"] = "this_month"


EVER = Ever()

Window = Annotated[Ever | Days | Last | Before | SameLastYear | SinceLastOrder, Field(discriminator="window")]

Near = Annotated[Days | Last | Next | ThisMonth, Field(discriminator="window")]
"""Where a day may lie that need not be over yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """A window as days; None is open."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
