"""Orders and refunds with discounts of every funder and payment by stored value, written as the product writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from shuke.checkout.tables import order_lines, orders, refund_lines, refunds
from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, GiveBack, Kind, Move
from shuke.offers.model import Funder

_PAID = {"kind": "wechat", "payment_id": str(new_id())}
_AMOUNTS = ("gross_minor", "discount_minor", "net_minor", "paid_minor")


@dataclass(frozen=True)
class Cut:
    """So much off a line, at whose cost; `party` names the partner, or by its code the store."""

    funder: Funder
    amount: int
    party: str = ""
    packet: bool = False


@dataclass(frozen=True)
class Moved:
    """Stored value out of a wallet, or back into it."""

    wallet_id: UUID
    principal: int
    bonus: int

    @property
    def parts(self) -> list[tuple[Asset, int]]:
        both = ((Asset.STORED_PRINCIPAL, self.principal), (Asset.STORED_BONUS, self.bonus))
        return [(asset, amount) for asset, amount in both if amount]


@dataclass(frozen=True)
class Written:
    """An order, or what came back of one: cuts line by line, and what the first line was paid with."""

    store_id: UUID
    at: datetime
    day: date
    lines: Sequence[Sequence[Cut]]
    money: int
    moved: Sequence[Moved]

    def amounts(self) -> list[dict[str, int]]:
        return [self._line(number, line) for number, line in enumerate(self.lines, 1)]

    @property
    def stored(self) -> int:
        return sum(each.principal + each.bonus for each in self.moved)

    def _line(self, number: int, line: Sequence[Cut]) -> dict[str, int]:
        paid = self.money + self.stored if number == 1 else 0
        off = sum(cut.amount for cut in line)
        outside = sum(cut.amount for cut in line if cut.funder is Funder.PARTNER)
        values = (number, paid + off, off, paid + outside, paid)
        return dict(zip(("line_no", *_AMOUNTS), values, strict=True))


def write_order(unit: Unit, order_id: UUID, product_id: UUID, of: Written) -> None:
    moves = [Move(each.wallet_id, asset, -amount, Account.SPENT) for each in of.moved for asset, amount in each.parts]
    if moves:
        ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, of.at, tuple(moves)))
    mine, lines = {"merchant_id": unit.merchant_id, "order_id": order_id}, of.amounts()
    unit.connection.execute(
        orders.insert().values(
            **mine,
            number=order_id.hex,
            store_id=of.store_id,
            channel="pos",
            source="shuke",
            status="paid",
            placed_at=of.at,
            paid_at=of.at,
            business_day=of.day,
            units=len(lines),
            line_count=len(lines),
            stored_minor=of.stored,
            tenders=[_PAID | {"amount_minor": of.money}] if of.money else [],
            **_sums(lines),
        )
    )
    documents = [[_document(cut) for cut in line] for line in of.lines]
    unit.connection.execute(
        order_lines.insert(),
        [
            mine | line | {"product_id": product_id, "quantity": Decimal(1), "adjustments": adjustments}
            for line, adjustments in zip(lines, documents, strict=True)
        ],
    )
    emit(unit, "order.settled", order_id)


def write_refund(unit: Unit, refund_id: UUID, order_id: UUID, of: Written, *, over_counter: bool) -> None:
    """`over_counter`: the money was handed back there; else a provider sends it."""
    mine: dict[str, Any] = {"merchant_id": unit.merchant_id, "order_id": order_id, "refund_id": refund_id}
    tender = {"tender_no": 0, "kind": "cash" if over_counter else "wechat", "amount_minor": of.money}
    lines = of.amounts()
    nothing = ("deducted_minor", "points_returned", "points_taken_back", "points_owed", "growth_taken_back")
    unit.connection.execute(
        refunds.insert().values(
            **mine,
            store_id=of.store_id,
            at=of.at,
            business_day=of.day,
            reason="changed_mind",
            complete=False,
            **_sums(lines),
            money_minor=of.money,
            **dict.fromkeys(nothing, 0),
            tenders=[tender] if of.money else [],
            by_kind="staff",
            by_id=new_id(),
        )
    )
    discounts = [[cut.amount for cut in line] for line in of.lines]
    unit.connection.execute(
        refund_lines.insert(),
        [
            mine | line | {"discounts": given, "payments": [], "points": 0}
            for line, given in zip(lines, discounts, strict=True)
        ],
    )
    emit(unit, "order.refunded", refund_id)
    backs = [
        GiveBack(Kind.ORDER_RETURNED, refund_id, of.at, each.wallet_id, asset, amount, Kind.ORDER_SPENT, order_id)
        for each in of.moved
        for asset, amount in each.parts
    ]
    if backs:
        ledger.give_back(unit, *backs)


def _document(cut: Cut) -> dict[str, Any]:
    stage, rule = ("red_packet", "red_packet:spring") if cut.packet else ("order_offer", "promotion:spring")
    document = {"stage": stage, "amount_minor": cut.amount, "rule": rule, "funder": str(cut.funder)}
    return document | ({"party": cut.party} if cut.party else {})


def _sums(lines: Sequence[dict[str, int]]) -> dict[str, int]:
    return {name: sum(line[name] for line in lines) for name in _AMOUNTS}
