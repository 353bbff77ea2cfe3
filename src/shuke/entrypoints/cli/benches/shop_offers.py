"""What the bench's shop has on offer: two hundred live promotions and five kinds of coupons."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from shuke.catalog.model import Product
from shuke.infra.database import Unit
from shuke.kernel.conditions import Audience, Conditions, Who, Window
from shuke.kernel.text import Text
from shuke.offers import groups, lifecycle
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import (
    ALL_GOODS,
    CouponRules,
    Effect,
    ItemAmount,
    ItemPercent,
    Limits,
    NForM,
    NthItem,
    OrderPercent,
    PromotionDraft,
    Scope,
    StackingGroup,
    Step,
    TemplateDraft,
    Terms,
    Threshold,
    UnitPrice,
    Validity,
)
from shuke.offers.shelves import PROMOTIONS, TEMPLATES

OFFERS = 200
_GROUPS = (
    StackingGroup("item", Text("单品促销", "Item offers")),
    StackingGroup("order", Text("满减", "Spend and save"), at_most=1),
    StackingGroup("coupon", Text("优惠券", "Coupons"), at_most=2),
)


@dataclass(frozen=True)
class Range:
    """What offers can be about."""

    products: Sequence[Product]
    categories: Sequence[UUID]
    stores: Sequence[UUID]


def put_on_offer(unit: Unit, of: Range) -> list[UUID]:
    """Publish them all; the ids of the coupon templates."""
    for group in _GROUPS:
        groups.put(unit, group)
    random = Random(2)  # noqa: S311 - no secret
    for number in range(OFFERS):
        code, terms = _promotion(random, of)
        name = Text(f"促销{number}", f"Offer {number}")
        made = lifecycle.create(unit, PROMOTIONS, PromotionDraft(f"P{number}", name, code, terms))
        lifecycle.publish(unit, PROMOTIONS, made.id, OfferHooks())
    return [_template(unit, number, terms) for number, terms in enumerate(_coupons(of.categories))]


def _promotion(random: Random, of: Range) -> tuple[str, Terms]:
    """Six in ten are for a few articles, three for a category, one for whole orders in half of the stores."""
    kind = random.randrange(10)
    if kind < 6:
        few = random.sample(of.products, random.choice([1, 1, 3, 10]))
        scope = Scope(products=frozenset(product.product_id for product in few))
        return "item", Terms(_on_pieces(random), scope, _conditions(random))
    if kind < 9:
        scope = Scope(categories=frozenset({random.choice(of.categories)}))
        if random.randrange(3):
            return "item", Terms(_on_pieces(random), scope, _conditions(random))
        return "order", Terms(Threshold((Step(5_000, 500), Step(10_000, 1_500))), scope, _conditions(random))
    effects: list[Effect] = [
        Threshold((Step(20_000, 2_000), Step(30_000, 4_000))),
        Threshold((Step(10_000, 800),), every=True),
        OrderPercent((Step(15_000, 500),)),
    ]
    here = Conditions(stores=frozenset(random.sample(of.stores, len(of.stores) // 2)))
    return "order", Terms(random.choice(effects), ALL_GOODS, here, limits=Limits(uses=10_000_000))


def _on_pieces(random: Random) -> Effect:
    effects: list[Effect] = [
        UnitPrice(random.randint(90, 4_000)),
        ItemPercent(random.randint(5, 30) * 100),
        ItemAmount(random.randint(10, 80), 2),
        NthItem(2, 5_000),
        NForM(3, 2),
    ]
    return random.choice(effects)


def _conditions(random: Random) -> Conditions:
    every_day = Window(weekdays=frozenset(range(1, 8)), minutes=((0, 1_440),))
    return random.choice([Conditions(), Conditions(window=every_day), Conditions(audience=Audience(Who.MEMBERS))])


def _coupons(categories: Sequence[UUID]) -> list[Terms]:
    of_categories = Scope(categories=frozenset(categories[: len(categories) // 4]))
    return [
        Terms(Threshold((Step(10_000, 1_000),))),
        Terms(Threshold((Step(20_000, 2_500),))),
        Terms(OrderPercent((Step(5_000, 800),)), of_categories),
        Terms(Threshold((Step(3_000, 300),)), of_categories),
        Terms(OrderPercent((Step(0, 500),))),
    ]


def _template(unit: Unit, number: int, terms: Terms) -> UUID:
    draft = TemplateDraft(
        f"C{number}", Text(f"券{number}", f"Coupon {number}"), "coupon", terms, CouponRules(Validity(days=30))
    )
    made = lifecycle.create(unit, TEMPLATES, draft)
    lifecycle.publish(unit, TEMPLATES, made.id, OfferHooks())
    return made.id
