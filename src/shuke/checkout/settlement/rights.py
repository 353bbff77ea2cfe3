"""From offers, coupons and rates to the rights that take part in a settlement, in canonical order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shuke.checkout.settlement.basket import Basket, Cut, Goods
from shuke.checkout.settlement.effects.bundle import BundleRight
from shuke.checkout.settlement.effects.each import ItemAmountRight, ItemPercentRight, UnitPriceRight
from shuke.checkout.settlement.effects.gift import GiftRight
from shuke.checkout.settlement.effects.order import FreeDeliveryRight, OrderPercentRight, ThresholdRight
from shuke.checkout.settlement.effects.right import Claim, Right, Terms
from shuke.checkout.settlement.effects.sets import NForMRight, NthItemRight, buy_get
from shuke.checkout.settlement.model import Params, RateRight, Stage
from shuke.checkout.settlement.percent import fold, percent
from shuke.checkout.settlement.stacking import Stacking
from shuke.kernel.text import Text
from shuke.offers import model as offers
from shuke.offers.model import MEMBER_PRICE_GROUP, TIER_GROUP, Offer, OrderPercent, Step

_MADE: Mapping[type[Any], Callable[[Any, Claim], Right]] = {
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

    def __init__(self, claim: Claim) -> None:
        goods = claim.goods
        self._prices = {
            line: goods.at_price(item.member_price_minor, line)
            for line, item in enumerate(goods.items)
            if item.member_price_minor is not None and item.member_price_minor < item.unit_price_minor
        }
        super().__init__(claim, sum([1 << line for line in self._prices]))

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
        return Cut(off, sum([amount for _, amount in off]), runs) if off else None


_MEMBER_PRICE = Terms(
    Stage.MEMBER_PRICE,
    "member_price",
    Text("会员价", "Member price"),
    MEMBER_PRICE_GROUP,
    (_STAGES[Stage.MEMBER_PRICE], 0, MEMBER_PRICE_GROUP, ""),
)


def member_price(goods: Goods) -> Right | None:
    right = MemberPriceRight(Claim(_MEMBER_PRICE, goods, goods.goods))
    return right if right.mask else None


def rate(right: RateRight, goods: Goods) -> Right | None:
    mask = goods.in_scope(right.scope)
    if not mask or right.discount_bps == 0:
        return None
    params: Params = {"percent": percent(right.discount_bps), "fold": fold(right.discount_bps)}
    params = {"name" if right.rule.startswith("benefit:") else "tier": right.name, **params}
    place = (_STAGES[Stage.TIER_DISCOUNT], 0, TIER_GROUP, right.rule)
    terms = Terms(Stage.TIER_DISCOUNT, right.rule, right.name, TIER_GROUP, place, right.funding, params)
    return OrderPercentRight(OrderPercent((Step(0, right.discount_bps),)), Claim(terms, goods, mask))


def promotion_terms(offer: Offer, stacking: Stacking) -> Terms:
    return _terms(offer, Stage.ITEM_OFFER if type(offer.effect) in ITEM_EFFECTS else Stage.ORDER_OFFER, stacking)


def coupon_terms(template: Offer, stacking: Stacking) -> Terms:
    return _terms(template, Stage.COUPON, stacking)


def _terms(offer: Offer, stage: Stage, stacking: Stacking) -> Terms:
    return Terms(
        stage,
        offer.rule,
        offer.name,
        offer.group,
        (_STAGES[stage], stacking.level(offer.group), offer.group, offer.rule),
        offer.funding,
        {"name": offer.name},
        offer.caps.line_minor,
        offer.caps.order_minor,
        offer,
    )


def right_of(claim: Claim) -> Right:
    """The right that an offer, or a coupon, gives."""
    offer = claim.terms.offer
    assert offer is not None
    return _MADE[type(offer.effect)](offer.effect, claim)


def in_order(rights: Iterable[Right]) -> list[Right]:
    """Rights as they are applied: by stage, by their groups' place, by rule; equal coupons, soonest to expire first."""
    return sorted(rights, key=_place)


def _place(right: Right) -> tuple[object, ...]:
    held, offer = right.coupon, right.terms.offer
    if held is not None:
        return (*right.terms.place, held.valid_until or _NEVER, held.coupon_id.int)
    return (*right.terms.place, _NEVER, offer.offer_id.int if offer else 0)


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
