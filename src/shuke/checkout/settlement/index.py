"""Live offers, found by what is in the cart: ten thousand of them cost about what ten do."""

from collections.abc import Iterable, Sequence

from shuke.checkout.settlement.basket import Goods
from shuke.checkout.settlement.model import Situation
from shuke.checkout.settlement.stacking import Stacking
from shuke.offers.model import Bundle, Offer, Scope, StackingGroup


class OfferIndex:
    """Promotions by the products, categories and brands they need; built once for each version of what is live.

    Those for all goods are kept by store, because they are what every cart would have to look through.
    """

    def __init__(self, offers: Iterable[Offer] = (), groups: Iterable[StackingGroup] = ()) -> None:
        self.stacking = Stacking(groups)
        self._offers = sorted(offers, key=lambda offer: offer.rule)
        self._by_key: dict[object, list[int]] = {}
        self._by_store: dict[object, list[int]] = {}
        for number, offer in enumerate(self._offers):
            scope = _needed(offer)
            if scope.everything:
                for store in offer.conditions.stores or (None,):
                    self._by_store.setdefault(store, []).append(number)
            for key in (*scope.products, *scope.categories, *scope.brands):
                self._by_key.setdefault(key, []).append(number)

    def __len__(self) -> int:
        return len(self._offers)

    def candidates(self, goods: Goods, situation: Situation) -> Sequence[Offer]:
        """Offers that have something to do with the cart, in order of their rules; conditions are yet to check."""
        found = {*self._by_store.get(None, ())}
        if situation.store_id is not None:
            found.update(self._by_store.get(situation.store_id, ()))
        for key in goods.concerned():
            hits = self._by_key.get(key)
            if hits:
                found.update(hits)
        return [self._offers[number] for number in sorted(found)]


def _needed(offer: Offer) -> Scope:
    """Goods without which the offer does nothing: its scope, or the first part of a bundle of any goods."""
    if offer.scope.everything and isinstance(offer.effect, Bundle):
        return offer.effect.parts[0].scope
    return offer.scope


NO_OFFERS = OfferIndex()
