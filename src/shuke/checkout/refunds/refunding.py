"""Refunding an order: reckon, give back, take back, write, tell, all in one transaction under the order's lock."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import SoldBy
from shuke.checkout import holding, limited
from shuke.checkout import store as orders
from shuke.checkout.model import OWN_SOURCE, SETTLED, CameBack, Order, OrderLine, OrderStatus
from shuke.checkout.paying import send_back
from shuke.checkout.policy import OrderPolicy, order_policy
from shuke.checkout.quoting import CATEGORIES
from shuke.checkout.refunds import rules, store
from shuke.checkout.refunds.errors import (
    NOT_WHOLE,
    BadRefund,
    NotRefundable,
    RefundChanged,
    RefundElsewhere,
    WindowClosed,
)
from shuke.checkout.refunds.giving import assets_back, give_back, keep_nothing
from shuke.checkout.refunds.model import ByQuantity, Everything, Plan, Refund, RefundedLine, Request, SoldLine
from shuke.checkout.refunds.selling import came_back_of, pieces_back, sold_lines
from shuke.checkout.refunds.tenders import MoneyBack, TenderPolicy, kept, money_back
from shuke.checkout.rewarding import take_back
from shuke.checkout.settlement.model import partner_funded
from shuke.checkout.spending import taken
from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.errors import FieldProblem
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.ledger import service as ledger
from shuke.members import service as members
from shuke.offers import service as offers
from shuke.offers.model import Reversal
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Merchant


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be refunded and why. `money_back` None: as the merchant's policy says. `expected_minor` is what the
    customer was told she gets back of what she paid; if that changed, nothing is refunded."""

    request: Request
    reason: str
    money_back: TenderPolicy | None = None
    expected_minor: int | None = None


def refund(unit: Unit, order_id: UUID, wish: Wish) -> Refund:
    """Give back what `wish` names; to a member who was erased her money and nothing else.

    Raises NotFound, NotRefundable, RefundElsewhere, WindowClosed, RefundChanged, and what `rules.plan` raises. Then
    nothing changed.
    """
    order = holding.held(unit, order_id)
    merchant, policy, at = tenancy.merchant(unit), order_policy(unit), unit.now()
    _see_that_it_may_be(order, policy, merchant, at)
    lines = orders.lines(unit, order_id)
    _see_that_pieces_are_whole(unit, lines, wish.request)
    sold = sold_lines(order, lines)
    past = store.of_order(unit, order_id)
    came_back = came_back_of(past)
    plan = rules.plan(sold, came_back, wish.request, merchant.currency)
    _as_told(plan, wish, merchant)
    refund_id = new_id(at)
    took = taken(unit, order_id)
    assets = assets_back(unit, took, past, sold, plan, red_packets=policy.returns_red_packets)
    wallets = give_back(unit, order_id, refund_id, took, assets, policy.grace, at)
    gone = members.erased_among(unit, wallets | ({order.member_id} if order.member_id is not None else set()))
    paid_out = ledger.pay_out(unit, gone, refund_id) if gone else 0
    undone = take_back(unit, order, refund_id, lines, came_back, plan, at, forgiving=order.member_id in gone)
    parts = _net(sold, plan)
    back = _money(order, past, plan, wish.money_back or policy.money_back, undone.deduct_minor)
    made = Refund(
        refund_id=refund_id,
        order_id=order_id,
        store_id=order.store_id,
        member_id=order.member_id,
        at=at,
        business_day=business_day(at, merchant.timezone),
        reason=wish.reason,
        complete=plan.complete,
        **_sums(parts),
        money_minor=plan.money_minor,
        deducted_minor=plan.money_minor - sum(item.amount_minor for item in back),
        paid_out_minor=paid_out,
        points_returned=plan.points,
        points_taken_back=undone.points + undone.owed,
        points_owed=undone.owed,
        growth_taken_back=undone.growth,
        tenders=tuple(back),
        assets=assets,
        by_kind=str(unit.principal.kind),
        by_id=unit.principal.id,
        lines=parts,
    )
    offers.restore(unit, order_id, refund_id, Reversal.FULL if plan.complete else Reversal.PARTIAL, at)
    limited.came_back(unit, order, lines, pieces_back(plan, came_back), CATEGORIES.of(unit), complete=plan.complete)
    if policy.takes_packets_back:
        _take_packets_back(unit, order, made)
    if gone:
        keep_nothing(unit, gone, refund_id)
    for item in back:
        tender = order.tenders[item.tender_no]
        if item.kind is tender.kind:
            send_back(unit, tender, item.amount_minor, order.number)
    _write(unit, order, made)
    return made


def preview(unit: Unit, order_id: UUID, wish: Wish) -> Refund:
    """What `refund` would do now, to the cent: it is done, and undone before anybody could see it."""
    with _undone(unit):
        return refund(unit, order_id, wish)


@contextmanager
def _undone(unit: Unit) -> Iterator[None]:
    savepoint = unit.connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _take_packets_back(unit: Unit, order: Order, made: Refund) -> None:
    if order.member_id is not None:
        left = order.paid_minor - order.came_back.refunded_paid_minor - made.paid_minor
        offers.take_packets_back(unit, order.member_id, order.order_id, made.refund_id, left)


def _see_that_it_may_be(order: Order, policy: OrderPolicy, merchant: Merchant, at: datetime) -> None:
    if order.source != OWN_SOURCE:
        raise RefundElsewhere(number=order.number, source=order.source)
    if order.status not in SETTLED:
        raise NotRefundable(number=order.number, status=order.status)
    if policy.refund_days is None:
        return
    last = business_day(order.paid_at or order.placed_at, merchant.timezone) + timedelta(days=policy.refund_days)
    if business_day(at, merchant.timezone) > last:
        raise WindowClosed(number=order.number, days=policy.refund_days, until=last)


def _see_that_pieces_are_whole(unit: Unit, lines: Sequence[OrderLine], request: Request) -> None:
    """Nobody brings half a bottle back. Only asked for where a quantity is not whole."""
    if isinstance(request, Everything):
        return
    sold = {line.line_no: line.product_id for line in lines}
    broken = {
        number: sold[want.line_no]
        for number, want in enumerate(request)
        if isinstance(want, ByQuantity) and want.quantity % 1 and want.line_no in sold
    }
    products = catalog.get_many(unit, set(broken.values())) if broken else {}
    problems = [
        FieldProblem(f"lines.{number}.quantity", NOT_WHOLE)
        for number, product_id in broken.items()
        if products[product_id].sold_by is SoldBy.PIECE
    ]
    if problems:
        raise BadRefund(*problems)


def _as_told(plan: Plan, wish: Wish, merchant: Merchant) -> None:
    if wish.expected_minor is not None and wish.expected_minor != plan.paid_minor:
        raise RefundChanged(
            amount=format_minor(plan.paid_minor, merchant.currency),
            expected=format_minor(wish.expected_minor, merchant.currency),
        )


def _net(sold: Sequence[SoldLine], plan: Plan) -> tuple[RefundedLine, ...]:
    """The parts with what of them the merchant had received: what was paid, and what partners had refunded."""
    lines = {line.line_no: line for line in sold}
    made = []
    for part in plan.lines:
        discounts = lines[part.line_no].discounts
        given = (replace(item, amount_minor=off) for item, off in zip(discounts, part.discounts, strict=True))
        made.append(RefundedLine(part, part.paid_minor + partner_funded(given)))
    return tuple(made)


def _sums(lines: Sequence[RefundedLine]) -> dict[str, int]:
    names = ("gross_minor", "discount_minor", "paid_minor", "tax_minor", "tax_added_minor")
    sums = {name: sum(getattr(line.part, name) for line in lines) for name in names}
    return sums | {"net_minor": sum(line.net_minor for line in lines)}


def _money(
    order: Order, past: Sequence[Refund], plan: Plan, policy: TenderPolicy, deduct_minor: int
) -> list[MoneyBack]:
    """How the money goes back, less what is kept for points that were spent already."""
    gone = [back for refund in past for back in refund.tenders]
    amount = max(plan.money_minor - deduct_minor, 0)
    return money_back(order.tenders, kept(order.tenders, order.money_minor), gone, amount, policy)


def _write(unit: Unit, order: Order, refund: Refund) -> None:
    store.add(unit, refund)
    was = order.came_back
    came_back = CameBack(
        was.refunded_gross_minor + refund.gross_minor,
        was.refunded_discount_minor + refund.discount_minor,
        was.refunded_net_minor + refund.net_minor,
        was.refunded_paid_minor + refund.paid_minor,
        was.points_returned + refund.points_returned,
        was.points_taken_back + refund.points_taken_back,
    )
    status = OrderStatus.REFUNDED if refund.complete else OrderStatus.PARTIALLY_REFUNDED
    orders.came_back(unit, order, status, came_back)
    tenancy.record_change(
        unit,
        "order.refunded",
        "refund",
        refund.refund_id,
        None,
        {"number": order.number, "paid_minor": refund.paid_minor, "money_minor": refund.money_minor},
        member_id=refund.member_id,
        payload=_news(order, refund),
    )


def _news(order: Order, refund: Refund) -> dict[str, object]:
    """What the event tells: no personal data, and no words that somebody typed."""
    names = (
        "gross_minor",
        "discount_minor",
        "net_minor",
        "paid_minor",
        "money_minor",
        "deducted_minor",
        "paid_out_minor",
        "points_returned",
        "points_taken_back",
        "growth_taken_back",
        "complete",
    )
    about = {"order_id": str(order.order_id), "number": order.number, "store_id": str(refund.store_id)}
    return about | {name: getattr(refund, name) for name in names}
