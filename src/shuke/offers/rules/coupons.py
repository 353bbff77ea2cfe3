"""When coupons of a template are valid, and whether its rules may be published."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shuke.offers.model import CouponRules, Terms, Validity
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.terms import check_span

DAYS_MAX = 3650
GRACE_MAX = 365


def valid_from_until(validity: Validity, issued_at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """From when until when a coupon issued at that moment can be used.

    Days are whole on the calendar of `timezone`: a coupon good for one day can be used until midnight, one delayed by
    a day from the next midnight on.
    """
    if validity.days is None:
        assert validity.ends_at is not None
        return validity.starts_at or issued_at, validity.ends_at
    zone = ZoneInfo(timezone)
    first = issued_at.astimezone(zone).date() + timedelta(days=validity.delay_days)
    begins = issued_at if validity.delay_days == 0 else _midnight(first, zone)
    return begins, _midnight(first + timedelta(days=validity.days), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def check_coupon_rules(rules: CouponRules, terms: Terms, now: datetime, problems: Problems) -> None:
    _check_validity(rules.validity, terms, now, problems.at("validity"))
    problems.count(rules.stock, "stock")
    problems.count(rules.per_member, "per_member")
    problems.need(
        rules.stock is None or rules.per_member is None or rules.per_member <= rules.stock,
        "per_member",
        "每人限领不能超过库存。",
        "A member cannot have more coupons than there are in all.",
    )
    problems.between(rules.returns.grace_days, "returns.grace_days", 0, GRACE_MAX)


def _check_validity(validity: Validity, terms: Terms, now: datetime, problems: Problems) -> None:
    fixed, relative = validity.ends_at is not None, validity.days is not None
    problems.need(
        fixed != relative,
        "days",
        "请在“固定期限”与“领取后 N 天”中任选其一。",
        "Choose one: a fixed end, or a number of days after issue.",
    )
    problems.need(
        fixed or validity.starts_at is None,
        "starts_at",
        "固定开始时间须配固定结束时间；否则请用延迟天数。",
        "A fixed start needs a fixed end. Use a delay in days instead.",
    )
    problems.need(
        relative or validity.delay_days == 0,
        "delay_days",
        "延迟天数只用于“领取后 N 天”。",
        "A delay belongs to days after issue.",
    )
    if validity.days is not None:
        problems.between(validity.days, "days", 1, DAYS_MAX)
    problems.between(validity.delay_days, "delay_days", 0, GRACE_MAX)
    check_span(validity.starts_at, validity.ends_at, now, problems)
    usable = terms.conditions.window
    never = (
        usable.ends_at is not None and validity.starts_at is not None and usable.ends_at <= validity.starts_at
    ) or (usable.starts_at is not None and validity.ends_at is not None and validity.ends_at <= usable.starts_at)
    problems.need(
        not never,
        "ends_at",
        "有效期与使用时段没有交集，券永远无法使用。",
        "Validity and the window of use never meet: the coupon could never be used.",
    )
