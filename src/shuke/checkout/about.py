"""What a member bought and gave back, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.checkout.tables import order_lines, orders, refunds
from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

_O, _L, _R = orders.c, order_lines.c, refunds.c
_NUMBER = Column("order", Text("订单号", "Order"))
_STORE = Column("store", Text("门店", "Store"))
_PAID = Column("paid", Text("实付", "Paid"), Shape.MONEY)


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Her orders with what was in them, and her refunds."""
    ids = list(member_ids)
    return [_orders(unit, ids), _lines(unit, ids), _refunds(unit, ids)]


def _orders(unit: Unit, ids: list[UUID]) -> Chapter:
    found = unit.connection.execute(
        sa.select(orders)
        .where(_O.merchant_id == unit.merchant_id, _O.member_id.in_(ids))
        .order_by(_O.placed_at.desc(), _O.order_id.desc())
    ).all()
    stores = tenancy.store_refs(unit, {row.store_id for row in found})
    columns = (
        _NUMBER,
        Column("placed_at", Text("下单时间", "Placed"), Shape.MOMENT),
        _STORE,
        Column("channel", Text("渠道", "Channel")),
        Column("status", Text("状态", "Status")),
        _PAID,
        Column("discount", Text("优惠", "Discount"), Shape.MONEY),
        Column("points_earned", Text("获得积分", "Points earned"), Shape.NUMBER),
        Column("points_spent", Text("使用积分", "Points spent"), Shape.NUMBER),
    )
    rows = [
        (
            row.number,
            row.placed_at,
            stores[row.store_id].name,
            row.channel,
            row.status,
            row.paid_minor,
            row.discount_minor,
            row.points_earned,
            row.points_spent,
        )
        for row in found
    ]
    return Chapter("orders", Text("订单", "Orders"), columns, rows)


def _lines(unit: Unit, ids: list[UUID]) -> Chapter:
    product = catalog.products_relation().c
    found = unit.connection.execute(
        sa.select(_O.number, product.name, _L.quantity, _L.paid_minor)
        .join_from(orders, order_lines, sa.and_(_L.merchant_id == _O.merchant_id, _L.order_id == _O.order_id))
        .join(
            catalog.products_relation(),
            sa.and_(product.merchant_id == _L.merchant_id, product.product_id == _L.product_id),
        )
        .where(_O.merchant_id == unit.merchant_id, _O.member_id.in_(ids))
        .order_by(_O.placed_at.desc(), _O.order_id.desc(), _L.line_no)
    )
    columns = (
        _NUMBER,
        Column("product", Text("商品", "Product")),
        Column("quantity", Text("数量", "Quantity"), Shape.NUMBER),
        _PAID,
    )
    rows = [(row.number, row.name, f"{row.quantity.normalize():f}", row.paid_minor) for row in found]
    return Chapter("order_lines", Text("订单商品", "What was in them"), columns, rows)


def _refunds(unit: Unit, ids: list[UUID]) -> Chapter:
    found = unit.connection.execute(
        sa.select(_O.number, _R.at, _R.store_id, _R.paid_minor)
        .join_from(refunds, orders, sa.and_(_O.merchant_id == _R.merchant_id, _O.order_id == _R.order_id))
        .where(_R.merchant_id == unit.merchant_id, _R.member_id.in_(ids))
        .order_by(_R.at.desc(), _R.refund_id.desc())
    ).all()
    stores = tenancy.store_refs(unit, {row.store_id for row in found})
    columns = (
        _NUMBER,
        Column("at", Text("退款时间", "When"), Shape.MOMENT),
        _STORE,
        Column("refunded", Text("退款", "Given back"), Shape.MONEY),
    )
    rows = [(row.number, row.at, stores[row.store_id].name, row.paid_minor) for row in found]
    return Chapter("refunds", Text("退款", "Refunds"), columns, rows)
