"""The closed sets of words. Not compiled: what is compiled loses the words that the API's description shows."""

from enum import StrEnum


class ItemKind(StrEnum):
    """Goods, or the delivery of them. No scope holds a delivery; only free delivery touches it."""

    GOODS = "goods"
    DELIVERY = "delivery"


class Stage(StrEnum):
    """Where in the settlement an amount arose, in the order of the waterfall. Tax may be added (a negative cut), and
    stored value is a payment; the others are discounts. `imported` are the discounts of orders settled elsewhere."""

    MEMBER_PRICE = "member_price"
    ITEM_OFFER = "item_offer"
    TIER_DISCOUNT = "tier_discount"
    ORDER_OFFER = "order_offer"
    COUPON = "coupon"
    RED_PACKET = "red_packet"
    POINTS = "points"
    TAX = "tax"
    STORED_VALUE = "stored_value"
    IMPORTED = "imported"


class Why(StrEnum):
    """Why an offer or coupon is not applied; what is nearest to being applied comes first."""

    MORE_MONEY = "more_money"
    MORE_PIECES = "more_pieces"
    JOIN = "join"
    GROUP_FULL = "group_full"
    EXCLUDED = "excluded"
    BETTER_FOUND = "better_found"
    SAVES_NOTHING = "saves_nothing"
    DECLINED = "declined"
    YOUR_LIMIT = "your_limit"
    USED_UP = "used_up"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    OTHER_TIME = "other_time"
    OTHER_STORE = "other_store"
    OTHER_CHANNEL = "other_channel"
    OTHER_PEOPLE = "other_people"
    NOTHING_IN_SCOPE = "nothing_in_scope"
