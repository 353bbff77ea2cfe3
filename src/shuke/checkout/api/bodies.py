"""What the till sends."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices, ItemKind
from shuke.checkout.settling import Payment
from shuke.infra.http import Body
from shuke.infra.http_ids import CouponId, MemberId, StoreId
from shuke.kernel.money import MAX_MINOR

Minor = Annotated[int, Field(ge=0, lt=MAX_MINOR)]
Quantity = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=3, allow_inf_nan=False, examples=["1", "0.455"])]


class CartLineBody(Body):
    """`unit_price_minor` states a price at the till: needed where a product has none, else `orders.price` is. A line
    of kind `delivery` is the fee for it, which no offer but free delivery touches."""

    sku: str = Field(min_length=1, max_length=64, description="SKU or barcode")
    quantity: Quantity
    unit_price_minor: Minor | None = None
    kind: ItemKind = ItemKind.GOODS


class ChoicesBody(Body):
    """What the member decided; what is left open is decided for the least she can pay.

    `points`, `red_packet_minor` (null: as much as they may pay) and `stored_value_minor`: the most that is spent of
    each. `coupons`: exactly these, as far as they can be used; null for the best. `declined`: rules she does not want,
    as quotes name them (`member_price`, `promotion:…`).
    """

    points: int = Field(default=0, ge=0, lt=MAX_MINOR)
    coupons: list[CouponId] | None = Field(default=None, max_length=50)
    declined: list[Annotated[str, Field(max_length=100)]] = Field(default=[], max_length=100)
    red_packet_minor: Minor | None = None
    stored_value_minor: Minor = 0

    def choices(self) -> Choices:
        return Choices(
            self.points,
            None if self.coupons is None else frozenset(self.coupons),
            frozenset(self.declined),
            self.red_packet_minor,
            self.stored_value_minor,
        )


class QuoteBody(Body):
    """`cards`: passes of the stored-value cards that were shown, in the order of spending; the member's own stored
    value comes after them. `coupons`: those that a code on paper became without a member (`/coupon-codes/redeem`).
    `identified_as`: as `/identify` answered; if the merge of the two is undone, the order goes with that name."""

    store_id: StoreId
    member_id: MemberId | None = None
    identified_as: MemberId | None = None
    lines: list[CartLineBody] = Field(min_length=1, max_length=500)
    choices: ChoicesBody = ChoicesBody()
    channel: str = Field(default="pos", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    cards: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=10)
    coupons: list[CouponId] = Field(default=[], max_length=20)

    def cart(self) -> Cart:
        lines = tuple(CartLine(line.sku, line.quantity, line.unit_price_minor, line.kind) for line in self.lines)
        choices = self.choices.choices()
        cards, coupons = tuple(dict.fromkeys(self.cards)), tuple(dict.fromkeys(self.coupons))
        named = self.identified_as if self.member_id and self.identified_as != self.member_id else None
        return Cart(self.store_id, self.member_id, lines, choices, self.channel, cards, coupons, named)


class TenderBody(Body):
    """Only cash may exceed what is due."""

    kind: TenderKind
    amount_minor: int = Field(gt=0, lt=MAX_MINOR)
    reference: str | None = Field(default=None, max_length=100, description="the terminal's or the wallet's own number")


class OrderBody(QuoteBody):
    """`external_ref` is the till's own number for the order: the same one is never settled twice."""

    tenders: list[TenderBody] = Field(max_length=20)
    external_ref: str | None = Field(default=None, min_length=1, max_length=100)
    expected_payable_minor: Minor | None = Field(default=None, description="what the customer was told")

    def payment(self) -> Payment:
        tenders = tuple(Tender(tender.kind, tender.amount_minor, tender.reference) for tender in self.tenders)
        return Payment(tenders, self.expected_payable_minor)
