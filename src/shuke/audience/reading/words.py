"""A rule tree in words, Chinese and English: what the segment is, for those who read it and those who explain it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from shuke.audience.model import (
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Days,
    Did,
    Ever,
    Fact,
    Is,
    IsNot,
    Last,
    Measure,
    Missing,
    Node,
    Not,
    Present,
    Test,
    Unit,
    Window,
)
from shuke.kernel.text import Text

Named = Callable[[str, str | int], Text]
"""A property's value as people call it: a store's name for its id, an amount with its currency."""

_T = Text
PROPERTIES: Mapping[str, Text] = MappingProxyType(
    {
        "birth_month": _T("生日月份", "birth month"),
        "birth_year": _T("出生年份", "birth year"),
        "brand": _T("品牌", "brand"),
        "category_id": _T("品类", "category"),
        "channel": _T("渠道", "channel"),
        "discount_minor": _T("优惠金额", "discount"),
        "gender": _T("性别", "gender"),
        "growth": _T("成长值", "growth"),
        "join_channel": _T("入会渠道", "channel of joining"),
        "join_store_id": _T("入会门店", "store of joining"),
        "net_minor": _T("净额", "net amount"),
        "paid_minor": _T("实付金额", "amount paid"),
        "points": _T("积分", "points"),
        "product_id": _T("商品", "product"),
        "quantity_milli": _T("数量（千分之一）", "quantity (thousandths)"),
        "red_packet_minor": _T("红包余额", "red packet balance"),
        "status": _T("状态", "status"),
        "store_id": _T("门店", "store"),
        "stored_minor": _T("储值余额", "stored value"),
        "tier_rank": _T("等级序号", "tier rank"),
        "units": _T("件数", "pieces"),
    }
)
_FACTS = {
    Fact.ORDER: _T("下单", "orders"),
    Fact.LINE: _T("购买商品", "items bought"),
    Fact.REFUND: _T("退货", "refunds"),
}
_AGGREGATES = {
    Aggregate.SUM: _T("的{property}合计", "sum of {property} of"),
    Aggregate.AVERAGE: _T("的平均{property}", "average {property} of"),
    Aggregate.DISTINCT: _T("的不同{property}数", "number of different {property} of"),
    Aggregate.DISTINCT_DAYS: _T("的天数", "number of days with"),
    Aggregate.FIRST: _T("首次距今天数", "days since the first of"),
    Aggregate.LAST: _T("最近一次距今天数", "days since the last of"),
}
_UNITS = {Unit.DAYS: _T("天", "days"), Unit.WEEKS: _T("周", "weeks"), Unit.MONTHS: _T("个月", "months")}


def described(node: Node, name: Named) -> Text:
    """`node` as half a sentence."""
    match node:
        case All(()):
            return _T("所有会员", "all members")
        case AnyOf(()):
            return _T("没有人", "nobody")
        case All(of):
            return _joined([_bracketed(child, name) for child in of], "，且", " and ")
        case AnyOf(of):
            return _joined([_bracketed(child, name) for child in of], "，或", " or ")
        case Not(of):
            inner = described(of, name)
            return _T(f"不满足（{inner.zh}）", f"not ({inner.en})")
        case Attribute(attribute, test):
            return _tested(_property(attribute), test, attribute, name)
        case Did(what, times):
            done = _done(what, name)
            counted = _T(f"{done.zh}的次数", f"the number of {done.en}")
            return _tested(counted, times, "", name)
        case Measure(what, aggregate, test, measured):
            done, words = _done(what, name), _AGGREGATES[aggregate]
            of_what = _property(measured) if measured else _T("", "")
            counted = _T(
                f"{done.zh}{words.zh.format(property=of_what.zh)}",
                f"the {words.en.format(property=of_what.en)} {done.en}",
            )
            amount = aggregate in (Aggregate.SUM, Aggregate.AVERAGE)
            return _tested(counted, test, measured if measured and amount else "", name)


def _bracketed(node: Node, name: Named) -> Text:
    words = described(node, name)
    match node:
        case All(of) | AnyOf(of) if len(of) > 1:
            return _T(f"（{words.zh}）", f"({words.en})")
    return words


def _done(what: Behaviour, name: Named) -> Text:
    days, fact = _in(what.window), _FACTS[what.fact]
    where = _joined(
        [_tested(_property(each.property), each.test, each.property, name) for each in what.where], "、", ", "
    )
    if not what.where:
        return _T(f"{days.zh}{fact.zh}", f"{fact.en} {days.en}")
    return _T(f"{days.zh}{fact.zh}（{where.zh}）", f"{fact.en} {days.en} with {where.en}")


def _in(window: Window) -> Text:
    match window:
        case Ever():
            return _T("一直以来", "ever")
        case Days(first, last):
            return _T(f"{first} 至 {last} ", f"from {first} to {last}")
        case Last(count, unit):
            return _T(f"近 {count} {_UNITS[unit].zh}", f"in the last {count} {_UNITS[unit].en}")


def _tested(what: Text, test: Test, named: str, name: Named) -> Text:
    def value(of: str | int) -> Text:
        return name(named, of)

    match test:
        case Missing():
            return _T(f"{what.zh}未知", f"{what.en} is not known")
        case Present():
            return _T(f"{what.zh}已知", f"{what.en} is known")
        case Is(values):
            those = _joined([value(each) for each in values], "或", " or ")
            return _T(f"{what.zh}为{those.zh}", f"{what.en} is {those.en}")
        case IsNot(values):
            those = _joined([value(each) for each in values], "或", " or ")
            return _T(f"{what.zh}已知且不为{those.zh}", f"{what.en} is known and not {those.en}")
        case AtLeast(least):
            return _T(f"{what.zh}不少于 {value(least).zh}", f"{what.en} is at least {value(least).en}")
        case AtMost(most):
            return _T(f"{what.zh}不多于 {value(most).zh}", f"{what.en} is at most {value(most).en}")
        case Between(low, high):
            return _T(
                f"{what.zh}在 {value(low).zh} 到 {value(high).zh} 之间",
                f"{what.en} is from {value(low).en} to {value(high).en}",
            )


def _property(name: str) -> Text:
    return PROPERTIES[name]


def _joined(each: Sequence[Text], zh: str, en: str) -> Text:
    return _T(zh.join(one.zh for one in each), en.join(one.en for one in each))
