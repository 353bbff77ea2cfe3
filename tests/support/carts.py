"""Hypothesis strategies for carts and customers."""

from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from shuke.checkout.settlement.model import Choices, Customer, Item, PointsRight, RateRight
from shuke.kernel.text import Text

NEWCOMER = Customer(PointsRight(0, 100, 100, 5000))
"""A member who has just joined: member prices, no discount, no points."""


def customer(discount_bps: int = 0, points: int = 0, *, per_unit: int = 100, unit_minor: int = 100) -> Customer:
    return Customer(PointsRight(points, per_unit, unit_minor, 5000), (gold(discount_bps),))


def gold(discount_bps: int) -> RateRight:
    return RateRight("tier_discount:gold", Text("金卡", "Gold"), discount_bps)


@st.composite
def items(draw: st.DrawFn, line_no: int = 1) -> Item:
    """A line: pieces or a measure, with or without a member price; some skus repeat."""
    product = draw(st.integers(1, 6))
    price = draw(st.one_of(st.integers(0, 300), st.integers(0, 1_000_000)))
    member = draw(st.none() | st.integers(0, price))
    quantity = draw(
        st.integers(1, 60).map(Decimal) | st.integers(1, 30_000).map(lambda milli: Decimal(milli).scaleb(-3))
    )
    return Item(line_no, UUID(int=product), f"S{product}", f"Product {product}", quantity, price, member)


def carts(max_size: int = 12) -> st.SearchStrategy[list[Item]]:
    return st.lists(items(), min_size=1, max_size=max_size).map(numbered)


def numbered(lines: list[Item]) -> list[Item]:
    """The same lines, numbered as they stand."""
    return [
        Item(
            number,
            line.product_id,
            line.sku,
            line.name,
            line.quantity,
            line.unit_price_minor,
            line.member_price_minor,
        )
        for number, line in enumerate(lines, start=1)
    ]


def customers() -> st.SearchStrategy[Customer]:
    rights = st.builds(
        PointsRight,
        balance=st.integers(0, 3_000_000),
        per_unit=st.sampled_from([1, 3, 100, 1000]),
        unit_minor=st.sampled_from([1, 7, 100]),
        max_share_bps=st.integers(0, 10_000),
    )
    rates = st.tuples(st.integers(0, 10_000).map(gold))
    return st.builds(Customer, rights, rates)


def choices() -> st.SearchStrategy[Choices]:
    return st.builds(Choices, points=st.integers(0, 3_000_000))
