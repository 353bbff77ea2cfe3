"""Every effect on small carts: what comes off each line."""

from typing import Any

import pytest

from shuke.checkout.settlement.model import Item
from shuke.offers.model import (
    Bundle,
    BundlePart,
    BuyGet,
    Caps,
    Effect,
    FreeDelivery,
    Gift,
    ItemAmount,
    ItemPercent,
    Measure,
    NForM,
    NthItem,
    OrderPercent,
    Scope,
    Step,
    Threshold,
    UnitPrice,
)
from tests.support.quotes import coupon, delivery, goods, holding, off, offer, only, settled

TEA, CUP, JAM = goods("tea", 1000, 3), goods("cup", 600, 2), goods("jam", 250)
APPLE = goods("apple", 999, "0.455")  # 4.55

ALL = Scope()

CASES: list[tuple[str, list[Item], Effect, Scope, list[int]]] = [
    ("each piece for less", [TEA, CUP], UnitPrice(700), ALL, [900, 0]),
    ("only so many, the dearest saving first", [TEA, CUP], UnitPrice(500, 4), ALL, [1500, 100]),
    ("exchanged for nothing", [TEA, CUP], UnitPrice(0, 1), only("cup"), [0, 600]),
    ("weighed goods by the kilogram", [APPLE], UnitPrice(800), ALL, [455 - 364]),
    ("a percentage of each piece, rounded on each", [goods("a", 333, 3)], ItemPercent(1000), ALL, [99]),
    ("a percentage of two pieces", [TEA, CUP], ItemPercent(5000, 2), ALL, [1000, 0]),
    ("an amount off each, never below nothing", [TEA, JAM], ItemAmount(300), ALL, [900, 250]),
    ("an amount off the kilogram", [APPLE], ItemAmount(200), ALL, [91]),
    ("three for two: the cheapest of each three", [TEA, CUP, JAM], NForM(3, 2), ALL, [1000, 0, 250]),
    ("five for three", [TEA, CUP], NForM(5, 3), ALL, [0, 1200]),
    ("three for two, once", [goods("a", 100, 9)], NForM(3, 2, 1), ALL, [100]),
    ("not enough for a set", [goods("a", 100, 2)], NForM(3, 2), ALL, [0]),
    ("the second at half price", [TEA, CUP, JAM], NthItem(2, 5000), ALL, [500, 300, 125]),
    ("the third free", [TEA, CUP], NthItem(3, 10_000), ALL, [1000, 0]),
    ("weighed goods make no sets", [APPLE, TEA], NthItem(2, 10_000), ALL, [0, 1000]),
    ("buy two get one of the same", [goods("a", 100, 7)], BuyGet(2, 1, only("a")), only("a"), [200]),
    ("a last set may be short of what is got", [goods("a", 100, 5)], BuyGet(2, 3, only("a")), only("a"), [300]),
    ("buy tea get a cup, dearest first", [TEA, CUP, JAM], BuyGet(2, 1, only("cup", "jam")), only("tea"), [0, 600, 0]),
    ("what is bought is not got", [TEA], BuyGet(1, 1, ALL), only("tea"), [1000]),
    ("bought comes from what cannot be got", [TEA, CUP], BuyGet(2, 2, only("tea")), ALL, [2000, 0]),
    ("a bundle", [TEA, CUP], Bundle((BundlePart(only("tea"), 1), BundlePart(only("cup"), 1)), 1200), ALL, [500, 300]),
    ("any two for ten", [TEA, CUP, JAM], Bundle((BundlePart(ALL, 2),), 1000), ALL, [1333, 267, 0]),
    ("a bundle that saves nothing", [JAM, CUP], Bundle((BundlePart(ALL, 2),), 1200), ALL, [0, 0]),
    (
        "parts that overlap are filled as best they can",
        [TEA, CUP],
        Bundle((BundlePart(ALL, 1), BundlePart(only("tea"), 1)), 1000, 1),
        ALL,
        [1000, 0],
    ),
    ("so much off from so much on", [TEA, CUP], Threshold((Step(4000, 500), Step(9000, 1500))), ALL, [357, 143]),
    ("just not enough", [TEA, CUP], Threshold((Step(4201, 500),)), ALL, [0, 0]),
    ("for every ten", [TEA, CUP], Threshold((Step(1000, 100),), every=True), ALL, [286, 114]),
    ("by the piece", [TEA, CUP], Threshold((Step(5, 420),), Measure.PIECES), ALL, [300, 120]),
    ("a cash voucher on little", [JAM], Threshold((Step(0, 1000),)), ALL, [250]),
    ("a percentage from two steps", [TEA], OrderPercent((Step(1000, 500), Step(3000, 1000))), ALL, [300]),
    ("a gift that is in the basket", [TEA, JAM], Gift(JAM.product_id, 1, 3000), ALL, [0, 250]),
    ("a gift for each multiple", [TEA, CUP], Gift(CUP.product_id, 1, 2000, every=True), ALL, [0, 1200]),
    ("a gift not earned", [TEA, JAM], Gift(JAM.product_id, 1, 5000), ALL, [0, 0]),
    ("free delivery", [TEA, delivery(800)], FreeDelivery(3000), ALL, [0, 800]),
    ("delivery is no goods", [JAM, delivery(800)], OrderPercent((Step(0, 10_000),)), ALL, [250, 0]),
]


@pytest.mark.parametrize(("_name", "lines", "effect", "scope", "expected"), CASES, ids=[case[0] for case in CASES])
def test_effects(_name: str, lines: list[Item], effect: Effect, scope: Scope, expected: list[int]) -> None:
    quote = settled(lines, [offer(effect, scope)])
    assert off(quote) == expected
    assert quote.proven


CAPPED: list[tuple[str, list[Item], Effect, Caps, list[int]]] = [
    ("the order's cap is shared out", [TEA, CUP], OrderPercent((Step(0, 5000),)), Caps(None, 420), [300, 120]),
    ("a percentage, capped on each line", [TEA, JAM], OrderPercent((Step(0, 2000),)), Caps(100), [100, 50]),
    ("so much off, borne by lines that can", [TEA, JAM], Threshold((Step(0, 400),)), Caps(200), [200, 200]),
    ("pieces, capped on each line", [TEA, CUP], ItemPercent(5000), Caps(700), [700, 600]),
    ("pieces, capped in all", [TEA, CUP], ItemPercent(5000), Caps(None, 210), [150, 60]),
    ("delivery up to a cap", [TEA, delivery(800)], FreeDelivery(), Caps(None, 500), [0, 500]),
]


@pytest.mark.parametrize(("_name", "lines", "effect", "caps", "expected"), CAPPED, ids=[case[0] for case in CAPPED])
def test_caps(_name: str, lines: list[Item], effect: Effect, caps: Caps, expected: list[int]) -> None:
    assert off(settled(lines, [offer(effect, caps=caps)])) == expected


@pytest.mark.parametrize(
    "scope",
    [
        {"without_products": frozenset({CUP.product_id})},
        {"products": frozenset({TEA.product_id, CUP.product_id}), "without_products": frozenset({CUP.product_id})},
    ],
)
def test_what_a_scope_leaves_out(scope: dict[str, Any]) -> None:
    assert off(settled([TEA, CUP], [offer(ItemPercent(1000), Scope(**scope))])) == [300, 0]


def test_a_coupon_on_pieces_sees_what_they_cost_by_then() -> None:
    """After 10 % off the order a cup costs 5.40, and that is what its coupon is worth."""
    tenth = offer(OrderPercent((Step(0, 1000),)), code="tenth")
    free = offer(UnitPrice(0, 1), only("cup"), code="cup", kind="coupon")
    quote = settled([TEA, CUP], [tenth], holding(coupon(free)))
    assert off(quote) == [300, 120 + 540]
