"""A rule tree in words, Chinese and English: what the segment is, for those who read it and those who explain it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from shuke.audience.model import (
    PROPERTY,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Consented,
    Dated,
    Did,
    Event,
    Fact,
    Gap,
    In,
    Is,
    IsNot,
    Joined,
    Leaf,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Present,
    Registered,
    Rfm,
    Tagged,
    Test,
    Tracked,
    Trait,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.reading.day_words import DAYS, dated, in_window
from shuke.audience.reading.trait_words import STATES, TRAIT_WORDS
from shuke.kernel.text import Text
from shuke.members.model import Channel, Purpose

Named = Callable[[str, str | int], Text]
"""A property's value as people call it: a store's name for its id, an amount with its currency."""

REGISTERED = "registered"
"""The property whose values are registered attributes; `registered.city` is one of these."""

_T = Text
CONTEXT: Mapping[str, Text] = MappingProxyType(
    {
        "context.campaign.source": _T("广告来源（utm_source）", "ad source (utm_source)"),
        "context.campaign.medium": _T("广告媒介（utm_medium）", "ad medium (utm_medium)"),
        "context.campaign.name": _T("广告活动（utm_campaign）", "ad campaign (utm_campaign)"),
        "context.campaign.term": _T("广告关键词（utm_term）", "ad term (utm_term)"),
        "context.campaign.content": _T("广告内容（utm_content）", "ad content (utm_content)"),
        "context.channel": _T("来源渠道码", "channel code"),
        "context.page.path": _T("页面路径", "path of the page"),
        "context.referrer.host": _T("来路网站", "site she came from"),
    }
)
"""How she came, of any event."""

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
    Fact.EVENT: _T("行为事件", "events"),
}
_EVENTS = {
    Tracked.TRACK: _T("行为事件", "events"),
    Tracked.PAGE: _T("浏览页面", "page views"),
    Tracked.SCREEN: _T("浏览屏幕", "screen views"),
}
_AGGREGATES = {
    Aggregate.SUM: _T("的{property}合计", "sum of {property} of"),
    Aggregate.AVERAGE: _T("的平均{property}", "average {property} of"),
    Aggregate.DISTINCT: _T("的不同{property}数", "number of different {property} of"),
    Aggregate.DISTINCT_DAYS: _T("的天数", "number of days with"),
    Aggregate.FIRST: _T("首次距今天数", "days since the first of"),
    Aggregate.LAST: _T("最近一次距今天数", "days since the last of"),
}
_PURPOSES = {
    Purpose.TERMS: _T("会员条款", "the terms"),
    Purpose.MARKETING: _T("营销信息", "marketing"),
    Purpose.PROFILING: _T("个性化分析", "personal analysis"),
    Purpose.SHARING: _T("与合作方共享", "sharing with partners"),
}
_CHANNELS = {
    Channel.ALL: _T("全部渠道", "all channels"),
    Channel.SMS: _T("短信", "text message"),
    Channel.EMAIL: _T("邮件", "email"),
    Channel.WECHAT: _T("微信", "WeChat"),
    Channel.WECOM: _T("企业微信", "WeCom"),
    Channel.PHONE: _T("电话", "phone"),
    Channel.PUSH: _T("推送", "push"),
    Channel.IN_APP: _T("站内信", "in the app"),
}
_RFM = {
    Rfm.RECENCY: _T("最近下单日", "the day of the last order"),
    Rfm.FREQUENCY: _T("下单次数", "the number of orders"),
    Rfm.MONETARY: _T("消费净额", "what was spent"),
}


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
        case _:
            return _leaf(node, name)


def _leaf(node: Leaf, name: Named) -> Text:
    match node:
        case Attribute(attribute, test):
            return _tested(property_words(attribute), test, attribute, name)
        case Registered(attribute, test):
            return _tested(name(REGISTERED, attribute), test, f"{REGISTERED}.{attribute}", name)
        case Trait(trait, test):
            return _tested(
                TRAIT_WORDS[trait], test, trait, lambda of, value: STATES.get((of, value)) or name(of, value)
            )
        case Joined(window):
            days = in_window(window)
            return _T(f"{days.zh}入会", f"joined {days.en}")
        case Dated(of, days, yearly):
            return dated(DAYS.get(of) or name(REGISTERED, node.name or ""), of, days, yearly)
        case In(segment_id):
            segment = name("segment_id", segment_id)
            return _T(f"属于人群“{segment.zh}”", f"is in the segment {segment.en}")
        case Tagged(tag_id):
            tag = name("tag_id", tag_id)
            return _T(f"有标签“{tag.zh}”", f"has the tag {tag.en}")
        case Consented(purpose, channel):
            may, by = _PURPOSES[purpose], _CHANNELS[channel]
            return _T(f"同意{may.zh}（{by.zh}）", f"agrees to {may.en} ({by.en})")
        case Did(what, times):
            return _tested(counted(what, name), times, "", name)
        case Measure(_, aggregate, test, of):
            amount = aggregate in (Aggregate.SUM, Aggregate.AVERAGE)
            return _tested(measured(node, name), test, of if of and amount else "", name)
        case Steps(steps, gaps):
            return _steps(steps, gaps, name)
        case Percentile(by, first, last, window):
            days, rank = in_window(window), _RFM[by]
            return _T(
                f"{days.zh}{rank.zh}在有下单会员中排在 {_percent(first)} 到 {_percent(last)} 之间",
                f"by {rank.en} {days.en} ranks from {_percent(first)} to {_percent(last)} of those who ordered",
            )


def counted(what: Behaviour, name: Named) -> Text:
    done = _done(what, name)
    return _T(f"{done.zh}的次数", f"the number of {done.en}")


def measured(node: Measure, name: Named) -> Text:
    done, words = _done(node.what, name), _AGGREGATES[node.aggregate]
    of_what = property_words(node.property) if node.property else _T("", "")
    return _T(
        f"{done.zh}{words.zh.format(property=of_what.zh)}",
        f"the {words.en.format(property=of_what.en)} {done.en}",
    )


def _steps(steps: Sequence[Behaviour], gaps: Sequence[Gap], name: Named) -> Text:
    said = _done(steps[0], name)
    for what, gap in zip(steps[1:], gaps or [Gap()] * len(steps[1:]), strict=True):
        then, apart = _done(what, name), _apart(gap)
        said = _T(f"{said.zh}，{apart.zh}又{then.zh}", f"{said.en}, then {apart.en}{then.en}")
    return _T(f"先{said.zh}", f"first {said.en}")


def _apart(gap: Gap) -> Text:
    match gap:
        case Gap(0, None):
            return _T("之后", "")
        case Gap(least, None):
            return _T(f"至少 {least} 天后", f"at least {least} days later ")
        case Gap(0, most):
            return _T(f"{most} 天内", f"within {most} days ")
        case Gap(least, most):
            return _T(f"{least} 到 {most} 天后", f"{least} to {most} days later ")


def _percent(bps: int) -> str:
    return f"{bps // 100}.{bps % 100:02}".rstrip("0").rstrip(".") + " %"


def _bracketed(node: Node, name: Named) -> Text:
    words = described(node, name)
    match node:
        case All(of) | AnyOf(of) if len(of) > 1:
            return _T(f"（{words.zh}）", f"({words.en})")
    return words


def _done(what: Behaviour, name: Named) -> Text:
    days, fact = in_window(what.window), _FACTS[what.fact] if what.event is None else _event(what.event)
    where = _joined(
        [_tested(property_words(each.property), each.test, each.property, name) for each in what.where], "、", ", "
    )
    if not what.where:
        return _T(f"{days.zh}{fact.zh}", f"{fact.en} {days.en}")
    return _T(f"{days.zh}{fact.zh}（{where.zh}）", f"{fact.en} {days.en} with {where.en}")


def _event(event: Event) -> Text:
    kind = _EVENTS[event.type]
    return kind if event.name is None else _T(f"{kind.zh}“{event.name}”", f"{kind.en} “{event.name}”")


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


def property_words(name: str) -> Text:
    """A property of an event is called as its sender calls it, but for how she came."""
    own = name.removeprefix(PROPERTY)
    return PROPERTIES[name] if own == name else CONTEXT.get(own) or _T(own, own)


def _joined(each: Sequence[Text], zh: str, en: str) -> Text:
    return _T(zh.join(one.zh for one in each), en.join(one.en for one in each))
