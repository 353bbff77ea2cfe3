"""When, where and for whom a rule holds: the same words for what is offered and for what is earned. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """When a rule lives: in `[starts_at, ends_at)`, and there only on these ISO weekdays (1 Monday), days of the
    month, and minutes of the day (`[from, to)`, local). Empty means every."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    minutes: tuple[tuple[int, int], ...] = ()

    def holds(self, at: datetime, timezone: str) -> bool:
        """Whether the rule lives at the moment `at`, days and minutes being those of `timezone`."""
        if not (self.weekdays or self.month_days or self.minutes):
            return self.lasts(at)
        return self.holds_local(at, at.astimezone(ZoneInfo(timezone)))

    def lasts(self, at: datetime) -> bool:
        """Whether `at` is between the rule's first and last moment."""
        return (self.starts_at is None or at >= self.starts_at) and (self.ends_at is None or at < self.ends_at)

    def holds_local(self, at: datetime, local: datetime) -> bool:
        """Whether the rule lives at `at`, which is `local` on the merchant's clocks.

        Minutes that end before they begin go on after midnight, and then still belong to the day on which they began:
        Friday from 22:00 to 02:00 includes Saturday at 01:00, and not Friday at 01:00.
        """
        if not self.lasts(at):
            return False
        if not self.minutes:
            return self._on(local)
        minute = local.hour * 60 + local.minute
        for first, last in self.minutes:
            if minute >= first and (minute < last or last <= first):
                if self._on(local):
                    return True
            elif last <= first and minute < last and self._on(local - timedelta(days=1)):
                return True
        return False

    def _on(self, day: date) -> bool:
        return (not self.weekdays or day.isoweekday() in self.weekdays) and (
            not self.month_days or day.day in self.month_days
        )


class Who(StrEnum):
    EVERYBODY = "everybody"
    MEMBERS = "members"
    FIRST_ORDER = "first_order"
    """A member who has not bought before."""


class BirthdayTime(StrEnum):
    DAY = "day"
    WEEK = "week"
    """The birthday and three days before and after."""
    MONTH = "month"

    def holds(self, birthday: date, day: date) -> bool:
        """Whether `day` is in that time of the year; who was born on 29 February celebrates on the 28th otherwise."""
        match self:
            case BirthdayTime.MONTH:
                return birthday.month == day.month
            case BirthdayTime.DAY:
                return birthday_in(birthday, day.year) == day
            case BirthdayTime.WEEK:
                near = (birthday_in(birthday, day.year + years) for years in (-1, 0, 1))
                return any(abs(celebrated - day) <= timedelta(days=3) for celebrated in near)


def birthday_in(birthday: date, year: int) -> date:
    """The day in `year` on which somebody born on `birthday` celebrates."""
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a rule addresses. Of `tiers`, `plans` and `tags`, each that names any must be met by one of them."""

    who: Who = Who.EVERYBODY
    tiers: frozenset[UUID] = frozenset()
    plans: frozenset[UUID] = frozenset()
    tags: frozenset[str] = frozenset()
    birthday: BirthdayTime | None = None

    @property
    def members_only(self) -> bool:
        return self.who is not Who.EVERYBODY or bool(self.tiers or self.plans or self.tags or self.birthday)


@dataclass(frozen=True, slots=True)
class Conditions:
    """When, where and for whom. Empty stores or channels mean all of them."""

    window: Window = Window()
    stores: frozenset[UUID] = frozenset()
    channels: frozenset[str] = frozenset()
    audience: Audience = Audience()


class Period(StrEnum):
    """In whose every turn a limit starts anew: calendar days, ISO weeks, months and years."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def turn(self, day: date) -> str:
        """The turn that `day` is in: `2026-03-02`, `2026-W10`, `2026-03`, `2026`."""
        match self:
            case Period.DAY:
                return day.isoformat()
            case Period.WEEK:
                year, week, _ = day.isocalendar()
                return f"{year}-W{week:02}"
            case Period.MONTH:
                return f"{day:%Y-%m}"
            case Period.YEAR:
                return f"{day:%Y}"
