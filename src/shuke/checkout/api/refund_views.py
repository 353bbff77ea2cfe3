"""Refunds as the API shows them."""

from datetime import date, datetime
from uuid import UUID

from shuke.checkout.api.views import ShownQuantity
from shuke.checkout.model import TenderKind
from shuke.checkout.refunds.model import Refund, RefundedLine
from shuke.infra.http import View
from shuke.infra.http_ids import OrderId, RefundId
from shuke.ledger.model import Asset


class RefundLineView(View):
    """What came back of a line; `quantity` null: money was given back and the goods stayed."""

    line_no: int
    quantity: ShownQuantity | None
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    points: int

    @classmethod
    def of(cls, line: RefundedLine) -> "RefundLineView":
        part = line.part
        return cls(
            line_no=part.line_no,
            quantity=part.quantity,
            gross_minor=part.gross_minor,
            discount_minor=part.discount_minor,
            net_minor=line.net_minor,
            paid_minor=part.paid_minor,
            points=part.points,
        )


class RefundTender(View):
    """Money that goes back of the order's tender `tender_no` (from 0), as `kind`."""

    tender_no: int
    kind: TenderKind
    amount_minor: int


class RefundAsset(View):
    """What goes back to a wallet, a member's or a card's, to the lots it was taken from."""

    wallet_id: UUID
    asset: Asset
    amount: int


class RefundView(View):
    """`paid_minor` = stored value back (in `assets`) + `money_minor`; of the money, `deducted_minor` is kept for earned
    points that were spent already, and the rest goes back as `tenders` say. `paid_out_minor` of the stored value would
    come back to somebody who was erased: it is to be handed over in cash.

    `points_returned`: of those spent. `points_taken_back`: of those earned, of which `points_owed` are a debt now.
    `complete`: nothing is left of the order.
    """

    id: RefundId
    order_id: OrderId
    at: datetime
    business_day: date
    reason: str
    complete: bool
    gross_minor: int
    discount_minor: int
    net_minor: int
    paid_minor: int
    tax_minor: int
    money_minor: int
    deducted_minor: int
    paid_out_minor: int
    points_returned: int
    points_taken_back: int
    points_owed: int
    growth_taken_back: int
    tenders: list[RefundTender]
    assets: list[RefundAsset]
    lines: list[RefundLineView]

    @classmethod
    def of(cls, refund: Refund) -> "RefundView":
        made = {"id", "tenders", "assets", "lines"}
        return cls(
            **{name: getattr(refund, name) for name in cls.model_fields if name not in made},
            id=refund.refund_id,
            tenders=[RefundTender.model_validate(item) for item in refund.tenders],
            assets=[RefundAsset.model_validate(item) for item in refund.assets],
            lines=[RefundLineView.of(line) for line in refund.lines],
        )
