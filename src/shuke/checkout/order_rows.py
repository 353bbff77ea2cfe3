"""Lines of imported orders as columns: resolved, checked and added up, many thousands at a time, without a loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuke.checkout.model import Funder
from shuke.infra.database import Unit
from shuke.infra.imports.bulk import Lookup
from shuke.infra.imports.kinds import Rows
from shuke.infra.imports.parsing import MILLI
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.model import IdentifierKind

DISCOUNTS: Mapping[str, Funder] = {
    "merchant_discount": Funder.MERCHANT,
    "merchant_coupon": Funder.MERCHANT,
    "store_discount": Funder.STORE,
    "platform_discount": Funder.PLATFORM,
    "partner_discount": Funder.PARTNER,
}
"""Discount columns by who bears them; the name is also the rule that the line's adjustment keeps."""

Ints = Any
"""A numpy array of int64."""


@dataclass(frozen=True, slots=True)
class Books:
    """What the merchant has, looked up once for the whole import."""

    products: Lookup
    measured: Any
    stores: Lookup
    members: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """Met so far: (column, cell) → member. Members that join meanwhile are found, those here do not go."""


@dataclass(slots=True)
class Lines:
    """One row per line; `order` numbers the orders of the chunk from 0, in the order of the file."""

    refs: Any
    order: Ints
    starts: Ints
    placed_at: Any
    store_id: Any
    member_id: Any
    channel: Any
    product_id: Any
    by_measure: Any
    quantity: Ints
    gross: Ints
    discounts: Mapping[str, Ints]
    reasons: dict[int, Text] = field(default_factory=dict)
    bad: Any = None

    @property
    def discount(self) -> Ints:
        return sum(self.discounts.values(), np.zeros(len(self.gross), dtype=np.int64))

    @property
    def paid(self) -> Ints:
        return self.gross - self.discount

    @property
    def net(self) -> Ints:
        return self.paid + sum(self.discounts[name] for name, funder in DISCOUNTS.items() if funder is Funder.PARTNER)

    def refuse(self, where: Any, zh: str, en: str) -> None:
        """Mark lines as bad, those with a reason already keep it."""
        where = np.asarray(where)
        if where.any():
            for position in np.flatnonzero(where & ~self.bad):
                self.reasons[int(position)] = Text(zh, en)
            self.bad = self.bad | where


def read_lines(unit: Unit, rows: Rows, books: Books, currency: str) -> Lines:
    """Resolve and check the lines; what is wrong stands in `reasons`, for whole orders."""
    columns = rows.columns
    refs = columns["order_ref"]
    starts = _starts(refs)
    product, product_id = books.products.find(columns["sku"])
    store, store_id = books.stores.find(columns["store_code"])
    amounts = {name: _either(columns, name) for name in DISCOUNTS}
    lines = Lines(
        refs=refs,
        order=np.cumsum(starts) - 1,
        starts=np.flatnonzero(starts),
        placed_at=columns["placed_at"],
        store_id=store_id,
        member_id=pa.nulls(len(refs), pa.string()),
        channel=pc.fill_null(columns["channel"], "pos"),
        product_id=product_id,
        by_measure=books.measured[pc.fill_null(product, -1).to_numpy(zero_copy_only=False)],
        quantity=columns["quantity"].to_numpy(zero_copy_only=False),
        gross=_zeroed(_either(columns, "gross")),
        discounts={name: _zeroed(amount) for name, amount in amounts.items()},
        bad=np.zeros(len(refs), dtype=np.bool_),
    )
    lines.refuse(
        _null(product), "没有这个商品，请先导入商品", "there is no product with this sku; import products first"
    )
    lines.refuse(_null(store), "没有这家门店，请先导入门店", "there is no store with this code; import stores first")
    lines.member_id = _members(unit, columns, lines, books)
    _check_amounts(lines, columns, currency)
    _check_whole_orders(lines, unit)
    return lines


def _either(columns: Mapping[str, Any], name: str) -> Any:
    return pc.coalesce(columns[name], columns[f"{name}_minor"])


def _zeroed(amounts: Any) -> Ints:
    return pc.fill_null(amounts, 0).to_numpy(zero_copy_only=False).astype(np.int64)


def _null(array: Any) -> Any:
    return array.is_null().to_numpy(zero_copy_only=False)


def _starts(refs: Any) -> Any:
    starts = np.ones(len(refs), dtype=np.bool_)
    if len(refs) > 1:
        starts[1:] = pc.not_equal(refs.slice(1), refs.slice(0, len(refs) - 1)).to_numpy(zero_copy_only=False)
    return starts


def _members(unit: Unit, columns: Mapping[str, Any], lines: Lines, books: Books) -> Any:
    """The member of each line, by reference, else card, else phone; null when the line names none."""
    found = pa.nulls(len(lines.refs), pa.string())
    named = np.zeros(len(lines.refs), dtype=np.bool_)
    by_phone = members.phone_writer(unit)
    ways: tuple[tuple[str, IdentifierKind | None, Callable[[str], str | None]], ...] = (
        ("member_ref", None, str),
        ("member_card", IdentifierKind.CARD, members.card_written),
        ("member_phone", IdentifierKind.PHONE, by_phone),
    )
    for name, kind, written in ways:
        cells = columns[name]
        if cells.null_count == len(cells):
            continue
        met = pc.unique(cells).drop_null().to_pylist()
        values = {cell: one for cell in met if (name, cell) not in books.members and (one := written(cell))}
        if values:
            owners = members.owners(
                unit,
                list(values.values()) if kind is None else (),
                () if kind is None else [(kind, value) for value in values.values()],
            )
            prefix = "ref" if kind is None else str(kind)
            books.members.update(
                {(name, cell): owners[key] for cell, value in values.items() if (key := f"{prefix}:{value}") in owners}
            )
        known = {cell: books.members[name, cell] for cell in met if (name, cell) in books.members}
        _, ids = Lookup(known).find(cells)
        found = pc.coalesce(found, ids)
        named |= ~_null(cells)
    lines.refuse(named & _null(found), "没有这位会员，请先导入会员", "there is no such member; import members first")
    return found


def _check_amounts(lines: Lines, columns: Mapping[str, Any], currency: str) -> None:
    lines.refuse(_null(_either(columns, "gross")), "缺少吊牌金额", "gross is missing")
    lines.refuse(lines.gross < 0, "金额为负；退货暂不能导入", "the amount is negative; returns cannot be imported")
    for amount in lines.discounts.values():
        lines.refuse(amount < 0, "优惠不能为负", "a discount is not negative")
    for name, derived in (("paid", lines.paid), ("net", lines.net)):
        stated = _either(columns, name)
        lines.refuse(
            (_zeroed(stated) != derived) & ~_null(stated),
            f"金额不平：{name} 与吊牌金额减优惠不符",
            f"the amounts do not add up: {name} is not what gross and discounts give",
        )
    lines.refuse(
        ~lines.by_measure & (lines.quantity % MILLI != 0),
        "该商品按件销售，数量须为整数",
        "the product is sold by the piece; the quantity must be whole",
    )
    foreign = pc.fill_null(pc.not_equal(pc.utf8_upper(columns["currency"]), currency), False)
    lines.refuse(foreign.to_numpy(zero_copy_only=False), f"币种应为 {currency}", f"the currency must be {currency}")


def _check_whole_orders(lines: Lines, unit: Unit) -> None:
    """An order happens once, in one place, to one member; one bad line spoils it."""
    tomorrow = pa.scalar(unit.now() + timedelta(days=1), pa.timestamp("us", "UTC"))
    lines.refuse(
        pc.greater(lines.placed_at, tomorrow).to_numpy(zero_copy_only=False),
        "时间在未来",
        "the time lies in the future",
    )
    first = pa.array(lines.starts[lines.order])
    for column in (lines.placed_at, lines.store_id, lines.member_id, lines.channel):
        beginning = column.take(first)
        same = pc.or_(pc.fill_null(pc.equal(column, beginning), False), pc.and_(column.is_null(), beginning.is_null()))
        lines.refuse(
            ~same.to_numpy(zero_copy_only=False),
            "同一单各行的时间、门店、会员或渠道不一致",
            "the lines of this order differ in time, store, member or channel",
        )
    if lines.bad.any():
        spoiled = np.logical_or.reduceat(lines.bad, lines.starts)[lines.order]
        lines.refuse(spoiled, "同一单的另一行被拒绝", "another row of the same order was rejected")
