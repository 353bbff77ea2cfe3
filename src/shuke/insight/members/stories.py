"""Events in words. Pure: from what an event says, and what is known around it, to a title and a detail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shuke.audience import service as audience
from shuke.infra.outbox import DomainEvent
from shuke.kernel.money import format_minor
from shuke.kernel.text import Text
from shuke.loyalty.model import Tier

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    number: str
    store: str
    paid_minor: int
    units: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known around an event: the order it is about (if any), the currency, the tiers by code."""

    order: OrderFacts | None
    currency: str
    tiers: Mapping[str, Tier]


@dataclass(frozen=True, slots=True)
class Story:
    title: Text
    detail: Text = _NOTHING


def tell(event: DomainEvent, known: Known) -> Story:
    """The event in words; one of a type that nobody wrote words for is called by its type."""
    teller = _TELLERS.get(event.type)
    return teller(event, known) if teller else Story(Text(event.type, event.type))


def _joined(event: DomainEvent, _known: Known) -> Story:
    channel = event.payload.get("channel")
    detail = Text(f"渠道：{channel}", f"Through {channel}") if channel else _NOTHING
    return Story(Text("入会", "Joined"), detail)


def _changed(event: DomainEvent, _known: Known) -> Story:
    fields = event.payload.get("fields")
    names = [str(field) for field in fields] if isinstance(fields, list) else []
    words = [_FIELDS.get(name, Text(name, name)) for name in names]
    source = event.payload.get("source")
    return Story(
        Text("资料变更", "Profile changed") if source is None else Text(f"{source} 填写资料", f"Told by {source}"),
        Text("、".join(word.zh for word in words), ", ".join(word.en for word in words)),
    )


_FIELDS: Mapping[str, Text] = MappingProxyType(
    {
        "name": Text("姓名", "name"),
        "phone": Text("手机号", "phone"),
        "email": Text("邮箱", "email"),
        "card": Text("卡号", "card"),
        "gender": Text("性别", "gender"),
        "birthday": Text("生日", "birthday"),
        "attributes": Text("属性", "attributes"),
        "status": Text("状态", "status"),
    }
)


def _said(zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """Told in the same words, whatever the event holds."""
    return lambda _event, _known: Story(Text(zh, en))


def _consented(event: DomainEvent, _known: Known) -> Story:
    steps = event.payload.get("steps")
    parts = [_step(step) for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
    detail = Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    return Story(Text("授权变更", "Consent changed"), detail)


def _step(step: Mapping[str, object]) -> Text:
    """`同意营销信息（短信）`, `agreed to marketing messages (text message)`."""
    done = _STEPS.get(str(step.get("step")), _NOTHING)
    purpose = _PURPOSES.get(str(step.get("purpose")), _NOTHING)
    channel = _CHANNELS.get(str(step.get("channel")))
    zh, en = f"{done.zh}{purpose.zh}", f"{done.en} {purpose.en}"
    return Text(f"{zh}（{channel.zh}）", f"{en} ({channel.en})") if channel else Text(zh, en)


_STEPS: Mapping[str, Text] = MappingProxyType(
    {
        "given": Text("同意", "agreed to"),
        "withdrawn": Text("不同意", "said no to"),
        "asked": Text("待确认", "is to confirm"),
        "confirmed": Text("已确认", "confirmed"),
    }
)
_PURPOSES: Mapping[str, Text] = MappingProxyType(
    {
        "terms": Text("会员条款", "the terms"),
        "marketing": Text("营销信息", "marketing messages"),
        "profiling": Text("个性化分析", "profiling"),
        "sharing": Text("与合作方共享", "sharing with partners"),
    }
)
_CHANNELS: Mapping[str, Text] = MappingProxyType(
    {
        "sms": Text("短信", "text message"),
        "email": Text("邮件", "email"),
        "wechat": Text("微信", "WeChat"),
        "wecom": Text("企业微信", "WeCom"),
        "phone": Text("电话", "phone call"),
        "push": Text("推送", "push"),
        "in_app": Text("站内信", "in the app"),
    }
)


def _tagged(zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """A tag was put on her or taken off: `{name}` is what it was called then."""

    def story(event: DomainEvent, _known: Known) -> Story:
        name = event.payload.get("name")
        words = name if isinstance(name, Mapping) else {}
        code = str(event.payload.get("tag", ""))
        return Story(Text(zh.format(name=words.get("zh", code)), en.format(name=words.get("en", code))))

    return story


def _ordered(_event: DomainEvent, known: Known) -> Story:
    order = known.order
    if order is None:
        return Story(Text("消费", "Bought"))
    paid = f"{format_minor(order.paid_minor, known.currency)} {known.currency}"
    items = "1 item" if order.units == 1 else f"{order.units} items"
    return Story(
        Text(f"消费 {paid}", f"Bought for {paid}"),
        Text(
            f"{order.store} · {order.units} 件 · 订单 {order.number}", f"{order.store} · {items} · order {order.number}"
        ),
    )


def _refunded(event: DomainEvent, known: Known) -> Story:
    back = f"{format_minor(_number(event, 'paid_minor'), known.currency)} {known.currency}"
    order = known.order
    detail = (
        Text(f"{order.store} · 订单 {order.number}", f"{order.store} · order {order.number}") if order else _NOTHING
    )
    return Story(Text(f"退款 {back}", f"Refunded {back}"), detail)


def _number_of(zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """Something about an order that was not sold (yet): its number is in the event."""

    def story(event: DomainEvent, _known: Known) -> Story:
        number = event.payload.get("number", "")
        return Story(Text(zh, en), Text(f"订单 {number}", f"Order {number}"))

    return story


def _moved(zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """Points (and growth) that came or went: `{points}` is how many, without sign."""

    def story(event: DomainEvent, _known: Known) -> Story:
        points, growth = _number(event, "points"), _number(event, "growth")
        detail = Text(f"成长值 {growth:+,}", f"Growth {growth:+,}") if growth else _NOTHING
        if not points and growth:
            return Story(Text(f"成长值 {growth:+,}", f"Growth {growth:+,}"))
        return Story(Text(zh, en).fill(points=f"{abs(points):,}", signed=f"{points:+,}"), detail)

    return story


def _paid(zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """Stored value or red packets that came or went: `{amount}` is how much, without sign."""

    def story(event: DomainEvent, known: Known) -> Story:
        minor = abs(sum(_number(event, asset) for asset in _MONEY))
        return Story(Text(zh, en).fill(amount=f"{format_minor(minor, known.currency)} {known.currency}"))

    return story


_MONEY = ("stored_principal", "stored_bonus", "red_packet")


def _history(event: DomainEvent, _known: Known) -> Story:
    orders, points, growth = (_number(event, name) for name in ("orders", "points", "growth"))
    return Story(
        Text("历史订单入账", "Past orders credited"),
        Text(
            f"{orders:,} 笔订单，积分 {points:+,}，成长值 {growth:+,}",
            f"{orders:,} orders, points {points:+,}, growth {growth:+,}",
        ),
    )


def _number(event: DomainEvent, name: str) -> int:
    value = event.payload.get(name)
    return value if isinstance(value, int) else 0


def _tier_changed(event: DomainEvent, known: Known) -> Story:
    before, after = (known.tiers.get(str(event.payload.get(name))) for name in ("from", "to"))
    if after is None:
        return Story(Text("等级变更", "Tier changed"))
    up = before is None or after.rank > before.rank
    title = (
        Text(f"升级为{after.name.zh}", f"Moved up to {after.name.en}")
        if up
        else Text(f"降级为{after.name.zh}", f"Moved down to {after.name.en}")
    )
    was = Text(f"原等级：{before.name.zh}", f"Was {before.name.en}") if before else _NOTHING
    return Story(title, was)


def _stood(before: Mapping[str, Text], zh: str, en: str) -> Callable[[DomainEvent, Known], Story]:
    """Where she stands changed: `{word}` is what it is called now."""

    def story(event: DomainEvent, _known: Known) -> Story:
        was, now = (before.get(str(event.payload.get(name)), _NOTHING) for name in ("from", "to"))
        return Story(Text(zh.format(word=now.zh), en.format(word=now.en)), Text(f"此前：{was.zh}", f"Was {was.en}"))

    return story


_TELLERS: Mapping[str, Callable[[DomainEvent, Known], Story]] = MappingProxyType(
    {
        "member.joined": _joined,
        "member.changed": _changed,
        "consent.changed": _consented,
        "visitor.recognised": _said("认出入会前的访问", "Recognised in visits before she joined"),
        "members.merged": _said("与另一位会员合并", "Merged with another member"),
        "member.erased": _said("个人信息已删除", "Personal data erased"),
        "members.unmerged": _said("撤销合并", "Merge undone"),
        "tag.put": _tagged("打上标签“{name}”", "Tagged {name}"),
        "tag.taken_off": _tagged("取下标签“{name}”", "No longer tagged {name}"),
        "order.settled": _ordered,
        "order.imported": _ordered,
        "order.refunded": _refunded,
        "order.placed": _number_of("下单待付款", "Ordered, to be paid"),
        "order.cancelled": _number_of("订单取消", "Order cancelled"),
        "order.moved": _number_of("订单归还本人", "Order given back to her"),
        "points.earned": _moved("获得 {points} 积分", "Earned {points} points"),
        "points.spent": _moved("使用 {points} 积分", "Spent {points} points"),
        "points.returned": _moved("退回 {points} 积分", "{points} points returned"),
        "points.expired": _moved("{points} 积分过期", "{points} points expired"),
        "points.forfeited": _moved("{points} 积分作废", "{points} points forfeited"),
        "points.adjusted": _moved("积分调整 {signed}", "Points adjusted by {signed}"),
        "points.granted": _moved("获赠 {points} 积分", "Was given {points} points"),
        "points.clawed_back": _moved("扣回 {points} 积分", "{points} points taken back"),
        "points.transferred": _moved("积分转移 {signed}", "Points moved: {signed}"),
        "stored_value.topped_up": _paid("储值到账 {amount}", "{amount} credited to stored value"),
        "stored_value.spent": _paid("使用储值 {amount}", "Spent {amount} of stored value"),
        "stored_value.returned": _paid("退回储值 {amount}", "{amount} of stored value returned"),
        "stored_value.refunded": _paid("储值退款 {amount}", "{amount} of stored value refunded"),
        "stored_value.moved": _paid("储值卡转入 {amount}", "{amount} moved from a card"),
        "stored_value.forfeited": _paid("储值作废 {amount}", "{amount} of stored value forfeited"),
        "stored_value.expired": _paid("储值过期 {amount}", "{amount} of stored value expired"),
        "red_packet.granted": _paid("收到红包 {amount}", "Got a red packet of {amount}"),
        "red_packet.spent": _paid("使用红包 {amount}", "Spent {amount} of red packets"),
        "red_packet.returned": _paid("退回红包 {amount}", "{amount} of red packets returned"),
        "red_packet.forfeited": _paid("红包作废 {amount}", "{amount} of red packets forfeited"),
        "red_packet.expired": _paid("红包过期 {amount}", "{amount} of red packets expired"),
        "points.history_posted": _history,
        "tier.changed": _tier_changed,
        "lifecycle.changed": _stood(audience.STAGES, "进入{word}阶段", "Became {word}"),
        "grade.changed": _stood(audience.GRADES, "活跃度变为{word}", "Activity is now {word}"),
    }
)
