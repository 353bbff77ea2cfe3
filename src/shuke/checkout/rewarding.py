"""What an order brings its member once it is paid, and what is taken back of it when it is refunded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import Product
from shuke.checkout.model import EarnedByLine, Order, OrderLine
from shuke.checkout.refunds.model import LineRefund, Past, Plan
from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaidLine, Purchase, RefundedLine, Rewards
from shuke.members import service as members


def with_rewards(order: Order, rewards: Rewards) -> Order:
    """The order with what it earned."""
    earned = EarnedByLine(rewards.points_by_line, rewards.growth_by_line)
    return replace(order, points_earned=rewards.points, earned=earned)


def reward(unit: Unit, order: Order, lines: Sequence[OrderLine], at: datetime) -> Order:
    """Points, growth and the tier that follows, for a pending order that is paid now: it earns what the programme and
    her rights give at this moment."""
    if order.member_id is None:
        return order
    programme = loyalty.programme(unit)
    member = members.get(unit, order.member_id)
    products = catalog.get_many(unit, {line.product_id for line in lines})
    bought = Purchase(
        order_id=order.order_id,
        member_id=order.member_id,
        at=at,
        lines=tuple(_paid(line, products) for line in lines),
        store_id=order.store_id,
        channel=order.channel,
        birthday=member.birthday,
    )
    rights = loyalty.rights(unit, order.member_id, programme, at)
    return with_rewards(order, loyalty.on_order(unit, bought, rights, programme))


def _paid(line: OrderLine, products: Mapping[UUID, Product]) -> PaidLine:
    product = products[line.product_id]
    own = product.category
    above = frozenset(found for found in (own.category_id, own.parent_id) if found) if own else frozenset()
    return PaidLine(line.paid_minor, product.product_id, above, product.brand, line.quantity)


def take_back(
    unit: Unit, order: Order, refund_id: UUID, lines: Sequence[OrderLine], past: Past, plan: Plan, at: datetime
) -> loyalty.TakenBack:
    """Take back of points and growth what belongs to what comes back now."""
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
    )


def _refunded(line: OrderLine, points: int, growth: int, past: Sequence[LineRefund], now: LineRefund) -> RefundedLine:
    before = sum(part.paid_minor for part in past)
    return RefundedLine(line.paid_minor, points, growth, before, now.paid_minor)
