"""What is particular about a cluster, in words: the measures in which it is farthest from everybody."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shuke.kernel.text import Text

MARKED_MILLI = 400
"""From so many thousandths of a standard deviation on, a difference is worth a word."""
_TOLD = 3

FEATURES: Mapping[str, Text] = MappingProxyType(
    {
        "since": Text("距上次购买（天）", "days since the last purchase"),
        "year_days": Text("一年内购买天数", "days with a purchase in a year"),
        "ticket_minor": Text("每次金额", "spent each time"),
        "rhythm": Text("购买节奏（天）", "rhythm in days"),
        "loyalty_bps": Text("忠诚（有购买的期数占比）", "loyalty (share of periods with a purchase)"),
        "discount_bps": Text("折扣占比", "share of discounts"),
        "category_share_bps": Text("常买品类占比", "share of the preferred category"),
        "store_share_bps": Text("常去门店占比", "share of the preferred store"),
    }
)
_SAID: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "since": (Text("最近刚来过", "here lately"), Text("许久未来", "away for long")),
        "year_days": (Text("来得少", "seldom here"), Text("来得勤", "here often")),
        "ticket_minor": (Text("每次买得少", "small baskets"), Text("每次买得多", "large baskets")),
        "rhythm": (Text("节奏快", "quick to return"), Text("间隔长", "long gaps")),
        "loyalty_bps": (Text("不固定", "no habit"), Text("习惯稳定", "steady")),
        "discount_bps": (Text("少用优惠", "few discounts"), Text("偏爱优惠", "after discounts")),
        "category_share_bps": (Text("品类广", "buys across categories"), Text("专买一类", "one category")),
        "store_share_bps": (Text("多店购买", "in many stores"), Text("认准一家店", "one store")),
    }
)
_LIKE_ALL = Text("与全体相近", "much like everybody")


def described(apart_milli: Mapping[str, int]) -> Text:
    """The cluster in a few words, what is most particular first."""
    marked = [name for name in by_mark(apart_milli) if abs(apart_milli[name]) >= MARKED_MILLI][:_TOLD]
    if not marked:
        return _LIKE_ALL
    words = [_SAID[name][apart_milli[name] > 0] for name in marked]
    return Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def by_mark(apart_milli: Mapping[str, int]) -> Sequence[str]:
    """Measures, what is most particular first; of two alike the first by name."""
    return sorted(apart_milli, key=lambda name: (-abs(apart_milli[name]), name))
