"""Goods of which benefits let a member buy so many pieces a period: counted when the order is placed, given back when
it is let go or its goods come back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from uuid import UUID

from shuke.catalog import service as catalog
from shuke.catalog.model import Scope
from shuke.checkout.errors import OverPurchaseLimit
from shuke.checkout.model import Order, OrderLine
from shuke.checkout.rules import categories_of
from shuke.checkout.settlement.model import ItemKind, Quote
from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import LimitedPurchase, Programme, Rights


@dataclass(frozen=True, slots=True)
class Bought:
    """Goods of one line, as a scope sees them."""

    product_id: UUID
    categories: frozenset[UUID]
    brand: str | None
    quantity: Decimal


def taken(rights: Rights, quoted: Quote) -> dict[UUID, int]:
    """Benefit → pieces that the quote takes of it: those it sells at the benefit's price or, where the benefit names
    none, all in its scope."""
    pieces: dict[UUID, int] = {}
    at_price = {right.benefit_id for right in rights.purchases if right.price_minor is not None}
    for used in quoted.used:
        if used.offer_id in at_price:
            pieces[used.offer_id] = pieces.get(used.offer_id, 0) + used.pieces
    goods = [
        Bought(line.item.product_id, line.item.category_ids, line.item.brand, line.item.quantity)
        for line in quoted.lines
        if line.item.kind is ItemKind.GOODS
    ]
    for right in rights.purchases:
        if right.price_minor is None and (count := _pieces(right.scope, goods)):
            pieces[right.benefit_id] = count
    return pieces


def check(rights: Rights, quoted: Quote) -> None:
    """Raises OverPurchaseLimit when the cart holds more than she may buy of goods that are limited without a price of
    their own; at a price, what goes beyond costs what it costs everybody."""
    if not rights.purchases:
        return
    pieces = taken(rights, quoted)
    for right in rights.purchases:
        wanted = pieces.get(right.benefit_id, 0)
        if right.price_minor is None and wanted > right.left:
            raise OverPurchaseLimit(name=right.name.en, name_zh=right.name.zh, left=right.left, wanted=wanted)


def take(unit: Unit, programme: Programme, rights: Rights, order: Order, quoted: Quote) -> None:
    """Count what the order takes. Raises NotEntitled, and UsedUp when fewer are left."""
    pieces = taken(rights, quoted) if rights.purchases else {}
    if pieces and order.member_id is not None:
        loyalty.use_purchases(unit, programme, order.member_id, order.order_id, pieces)


def let_go(unit: Unit, order: Order) -> None:
    """All that the order still has counted comes back."""
    if order.member_id is not None:
        loyalty.give_back_purchases(unit, order.order_id)


def came_back(
    unit: Unit,
    order: Order,
    lines: Sequence[OrderLine],
    returned: Mapping[int, Decimal],
    above: Mapping[UUID, frozenset[UUID]],
    *,
    complete: bool,
) -> None:
    """Goods came back, of each line so many by now. She has used no more pieces of a benefit than she kept of its
    goods. `above`: each category with all above it."""
    used = loyalty.purchases_of(unit, order.order_id) if order.member_id is not None else {}
    if not used:
        return
    if complete:
        loyalty.give_back_purchases(unit, order.order_id)
        return
    kept = _kept(unit, lines, returned, above)
    back = {}
    for benefit_id, pieces in used.items():
        benefit = loyalty.programme(unit).benefit(benefit_id)
        if benefit is not None and isinstance(benefit.effect, LimitedPurchase):
            back[benefit_id] = max(pieces - _pieces(benefit.effect.scope, kept), 0)
    loyalty.give_back_purchases(unit, order.order_id, back)


def _kept(
    unit: Unit, lines: Sequence[OrderLine], returned: Mapping[int, Decimal], above: Mapping[UUID, frozenset[UUID]]
) -> list[Bought]:
    products = catalog.get_many(unit, {line.product_id for line in lines})
    kept = []
    for line in lines:
        if line.kind is ItemKind.GOODS:
            product = products[line.product_id]
            left = line.quantity - returned.get(line.line_no, Decimal(0))
            kept.append(Bought(line.product_id, categories_of(product, above), product.brand, left))
    return kept


def _pieces(scope: Scope, goods: Iterable[Bought]) -> int:
    """How many there are in scope; of what is weighed, a part counts as one."""
    return sum(ceil(each.quantity) for each in goods if scope.holds(each.product_id, each.categories, each.brand))
