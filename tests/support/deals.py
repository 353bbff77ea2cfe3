"""Carts, offers of every kind, the groups they stack in, and members who hold coupons, at random.

Small numbers throughout: prices, thresholds and caps that often meet find more than large ones that never do. Deals are
drawn from a `Random`, which is Hypothesis' own in the properties, and a plain one where thousands are wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar
from uuid import UUID

from hypothesis import strategies as st

from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import (
    Choices,
    CouponRight,
    Customer,
    Item,
    ItemKind,
    PacketRight,
    PointsRight,
    RateRight,
    Situation,
    StoredValueRight,
)
from shuke.kernel.text import Text
from shuke.offers.model import (
    ALL_GOODS,
    MEMBER_PRICE_GROUP,
    OWN_FUNDS,
    TIER_GROUP,
    Bundle,
    BundlePart,
    BuyGet,
    Caps,
    Effect,
    FreeDelivery,
    Funder,
    FundingShare,
    Gift,
    ItemAmount,
    ItemPercent,
    Measure,
    NForM,
    NthItem,
    Offer,
    OrderPercent,
    Remaining,
    Scope,
    StackingGroup,
    Step,
    Threshold,
    UnitPrice,
)

T = TypeVar("T")

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
PRODUCTS = [UUID(int=number) for number in range(1, 5)]
CATEGORIES = [UUID(int=number) for number in range(100, 103)]
BRANDS = ["A", "B"]
GROUPS = ["a", "b", "c", MEMBER_PRICE_GROUP, TIER_GROUP]


@dataclass(frozen=True, slots=True)
class Deal:
    """Everything that a quote is made from."""

    items: tuple[Item, ...]
    customer: Customer
    choices: Choices
    offers: tuple[Offer, ...]
    groups: tuple[StackingGroup, ...]
    situation: Situation

    @property
    def index(self) -> OfferIndex:
        return OfferIndex(self.offers, self.groups)


class Dealer:
    """Draws deals."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def often(self, one_in: int) -> bool:
        return self.random.randint(1, one_in) == 1

    def amount(self, low: int, small: int, large: int) -> int:
        return self.random.randint(low, self.random.choice([small, large]))

    def maybe(self, low: int, high: int, one_in: int = 2) -> int | None:
        return self.random.randint(low, high) if self.often(one_in) else None

    def some(self, values: Sequence[T], most: int) -> frozenset[T]:
        return frozenset(self.random.choice(values) for _ in range(self.random.randint(0, most)))

    def deal(self, most_offers: int = 4, most_coupons: int = 3, *, guided: bool = True) -> Deal:
        random = self.random
        promotions = tuple(self.offer(number) for number in range(random.randint(0, most_offers)))
        templates = tuple(self.offer(number, "coupon") for number in range(random.randint(0, 2)))
        customer = self.customer(templates, most_coupons)
        return Deal(
            self.cart(),
            customer,
            self.choices(customer) if guided else Choices(points=random.choice([0, 500])),
            promotions,
            self.groups() if self.often(2) else (),
            Situation(
                now=NOW,
                local=NOW,
                left=self.left((*promotions, *templates)),
                prices_include_tax=not self.often(3),
            ),
        )

    def cart(self, most_lines: int = 5) -> tuple[Item, ...]:
        lines = [self.line() for _ in range(self.random.randint(1, most_lines))]
        if self.often(3):
            price = self.amount(1, 60, 900)
            lines.append(Item(1, UUID(int=99), "~", "Delivery", Decimal(1), price, kind=ItemKind.DELIVERY))
        return numbered(lines)

    def line(self) -> Item:
        product = self.random.randint(0, 3)
        price = self.amount(0, 60, 3000)
        weighed = self.often(4)
        return Item(
            1,
            PRODUCTS[product],
            f"S{product}",
            "Goods",
            Decimal(self.random.randint(1, 3000)).scaleb(-3) if weighed else Decimal(self.random.randint(1, 5)),
            price,
            self.maybe(0, price),
            category_ids=frozenset({CATEGORIES[product % 3], CATEGORIES[2]} if product else {CATEGORIES[0]}),
            brand=BRANDS[product] if product < 2 else None,
            tax_bps=self.random.choice([0, 900, 1300]),
        )

    def scope(self) -> Scope:
        if self.often(2):
            return ALL_GOODS
        return Scope(
            products=self.some(PRODUCTS, 2),
            categories=self.some(CATEGORIES, 1),
            brands=self.some(BRANDS, 1),
            without_products=self.some(PRODUCTS, 1) if self.often(4) else frozenset(),
        )

    def rate(self) -> int:
        return 10_000 if self.often(5) else self.random.randint(1, 10_000)

    def item_effect(self) -> Effect:
        few, random = self.maybe(1, 4), self.random
        match random.randint(0, 6):
            case 0:
                return UnitPrice(self.amount(0, 60, 2000), few)
            case 1:
                return ItemPercent(self.rate(), few)
            case 2:
                return ItemAmount(self.amount(1, 30, 1000), few)
            case 3:
                take = random.randint(2, 4)
                return NForM(take, random.randint(1, take - 1), few)
            case 4:
                return NthItem(random.randint(1, 4), self.rate(), few)
            case 5:
                return BuyGet(random.randint(1, 3), random.randint(1, 3), self.scope(), self.rate(), few)
            case _:
                parts = [BundlePart(self.scope(), random.randint(1, 2)) for _ in range(random.randint(1, 3))]
                return Bundle(tuple(parts), self.amount(0, 100, 3000), few)

    def order_effect(self) -> Effect:
        random = self.random
        measure = Measure.PIECES if self.often(4) else Measure.AMOUNT
        at = random.randint(0, 6) if measure is Measure.PIECES else self.amount(0, 200, 4000)
        match random.randint(0, 5):
            case 0:
                return Threshold((Step(max(1, at), self.amount(1, 60, 900)),), measure, every=True)
            case 1 | 2:
                return Threshold(self.steps(at, 900), measure)
            case 3:
                return OrderPercent(self.steps(at, 10_000), measure)
            case 4:
                return Gift(random.choice(PRODUCTS), random.randint(1, 3), at, measure, self.often(2))
            case _:
                return FreeDelivery(at, measure)

    def steps(self, at: int, most_off: int) -> tuple[Step, ...]:
        """Up to two, the higher with the higher reward."""
        first = Step(at, self.random.randint(1, most_off))
        if self.often(2):
            return (first,)
        second = Step(at + self.amount(1, 5, 2000), self.random.randint(first.off, most_off))
        return (second, first)

    def funding(self) -> tuple[FundingShare, ...]:
        if self.often(2):
            return OWN_FUNDS
        bps = self.random.randint(1, 9_999)
        return (FundingShare(Funder.PARTNER, bps, "Dairy"), FundingShare(Funder.MERCHANT, 10_000 - bps))

    def offer(self, number: int, kind: str = "promotion") -> Offer:
        return Offer(
            offer_id=UUID(int=1000 + number + (500 if kind == "coupon" else 0)),
            rule=f"{kind}:{number}",
            name=Text(f"优惠{number}", f"Offer {number}"),
            effect=self.item_effect() if self.often(2) else self.order_effect(),
            scope=self.scope(),
            funding=self.funding(),
            group=self.random.choice(GROUPS[:3]),
            caps=Caps(self.maybe(1, 300, 4), self.maybe(1, 600, 4)),
        )

    def groups(self) -> tuple[StackingGroup, ...]:
        made = []
        for place, code in enumerate(GROUPS):
            after = self.some(GROUPS[:place], 2) if place else frozenset()
            others = [other for other in GROUPS if other != code]
            excludes = self.some(others, 1) if self.often(3) else frozenset()
            made.append(StackingGroup(code, Text(code, code), self.maybe(1, 2), after, excludes))
        return tuple(made)

    def left(self, offers: Sequence[Offer]) -> dict[UUID, Remaining]:
        return {
            offer.offer_id: Remaining(self.maybe(0, 3), self.maybe(0, 500), self.maybe(0, 3), self.maybe(0, 5))
            for offer in offers
            if self.often(4)
        }

    def customer(self, templates: Sequence[Offer], most_coupons: int) -> Customer:
        random = self.random
        coupons = [
            CouponRight(UUID(int=5000 + number), random.choice(templates), None, NOW + timedelta(random.randint(1, 3)))
            for number in range(random.randint(0, most_coupons) if templates else 0)
        ]
        rates = [
            RateRight(f"tier_discount:{number}", Text("级", "Tier"), random.randint(1, 9000), self.scope())
            for number in range(random.randint(0, 2))
        ]
        packets = [
            PacketRight(
                f"red_packet:{number}",
                Text("红包", "Packet"),
                random.randint(1, 500),
                self.maybe(1, 300),
                random.choice([1000, 5000, 10_000]),
                self.amount(0, 0, 3000),
                self.funding(),
            )
            for number in range(random.randint(0, 2))
        ]
        points = PointsRight(random.randint(0, 3000), random.choice([1, 3, 100]), 1, random.choice([5000, 10_000]))
        value = StoredValueRight(random.randint(0, 2000), random.randint(0, 100))
        return Customer(points, tuple(rates), coupons=tuple(coupons), packets=tuple(packets), stored_value=value)

    def choices(self, customer: Customer) -> Choices:
        ids = [held.coupon_id for held in customer.coupons]
        return Choices(
            self.random.choice([0, 0, 50, 3000]),
            self.some(ids, 3) if ids and self.often(4) else None,
            self.some(["member_price", "tier_discount:0", "promotion:0"], 1) if self.often(3) else frozenset(),
            self.maybe(0, 400, 3),
            self.random.choice([0, 0, 100, 3000]),
        )


def numbered(lines: Sequence[Item]) -> tuple[Item, ...]:
    """The same lines, numbered as they stand."""
    return tuple(replace(item, line_no=number) for number, item in enumerate(lines, start=1))


def deals(most_offers: int = 4, most_coupons: int = 3, *, guided: bool = True) -> st.SearchStrategy[Deal]:
    return st.randoms(use_true_random=False).map(
        lambda random: Dealer(random).deal(most_offers, most_coupons, guided=guided)
    )
