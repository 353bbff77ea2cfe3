"""What the people of a year were told, added up: what the books must say at the end.

Nothing here is read from the books: every figure comes from an answer somebody got. What expired, and which red packets
went unspent with their purchases, nobody is told; that is added where the two are compared.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shuke.checkout.model import Adjustment, Funder, Instrument, Order, OrderLine, Stage, Tender
from shuke.checkout.refunds.model import Refund
from shuke.ledger.model import Asset
from shuke.offers.model import CouponStatus, Returns

_STORED = {Instrument.STORED_PRINCIPAL: Asset.STORED_PRINCIPAL, Instrument.STORED_BONUS: Asset.STORED_BONUS}
_OUTSIDE = (Funder.PLATFORM, Funder.PARTNER)


@dataclass
class Reckoning:
    """`assets`: issued less used, all wallets together (points less debt); `money`: what is in the till of each kind;
    `coupons`: those that orders have touched; `subsidies`: what outsiders owe the merchant."""

    assets: Counter[str] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)
    coupons: dict[UUID, CouponStatus] = field(default_factory=dict)
    subsidies: int = 0
    orders: int = 0
    refunds: int = 0
    sold_minor: int = 0

    def took(self, tenders: Iterable[Tender], change_minor: int = 0) -> None:
        for tender in tenders:
            self.money[str(tender.kind)] += tender.amount_minor
        self.money["cash"] -= change_minor

    def in_money(self, kind: StrEnum, amount_minor: int) -> None:
        """In, or (negative) out."""
        self.money[str(kind)] += amount_minor

    def wallets(self, asset: Asset, amount: int) -> None:
        self.assets[str(asset)] += amount

    def spent(self, order: Order, lines: Iterable[OrderLine], sign: int = 1) -> None:
        """What an order took out of wallets, or (`sign` −1) gave back all at once."""
        self.assets["points"] -= sign * order.points_spent
        for line in lines:
            for share in line.payments:
                self.assets[str(_STORED[share.instrument])] -= sign * share.amount_minor
            for item in line.adjustments:
                if item.stage is Stage.RED_PACKET:
                    self.assets[str(Asset.RED_PACKET)] -= sign * item.amount_minor

    def use(self, coupons: Iterable[UUID], status: CouponStatus) -> None:
        for coupon_id in coupons:
            self.coupons[coupon_id] = status

    def settled(self, order: Order, lines: Iterable[OrderLine], packet_minor: int) -> None:
        """An order is paid: what it earned, and what outsiders owe for it."""
        self.orders += 1
        self.sold_minor += order.paid_minor
        self.assets["points"] += order.points_earned
        self.assets["growth"] += sum(order.earned.growth)
        if order.member_id is not None:
            self.assets[str(Asset.RED_PACKET)] += packet_minor
        self.subsidies += sum(_from_outside(line.adjustments) for line in lines)

    def refunded(self, refund: Refund, lines: Mapping[int, OrderLine], tenders: tuple[Tender, ...]) -> None:
        self.refunds += 1
        self.sold_minor -= refund.paid_minor
        for back in refund.tenders:
            self.money[str(back.kind)] -= back.amount_minor
            assert back.tender_no < len(tenders)
        for item in refund.assets:
            self.assets[str(item.asset)] += item.amount
        self.assets["points"] -= refund.points_taken_back
        self.assets["growth"] -= refund.growth_taken_back
        for part in refund.lines:
            given = zip(lines[part.part.line_no].adjustments, part.part.discounts, strict=True)
            self.subsidies -= sum(off for item, off in given if item.funder in _OUTSIDE)

    def came_back(self, coupons: Mapping[UUID, UUID], returns: Mapping[UUID, Returns], *, complete: bool) -> None:
        """Coupons of a refunded order, by their templates' rules."""
        for coupon_id, template_id in coupons.items():
            rule = returns[template_id]
            if self.coupons.get(coupon_id) is CouponStatus.REDEEMED and (
                rule.on_full_refund if complete else rule.on_partial_refund
            ):
                self.coupons[coupon_id] = CouponStatus.AVAILABLE


def _from_outside(adjustments: Iterable[Adjustment]) -> int:
    return sum(item.amount_minor for item in adjustments if item.funder in _OUTSIDE)
