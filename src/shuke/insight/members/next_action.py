"""The next best action for a member: the first rule that fits, with its reason. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shuke.kernel.text import Text

_BIRTHDAY_DAYS = 7
_POINTS_DAYS = 30
_LEAST_POINTS = 100
_COUPON_DAYS = 7
_DUE_DAYS = 3
_NEAR_BPS = 8_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of her on a day. She is `overdue` for so many days. `growth_left` to the tier called `next_tier`,
    of which she has `growth_bps`."""

    today: date
    birthday: date | None = None
    lifecycle: str | None = None
    silent: int | None = None
    rhythm: int | None = None
    next_day: date | None = None
    overdue: int = 0
    coupons: int = 0
    coupon_ends: date | None = None
    points_expiring: int = 0
    points_expire: date | None = None
    next_tier: Text | None = None
    growth_left: int = 0
    growth_bps: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    code: str
    title: Text
    reason: Text


def next_action(known: Known) -> Action:
    """What to do next; there is always something."""
    return next(action for rule in RULES if (action := rule(known)) is not None)


def _birthday(known: Known) -> Action | None:
    days = _days_to_birthday(known)
    if days is None or days > _BIRTHDAY_DAYS:
        return None
    when = Text("今天", "today") if days == 0 else Text(f"{days} 天后", f"in {days} days")
    return Action(
        "birthday",
        Text("送上生日祝福", "Wish her a happy birthday"),
        Text(f"{when.zh}生日。", f"Her birthday is {when.en}."),
    )


def _coupon_at_risk(known: Known) -> Action | None:
    if known.lifecycle not in ("at_risk", "lost") or not known.coupons:
        return None
    ends = known.coupon_ends
    until = Text(f"，最早 {ends} 到期", f", the first until {ends}") if ends else Text("", "")
    return Action(
        "remind_coupon",
        Text("提醒她手里有券", "Remind her of her coupons"),
        Text(
            f"已沉默 {known.silent} 天，平时约 {known.rhythm} 天来一次；有 {known.coupons} 张可用券{until.zh}。",
            f"Silent for {_days(known.silent)}; she used to come about every {_days(known.rhythm)}. She holds"
            f" {known.coupons} coupons{until.en}.",
        ),
    )


def _points(known: Known) -> Action | None:
    soon = known.points_expire is not None and known.points_expire <= known.today + timedelta(days=_POINTS_DAYS)
    if not soon or known.points_expiring < _LEAST_POINTS:
        return None
    return Action(
        "points_expiring",
        Text("提醒积分将过期", "Tell her that points expire"),
        Text(
            f"{known.points_expiring:,} 积分在 {known.points_expire} 到期。",
            f"{known.points_expiring:,} points expire on {known.points_expire}.",
        ),
    )


def _coupon_ending(known: Known) -> Action | None:
    if known.coupon_ends is None or known.coupon_ends > known.today + timedelta(days=_COUPON_DAYS):
        return None
    return Action(
        "coupon_ending",
        Text("提醒优惠券将到期", "Tell her that a coupon ends"),
        Text(f"有券在 {known.coupon_ends} 到期。", f"A coupon of hers ends on {known.coupon_ends}."),
    )


def _win_back(known: Known) -> Action | None:
    if known.lifecycle not in ("at_risk", "lost"):
        return None
    lost = known.lifecycle == "lost"
    return Action(
        "win_back" if lost else "keep",
        Text("发一张回归券并问问原因", "Send a coupon to come back, and ask why")
        if lost
        else Text("在流失前联系她", "Get in touch before she is lost"),
        Text(
            f"已沉默 {known.silent} 天，平时约 {known.rhythm} 天来一次。",
            f"Silent for {_days(known.silent)}; she used to come about every {_days(known.rhythm)}.",
        ),
    )


def _tier(known: Known) -> Action | None:
    if known.next_tier is None or known.growth_bps < _NEAR_BPS:
        return None
    return Action(
        "tier_near",
        Text(f"告诉她离{known.next_tier.zh}只差一步", f"Tell her how near {known.next_tier.en} is"),
        Text(f"再得 {known.growth_left:,} 成长值即可升级。", f"{known.growth_left:,} more growth and she moves up."),
    )


def _first(known: Known) -> Action | None:
    if known.lifecycle != "prospect":
        return None
    return Action(
        "first_purchase",
        Text("促成首单", "Bring about the first purchase"),
        Text("已入会，还没有买过。", "She joined and has not bought yet."),
    )


def _second(known: Known) -> Action | None:
    if known.lifecycle != "new":
        return None
    return Action(
        "second_purchase",
        Text("促成第二单", "Bring about the second purchase"),
        Text(
            f"{known.silent} 天前首购；第二次购买决定她会不会成为常客。",
            f"She first bought {known.silent} days ago; the second purchase decides whether she becomes a regular.",
        ),
    )


def _due(known: Known) -> Action | None:
    if known.next_day is None or known.next_day > known.today + timedelta(days=_DUE_DAYS):
        return None
    expected = Text(
        f"按她约 {known.rhythm} 天一次的节奏，预计 {known.next_day} 前后再来",
        f"By her rhythm of about {_days(known.rhythm)} she is expected about {known.next_day}",
    )
    if known.next_day < known.today:
        expected = Text(
            f"按她约 {known.rhythm} 天一次的节奏，{known.next_day} 前后就该来了",
            f"By her rhythm of about {_days(known.rhythm)} she was to come about {known.next_day}",
        )
    late = (
        Text(f"，已逾期 {known.overdue} 天", f", and is overdue for {_days(known.overdue)}")
        if known.overdue
        else Text("", "")
    )
    return Action(
        "due",
        Text("推荐她常买的商品", "Suggest what she usually buys"),
        Text(f"{expected.zh}{late.zh}。", f"{expected.en}{late.en}."),
    )


def _nothing(known: Known) -> Action:
    until = Text(f"，预计 {known.next_day} 前后再来", f"; expected about {known.next_day}")
    expected = until if known.next_day else Text("", "")
    return Action(
        "none",
        Text("暂不打扰", "Leave her in peace for now"),
        Text(f"一切正常{expected.zh}。", f"All is well{expected.en}."),
    )


RULES: Sequence[Callable[[Known], Action | None]] = (
    _birthday,
    _coupon_at_risk,
    _points,
    _coupon_ending,
    _win_back,
    _tier,
    _first,
    _second,
    _due,
    _nothing,
)
"""In this order: what passes soonest comes first, and the last one always fits."""


def _days(count: int | None) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _days_to_birthday(known: Known) -> int | None:
    if known.birthday is None:
        return None
    days = [(_birthday_in(known.birthday, known.today.year + more) - known.today).days for more in (0, 1)]
    return min(each for each in days if each >= 0)


def _birthday_in(birthday: date, year: int) -> date:
    """Who was born on 29 February has it on 1 March in other years."""
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
