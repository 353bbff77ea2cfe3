"""What a member is told about the tier, in both languages. Pure."""

from datetime import date, timedelta
from fractions import Fraction

from shuke.kernel.money import MINOR_DIGITS, format_minor
from shuke.kernel.rounding import Rounding, to_int
from shuke.kernel.text import Text
from shuke.loyalty.model import Keep, Programme, Tier

REMIND_WITHIN = timedelta(days=30)
"""A tier that ends within so many days is worth a reminder."""

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


def spending_for(programme: Programme, growth: int) -> str:
    """The purchase that earns `growth`, as money."""
    rule = programme.growth_rule
    return short_money(to_int(Fraction(growth * rule.per_minor, rule.amount), Rounding.UP), programme.currency)


def progress_sentence(
    programme: Programme, tier: Tier, above: Tier | None, to_next: int, kept: Keep | None, today: date
) -> Text:
    """One sentence: the danger if it is near, else the way up, else that the top is reached."""
    if kept is not None and kept.by - today <= REMIND_WITHIN:
        money = spending_for(programme, kept.needed)
        return Text(
            f"{kept.by.month}月{kept.by.day}日（含）前再消费 {money}，保留{tier.name.zh}",
            f"{money} more by {kept.by.isoformat()} keeps {tier.name.en}",
        )
    if above is not None and to_next:
        money = spending_for(programme, to_next)
        return Text(f"再消费 {money} 升级{above.name.zh}", f"{money} more to {above.name.en}")
    if above is not None:
        return Text(f"已达到{above.name.zh}，即将升级", f"{above.name.en} is reached and starts with the next review")
    return Text(f"已是最高等级{tier.name.zh}", f"{tier.name.en} is the highest tier")
