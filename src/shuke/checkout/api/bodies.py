"""What the till sends."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices
from shuke.checkout.settling import Payment
from shuke.infra.http import Body
from shuke.infra.http_ids import MemberId, StoreId
from shuke.kernel.money import MAX_MINOR

Minor = Annotated[int, Field(ge=0, lt=MAX_MINOR)]
Quantity = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=3, allow_inf_nan=False, examples=["1", "0.455"])]


class CartLineBody(Body):
    """`unit_price_minor` states a price at the till: needed where a product has none, else `orders.price` is."""

    sku: str = Field(min_length=1, max_length=64, description="SKU or barcode")
    quantity: Quantity
    unit_price_minor: Minor | None = None


class ChoicesBody(Body):
    """`points`: at most so many are spent, and only as many as buy something."""

    points: int = Field(default=0, ge=0, lt=MAX_MINOR)


class QuoteBody(Body):
    store_id: StoreId
    member_id: MemberId | None = None
    lines: list[CartLineBody] = Field(min_length=1, max_length=500)
    choices: ChoicesBody = ChoicesBody()

    def cart(self) -> Cart:
        lines = tuple(CartLine(line.sku, line.quantity, line.unit_price_minor) for line in self.lines)
        return Cart(self.store_id, self.member_id, lines, Choices(self.choices.points))


class TenderBody(Body):
    """Only cash may exceed what is due."""

    kind: TenderKind
    amount_minor: int = Field(gt=0, lt=MAX_MINOR)
    reference: str | None = Field(default=None, max_length=100, description="the terminal's or the wallet's own number")


class OrderBody(QuoteBody):
    """`external_ref` is the till's own number for the order: the same one is never settled twice."""

    tenders: list[TenderBody] = Field(max_length=20)
    channel: str = Field(default="pos", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    external_ref: str | None = Field(default=None, min_length=1, max_length=100)
    expected_payable_minor: Minor | None = Field(default=None, description="what the customer was told")

    def payment(self) -> Payment:
        tenders = tuple(Tender(tender.kind, tender.amount_minor, tender.reference) for tender in self.tenders)
        return Payment(tenders, self.expected_payable_minor)
