"""What the till hears: prices with their reasons."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from shuke.checkout.quoting import PricedCart
from shuke.checkout.settlement.model import (
    Adjustment,
    ItemKind,
    Missed,
    QuotedLine,
    RightUse,
    Stage,
    StageResult,
    Why,
)
from shuke.checkout.settlement.reasons import STAGES, missed_reason, reason
from shuke.infra.http import TextView, View
from shuke.infra.http_ids import CouponId, MemberId, ProductId, TierId
from shuke.loyalty.model import Tier
from shuke.offers.model import Funder


def shown_quantity(quantity: Decimal) -> str:
    """`1`, `0.455`: no zeros at the end, no exponent."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


ShownQuantity = Annotated[Decimal, PlainSerializer(shown_quantity, return_type=str)]


class AppliedTier(View):
    id: TierId
    code: str
    name: TextView
    rank: int

    @classmethod
    def of(cls, tier: Tier) -> "AppliedTier":
        return cls(id=tier.tier_id, code=tier.code, name=TextView.of(tier.name), rank=tier.rank)


class AdjustmentView(View):
    """So much off (positive), by which rule, at whose cost, and why."""

    stage: Stage
    amount_minor: int
    rule: str
    funder: Funder
    party: str | None
    reason: TextView
    line_no: int | None = None

    @classmethod
    def of(cls, adjustment: Adjustment, line_no: int | None = None) -> "AdjustmentView":
        return cls(
            stage=adjustment.stage,
            amount_minor=adjustment.amount_minor,
            rule=adjustment.rule,
            funder=adjustment.funder,
            party=adjustment.party,
            reason=TextView.of(reason(adjustment)),
            line_no=line_no,
        )

    @classmethod
    def all_of(cls, adjustments: Iterable[Adjustment], line_no: int | None = None) -> "list[AdjustmentView]":
        return [cls.of(adjustment, line_no) for adjustment in adjustments]


class StageView(View):
    """One step of the waterfall over the whole order."""

    stage: Stage
    before_minor: int
    amount_minor: int
    after_minor: int
    label: TextView

    @classmethod
    def of(cls, result: StageResult) -> "StageView":
        return cls(
            stage=result.stage,
            before_minor=result.before_minor,
            amount_minor=result.amount_minor,
            after_minor=result.after_minor,
            label=TextView.of(STAGES[result.stage]),
        )


class QuoteLineView(View):
    """gross + tax added = discount + paid. `tax_minor` is the tax in what is paid."""

    line_no: int
    kind: ItemKind
    sku: str
    product_id: ProductId
    name: str
    quantity: ShownQuantity
    unit_price_minor: int
    gross_minor: int
    discount_minor: int
    tax_minor: int
    tax_added_minor: int
    paid_minor: int
    stored_value_minor: int
    adjustments: list[AdjustmentView]

    @classmethod
    def of(cls, line: QuotedLine) -> "QuoteLineView":
        item = line.item
        return cls(
            line_no=item.line_no,
            kind=item.kind,
            sku=item.sku,
            product_id=item.product_id,
            name=item.name,
            quantity=item.quantity,
            unit_price_minor=item.unit_price_minor,
            gross_minor=line.gross_minor,
            discount_minor=line.discount_minor,
            tax_minor=line.tax_minor,
            tax_added_minor=line.tax_added_minor,
            paid_minor=line.paid_minor,
            stored_value_minor=line.stored_value_minor,
            adjustments=AdjustmentView.all_of(line.adjustments, item.line_no),
        )


class QuotePoints(View):
    """`usable`: the most that can be spent here; `used` and `worth_minor`: what is spent; `to_earn`: what it brings."""

    usable: int
    used: int
    worth_minor: int
    to_earn: int


class QuoteMoney(View):
    """Of red packets, or of stored value: the most that can be spent here, and what is spent."""

    usable_minor: int
    used_minor: int


class UsedRight(View):
    """What the quote uses: an offer, a coupon, red packets, the member price or a rate."""

    stage: Stage
    rule: str
    name: TextView
    amount_minor: int
    pieces: int
    coupon_id: CouponId | None

    @classmethod
    def of(cls, used: RightUse) -> "UsedRight":
        return cls(
            stage=used.stage,
            rule=used.rule,
            name=TextView.of(used.name),
            amount_minor=used.amount_minor,
            pieces=used.pieces,
            coupon_id=used.coupon_id,
        )


class MissedOffer(View):
    """An offer or coupon that is not applied, and why. `missing`: minor units or pieces, where more would do."""

    rule: str
    name: TextView
    why: Why
    missing: int
    reason: TextView
    coupon_id: CouponId | None

    @classmethod
    def of(cls, missed: Missed, currency: str) -> "MissedOffer":
        return cls(
            rule=missed.rule,
            name=TextView.of(missed.name),
            why=missed.why,
            missing=missed.missing,
            reason=TextView.of(missed_reason(missed, currency)),
            coupon_id=missed.coupon_id,
        )


class QuoteGift(View):
    """So many pieces of a product would be free, were they in the basket."""

    rule: str
    name: TextView
    product_id: ProductId
    quantity: int


class QuotedMember(View):
    id: MemberId
    name: str | None
    tier: AppliedTier


class Quote(View):
    """A cart settled as things stand. `adjustments` are those made on the order as a whole; the lines carry their
    shares. gross + tax added = discount + paid; what is paid and not with stored value is payable.

    `proven`: no other combination of rights costs less. `choice_costs_minor`: what the member's own choices cost her.
    `joining_saves_minor`: what somebody unknown would save by joining now.
    """

    currency: str
    lines: list[QuoteLineView]
    adjustments: list[AdjustmentView]
    stages: list[StageView]
    gross_minor: int
    discount_minor: int
    tax_minor: int
    tax_added_minor: int
    paid_minor: int
    net_minor: int
    payable_minor: int
    points: QuotePoints
    red_packet: QuoteMoney
    stored_value: QuoteMoney
    used: list[UsedRight]
    missed: list[MissedOffer]
    gifts: list[QuoteGift]
    member: QuotedMember | None
    proven: bool
    choice_costs_minor: int
    joining_saves_minor: int

    @classmethod
    def of(cls, priced: PricedCart) -> "Quote":
        quote, known, currency = priced.quote, priced.known, priced.programme.currency
        return cls(
            currency=currency,
            lines=[QuoteLineView.of(line) for line in quote.lines],
            adjustments=AdjustmentView.all_of(quote.adjustments),
            stages=[StageView.of(result) for result in quote.stages],
            gross_minor=quote.gross_minor,
            discount_minor=quote.discount_minor,
            tax_minor=quote.tax_minor,
            tax_added_minor=quote.tax_added_minor,
            paid_minor=quote.paid_minor,
            net_minor=quote.net_minor,
            payable_minor=quote.payable_minor,
            points=QuotePoints(
                usable=quote.points.usable,
                used=quote.points.used,
                worth_minor=quote.points.worth_minor,
                to_earn=priced.to_earn,
            ),
            red_packet=QuoteMoney.model_validate(quote.red_packet),
            stored_value=QuoteMoney.model_validate(quote.stored_value),
            used=[UsedRight.of(used) for used in quote.used],
            missed=[MissedOffer.of(missed, currency) for missed in quote.missed],
            gifts=[
                QuoteGift(
                    rule=gift.rule, name=TextView.of(gift.name), product_id=gift.product_id, quantity=gift.quantity
                )
                for gift in quote.gifts
            ],
            member=QuotedMember(id=known.member.member_id, name=known.member.name, tier=AppliedTier.of(known.tier))
            if known
            else None,
            proven=quote.proven,
            choice_costs_minor=quote.choice_costs_minor,
            joining_saves_minor=quote.joining_saves_minor,
        )
