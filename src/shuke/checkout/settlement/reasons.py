"""The words for every reason and stage. A stored adjustment keeps its rule and parameters; the words are made here."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.checkout.settlement.model import Adjustment, Missed, Params, Stage, Why
from shuke.kernel.money import format_minor
from shuke.kernel.text import Language, Text

STAGES: Mapping[Stage, Text] = MappingProxyType(
    {
        Stage.MEMBER_PRICE: Text("会员价", "Member price"),
        Stage.ITEM_OFFER: Text("单品促销", "Item offers"),
        Stage.TIER_DISCOUNT: Text("等级折扣", "Tier discount"),
        Stage.ORDER_OFFER: Text("整单促销", "Order offers"),
        Stage.COUPON: Text("优惠券", "Coupons"),
        Stage.RED_PACKET: Text("红包", "Red packets"),
        Stage.POINTS: Text("积分抵扣", "Points"),
        Stage.TAX: Text("税费", "Tax"),
        Stage.STORED_VALUE: Text("储值支付", "Stored value"),
        Stage.IMPORTED: Text("原系统优惠", "Discount in the source system"),
    }
)

_REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "member_price": Text("会员价", "Member price"),
        "tier_discount": Text("{tier}享 {fold} 折", "{tier} members: {percent}% off"),
        "plan_discount": Text("{tier}享 {fold} 折", "{tier}: {percent}% off"),
        "benefit": Text("{name}", "{name}"),
        "promotion": Text("{name}", "{name}"),
        "coupon": Text("{name}", "{name}"),
        "red_packet": Text("红包：{name}", "Red packet: {name}"),
        "points": Text("{points} 积分抵扣", "Paid with {points} points"),
        "merchant_discount": Text("商家折扣", "Price reduction"),
        "merchant_coupon": Text("商家优惠券", "Merchant's coupon"),
        "store_discount": Text("门店优惠", "Store's reduction"),
        "platform_discount": Text("平台补贴", "Platform's subsidy"),
        "partner_discount": Text("厂商优惠", "Manufacturer's offer"),
    }
)

_MISSED: Mapping[Why, Text] = MappingProxyType(
    {
        Why.MORE_MONEY: Text("再买 {missing} 可用“{name}”", "{missing} more to use {name}"),
        Why.MORE_PIECES: Text("再买 {missing} 件可用“{name}”", "{missing} more items to use {name}"),
        Why.JOIN: Text("加入会员可用“{name}”", "Join to use {name}"),
        Why.GROUP_FULL: Text("“{name}”不能与已用的“{other}”叠加", "{name} is not given on top of {other}"),
        Why.EXCLUDED: Text("“{name}”与“{other}”不能同时使用", "{name} does not go together with {other}"),
        Why.BETTER_FOUND: Text("已为您选用更省的组合，未用“{name}”", "A cheaper combination goes without {name}"),
        Why.SAVES_NOTHING: Text("“{name}”在本单不能再优惠", "{name} saves nothing more here"),
        Why.DECLINED: Text("您选择了不用“{name}”", "You chose not to use {name}"),
        Why.YOUR_LIMIT: Text("您的“{name}”次数已用完", "You have used {name} as often as you may"),
        Why.USED_UP: Text("“{name}”已被领用完", "{name} is used up"),
        Why.NOT_YET: Text("“{name}”尚未生效", "{name} is not valid yet"),
        Why.EXPIRED: Text("“{name}”已过期", "{name} has expired"),
        Why.OTHER_TIME: Text("“{name}”不在可用时段", "{name} is for other days or hours"),
        Why.OTHER_STORE: Text("“{name}”不适用于本店", "{name} is for other stores"),
        Why.OTHER_CHANNEL: Text("“{name}”不适用于此渠道", "{name} is for other channels"),
        Why.OTHER_PEOPLE: Text("您不在“{name}”的适用人群内", "{name} is for other members"),
        Why.NOTHING_IN_SCOPE: Text("本单没有适用“{name}”的商品", "Nothing here is what {name} is for"),
    }
)

_SYMBOLS = {
    "CNY": "¥",
    "JPY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "SGD": "S$",
    "KRW": "₩",
}


def reason(adjustment: Adjustment) -> Text:
    """Why the price went down. The part of the rule before the colon names the kind, and so the words."""
    kind = adjustment.rule.partition(":")[0]
    words = _REASONS.get(kind)
    if words is None:
        return STAGES[adjustment.stage]
    return _filled(words, adjustment.params)


def missed_reason(missed: Missed, currency: str) -> Text:
    """Why an offer or coupon is not applied, and where possible what to do about it."""
    missing: str | int = missed.missing
    if missed.why is Why.MORE_MONEY:
        missing = _SYMBOLS[currency] + format_minor(missed.missing, currency).removesuffix(".00")
    params: dict[str, str | int | Text] = {"name": missed.name, "missing": missing}
    if missed.other is not None:
        params["other"] = missed.other
    return _filled(_MISSED[missed.why], params)


def _filled(words: Text, params: Params) -> Text:
    return Text(_in(words, params, "zh"), _in(words, params, "en"))


def _in(words: Text, params: Params, language: Language) -> str:
    values = {name: value.in_(language) if isinstance(value, Text) else value for name, value in params.items()}
    return words.in_(language).format(**values)
