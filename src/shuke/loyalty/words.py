"""What a member is told about the tier, in both languages. Pure."""

from fractions import Fraction

from shuke.kernel.money import MINOR_DIGITS, format_minor
from shuke.kernel.rounding import Rounding, to_int
from shuke.kernel.text import Text
from shuke.loyalty.model import Earnable, GrowthSource, Keep, Programme, Tier

SYMBOLS = {
    "CNY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "SGD": "S$",
    "JPY": "¥",
    "KRW": "₩",
}


def short_money(amount: int, currency: str) -> str:
    """120000 in CNY → `¥1,200`; cents only where there are some."""
    digits = MINOR_DIGITS[currency]
    whole, rest = divmod(amount, 10**digits)
    cents = format_minor(rest, currency)[1:] if rest else ""
    return f"{SYMBOLS[currency]}{whole:,}{cents}"


def needed_minor(programme: Programme, growth: int) -> int | None:
    """The purchase of anything that earns `growth`; None where growth does not follow from spending, or not on all
    goods."""
    rate = programme.base_rate(Earnable.GROWTH)
    if programme.growth.source is not GrowthSource.SPEND or rate is None:
        return None
    return to_int(Fraction(growth * rate.per_minor, rate.amount), Rounding.UP)


def missing(programme: Programme, growth: int) -> Text:
    """What is still to be done for `growth`, to be put before "more": money spent, orders, points or growth."""
    money = needed_minor(programme, growth)
    if money is not None:
        amount = short_money(money, programme.currency)
        return Text(f"再消费 {amount}", f"{amount} more")
    match programme.growth.source:
        case GrowthSource.ORDERS if programme.growth.counted is not None:
            counted = programme.growth.counted
            return Text(f"再买 {growth} {counted.zh}", f"{growth} more {counted.en}")
        case GrowthSource.ORDERS:
            return Text(f"再消费 {growth} 次", f"{growth} more {'order' if growth == 1 else 'orders'}")
        case GrowthSource.POINTS:
            return Text(f"再获得 {growth} 积分", f"{growth} more points")
        case GrowthSource.SPEND:
            return Text(f"再获得 {growth} 成长值", f"{growth} more growth")


def keeping(programme: Programme, tier: Tier, kept: Keep) -> Text:
    """What keeps the tier, and until when."""
    more = missing(programme, kept.needed)
    return Text(
        f"{kept.by.month}月{kept.by.day}日（含）前{more.zh}，保留{tier.name.zh}",
        f"{more.en} by {kept.by.isoformat()} keeps {tier.name.en}",
    )


def rising(programme: Programme, above: Tier, to_next: int) -> Text:
    """What reaches the next tier."""
    more = missing(programme, to_next)
    return Text(f"{more.zh} 升级{above.name.zh}", f"{more.en} to {above.name.en}")


def standing_sentence(tier: Tier, above: Tier | None) -> Text:
    """Where nothing is missing."""
    if above is not None:
        return Text(f"已达到{above.name.zh}，即将升级", f"{above.name.en} is reached and starts with the next review")
    return Text(f"已是最高等级{tier.name.zh}", f"{tier.name.en} is the highest tier")
