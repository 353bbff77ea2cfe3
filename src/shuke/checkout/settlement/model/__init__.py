"""What a settlement is made of: a cart, a customer and a situation go in, an explained quote comes out.

Amounts are minor units of the merchant's currency and whole; quantities are exact decimals with up to three places.
"""

from shuke.checkout.settlement.model.cart import Choices, Item, Situation
from shuke.checkout.settlement.model.kinds import ItemKind, Stage, Why
from shuke.checkout.settlement.model.quote import (
    Adjustment,
    GiftToAdd,
    Missed,
    MoneyUse,
    Params,
    PointsUse,
    Quote,
    QuotedLine,
    RightUse,
    StageResult,
    partner_funded,
)
from shuke.checkout.settlement.model.rights import (
    STRANGER,
    CouponRight,
    Customer,
    PacketRight,
    PointsRight,
    RateRight,
    StoredValueRight,
)

__all__ = [
    "STRANGER",
    "Adjustment",
    "Choices",
    "CouponRight",
    "Customer",
    "GiftToAdd",
    "Item",
    "ItemKind",
    "Missed",
    "MoneyUse",
    "PacketRight",
    "Params",
    "PointsRight",
    "PointsUse",
    "Quote",
    "QuotedLine",
    "RateRight",
    "RightUse",
    "Situation",
    "Stage",
    "StageResult",
    "StoredValueRight",
    "Why",
    "partner_funded",
]
