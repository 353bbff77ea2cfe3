"""Percentages as people say them."""

from decimal import Decimal
from functools import cache

from shuke.kernel.rounding import BPS


@cache
def percent(discount_bps: int) -> str:
    """What comes off, in percent: 250 → `2.5`."""
    return _plain(discount_bps, 100)


@cache
def fold(discount_bps: int) -> str:
    """What is left, in tenths, as Chinese shops say it (折): 250 → `9.75`."""
    return _plain(BPS - discount_bps, 1000)


def _plain(numerator: int, denominator: int) -> str:
    return f"{Decimal(numerator) / denominator:f}"
