"""Orders out of a file, one row a line: an order is taken whole or not at all, and never rewritten."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from shuke.catalog import service as catalog
from shuke.catalog.model import SoldBy
from shuke.checkout.bulk_orders import Totals, insert_orders, stored_orders
from shuke.checkout.order_rows import DISCOUNTS, Books, Lines, read_lines
from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

_DISCOUNT_LABELS: Mapping[str, Text] = {
    "merchant_discount": Text("商家优惠", "Merchant discount"),
    "merchant_coupon": Text("商家券", "Merchant coupon"),
    "store_discount": Text("门店优惠", "Store discount"),
    "platform_discount": Text("平台优惠", "Platform discount"),
    "partner_discount": Text("品牌方优惠", "Partner discount"),
}
_REWRITTEN = Text(
    "该单已导入且内容不同；订单不可改写", "this order is there already with other content; orders are never rewritten"
)


class OrderImport:
    """An order is known by the source and its reference there."""

    name = "orders"
    label = Text("订单", "Orders")
    group = "order_ref"
    threads = 2
    notes: Mapping[str, Text] = {
        "zero_quantity": Text("数量为零的订单行（金额照记）", "lines with quantity zero (their amounts are kept)"),
        "measured": Text("按量销售的订单行（如加油）", "lines sold by measure, such as fuel"),
        "negative_line": Text(
            "券额超过行金额的订单行（实付为负，合计不变）",
            "lines whose coupons exceed their price (paid is negative, totals are exact)",
        ),
        "negative_order": Text("实付为负的订单", "orders on which the member was owed money"),
    }

    def fields(self, reading: Reading) -> tuple[Field, ...]:
        money, minor = parsing.money(reading.currency), parsing.minor()
        ref = ("order_id", "order_no", "basket_id", "订单号", "小票号")
        amounts = {
            "gross": Text("吊牌金额", "Gross"),
            **_DISCOUNT_LABELS,
            "paid": Text("实付金额", "Paid"),
            "net": Text("商家实收", "Net"),
        }
        return (
            Field("order_ref", Text("单号", "Order reference"), parsing.text(64), True, synonyms=ref),
            Field(
                "placed_at",
                Text("下单时间", "Placed at"),
                parsing.moment(reading.timezone),
                True,
                synonyms=("time", "date", "created_at", "交易时间"),
            ),
            Field(
                "store_code",
                Text("门店编码", "Store code"),
                parsing.text(64),
                True,
                synonyms=("store", "store_id", "门店"),
            ),
            Field(
                "member_ref", Text("会员编号", "Member reference"), parsing.text(64), synonyms=("member", "member_id")
            ),
            Field("member_card", Text("会员卡号", "Member card"), parsing.text(40), synonyms=("card", "卡号")),
            Field("member_phone", Text("会员手机号", "Member phone"), parsing.text(40), synonyms=("phone", "手机号")),
            Field("channel", Text("渠道", "Channel"), parsing.text(32)),
            Field(
                "sku",
                Text("商品编码", "SKU"),
                parsing.text(64),
                True,
                synonyms=("product_id", "barcode", "条码", "货号"),
            ),
            Field("quantity", Text("数量", "Quantity"), parsing.quantity(), True, synonyms=("qty",)),
            Field("currency", Text("币种", "Currency"), parsing.text(3)),
            *(Field(name, label, money) for name, label in amounts.items()),
            *(
                Field(f"{name}_minor", Text(f"{label.zh}（分）", f"{label.en}, minor"), minor)
                for name, label in amounts.items()
            ),
        )

    def loader(self, context: Context) -> "OrderLoader":
        return OrderLoader(context)


class OrderLoader:
    def __init__(self, context: Context) -> None:
        self._context = context
        with context.database.unit(context.principal) as unit:
            self._books = _books(unit)

    def remember(self, rows: Rows) -> None:
        """Nothing: an order's rows stand together, so it cannot come twice."""

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        if not len(rows):
            return outcome
        lines = read_lines(unit, rows, self._books, self._context.currency)
        good = np.flatnonzero(~lines.bad[lines.starts])
        totals = Totals.of(lines, self._context.timezone)
        new = self._compare(unit, lines, totals, good, outcome)
        _take_note(lines, totals, new, outcome)
        insert_orders(unit, lines, totals, new, self._context)
        outcome.created = len(new)
        outcome.rejects |= lines.reasons
        return outcome

    def _compare(self, unit: Unit, lines: Lines, totals: Totals, good: Any, outcome: Outcome) -> Any:
        """The orders among `good` that are not stored yet; those stored with other content are refused."""
        refs = lines.refs.take(pa.array(lines.starts[good]))
        stored = stored_orders(unit, self._context.source, refs)
        if not stored:
            return good
        new = []
        for order, ref in zip(good, refs.to_pylist(), strict=True):
            if ref not in stored:
                new.append(order)
            elif stored[ref] == totals.content(int(order)):
                outcome.unchanged += 1
            else:
                for position in np.flatnonzero(lines.order == order):
                    outcome.rejects[int(position)] = _REWRITTEN
        return np.array(new, dtype=np.int64)


def _books(unit: Unit) -> Books:
    product = catalog.products_relation().c
    rows = unit.connection.execute(
        sa.select(product.sku, product.barcode, product.product_id, product.sold_by).where(
            product.merchant_id == unit.merchant_id
        )
    ).all()
    # Barcodes first, so that where one product's SKU is another's barcode the SKU wins.
    known = {row.barcode: row for row in rows if row.barcode} | {row.sku: row for row in rows}
    measured = [row.sold_by == SoldBy.MEASURE for row in known.values()]
    return Books(
        products=bulk.Lookup({code: row.product_id for code, row in known.items()}),
        measured=np.array([*measured, False], dtype=np.bool_),
        stores=bulk.Lookup({store.code: store.store_id for store in tenancy.stores(unit)}),
    )


def _take_note(lines: Lines, totals: Totals, new: Any, outcome: Outcome) -> None:
    taken = np.isin(lines.order, new)
    outcome.note("zero_quantity", int((taken & (lines.quantity == 0)).sum()))
    outcome.note("measured", int((taken & lines.by_measure).sum()))
    outcome.note("negative_line", int((taken & (lines.paid < 0)).sum()))
    outcome.note("negative_order", int((totals.paid[new] < 0).sum()))


assert set(_DISCOUNT_LABELS) == set(DISCOUNTS)
