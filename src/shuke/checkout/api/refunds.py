"""Refunding orders: what would come back, and giving it back."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, model_validator

from shuke.checkout.api.refund_views import RefundView
from shuke.checkout.refunds.model import ByAmount, ByQuantity, Everything, Request
from shuke.checkout.refunds.refunding import Wish, preview, refund
from shuke.checkout.refunds.tenders import TenderPolicy
from shuke.infra.http import Body, Call, allow
from shuke.infra.http_ids import OrderId
from shuke.kernel.money import MAX_MINOR
from shuke.tenancy.model import Permission

router = APIRouter(tags=["refunds"])

Quantity = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=3, allow_inf_nan=False, examples=["1", "0.455"])]


class RefundLineBody(Body):
    """`quantity` comes back; or the goods stay, and `amount_minor` of what was paid for them is given back."""

    line_no: int = Field(ge=1, le=100_000)
    quantity: Quantity | None = None
    amount_minor: int | None = Field(default=None, gt=0, lt=MAX_MINOR)

    @model_validator(mode="after")
    def _one_of_both(self) -> "RefundLineBody":
        if (self.quantity is None) == (self.amount_minor is None):
            raise ValueError("give either quantity or amount_minor")
        return self

    def wanted(self) -> ByQuantity | ByAmount:
        if self.quantity is not None:
            return ByQuantity(self.line_no, self.quantity)
        assert self.amount_minor is not None
        return ByAmount(self.line_no, self.amount_minor)


class RefundBody(Body):
    """Some `lines`, or `all` that is left. `tenders`: where money goes back to, if not as the merchant's policy says.
    `expected_minor`: what the customer was told she gets back of what she paid."""

    lines: list[RefundLineBody] = Field(default=[], max_length=500)
    all: bool = False
    reason: str = Field(default="", max_length=200)
    tenders: TenderPolicy | None = None
    expected_minor: int | None = Field(default=None, ge=0, lt=MAX_MINOR)

    @model_validator(mode="after")
    def _some_or_all(self) -> "RefundBody":
        if self.all == bool(self.lines):
            raise ValueError("give either lines or all")
        return self

    def wish(self) -> Wish:
        request: Request = Everything() if self.all else [line.wanted() for line in self.lines]
        return Wish(request, self.reason, self.tenders, self.expected_minor)


@router.post("/orders/{order_id}/refunds/preview")
def preview_refund(
    order_id: OrderId, body: RefundBody, call: Annotated[Call, allow(Permission.ORDERS_REFUND)]
) -> RefundView:
    """What a refund would give back now, instrument by instrument; nothing is written."""
    with call.unit() as unit:
        return RefundView.of(preview(unit, order_id, body.wish()))


@router.post("/orders/{order_id}/refunds", status_code=201)
def make_refund(
    order_id: OrderId, body: RefundBody, call: Annotated[Call, allow(Permission.ORDERS_REFUND)]
) -> RefundView:
    """Give back some lines, by quantity or amount, or all that is left.

    Send an `Idempotency-Key`: a repeat with the same key and body is the same refund. 409 when more is asked for than
    is left, the time for refunds is over, or the amount is no longer `expected_minor`; then nothing changed.
    """
    return call.once(RefundView, body, lambda unit: RefundView.of(refund(unit, order_id, body.wish())))
