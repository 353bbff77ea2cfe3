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

    count: Annotated[int, Field(ge=1, le=3_660)]
    unit: Unit = Unit.DAYS
    window: Literal["last"] = "last"


EVER = Ever()

Window = Annotated[Ever | Days | Last, Field(discriminator="window")]


@dataclass(frozen=True, slots=True)
class Span:
    """A window as days; None is open."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
