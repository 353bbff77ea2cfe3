"""Live offers, found by what is in the cart: ten thousand of them cost about what ten do."""

from collections.abc import Iterable

from shuke.checkout.settlement.basket import Goods
from shuke.checkout.settlement.effects.right import Terms
from shuke.checkout.settlement.model import Situation
from shuke.checkout.settlement.rights import promotion_terms
from shuke.checkout.settlement.stacking import Stacking
from shuke.offers.model import Bundle, Offer, Scope, StackingGroup


class OfferIndex:
    """Promotions by the products, categories and brands they need; built once for each version of what is live.

    Those for all goods are kept by store, because they are what every cart would have to look through.
    """

    def __init__(self, offers: Iterable[Offer] = (), groups: Iterable[StackingGroup] = ()) -> None:
        self.stacking = Stacking(groups)
        in_order = sorted(offers, key=lambda offer: offer.rule)
        self._terms = [promotion_terms(offer, self.stacking) for offer in in_order]
        self._scopes = [offer.scope for offer in in_order]
        self._by_key: dict[int | str, list[int]] = {}
        self._by_store: dict[object, list[int]] = {}
        self._excepting: set[int] = set()
        for number, offer in enumerate(in_order):
            scope = _needed(offer)
            if scope.without_products or scope.without_categories or scope.without_brands or scope is not offer.scope:
                self._excepting.add(number)
            if scope.everything:
                for store in offer.conditions.stores or (None,):
                    self._by_store.setdefault(store, []).append(number)
            keys: list[int | str] = [each.int for each in (*scope.products, *scope.categories)]
            for key in (*keys, *scope.brands):
                self._by_key.setdefault(key, []).append(number)

    def __len__(self) -> int:
        return len(self._terms)

    def candidates(self, goods: Goods, situation: Situation) -> list[tuple[Terms, int]]:
        """Offers that have something to do with the cart, and the lines in their scopes, in order of their rules;
        conditions are yet to check."""
        found = dict.fromkeys(self._by_store.get(None, ()), goods.goods)
        if situation.store_id is not None:
            found |= dict.fromkeys(self._by_store.get(situation.store_id, ()), goods.goods)
        by_key = self._by_key
        for key, lines in goods.concerned():
            for number in by_key.get(key, ()):
                found[number] = found.get(number, 0) | lines
        terms, excepting = self._terms, self._excepting
        return [
            (terms[number], goods.in_scope(self._scopes[number]) if number in excepting else found[number])
            for number in sorted(found)
        ]


def _needed(offer: Offer) -> Scope:
    """Goods without which the offer does nothing: its scope, or the first part of a bundle of any goods."""
    if offer.scope.everything and isinstance(offer.effect, Bundle):
        return offer.effect.parts[0].scope
    return offer.scope


NO_OFFERS = OfferIndex()
