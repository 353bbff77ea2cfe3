"""`shuke bench quote`: the pure settlement of ten lines, against the least that computes the same total."""

from decimal import Decimal
from random import Random
from time import perf_counter
from typing import Annotated
from uuid import UUID

import typer

from shuke.checkout.settlement.model import Choices, Customer, Item, PointsRight, RateRight
from shuke.checkout.settlement.pipeline import quote
from shuke.entrypoints.cli.benches.report import console, verdict
from shuke.kernel.text import Text

LINES = 10
_GOLD = Customer(PointsRight(5_000, 100, 100, 5_000), (RateRight("tier_discount:gold", Text("金卡", "Gold"), 500),))
_NEWCOMER = Customer(PointsRight(0, 100, 100, 5_000))


def register(benches: typer.Typer) -> None:
    benches.command("quote")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds a round and side.")] = 1.0,
) -> None:
    """Quotes a second on one core: ten lines, member price, tier and points, fully explained."""
    carts = [_cart(Random(seed)) for seed in range(50)]  # noqa: S311 - no secret
    for cart in carts:
        assert _least(cart) == quote(cart, _GOLD, Choices(500), _NEWCOMER).payable_minor
    ours, yardstick = [], []
    for number in range(rounds):
        ours.append(_rate(seconds, lambda cart: quote(cart, _GOLD, Choices(500), _NEWCOMER), carts))
        yardstick.append(_rate(seconds, _least, carts))
        console.print(f"round {number + 1}: {ours[-1]:,.0f} quotes/s, bare loop {yardstick[-1]:,.0f}/s")
    verdict("quote", "quotes/s", ours, yardstick)


def _rate(seconds: float, act: object, carts: list[list[Item]]) -> float:
    """How often a second `act` settles a cart."""
    done, start = 0, perf_counter()
    while (elapsed := perf_counter() - start) < seconds:
        for cart in carts:
            act(cart)  # type: ignore[operator]
        done += len(carts)
    return done / elapsed


def _least(cart: list[Item]) -> int:
    """The same payable amount with no reasons, shares or stages: floor for any settlement in this language."""
    total = 0
    for item in cart:
        price = item.unit_price_minor if item.member_price_minor is None else item.member_price_minor
        whole, parts = item.quantity.as_integer_ratio()
        total += (2 * price * whole + parts) // (2 * parts)
    total -= (2 * total * _GOLD.rates[0].discount_bps + 10_000) // 20_000
    return total - min(500, _GOLD.points.balance, total * _GOLD.points.max_share_bps // 10_000)


def _cart(random: Random) -> list[Item]:
    return [
        Item(
            number,
            UUID(int=number),
            f"S{number}",
            "Milk",
            Decimal(random.randint(1, 3)) if number % 4 else Decimal(random.randint(100, 2000)).scaleb(-3),
            random.randint(100, 9_000),
            100 if number % 3 == 0 else None,
        )
        for number in range(1, LINES + 1)
    ]
