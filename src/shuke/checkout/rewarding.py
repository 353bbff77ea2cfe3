"""What an order brings its member once it is paid, and what is taken back of it when it is refunded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import Product
from shuke.checkout import families, store
from shuke.checkout.model import EarnedByLine, Order, OrderLine, OrderStatus
from shuke.checkout.quoting import CATEGORIES
from shuke.checkout.refunds.model import LineRefund, Past, Plan
from shuke.checkout.rules import categories_of
from shuke.checkout.settlement.model import ItemKind
from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Purchase, RefundedLine, Rewards
from shuke.members import service as members
from shuke.offers import service as offers


def with_rewards(order: Order, rewards: Rewards, goods: Sequence[bool]) -> Order:
    """The order with what it earned. Only lines of goods earn: the others get nothing."""
    points, growth = iter(rewards.points_by_line), iter(rewards.growth_by_line)
    earned = EarnedByLine(
        tuple(next(points, 0) if good else 0 for good in goods),
        tuple(next(growth, 0) if good else 0 for good in goods),
    )
    return replace(order, points_earned=rewards.points, earned=earned)


def reward(unit: Unit, order: Order, lines: Sequence[OrderLine], at: datetime) -> Order:
    """Points, growth and the tier that follows, for a pending order that is paid now: it earns what the programme and
    her rights give at this moment."""
    if order.member_id is None:
        return order
    programme = loyalty.programme(unit)
    member = members.get(unit, order.member_id)
    goods = [line.kind is ItemKind.GOODS for line in lines]
    products = catalog.get_many(unit, {line.product_id for line in lines})
    above = CATEGORIES.of(unit)
    bought = Purchase(
        order_id=order.order_id,
        member_id=order.member_id,
        at=at,
        lines=tuple(_paid(line, products, above) for line, good in zip(lines, goods, strict=True) if good),
        store_id=order.store_id,
        channel=order.channel,
        birthday=member.birthday,
        first_order=not store.has_bought(unit, order.member_id),
    )
    rights = loyalty.rights(unit, order.member_id, programme, at)
    to = families.earns_to(unit, programme, rights, order.member_id)
    return with_rewards(order, loyalty.on_order(unit, bought, rights, programme, wallet_id=to), goods)


def after_payment(unit: Unit, order: Order) -> None:
    """Red packets that campaigns give for a purchase, once it is paid."""
    if order.member_id is not None and order.status is OrderStatus.PAID:
        offers.after_purchase(unit, order.member_id, order.order_id, order.paid_minor)


def _paid(line: OrderLine, products: Mapping[UUID, Product], above: Mapping[UUID, frozenset[UUID]]) -> PaidLine:
    product = products[line.product_id]
    return PaidLine(line.paid_minor, product.product_id, categories_of(product, above), product.brand, line.quantity)


def take_back(
    unit: Unit,
    order: Order,
    refund_id: UUID,
    lines: Sequence[OrderLine],
    past: Past,
    plan: Plan,
    at: datetime,
    *,
    forgiving: bool,
) -> loyalty.TakenBack:
    """Take back of points and growth what belongs to what comes back now; `forgiving`: as far as it is there."""
    if order.member_id is None or not (order.earned.points or order.earned.growth):
        return loyalty.TakenBack()
    now = {part.line_no: part for part in plan.lines}
    nothing = (0,) * len(lines)
    each = zip(lines, order.earned.points or nothing, order.earned.growth or nothing, strict=True)
    return loyalty.on_refund(
        unit,
        loyalty.programme(unit),
        member_id=order.member_id,
        order_id=order.order_id,
        ordered_at=order.paid_at or order.placed_at,
        refund_id=refund_id,
        lines=[
            _refunded(line, points, growth, past.get(line.line_no, ()), now[line.line_no])
            for line, points, growth in each
            if line.line_no in now
        ],
        at=at,
        forgiving=forgiving,
    )


def _refunded(line: OrderLine, points: int, growth: int, past: Sequence[LineRefund], now: LineRefund) -> RefundedLine:
    before = sum(part.paid_minor for part in past)
    return RefundedLine(line.paid_minor, points, growth, before, now.paid_minor)
