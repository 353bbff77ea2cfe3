"""Money: integer minor units of a currency (ISO 4217)."""

from decimal import Decimal, InvalidOperation

MINOR_DIGITS = {"CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "TWD": 2, "SGD": 2, "JPY": 0, "KRW": 0}
"""Currencies a merchant may keep its books in, with the digits after the point."""

MAX_MINOR = 10**13
"""No single amount reaches this (a hundred billion yuan): far above any basket, far below 64 bits,
so that sums over a platform cannot overflow either."""


def parse_minor(text: str | int | Decimal, currency: str) -> int:
    """`"12.30"` in CNY → 1230. Exact: raises ValueError for more digits than the currency has,
    for anything that is no plain number, and for amounts of `MAX_MINOR` or more."""
    try:
        amount = Decimal(text).scaleb(MINOR_DIGITS[currency])
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not an amount") from error
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(f"{text!r} is not a whole number of minor units of {currency}")
    if abs(amount) >= MAX_MINOR:
        raise ValueError(f"{text!r} is too large")
    return int(amount)


def format_minor(amount: int, currency: str) -> str:
    """1230 in CNY → `"12.30"`; the plain form used in files, without symbol or grouping."""
    digits = MINOR_DIGITS[currency]
    return f"{Decimal(amount).scaleb(-digits):.{digits}f}"
