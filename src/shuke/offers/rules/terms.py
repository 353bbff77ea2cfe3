"""Whether terms may be published: nothing missing, nothing that contradicts itself."""

import re
from collections.abc import Sequence
from datetime import datetime

from shuke.kernel.errors import FieldProblem, Invalid
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text
from shuke.offers.model import Caps, Conditions, Funder, FundingShare, Limits, Terms, Window
from shuke.offers.rules.effects import check_effect, check_scope
from shuke.offers.rules.problems import Problems

NAME_MAX = 100
CODE_MAX = 64
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MINUTES = 24 * 60


def check_heading(code: str, name: Text) -> None:
    """Raises Invalid unless even a draft could be called so."""
    problems = Problems()
    problems.need(
        bool(_CODE.fullmatch(code)),
        "code",
        f"编码为 1 到 {CODE_MAX} 个字母、数字、点、横线或下划线，以字母或数字开头。",
        f"A code is 1 to {CODE_MAX} letters, digits, dots, dashes or underscores, and starts with a letter or digit.",
    )
    for path, words in (("name.zh", name.zh), ("name.en", name.en)):
        problems.need(
            len(words) <= NAME_MAX and (not words or words.isprintable()),
            path,
            f"名称最多 {NAME_MAX} 个可见字符。",
            f"A name has at most {NAME_MAX} printable characters.",
        )
    if problems.found:
        raise Invalid(fields=tuple(problems.found))


def terms_problems(name: Text, terms: Terms, now: datetime) -> list[FieldProblem]:
    """What stands in the way of publishing `terms` at `now`, other than ids of things that are not there."""
    problems = Problems()
    check_name(name, problems)
    if terms.effect is None:
        problems.need(False, "effect", "请选择优惠方式。", "Choose what the offer does.")
    else:
        check_effect(terms.effect, problems.at("effect"))
    check_scope(terms.scope, problems.at("scope"))
    _check_window(terms.conditions.window, now, problems.at("conditions.window"))
    check_funding(terms.funding, problems)
    _check_caps(terms.caps, problems.at("caps"))
    _check_limits(terms.limits, terms.conditions, problems.at("limits"))
    return problems.found


def check_name(name: Text, problems: Problems) -> None:
    for path, words in (("name.zh", name.zh), ("name.en", name.en)):
        problems.need(bool(words.strip()), path, "请填写中英文名称。", "Give a name in both languages.")


def _check_window(window: Window, now: datetime, problems: Problems) -> None:
    check_span(window.starts_at, window.ends_at, now, problems)
    problems.need(
        window.weekdays <= frozenset(range(1, 8)), "weekdays", "星期为 1（周一）到 7。", "Weekdays are 1 (Monday) to 7."
    )
    problems.need(
        window.month_days <= frozenset(range(1, 32)), "month_days", "日期为 1 到 31。", "Days of the month are 1 to 31."
    )
    for number, (first, last) in enumerate(window.minutes):
        problems.need(
            0 <= first < _MINUTES and 0 < last <= _MINUTES and first != last,
            f"minutes.{number}",
            "时段为一天中的分钟：开始 0 到 1439，结束 1 到 1440，且不相同；结束早于开始表示跨过午夜。",
            "Minutes of a day: start at 0 to 1439, end at 1 to 1440, not both the same. An end before the start is on "
            "the next day.",
        )


def check_span(starts_at: datetime | None, ends_at: datetime | None, now: datetime, problems: Problems) -> None:
    if ends_at is None:
        return
    problems.need(
        starts_at is None or starts_at < ends_at,
        "ends_at",
        "结束时间须晚于开始时间。",
        "The end must come after the start.",
    )
    problems.need(
        ends_at > now, "ends_at", "结束时间已过，请改为将来。", "The end is over already. Put it into the future."
    )


def check_funding(funding: Sequence[FundingShare], problems: Problems) -> None:
    for number, share in enumerate(funding):
        problems.rate(share.bps, f"funding.{number}.bps")
        problems.need(
            share.funder is not Funder.PARTNER or bool(share.party and share.party.strip()),
            f"funding.{number}.party",
            "请填写承担费用的合作方。",
            "Name the partner who pays.",
        )
    whom = [(share.funder, share.party) for share in funding]
    problems.need(len(set(whom)) == len(whom), "funding", "同一承担方只能出现一次。", "Name each funder once.")
    problems.need(
        sum(share.bps for share in funding) == BPS,
        "funding",
        "各方承担比例之和须为 100%。",
        "The funders' shares must add up to 100 %.",
    )


def _check_caps(caps: Caps, problems: Problems) -> None:
    problems.count(caps.line_minor, "line_minor")
    problems.count(caps.order_minor, "order_minor")
    problems.need(
        caps.line_minor is None or caps.order_minor is None or caps.line_minor <= caps.order_minor,
        "line_minor",
        "单行上限不能高于整单上限。",
        "The cap of a line cannot exceed that of the order.",
    )


def _check_limits(limits: Limits, conditions: Conditions, problems: Problems) -> None:
    for name in ("uses", "budget_minor", "uses_per_member", "pieces_per_member"):
        problems.count(getattr(limits, name), name)
    each = limits.uses_per_member is not None or limits.pieces_per_member is not None
    problems.need(
        not each or conditions.audience.members_only,
        "uses_per_member" if limits.uses_per_member is not None else "pieces_per_member",
        "每人限制只能用于会员，请把对象改为会员。",
        "A limit for each member needs an audience of members: choose members as audience.",
    )
    problems.need(
        limits.period is None or each,
        "period",
        "周期用于每人限制，请填写每人限制或删除周期。",
        "A period belongs to a limit for each member. Give one, or take the period out.",
    )
    problems.need(
        limits.uses is None or limits.uses_per_member is None or limits.uses_per_member <= limits.uses,
        "uses_per_member",
        "每人次数不能超过总次数。",
        "A member cannot have more uses than there are in all.",
    )


def limits_fixed(before: Limits, after: Limits, problems: Problems) -> None:
    """Which limits there are is settled with the first publication: what was used before would not be counted.

    Their amounts may change at any time.
    """
    for name in ("uses", "budget_minor", "uses_per_member", "pieces_per_member"):
        same = (getattr(before, name) is None) == (getattr(after, name) is None)
        problems.need(same, name, *_FIXED)
    problems.need(before.period == after.period, "period", *_FIXED)


_FIXED = (
    "发布后不能增加或取消限制（只能调整数值）；请结束后复制一个新的。",
    "Once published, limits can be raised or lowered, not added or removed. End it and publish a copy.",
)
