"""`shuke bench quote`: the pure settlement, against merely reckoning what it decided."""

from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import Annotated

import typer

from shuke.checkout.settlement.basket import Goods
from shuke.checkout.settlement.case import Case, prepare
from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import Choices, Item, Quote
from shuke.checkout.settlement.pipeline import quote
from shuke.checkout.settlement.search.best import Plan, best
from shuke.entrypoints.cli.benches.baskets import (
    GROUPS,
    HERE,
    NEWCOMER,
    cart,
    crowded,
    delivered,
    member,
    promotions,
    wallet,
)
from shuke.entrypoints.cli.benches.report import console, verdict

_CHOICES = Choices(points=500, stored_value_minor=1_000)


def register(benches: typer.Typer) -> None:
    benches.command("quote")(run)


def run(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds a round and side.")] = 1.0,
) -> None:
    """Quotes a second on one core: ten lines, 200 live offers, member price, tier, red packets, points, stored value.

    Also: what 10 and 10 000 live offers cost, 20 coupons in the wallet, and 100 lines of 60 pieces. The yardstick
    reckons the very cuts that the search decided on, and neither looks up, nor decides, nor explains anything.
    """
    carts = [cart(Random(seed)) for seed in range(50)]  # noqa: S311 - no secret
    live = OfferIndex(promotions(Random(1), 200), GROUPS)  # noqa: S311
    decided = [_decided(items, live) for items in carts]
    rights = sum(len(case.rights) for case, _ in decided) / len(decided)
    used = sum(len(plan.used) for _, plan in decided) / len(decided)
    console.print(f"200 live offers: {rights:.1f} rights hold for a cart, {used:.1f} are used")
    ours, yardstick = [], []
    for number in range(rounds):
        ours.append(_rate(seconds, lambda items: _quote(items, live), carts))
        yardstick.append(_rate(seconds, _reckon, decided))
        console.print(f"round {number + 1}: {ours[-1]:,.0f} quotes/s, bare reckoning {yardstick[-1]:,.0f}/s")
    _offers(rounds, seconds, carts)
    _coupons()
    _pieces(rounds)
    verdict("quote", "quotes/s", ours, yardstick)


def _quote(items: list[Item], live: OfferIndex) -> Quote:
    return quote(items, _GOLD, _CHOICES, NEWCOMER, live, HERE)


_GOLD = member()


def _decided(items: list[Item], live: OfferIndex) -> tuple[Case, Plan]:
    case = prepare(Goods(items), _GOLD, _CHOICES, live, HERE)
    return case, best(case)


def _reckon(decided: tuple[Case, Plan]) -> int:
    """What is due after the rights that were decided on."""
    case, plan = decided
    basket, stage, start = case.shelf, None, case.shelf.due
    for right, _ in plan.used:
        if right.stage is not stage:
            stage, start = right.stage, basket.due
        cut = right.cut(basket, start)
        if cut is not None:
            basket = basket.after(cut)
    return basket.total


def _offers(rounds: int, seconds: float, carts: list[list[Item]]) -> None:
    """The same carts among ten live offers, and among ten thousand of which the others are for other goods."""
    few = promotions(Random(2), 10)  # noqa: S311
    many = few + promotions(Random(3), 9_990, 10, others=True)  # noqa: S311
    ten, ten_thousand = OfferIndex(few, GROUPS), OfferIndex(many, GROUPS)
    factors = []
    for _ in range(rounds):
        fast = _rate(seconds / 2, lambda items: _quote(items, ten), carts)
        factors.append(fast / _rate(seconds / 2, lambda items: _quote(items, ten_thousand), carts))
    console.print(f"10 000 live offers cost {median(factors):.2f} times what 10 do (at most 1.5 wanted)")


def _coupons() -> None:
    """Ten lines delivered, twenty coupons: the time to find the best of them and to prove it."""
    times, proven, nodes = [], 0, []
    for seed in range(100):
        random = Random(seed)  # noqa: S311
        items, holder = delivered(cart(random)), member(wallet(random))
        start = process_time()
        plan = best(prepare(Goods(items), holder, _CHOICES, _GROUPS_ONLY, HERE))
        times.append(process_time() - start)
        proven += plan.proven
        nodes.append(plan.nodes)
    console.print(
        f"20 coupons: median {median(times) * 1000:.2f} ms (at most 5 wanted), worst {max(times) * 1000:.1f} ms, "
        f"{proven} of {len(times)} proven, median {median(nodes):.0f} nodes"
    )


_GROUPS_ONLY = OfferIndex((), GROUPS)


def _pieces(rounds: int) -> None:
    items, offers = crowded()
    live = OfferIndex(offers, GROUPS)
    times = []
    for _ in range(rounds):
        start = process_time()
        proven = _quote(items, live).proven
        times.append(process_time() - start)
    said = "proven" if proven else "not proven"
    console.print(f"100 lines, 6 000 pieces: median {median(times) * 1000:.1f} ms, {said} (at most 50 wanted)")


def _rate(seconds: float, act: Callable[..., object], carts: Sequence[object]) -> float:
    """How often a second `act` settles a cart."""
    done, start = 0, process_time()
    while (elapsed := process_time() - start) < seconds:
        for each in carts:
            act(each)
        done += len(carts)
    return done / elapsed
