"""Carts, offers and wallets for `shuke bench quote`: a supermarket of 5 000 articles in 100 categories of 10
departments, and 200 brands, drawn from fixed seeds."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from shuke.checkout.settlement.model import (
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
from shuke.kernel.conditions import Audience, Conditions, Who, Window
from shuke.kernel.text import Text
from shuke.offers.model import (
    ALL_GOODS,
    Bundle,
    BundlePart,
    BuyGet,
    Caps,
    Effect,
    FreeDelivery,
    Gift,
    ItemAmount,
    ItemPercent,
    NForM,
    NthItem,
    Offer,
    OrderPercent,
    Scope,
    StackingGroup,
    Step,
    Threshold,
    UnitPrice,
)

ARTICLES = 5_000
NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
STORES = [UUID(int=number) for number in range(900, 910)]
HERE = Situation(store_id=STORES[0], now=NOW, local=NOW)
NEWCOMER = Customer(PointsRight(0, 100, 100, 5_000))

GROUPS = (
    StackingGroup("item", Text("单品促销", "Item offers")),
    StackingGroup("order", Text("满减", "Spend and save"), at_most=1),
    StackingGroup("gift", Text("满赠", "Gifts")),
    StackingGroup("coupon", Text("优惠券", "Coupons"), at_most=5),
    StackingGroup("voucher", Text("现金券", "Vouchers"), after=frozenset({"coupon"})),
    StackingGroup("single", Text("不可叠加券", "Alone"), at_most=1, excludes=frozenset({"coupon"})),
)


def article(number: int) -> UUID:
    return UUID(int=10_000 + number)


def category(number: int) -> UUID:
    return UUID(int=1_000 + number)


def department(number: int) -> UUID:
    return UUID(int=2_000 + number)


def item(line_no: int, number: int, quantity: Decimal) -> Item:
    """One line of an article; every third has a member price."""
    price = 300 + number * 7919 % 9_000
    of_category = number % 100
    return Item(
        line_no,
        article(number),
        f"S{number:05}",
        "Goods",
        quantity,
        price,
        price * 9 // 10 if number % 3 == 0 else None,
        category_ids=frozenset({category(of_category), department(of_category % 10)}),
        brand=f"B{number % 200}",
        tax_bps=1_300,
        measured=number % 8 == 0,
    )


def cart(random: Random, lines: int = 10) -> list[Item]:
    """One piece in eight is weighed."""
    return [
        item(
            place,
            number,
            Decimal(random.randint(100, 2_000)).scaleb(-3) if number % 8 == 0 else Decimal(random.randint(1, 4)),
        )
        for place, number in enumerate(random.sample(range(ARTICLES), lines), start=1)
    ]


def member(coupons: tuple[CouponRight, ...] = ()) -> Customer:
    return Customer(
        PointsRight(5_000, 100, 100, 5_000),
        (RateRight("tier_discount:gold", Text("金卡", "Gold"), 500),),
        coupons=coupons,
        packets=(PacketRight("red_packet:spring", Text("新春红包", "Spring"), 800, 500),),
        stored_value=StoredValueRight(20_000, 2_000),
    )


def offer(number: int, effect: Effect, scope: Scope, group: str, conditions: Conditions | None = None) -> Offer:
    return Offer(
        offer_id=UUID(int=50_000 + number),
        rule=f"promotion:{number:05}",
        name=Text(f"促销{number}", f"Offer {number}"),
        effect=effect,
        scope=scope,
        conditions=conditions or Conditions(),
        group=group,
    )


def promotions(random: Random, count: int, first: int = 0, *, others: bool = False) -> list[Offer]:
    """Six in ten are for single articles, two for a category, one for a brand, one for all goods of some stores, hours
    or people. With `others`, none has to do with the carts: other articles, categories, brands and stores."""
    return [_promotion(random, number, 1_000_000 if others else 0) for number in range(first, first + count)]


def _promotion(random: Random, number: int, away: int) -> Offer:
    kind = random.randrange(10)
    if kind < 6:
        few = frozenset(article(random.randrange(ARTICLES) + away) for _ in range(random.choice([1, 1, 3, 10])))
        scope = Scope(products=few)
        return offer(number, _on_pieces(random, scope), scope, "item", _conditions(random))
    if kind < 9:
        if kind < 8:
            scope = Scope(categories=frozenset({category(random.randrange(100) + away)}))
        else:
            scope = Scope(brands=frozenset({f"B{random.randrange(200) + away}"}))
        if random.randrange(3):
            return offer(number, _on_pieces(random, scope), scope, "item", _conditions(random))
        return offer(number, Threshold((Step(5_000, 500), Step(10_000, 1_500))), scope, "order", _conditions(random))
    stores = frozenset({STORES[1 + random.randrange(9)]}) if away else frozenset(random.sample(STORES, 5))
    kinds: list[tuple[Effect, str]] = [
        (Threshold((Step(20_000, 2_000), Step(30_000, 4_000))), "order"),
        (Threshold((Step(10_000, 800),), every=True), "order"),
        (OrderPercent((Step(15_000, 500),)), "order"),
        (Gift(article(random.randrange(ARTICLES)), 1, 20_000), "gift"),
    ]
    effect, group = random.choice(kinds)
    return offer(number, effect, ALL_GOODS, group, Conditions(stores=stores))


def _on_pieces(random: Random, scope: Scope) -> Effect:
    kinds: list[Effect] = [
        UnitPrice(random.randint(200, 4_000)),
        ItemPercent(random.randint(500, 3_000)),
        ItemAmount(random.randint(50, 500), 2),
        NthItem(2, 5_000),
        NForM(3, 2),
        BuyGet(2, 1, scope),
    ]
    return random.choice(kinds)


def _conditions(random: Random) -> Conditions:
    kind = random.randrange(10)
    if kind < 3:
        return Conditions(stores=frozenset(random.sample(STORES, 5)))
    if kind < 5:
        return Conditions(window=Window(weekdays=frozenset({1, 2, 3, 4, 5}), minutes=((480, 1_320),)))
    if kind < 7:
        return Conditions(audience=Audience(Who.MEMBERS))
    return Conditions()


def wallet(random: Random, count: int = 20) -> tuple[CouponRight, ...]:
    """Coupons of as many kinds as one meets: most of them for spending so much, on everything or in a department."""
    return tuple(
        CouponRight(
            UUID(int=90_000 + number), _template(random, number), None, NOW + timedelta(days=random.randint(1, 30))
        )
        for number in range(count)
    )


def _template(random: Random, number: int) -> Offer:
    of_department = Scope(categories=frozenset({department(random.randrange(10))}))
    at = random.randint(5, 40) * 1_000
    coupons: list[tuple[Effect, Scope, str, int | None]] = [
        (Threshold((Step(at, at // random.randint(8, 15)),)), ALL_GOODS, "coupon", None),
        (Threshold((Step(at, at // random.randint(8, 15)),)), ALL_GOODS, "coupon", None),
        (Threshold((Step(at, at // 6),)), ALL_GOODS, "single", None),
        (Threshold((Step(at // 5, at // 30),)), of_department, "coupon", None),
        (OrderPercent((Step(0, random.randint(5, 15) * 100),)), of_department, "coupon", 2_000),
        (OrderPercent((Step(at, random.randint(3, 10) * 100),)), ALL_GOODS, "coupon", 3_000),
        (Threshold((Step(0, random.randint(1, 10) * 100),)), ALL_GOODS, "voucher", None),
        (UnitPrice(0, 1), of_department, "coupon", 2_000),
        (FreeDelivery(5_000), ALL_GOODS, "voucher", None),
    ]
    effect, scope, group, cap = random.choice(coupons)
    return Offer(
        offer_id=UUID(int=80_000 + number),
        rule=f"coupon:{number:02}",
        name=Text(f"券{number}", f"Coupon {number}"),
        effect=effect,
        scope=scope,
        group=group,
        caps=Caps(None, cap),
    )


def delivered(items: list[Item]) -> list[Item]:
    """The same cart, delivered."""
    fee = Item(len(items) + 1, UUID(int=1), "~", "Delivery", Decimal(1), 800, kind=ItemKind.DELIVERY)
    return [*items, fee]


def crowded() -> tuple[list[Item], list[Offer]]:
    """A hundred lines of sixty pieces, and offers that work by the piece on all of them."""
    items = [item(line, line * 8 + 1, Decimal(60)) for line in range(1, 101)]
    of = [Scope(categories=frozenset({category(number)})) for number in range(100)]
    effects: list[tuple[Effect, Scope, str]] = [
        (NForM(3, 2), of[1], "item"),
        (NthItem(2, 5_000), of[9], "item"),
        (BuyGet(2, 1, of[25]), of[17], "item"),
        (Bundle((BundlePart(of[33], 2), BundlePart(of[41], 1)), 5_000), ALL_GOODS, "item"),
        (ItemAmount(100, 500), ALL_GOODS, "item"),
        (NthItem(3, 10_000), ALL_GOODS, "gift"),
        (Threshold((Step(100_000, 5_000),), every=True), ALL_GOODS, "order"),
    ]
    return items, [offer(number, *each) for number, each in enumerate(effects)]
