"""Decisions at the till, without a database: what can be sold, and what change is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shuke.catalog.model import Product, ProductStatus, SoldBy
from shuke.checkout.errors import AmountTooLarge, BadLines, PriceNotYours, TenderOver, TenderShort
from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.settlement.basket import extended
from shuke.checkout.settlement.model import Choices, Item, ItemKind
from shuke.kernel.errors import FieldProblem
from shuke.kernel.money import MAX_MINOR, format_minor
from shuke.kernel.text import Text
from shuke.loyalty.model import Rights


@dataclass(frozen=True, slots=True)
class CartLine:
    """What was keyed in or scanned. `code` is a SKU or barcode; `unit_price_minor` a price stated at the till."""

    code: str
    quantity: Decimal
    unit_price_minor: int | None = None
    kind: ItemKind = ItemKind.GOODS


@dataclass(frozen=True, slots=True)
class Cart:
    """`cards`: passes of the stored-value cards that were shown, in the order of spending. `coupons`: those on paper,
    which are whoever's shows them. `identified_as`: by which other name of hers the member was recognised."""

    store_id: UUID
    member_id: UUID | None
    lines: tuple[CartLine, ...]
    choices: Choices
    channel: str = "pos"
    cards: tuple[str, ...] = ()
    coupons: tuple[UUID, ...] = ()
    identified_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is for sale to this customer: products by code, categories with all above them, and by product the prices
    that benefits grant her. `rights` say what is exclusive to others."""

    products: Mapping[str, Product]
    categories: Mapping[UUID, frozenset[UUID]]
    prices: Mapping[UUID, int]
    rights: Rights


def priced(lines: Sequence[CartLine], shelf: Shelf, *, may_price: bool) -> list[Item]:
    """The cart's lines with their prices. Raises BadLines, PriceNotYours, AmountTooLarge.

    A stated price replaces the shelf price, for whoever `may_price`; a product without a shelf price can only be
    sold at a stated one, and anybody at the till may state that.
    """
    problems: list[FieldProblem] = []
    items: list[Item] = []
    for index, line in enumerate(lines):
        product = shelf.products.get(line.code)
        wrong = _refusal(index, line, product, shelf)
        if wrong is not None:
            problems.append(wrong)
            continue
        assert product is not None
        if line.unit_price_minor is not None and product.list_price_minor is not None and not may_price:
            raise PriceNotYours(line_no=index + 1)
        items.append(_item(index + 1, line, product, shelf))
    if problems:
        raise BadLines(tuple(problems))
    if sum(extended(item.unit_price_minor, item.quantity) for item in items) >= MAX_MINOR:
        raise AmountTooLarge
    return items


def _item(line_no: int, line: CartLine, product: Product, shelf: Shelf) -> Item:
    price = product.list_price_minor if line.unit_price_minor is None else line.unit_price_minor
    assert price is not None
    return Item(
        line_no,
        product.product_id,
        product.sku,
        product.name,
        line.quantity,
        price,
        _member_price(product, shelf) if line.kind is ItemKind.GOODS else None,
        line.kind,
        categories_of(product, shelf.categories),
        product.brand,
        measured=product.sold_by is SoldBy.MEASURE,
    )


def _member_price(product: Product, shelf: Shelf) -> int | None:
    """The lowest that members, or she by a benefit, may pay."""
    prices = [
        price for price in (product.member_price_minor, shelf.prices.get(product.product_id)) if price is not None
    ]
    return min(prices, default=None)


def categories_of(product: Product, above: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    """Its category with all above it; `above` says so of each category."""
    if product.category is None:
        return frozenset()
    own = product.category.category_id
    return above.get(own, frozenset({own}))


def _refusal(index: int, line: CartLine, product: Product | None, shelf: Shelf) -> FieldProblem | None:
    number = index + 1
    if product is None:
        return _problem(
            index,
            "sku",
            f"第 {number} 行：没有商品 {line.code}，请核对条码。",
            f"Line {number}: there is no product {line.code}. Check the code.",
        )
    if product.status is not ProductStatus.ON_SHELF:
        return _problem(
            index,
            "sku",
            f"第 {number} 行：{product.name} 已下架。",
            f"Line {number}: {product.name} is off the shelf.",
        )
    if product.sold_by is SoldBy.PIECE and line.quantity != line.quantity.to_integral_value():
        return _problem(
            index,
            "quantity",
            f"第 {number} 行：{product.name} 按件销售，数量须为整数。",
            f"Line {number}: {product.name} is sold by the piece; use a whole quantity.",
        )
    if product.list_price_minor is None and line.unit_price_minor is None:
        return _problem(
            index,
            "unit_price_minor",
            f"第 {number} 行：{product.name} 没有标价，请输入单价。",
            f"Line {number}: {product.name} has no shelf price; state its unit price.",
        )
    if not shelf.rights.may_buy(product.product_id, categories_of(product, shelf.categories), product.brand):
        return _problem(
            index,
            "sku",
            f"第 {number} 行：{product.name} 仅限指定会员购买，请识别会员或移除。",
            f"Line {number}: {product.name} is for certain members only. Identify one, or take it out.",
        )
    return None


def _problem(index: int, field: str, zh: str, en: str) -> FieldProblem:
    return FieldProblem(f"lines.{index}.{field}", Text(zh, en))


def change(tenders: Sequence[Tender], due_minor: int, currency: str) -> int:
    """What is given back in cash. Raises TenderShort, and TenderOver when anything but cash exceeds what is due."""
    given = sum(tender.amount_minor for tender in tenders)
    cash = sum(tender.amount_minor for tender in tenders if tender.kind is TenderKind.CASH)
    if given < due_minor:
        raise TenderShort(
            due=format_minor(due_minor, currency),
            given=format_minor(given, currency),
            missing=format_minor(due_minor - given, currency),
        )
    if given - cash > due_minor:
        raise TenderOver(given=format_minor(given - cash, currency), due=format_minor(due_minor, currency))
    return given - due_minor


def still_due(tenders: Sequence[Tender], asked: Sequence[int | None], due_minor: int, currency: str) -> list[int]:
    """What each provider is asked for, of an order that is paid later: what was said, or (None) all that is missing.

    Raises TenderOver where more would come in than is due: what is paid later gives no change.
    """
    given = sum(tender.amount_minor for tender in tenders) + sum(amount or 0 for amount in asked)
    if given > due_minor:
        raise TenderOver(given=format_minor(given, currency), due=format_minor(due_minor, currency))
    amounts = []
    for amount in asked:
        amounts.append(due_minor - given if amount is None else amount)
        given += amounts[-1] if amount is None else 0
    return amounts


def units(items: Sequence[Item], measured: Sequence[bool]) -> int:
    """Pieces sold; what is sold by measure counts as one a line."""
    return sum(1 if by_measure else int(item.quantity) for item, by_measure in zip(items, measured, strict=True))
