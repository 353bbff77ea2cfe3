"""From offers, coupons and rates to the rights that take part in a settlement, in canonical order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shuke.checkout.settlement.basket import Basket, Cut, Goods
from shuke.checkout.settlement.effects.bundle import BundleRight
from shuke.checkout.settlement.effects.each import ItemAmountRight, ItemPercentRight, UnitPriceRight
from shuke.checkout.settlement.effects.gift import GiftRight
from shuke.checkout.settlement.effects.order import FreeDeliveryRight, OrderPercentRight, ThresholdRight
from shuke.checkout.settlement.effects.right import Right, Terms
from shuke.checkout.settlement.effects.sets import NForMRight, NthItemRight, buy_get
from shuke.checkout.settlement.model import CouponRight, Params, RateRight, Stage
from shuke.checkout.settlement.percent import fold, percent
from shuke.checkout.settlement.stacking import Stacking
from shuke.kernel.text import Text
from shuke.offers import model as offers
from shuke.offers.model import MEMBER_PRICE_GROUP, TIER_GROUP, Offer, OrderPercent, Remaining, Step

_MADE: Mapping[type[Any], Callable[[Any, Terms, Goods], Right]] = {
    offers.UnitPrice: UnitPriceRight,
    offers.ItemPercent: ItemPercentRight,
    offers.ItemAmount: ItemAmountRight,
    offers.NForM: NForMRight,
    offers.NthItem: NthItemRight,
    offers.BuyGet: buy_get,
    offers.Bundle: BundleRight,
    offers.Threshold: ThresholdRight,
    offers.OrderPercent: OrderPercentRight,
    offers.Gift: GiftRight,
    offers.FreeDelivery: FreeDeliveryRight,
}

ITEM_EFFECTS = frozenset(
    {
        offers.UnitPrice,
        offers.ItemPercent,
        offers.ItemAmount,
        offers.NForM,
        offers.NthItem,
        offers.BuyGet,
        offers.Bundle,
    }
)

_STAGES = {stage: number for number, stage in enumerate(Stage)}
_NEVER = datetime.max.replace(tzinfo=UTC)


class MemberPriceRight(Right):
    """Members pay the member price where it is lower than the shelf price."""

    __slots__ = ("_prices",)

    def __init__(self, terms: Terms, goods: Goods) -> None:
        self._prices = {
            line: goods.at_price(item.member_price_minor, line)
            for line, item in enumerate(goods.items)
            if item.member_price_minor is not None and item.member_price_minor < item.unit_price_minor
        }
        super().__init__(terms, sum(1 << line for line in self._prices))

    def ceiling(self, basket: Basket, start: Sequence[int]) -> int:
        cut = self.cut(basket, start)
        return cut.total if cut else 0

    def cut(self, basket: Basket, _start: Sequence[int]) -> Cut | None:
        off: list[tuple[int, int]] = []
        runs = {}
        for line, price in self._prices.items():
            ((shelf, pieces, marks),) = basket.runs[line]
            if price < shelf:
                off.append((line, (shelf - price) * pieces))
                runs[line] = ((price, pieces, marks),)
        return Cut(off, sum(amount for _, amount in off), runs) if off else None


def member_price(goods: Goods) -> Right | None:
    if all(item.member_price_minor is None for item in goods.items):
        return None
    name = Text("会员价", "Member price")
    right = MemberPriceRight(Terms(Stage.MEMBER_PRICE, "member_price", name, goods.goods, MEMBER_PRICE_GROUP), goods)
    return right if right.mask else None


def rate(right: RateRight, goods: Goods) -> Right | None:
    mask = goods.in_scope(right.scope)
    if not mask or right.discount_bps == 0:
        return None
    params: Params = {"percent": percent(right.discount_bps), "fold": fold(right.discount_bps)}
    params = {"name" if right.rule.startswith("benefit:") else "tier": right.name, **params}
    terms = Terms(Stage.TIER_DISCOUNT, right.rule, right.name, mask, TIER_GROUP, right.funding, params)
    return OrderPercentRight(OrderPercent((Step(0, right.discount_bps),)), terms, goods)


def promotion(offer: Offer, goods: Goods, mask: int, left: Remaining | None) -> Right:
    stage = Stage.ITEM_OFFER if type(offer.effect) in ITEM_EFFECTS else Stage.ORDER_OFFER
    return _made(offer, goods, mask, stage, left, None)


def coupon(held: CouponRight, goods: Goods, mask: int, left: Remaining | None) -> Right:
    return _made(held.offer, goods, mask, Stage.COUPON, left, held)


def _made(
    offer: Offer, goods: Goods, mask: int, stage: Stage, left: Remaining | None, held: CouponRight | None
) -> Right:
    terms = Terms(
        stage,
        offer.rule,
        offer.name,
        mask,
        offer.group,
        offer.funding,
        {"name": offer.name},
        offer.caps.line_minor,
        offer.caps.order_minor,
        left,
        offer,
        held,
    )
    return _MADE[type(offer.effect)](offer.effect, terms, goods)


def in_order(rights: Iterable[Right], stacking: Stacking) -> list[Right]:
    """Rights as they are applied: by stage, by their groups' place, by rule; equal coupons, soonest to expire first."""

    def place(right: Right) -> tuple[object, ...]:
        terms = right.terms
        held = terms.coupon
        return (
            _STAGES[terms.stage],
            stacking.place(terms.group),
            terms.rule,
            (held.valid_until or _NEVER) if held else _NEVER,
            held.coupon_id.int if held else terms.offer.offer_id.int if terms.offer else 0,
        )

    return sorted(rights, key=place)


def mark_groups(rights: Sequence[Right]) -> None:
    """Give the rights of a group that compete for pieces a mark of their own, once `group` is numbered."""
    wanting: dict[int, list[Right]] = {}
    for right in rights:
        if right.by_piece:
            wanting.setdefault(right.group, []).append(right)
    for group, rivals in wanting.items():
        if len(rivals) > 1:
            for right in rivals:
                right.bit = 1 << group
