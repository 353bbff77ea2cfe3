"""The tier takes a percentage off the order; it is rounded once and then shared out over the lines."""

from decimal import Decimal

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.model import Choices, Customer
from shuke.kernel.rounding import BPS, allocate, share_bps


def tier_discount(basket: Basket, customer: Customer | None, _choices: Choices) -> Cut | None:
    if customer is None or customer.tier.discount_bps == 0:
        return None
    tier = customer.tier
    return Cut(
        allocate(share_bps(basket.total, tier.discount_bps), basket.due),
        rule=f"tier_discount:{tier.code}",
        params={"tier": tier.name, "percent": percent(tier.discount_bps), "fold": fold(tier.discount_bps)},
        on_order=True,
    )


def percent(discount_bps: int) -> str:
    """What comes off, in percent: 250 → `2.5`."""
    return _plain(discount_bps, 100)


def fold(discount_bps: int) -> str:
    """What is left, in tenths, as Chinese shops say it (折): 250 → `9.75`."""
    return _plain(BPS - discount_bps, 1000)


def _plain(numerator: int, denominator: int) -> str:
    return f"{Decimal(numerator) / denominator:f}"
