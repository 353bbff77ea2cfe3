"""Occasions come round: joining, birthdays, festivals, months. Set-based, safe to run any number of times a day.

A day that was missed is made up for: each run looks a few days back.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.loyalty.benefits.granting import gifts, run
from shuke.loyalty.benefits.holders import MEMBER, who
from shuke.loyalty.model import Occasion, Programme, Timing
from shuke.loyalty.rules.calendar import is_festival, lunar_birthdays
from shuke.loyalty.windows import local_day

LOOK_BACK_DAYS = 3

_DAILY = (
    Occasion.ANNIVERSARY,
    Occasion.BIRTHDAY,
    Occasion.LUNAR_BIRTHDAY,
    Occasion.FESTIVAL,
    Occasion.MONTHLY,
)

Condition = sa.ColumnElement[bool]


def grant_joining(unit: Unit, programme: Programme) -> int:
    """Gifts for those who joined in the last days; how many were new."""
    since = unit.now() - timedelta(days=LOOK_BACK_DAYS)
    count = 0
    for benefit, timing in gifts(programme, Occasion.JOINING):
        people = who(unit, programme, benefit, "joining", MEMBER.joined_at >= since)
        count += run(unit, benefit, people, timing.occasion)
    return count


def grant_day(unit: Unit, programme: Programme, day: date) -> int:
    """Gifts whose occasion is `day` or was shortly before; how many were new."""
    count = grant_joining(unit, programme)
    for benefit, timing in gifts(programme, *_DAILY):
        for occasion, condition in _due(programme, timing, day):
            count += run(unit, benefit, who(unit, programme, benefit, occasion, condition), timing.occasion)
    return count


def _due(programme: Programme, timing: Timing, day: date) -> Iterator[tuple[str, Condition]]:
    """What is due, as the name of the occasion and a condition on members."""
    if timing.occasion is Occasion.MONTHLY:
        first = min(timing.day or 1, monthrange(day.year, day.month)[1])
        if day.day >= first:
            yield f"monthly:{day:%Y-%m}", sa.true()
        return
    for back in range(LOOK_BACK_DAYS + 1):
        celebrated = day - timedelta(days=back) + timedelta(days=timing.days_before)
        yield from _celebrated(programme, timing, celebrated)


def _celebrated(programme: Programme, timing: Timing, day: date) -> Iterator[tuple[str, Condition]]:
    match timing.occasion:
        case Occasion.FESTIVAL:
            if is_festival(day, timing.month or 0, timing.day or 0, lunar_date=timing.lunar):
                yield f"festival:{day.isoformat()}", sa.true()
        case Occasion.BIRTHDAY:
            yield f"birthday:{day.year}", sa.and_(_same_day(MEMBER.birthday, day), MEMBER.birthday < day)
        case Occasion.LUNAR_BIRTHDAY:
            if born := lunar_birthdays(day):
                yield f"lunar_birthday:{day.year}", MEMBER.birthday.in_(born)
        case Occasion.ANNIVERSARY:
            joined = local_day(programme, MEMBER.joined_at)
            before = sa.extract("year", joined) < day.year
            yield f"anniversary:{day.year}", sa.and_(_same_day(joined, day), before)


def _same_day(born: sa.ColumnElement[date], day: date) -> Condition:
    """`birthday_in(born, day.year) == day`, as SQL."""
    days = [(day.month, day.day)]
    if days == [(2, 28)] and monthrange(day.year, 2)[1] == 28:
        days.append((2, 29))
    return sa.tuple_(sa.extract("month", born), sa.extract("day", born)).in_(days)
