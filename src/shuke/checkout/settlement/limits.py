"""What several coupons of one template may use together, where the template is limited."""

from collections.abc import Sequence
from dataclasses import replace

from shuke.checkout.settlement.model import CouponRight
from shuke.offers import model as offers
from shuke.offers.model import Effect, Offer, Remaining


def shared(left: Remaining | None, twins: Sequence[CouponRight]) -> list[Remaining | None]:
    """What each of several equal coupons may use of what is left, as they are used in this order.

    Each leaves to the next what it cannot possibly use itself, so that together they never exceed a limit.
    """
    if left is None or not twins:
        return [left for _ in twins]
    offer = twins[0].offer
    pieces, money = _most_pieces(offer.effect), _most_money(offer)
    shares: list[Remaining | None] = []
    for number in range(len(twins)):
        shares.append(
            replace(
                left,
                uses=_less(left.uses, 1, number),
                uses_of_member=_less(left.uses_of_member, 1, number),
                budget_minor=_less(left.budget_minor, money, number),
                pieces_of_member=_less(left.pieces_of_member, pieces, number),
            )
        )
    return shares


def _less(left: int | None, each: int | None, times: int) -> int | None:
    if left is None or times == 0:
        return left
    return 0 if each is None else max(0, left - each * times)


def _most_pieces(effect: Effect) -> int | None:
    """The most pieces that one coupon can use; None: nobody knows."""
    match effect:
        case offers.UnitPrice() | offers.ItemPercent() | offers.ItemAmount():
            return effect.max_quantity
        case offers.NForM(take=size) | offers.NthItem(nth=size):
            return size * effect.max_sets if effect.max_sets is not None else None
        case offers.BuyGet():
            return (effect.buy + effect.get) * effect.max_sets if effect.max_sets is not None else None
        case offers.Bundle():
            size = sum(part.count for part in effect.parts)
            return size * effect.max_sets if effect.max_sets is not None else None
        case offers.Gift():
            return None if effect.every else effect.quantity
        case _:
            return 0


def _most_money(offer: Offer) -> int | None:
    """The most that one coupon can take off; None: nobody knows."""
    if offer.caps.order_minor is not None:
        return offer.caps.order_minor
    match offer.effect:
        case offers.Threshold(steps=steps, every=False):
            return max(step.off for step in steps)
        case _:
            return None
