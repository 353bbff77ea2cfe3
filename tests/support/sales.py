"""A small chain with a past: orders written as an import writes them, in a few statements, events included."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from shuke.catalog.model import Category, Product, SoldBy
from shuke.checkout.model import OrderStatus
from shuke.checkout.tables import order_lines, orders, refund_lines, refunds
from shuke.infra.database import Unit
from shuke.infra.outbox import domain_events
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.members.model import Member
from shuke.tenancy.model import Store
from tests.support.world import Shop, World

LAST = 4
"""Index of the product without a category; the one before it is sold by measure."""


@dataclass(frozen=True)
class Line:
    """`partner` is the part of the discount that a partner refunds."""

    product: int
    quantity: int
    gross: int
    discount: int = 0
    partner: int = 0

    @property
    def paid(self) -> int:
        return self.gross - self.discount

    @property
    def net(self) -> int:
        return self.paid + self.partner

    @property
    def units(self) -> int:
        return 1 if self.product == LAST - 1 else self.quantity


@dataclass(frozen=True)
class Sale:
    """Store, member (None: unknown) and products by their index in the chain."""

    store: int
    member: int | None
    at: datetime
    lines: tuple[Line, ...]
    order_id: UUID = field(default_factory=new_id)

    def total(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.lines)


def replace_amounts(line: Line, percent: int) -> Line:
    """`percent` less of every amount; partners' part stays within the discount."""
    gross, discount, partner = (
        amount - amount * percent // 100 for amount in (line.gross, line.discount, line.partner)
    )
    return replace(line, gross=gross, discount=min(discount, gross), partner=min(partner, discount, gross))


@dataclass(frozen=True)
class Chain:
    """Three stores, four members, two categories, five products."""

    shop: Shop
    stores: Sequence[Store]
    members: Sequence[Member]
    categories: Sequence[Category]
    products: Sequence[Product]

    @property
    def timezone(self) -> str:
        return self.shop.merchant.timezone

    def day(self, sale: Sale) -> date:
        return business_day(sale.at, self.timezone)

    def category(self, line: Line) -> UUID | None:
        category = self.products[line.product].category
        return category.category_id if category else None

    def sell(self, *sales: Sale, unit: Unit | None = None) -> None:
        if unit is not None:
            self._write(unit, sales)
            return
        with self.shop.database.merchant(self.shop.merchant_id) as own:
            self._write(own, sales)

    def take_back(self, sale: Sale, percent: int, at: datetime) -> Sale:
        """Refund so much of the money of every line, the goods stay; the sale as it counts from now on."""
        left = replace(sale, lines=tuple(replace_amounts(line, percent) for line in sale.lines))
        mine = {"merchant_id": self.shop.merchant_id}
        refund_id = new_id()
        rows = [
            self._refunded(refund_id, sale, number, *pair)
            for number, pair in enumerate(zip(sale.lines, left.lines, strict=True), 1)
        ]
        amounts = {name: sum(row[f"{name}_minor"] for row in rows) for name in ("gross", "discount", "net", "paid")}
        refund = {
            "refund_id": refund_id,
            "order_id": sale.order_id,
            "store_id": self.stores[sale.store].store_id,
            "member_id": self._member_id(sale),
            "at": at,
            "business_day": business_day(at, self.timezone),
            "reason": "",
            "complete": False,
            "money_minor": amounts["paid"],
            "deducted_minor": 0,
            **dict.fromkeys(("points_returned", "points_taken_back", "points_owed", "growth_taken_back"), 0),
            "by_kind": "system",
            "by_id": refund_id,
        } | {f"{name}_minor": amount for name, amount in amounts.items()}
        event = {"type": "order.refunded", "subject_id": refund_id, "occurred_at": at, "event_id": new_id()}
        with self.shop.database.merchant(self.shop.merchant_id) as unit:
            unit.connection.execute(refunds.insert(), mine | refund)
            unit.connection.execute(refund_lines.insert(), [mine | row for row in rows])
            sums = {f"refunded_{name}_minor": orders.c[f"refunded_{name}_minor"] + amounts[name] for name in amounts}
            unit.connection.execute(orders.update().where(orders.c.order_id == sale.order_id).values(sums))
            unit.connection.execute(domain_events.insert(), mine | event | {"member_id": refund["member_id"]})
        return left

    def _refunded(self, refund_id: UUID, sale: Sale, number: int, was: Line, left: Line) -> dict[str, Any]:
        amounts = {
            f"{name}_minor": getattr(was, name) - getattr(left, name) for name in ("gross", "discount", "net", "paid")
        }
        about = {"refund_id": refund_id, "order_id": sale.order_id, "line_no": number, "points": 0}
        return about | amounts | {"discounts": [], "payments": []}

    def _write(self, unit: Unit, sales: Sequence[Sale]) -> None:
        if not sales:
            return
        mine = {"merchant_id": self.shop.merchant_id}
        unit.connection.execute(orders.insert(), [mine | self._order(sale) for sale in sales])
        lines = [mine | self._line(sale, number, line) for sale in sales for number, line in enumerate(sale.lines, 1)]
        if lines:
            unit.connection.execute(order_lines.insert(), lines)
        events = [
            {
                "event_id": new_id(),
                "type": "order.imported",
                "subject_id": sale.order_id,
                "member_id": self._member_id(sale),
                "occurred_at": sale.at,
            }
            for sale in sales
        ]
        unit.connection.execute(domain_events.insert(), [mine | event for event in events])

    def _member_id(self, sale: Sale) -> UUID | None:
        return None if sale.member is None else self.members[sale.member].member_id

    def _order(self, sale: Sale) -> dict[str, object]:
        return {
            "order_id": sale.order_id,
            "number": sale.order_id.hex,
            "store_id": self.stores[sale.store].store_id,
            "member_id": self._member_id(sale),
            "channel": "pos",
            "source": "till",
            "status": OrderStatus.PAID,
            "placed_at": sale.at,
            "business_day": self.day(sale),
            "units": sale.total("units"),
            "line_count": len(sale.lines),
            "gross_minor": sale.total("gross"),
            "discount_minor": sale.total("discount"),
            "net_minor": sale.total("net"),
            "paid_minor": sale.total("paid"),
        }

    def _line(self, sale: Sale, number: int, line: Line) -> dict[str, object]:
        return {
            "order_id": sale.order_id,
            "line_no": number,
            "product_id": self.products[line.product].product_id,
            "quantity": Decimal("0.455") * line.quantity if line.product == LAST - 1 else Decimal(line.quantity),
            "gross_minor": line.gross,
            "discount_minor": line.discount,
            "net_minor": line.net,
            "paid_minor": line.paid,
        }


def open_chain(world: World, timezone: str = "Asia/Shanghai", joined: Sequence[datetime] = ()) -> Chain:
    """The chain, its members joined at `joined` (in turn, each at the store of the same number)."""
    shop = world.merchant(timezone=timezone)
    stores = [shop.store(name=f"{number}号店") for number in range(3)]
    categories = [shop.category("乳品"), shop.category("水果")]
    first, second = (category.category_id for category in categories)
    products = [
        shop.product(category_id=first),
        shop.product(category_id=first),
        shop.product(category_id=second),
        shop.product(category_id=second, sold_by=SoldBy.MEASURE),
        shop.product(),
    ]
    members = []
    for number in range(4):
        at = joined[number] if number < len(joined) else None
        members.append(shop.member(name=f"王{number}", joined_at=at, store_id=stores[number % 3].store_id))
    return Chain(shop, stores, members, categories, products)


def _line(product: int, quantity: int, gross: int, off: int, refunded: int) -> Line:
    discount = gross * off // 100
    return Line(product, quantity, gross, discount, discount * refunded // 100)


LINES = st.builds(
    _line, st.integers(0, LAST), st.integers(0, 5), st.integers(0, 9_999), st.integers(0, 100), st.integers(0, 100)
)


def sales(first: datetime, days: int) -> st.SearchStrategy[list[Sale]]:
    """Histories whose orders lie close to midnights, wherever those are, from `first` on."""
    moment = st.builds(
        lambda day, hour, second: first + timedelta(days=day, hours=hour, seconds=second),
        st.integers(0, days),
        st.integers(0, 23),
        st.sampled_from([-1, 0, 1, 1800]),
    )
    sale = st.builds(
        lambda store, member, at, lines: Sale(store, member, at, tuple(lines)),
        st.integers(0, 2),
        st.one_of(st.none(), st.integers(0, 3)),
        moment,
        st.lists(LINES, max_size=4),
    )
    return st.lists(sale, max_size=20)
