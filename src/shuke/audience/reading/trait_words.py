"""What traits are called in a rule, and the states that some of them are."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.audience.rules.loyalty import LEVELS
from shuke.audience.traits.words import GRADES, STAGES
from shuke.kernel.text import Text

_T = Text
TRAIT_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "lifecycle": _T("生命周期", "lifecycle"),
        "grade": _T("活跃度", "activity"),
        "loyalty": _T("忠诚", "loyalty"),
        "recency": _T("近度得分（R）", "recency score (R)"),
        "frequency": _T("频度得分（F）", "frequency score (F)"),
        "monetary": _T("消费得分（M）", "monetary score (M)"),
        "since": _T("距上次购买天数", "days since the last purchase"),
        "rhythm": _T("购买节奏（天）", "rhythm in days"),
        "days": _T("购买天数", "days with a purchase"),
        "year_days": _T("一年内购买天数", "days with a purchase in a year"),
        "year_net_minor": _T("一年内消费", "spent in a year"),
        "visits_30_days": _T("30 天内到店天数", "visits in 30 days"),
        "loyalty_bps": _T("忠诚度（万分比）", "loyalty in basis points"),
        "discount_bps": _T("折扣占比（万分比）", "share of discounts in basis points"),
        "alive_bps": _T("仍会再来的概率（万分比）", "probability to come again in basis points"),
        "expected_milli": _T("一年内预期购买次数（千分之一）", "purchases expected in a year, in thousandths"),
        "clv_minor": _T("会员价值", "value"),
        "cluster": _T("所属分群", "cluster"),
        "category_id": _T("偏好品类", "preferred category"),
        "brand": _T("偏好品牌", "preferred brand"),
        "price_band": _T("偏好价位", "preferred price band"),
        "store_id": _T("常去门店", "preferred store"),
        "channel": _T("常用渠道", "preferred channel"),
        "hour_band": _T("常来时段", "preferred time of day"),
    }
)
_BANDS = {"low": _T("低", "low"), "middle": _T("中", "middle"), "high": _T("高", "high")}
_HOURS = {
    "night": _T("夜间", "night"),
    "morning": _T("上午", "morning"),
    "midday": _T("中午", "midday"),
    "afternoon": _T("下午", "afternoon"),
    "evening": _T("晚上", "evening"),
}
_STATES: Mapping[str, Mapping[str, Text]] = {
    "lifecycle": STAGES,
    "grade": GRADES,
    "loyalty": LEVELS,
    "price_band": _BANDS,
    "hour_band": _HOURS,
}
STATES: Mapping[tuple[str, str | int], Text] = MappingProxyType(
    {(trait, state): words for trait, states in _STATES.items() for state, words in states.items()}
)
"""By the name of a trait and its value."""
