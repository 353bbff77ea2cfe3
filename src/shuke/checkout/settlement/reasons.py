"""The words for every reason and stage. A stored adjustment keeps its rule and parameters; the words are made here."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.checkout.settlement.model import Adjustment, Stage
from shuke.kernel.text import Language, Text

STAGES: Mapping[Stage, Text] = MappingProxyType(
    {
        Stage.MEMBER_PRICE: Text("会员价", "Member price"),
        Stage.TIER_DISCOUNT: Text("等级折扣", "Tier discount"),
        Stage.POINTS: Text("积分抵扣", "Points"),
        Stage.IMPORTED: Text("原系统优惠", "Discount in the source system"),
    }
)

_REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "member_price": Text("会员价", "Member price"),
        "tier_discount": Text("{tier}享 {fold} 折", "{tier} members: {percent}% off"),
        "points": Text("{points} 积分抵扣", "Paid with {points} points"),
        "merchant_discount": Text("商家折扣", "Price reduction"),
        "merchant_coupon": Text("商家优惠券", "Merchant's coupon"),
        "store_discount": Text("门店优惠", "Store's reduction"),
        "platform_discount": Text("平台补贴", "Platform's subsidy"),
        "partner_discount": Text("厂商优惠", "Manufacturer's offer"),
    }
)


def reason(adjustment: Adjustment) -> Text:
    """Why the price went down. The part of the rule before the colon names the kind, and so the words."""
    kind = adjustment.rule.partition(":")[0]
    words = _REASONS.get(kind)
    if words is None:
        return STAGES[adjustment.stage]
    return Text(_filled(words, adjustment, "zh"), _filled(words, adjustment, "en"))


def _filled(words: Text, adjustment: Adjustment, language: Language) -> str:
    values = {
        name: value.in_(language) if isinstance(value, Text) else value for name, value in adjustment.params.items()
    }
    return words.in_(language).format(**values)
