"""Whether stacking groups get along: orders without circles, exclusions of others only."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from shuke.offers.model import DEFAULT_GROUP, MEMBER_PRICE_GROUP, TIER_GROUP, StackingGroup
from shuke.offers.rules.problems import Problems

BUILT_IN = frozenset({MEMBER_PRICE_GROUP, TIER_GROUP})
"""Groups that are always there and hold no offers of a merchant's."""


def check_group(group: StackingGroup, others: Iterable[StackingGroup], problems: Problems) -> None:
    """`others` are the merchant's groups without the one of this code."""
    known = {other.code: other for other in others}
    problems.need(
        group.code not in BUILT_IN,
        "code",
        "该编码为系统内置组，请换一个。",
        "This code is that of a built-in group. Choose another.",
    )
    problems.count(group.at_most, "at_most")
    codes = known.keys() | BUILT_IN | {DEFAULT_GROUP}
    for name, named in (("after", group.after), ("excludes", group.excludes)):
        problems.need(
            group.code not in named, name, "叠加组不能引用自身。", "A group cannot refer to itself. Take it out."
        )
        unknown = sorted(named - codes - {group.code})
        problems.need(
            not unknown,
            name,
            f"没有这些叠加组：{'、'.join(unknown)}。",
            f"There are no such groups: {', '.join(unknown)}. Create them first, or take them out.",
        )
    circle = _circle({**known, group.code: group})
    problems.need(
        group.code in group.after or circle is None,
        "after",
        f"先后顺序形成循环：{' → '.join(circle or ())}，请去掉其中一环。",
        f"The order goes in a circle: {' → '.join(circle or ())}. Take one link out.",
    )


def _circle(groups: Mapping[str, StackingGroup]) -> list[str] | None:
    try:
        TopologicalSorter({code: sorted(group.after) for code, group in groups.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return None
