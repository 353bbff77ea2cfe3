"""What is wrong with a benefit. Pure."""

from shuke.loyalty.model import (
    Benefit,
    CouponPack,
    DeliveryFree,
    DiscountRate,
    Entitlement,
    ExclusiveProducts,
    LimitedPurchase,
    MemberPrices,
    MorePoints,
    Occasion,
    PartnerCode,
    Timing,
)
from shuke.loyalty.rules.calendar import LUNAR_DAYS, LUNAR_MONTHS
from shuke.loyalty.rules.problems import Problems

_DATED = (Occasion.BIRTHDAY, Occasion.LUNAR_BIRTHDAY, Occasion.FESTIVAL)


def check_benefit(benefit: Benefit, path: str, problems: Problems) -> None:
    problems.text(benefit.name, f"{path}.name")
    where = f"{path}.effect"
    match benefit.effect:
        case DiscountRate(off_bps=off):
            problems.between(1, 10_000, off, f"{where}.off_bps")
        case MemberPrices(prices=prices):
            problems.need(bool(prices), f"{where}.prices", "请至少添加一个商品价格。", "Add at least one price.")
            problems.unique((price.product_id for price in prices), f"{where}.prices", "product_id")
            for number, price in enumerate(prices):
                problems.at_least(0, price.price_minor, f"{where}.prices.{number}.price_minor")
        case ExclusiveProducts(scope=scope):
            problems.need(
                not scope.everything,
                f"{where}.scope",
                "请指定专享商品；全部商品专享会让其他人什么都买不了。",
                "Name the goods: if all are exclusive, nobody else can buy anything.",
            )
        case MorePoints(bps=bps):
            problems.between(10_000, 1_000_000, bps, f"{where}.bps")
        case DeliveryFree(from_minor=least):
            problems.at_least(0, least, f"{where}.from_minor")
        case CouponPack(coupons=coupons, timing=timing):
            problems.need(bool(coupons), f"{where}.coupons", "请至少选择一张券。", "Choose at least one coupon.")
            problems.unique((item.template_id for item in coupons), f"{where}.coupons", "template_id")
            for number, item in enumerate(coupons):
                problems.between(1, 100, item.count, f"{where}.coupons.{number}.count")
            _check_timing(benefit, timing, f"{where}.timing", problems)
        case PartnerCode(timing=timing):
            _check_timing(benefit, timing, f"{where}.timing", problems)
        case Entitlement(count=count):
            problems.between(1, 10_000, count, f"{where}.count")
        case LimitedPurchase(pieces=pieces, price_minor=price):
            problems.between(1, 10_000, pieces, f"{where}.pieces")
            problems.at_least(0, price, f"{where}.price_minor")


def _check_timing(benefit: Benefit, timing: Timing, path: str, problems: Problems) -> None:
    festival, monthly = timing.occasion is Occasion.FESTIVAL, timing.occasion is Occasion.MONTHLY
    months, days = (LUNAR_MONTHS, LUNAR_DAYS) if timing.lunar else (12, 31)
    problems.need(
        timing.month is not None if festival else timing.month is None,
        f"{path}.month",
        "节日请填写月份，其他时机请留空。",
        "Name the month for a festival; leave it out otherwise.",
    )
    problems.need(
        timing.day is not None if festival or monthly else timing.day is None,
        f"{path}.day",
        "节日和每月发放请填写日期，其他时机请留空。",
        "Name the day for a festival or a monthly gift; leave it out otherwise.",
    )
    problems.between(1, months, timing.month, f"{path}.month")
    problems.between(1, days, timing.day, f"{path}.day")
    problems.need(
        not timing.lunar or festival,
        f"{path}.lunar",
        "仅节日可按农历；农历生日请选 lunar_birthday。",
        "Only a festival's date is lunar; for lunar birthdays there is lunar_birthday.",
    )
    problems.between(0, 60 if timing.occasion in _DATED else 0, timing.days_before, f"{path}.days_before")
    problems.need(
        timing.occasion is not Occasion.UPGRADE or bool(benefit.holders.tiers),
        f"{path}.occasion",
        "升级礼请指定权益所属等级。",
        "For a gift on upgrade, name the tiers that have the benefit.",
    )
    problems.need(
        timing.occasion is not Occasion.OPENING or bool(benefit.holders.plans),
        f"{path}.occasion",
        "开通礼请指定权益所属付费方案。",
        "For a gift on opening, name the plans that have the benefit.",
    )
