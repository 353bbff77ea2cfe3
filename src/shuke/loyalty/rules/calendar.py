"""Which day of the year a festival is, in the Chinese calendar too. Pure.

The lunar calendar is a table of borax's, from 1900 to 2100. A festival in a month that comes twice (闰月) is kept in
the first one; the thirtieth of a month that has but 29 days, on its last day: so New Year's Eve (除夕) is 12/30.
"""

from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate

LUNAR_MONTHS, LUNAR_DAYS = 12, 30


def lunar(day: date) -> tuple[int, int, bool]:
    """Month and day in the Chinese calendar, and whether the month is a repeated one."""
    found = LunarDate.from_solar(day)
    return int(found.month), int(found.day), bool(found.leap)


def is_festival(day: date, month: int, on: int, *, lunar_date: bool) -> bool:
    """Whether `day` is the festival of that date."""
    if not lunar_date:
        return (day.month, day.day) == (month, on) or _last_of_february(day, month, on)
    here, number, repeated = lunar(day)
    if here != month or repeated:
        return False
    return number == on or (on == LUNAR_DAYS and number == 29 and lunar(day + timedelta(days=1))[1] == 1)


def _last_of_february(day: date, month: int, on: int) -> bool:
    """29 February is kept on the 28th where there is none."""
    return (month, on, day.month, day.day) == (2, 29, 2, 28) and (day + timedelta(days=1)).month == 3


def lunar_birthdays(day: date) -> list[date]:
    """Every day since 1901 that was, in the Chinese calendar, the same day of the year as `day`: who was born on one of
    them has a lunar birthday. Who was born in a repeated month celebrates in the plain one."""
    month, number, repeated = lunar(day)
    if repeated:
        return []
    found = []
    numbers = [number]
    if number == 29 and lunar(day + timedelta(days=1))[1] == 1:
        numbers.append(LUNAR_DAYS)
    for year in range(1901, day.year + 1):
        for each in numbers:
            for leap in (False, True):
                solar = _solar(year, month, each, leap)
                if solar is not None and solar <= day:
                    found.append(solar)
    return sorted(found)


def _solar(year: int, month: int, number: int, leap: bool) -> date | None:
    """The solar date of a lunar one; None where that year does not have it."""
    try:
        found: date = LunarDate(year, month, number, int(leap)).to_solar_date()
    except ValueError:
        return None
    return found
