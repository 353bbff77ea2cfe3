"""Days and windows in words."""

from shuke.audience.model import (
    Before,
    DayOf,
    Days,
    Ever,
    Last,
    Near,
    Next,
    SameLastYear,
    SinceLastOrder,
    ThisMonth,
    Unit,
    Window,
)
from shuke.kernel.text import Text

_T = Text
_UNITS = {Unit.DAYS: _T("天", "days"), Unit.WEEKS: _T("周", "weeks"), Unit.MONTHS: _T("个月", "months")}


def in_window(window: Window) -> Text:
    match window:
        case Ever():
            return _T("一直以来", "ever")
        case Days(first, last):
            return _T(f"{first} 至 {last} ", f"from {first} to {last}")
        case Last(count, unit):
            return _T(f"近 {count} {_UNITS[unit].zh}", f"in the last {count} {_UNITS[unit].en}")
        case Before(count, unit):
            return _T(f"{count} {_UNITS[unit].zh}以前", f"more than {count} {_UNITS[unit].en} ago")
        case SameLastYear(of):
            days = in_window(of)
            return _T(f"去年同期（{days.zh.strip()}）", f"in the same days of last year ({days.en})")
        case SinceLastOrder():
            return _T("自上次下单后", "since the last order")


DAYS = {DayOf.BIRTHDAY: _T("生日", "birthday"), DayOf.JOINED: _T("入会日", "day of joining")}


def dated(what: Text, of: DayOf, days: Near, yearly: bool) -> Text:
    lies = near(days)
    if of is DayOf.BIRTHDAY or not yearly:
        return _T(f"{what.zh}在{lies.zh}", f"{what.en} is {lies.en}")
    return _T(f"{what.zh}的周年日在{lies.zh}", f"anniversary of the {what.en} is {lies.en}")


def near(days: Near) -> Text:
    match days:
        case Next(count, unit):
            return _T(f"未来 {count} {_UNITS[unit].zh}内", f"in the next {count} {_UNITS[unit].en}")
        case ThisMonth():
            return _T("本月", "this month")
        case Last(count, unit):
            return _T(f"近 {count} {_UNITS[unit].zh}内", f"in the last {count} {_UNITS[unit].en}")
        case Days(first, last):
            return _T(f" {first} 至 {last} 之间", f"from {first} to {last}")
