"""Members pay the member price where it is lower than the shelf price."""

from shuke.checkout.settlement.basket import Basket, Cut, extended
from shuke.checkout.settlement.model import Choices, Customer, Item


def member_price(basket: Basket, customer: Customer | None, _choices: Choices) -> Cut | None:
    if customer is None:
        return None
    return Cut([_off(item, due) for item, due in zip(basket.items, basket.due, strict=True)], rule="member_price")


def _off(item: Item, due: int) -> int:
    if item.member_price_minor is None:
        return 0
    return max(0, due - extended(item.member_price_minor, item.quantity))
