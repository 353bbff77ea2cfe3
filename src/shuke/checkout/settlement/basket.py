"""The cart while it is being settled: what is still due on each line and each piece, and what a rule takes off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from shuke.checkout.settlement.model import Item, ItemKind, Stage
from shuke.kernel.rounding import divide
from shuke.offers.model import Scope

Run = tuple[int, int, int]
"""`(price, pieces, marks)`: so many pieces of one line at one price. Each bit of the marks is a stacking group that has
used the pieces. A plain tuple, because a quote makes thousands; work is done by runs, never piece by piece."""

Off = tuple[int, int]
"""`(line, amount)`: so much off the line with that index."""


class Goods:
    """What does not change while a cart is settled: its lines in canonical order, and which lines a scope holds.

    Sets of lines are bit masks: bit i is the line with index i. Lines `by_measure` are sold by weight or length: such a
    line counts as one piece, and its price is that of all of it.
    """

    __slots__ = (
        "_lines",
        "_of_brand",
        "_of_category",
        "_of_product",
        "by_measure",
        "delivery",
        "goods",
        "items",
        "pieces",
    )

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = canonical(items)
        self.pieces = [_pieces(item) for item in self.items]
        self._of_product: dict[int, int] = {}
        self._of_category: dict[int, int] = {}
        self._of_brand: dict[str, int] = {}
        self._lines: dict[int, tuple[int, ...]] = {}
        self.goods = self.delivery = self.by_measure = 0
        products, categories, brands = self._of_product, self._of_category, self._of_brand
        for index, item in enumerate(self.items):
            bit = 1 << index
            if item.kind is ItemKind.DELIVERY:
                self.delivery |= bit
                continue
            self.goods |= bit
            if self.pieces[index] < 0:
                self.by_measure |= bit
            product = item.product_id.int
            products[product] = products.get(product, 0) | bit
            if item.brand is not None:
                brands[item.brand] = brands.get(item.brand, 0) | bit
            for category in item.category_ids:
                categories[category.int] = categories.get(category.int, 0) | bit

    def concerned(self) -> Iterator[tuple[int | str, int]]:
        """Every product, category and brand in the cart with its lines, for the index of offers."""
        yield from self._of_product.items()
        yield from self._of_category.items()
        yield from self._of_brand.items()

    def of_product(self, product_id: UUID) -> int:
        """The lines of a product."""
        return self._of_product.get(product_id.int, 0)

    def in_scope(self, scope: Scope) -> int:
        """The lines that a scope holds."""
        mask = self.goods
        if not scope.everything:
            mask = _any(self._of_product, scope.products) | _any(self._of_category, scope.categories)
            for brand in scope.brands:
                mask |= self._of_brand.get(brand, 0)
        if scope.without_products or scope.without_categories or scope.without_brands:
            mask &= ~_any(self._of_product, scope.without_products)
            mask &= ~_any(self._of_category, scope.without_categories)
            for brand in scope.without_brands:
                mask &= ~self._of_brand.get(brand, 0)
        return mask

    def lines(self, mask: int) -> tuple[int, ...]:
        """The indexes of the lines in a mask, ascending."""
        found = self._lines.get(mask)
        if found is None:
            left, indexes = mask, []
            while left:
                lowest = left & -left
                indexes.append(lowest.bit_length() - 1)
                left ^= lowest
            found = self._lines[mask] = tuple(indexes)
        return found

    def count(self, lines: Iterable[int]) -> int:
        """Pieces on the lines; a measured line is one."""
        return sum(abs(self.pieces[line]) for line in lines)

    def at_price(self, unit_price_minor: int, line: int) -> int:
        """What a piece of the line (or all of a measured one) costs at a price per piece or unit of measure."""
        return unit_price_minor if self.pieces[line] >= 0 else extended(unit_price_minor, self.items[line].quantity)


class Basket:
    """What is still due after the rules so far.

    `due` by line; `runs` the pieces of each line, worth `basis` in all when they were last looked at. What is taken off
    the order as a whole lowers `due` but not the runs: a piece then costs its share, `price * due // basis`.
    """

    __slots__ = ("basis", "due", "goods", "runs")

    def __init__(self, goods: Goods, due: list[int], runs: list[tuple[Run, ...]], basis: list[int]) -> None:
        self.goods = goods
        self.due = due
        self.runs = runs
        self.basis = basis

    @classmethod
    def shelf(cls, goods: Goods) -> "Basket":
        """All at shelf prices."""
        due: list[int] = []
        runs: list[tuple[Run, ...]] = []
        for item, pieces in zip(goods.items, goods.pieces, strict=True):
            if pieces >= 0:
                due.append(item.unit_price_minor * pieces)
                runs.append(((item.unit_price_minor, pieces, 0),))
            else:
                amount = extended(item.unit_price_minor, item.quantity)
                due.append(amount)
                runs.append(((amount, 1, 0),))
        return cls(goods, due, runs, due.copy())

    @property
    def total(self) -> int:
        return sum(self.due)

    def begun(self, _stage: Stage) -> list[int]:
        """What is due as a stage begins that begins now."""
        return self.due

    def after(self, *cuts: "Cut") -> "Basket":
        """The basket once these are taken off, one after another."""
        due, runs, basis = self.due.copy(), self.runs, self.basis
        for cut in cuts:
            for line, off in cut.off:
                due[line] -= off
            if cut.runs:
                if runs is self.runs:
                    runs, basis = runs.copy(), basis.copy()
                for line, left in cut.runs.items():
                    runs[line] = left
                    basis[line] = sum([price * pieces for price, pieces, _ in left])
        return Basket(self.goods, due, runs, basis)


class Cut(NamedTuple):
    """What one rule takes off: by line, and in all. `runs` are the pieces it touched as it leaves them, by line, and
    `pieces` is how many it used."""

    off: Sequence[Off]
    total: int
    runs: Mapping[int, tuple[Run, ...]] | None = None
    pieces: int = 0


def canonical(items: Sequence[Item]) -> list[Item]:
    """The lines in an order that does not depend on how they were typed in.

    Cents that do not divide go to lines by this order, so a cart keyed in backwards settles the same.
    Lines that are equal here are equal in all that matters.
    """
    return sorted(items, key=_canonical)


def _canonical(item: Item) -> tuple[object, ...]:
    member = -1 if item.member_price_minor is None else item.member_price_minor
    return (item.sku, item.product_id, item.kind, item.unit_price_minor, item.quantity, member, item.tax_bps)


def extended(unit_price_minor: int, quantity: Decimal) -> int:
    """Price × quantity, rounded half up where goods are measured."""
    numerator, denominator = quantity.as_integer_ratio()
    return divide(unit_price_minor * numerator, denominator)


def _pieces(item: Item) -> int:
    """How many pieces a line is; -1: it is measured."""
    whole, parts = item.quantity.as_integer_ratio()
    return -1 if item.measured or parts != 1 else whole


def _any(lines: Mapping[int, int], wanted: frozenset[UUID]) -> int:
    """The lines of any of the wanted ids, which are looked up as numbers because UUIDs are slow to hash; goes through
    whichever are fewer."""
    mask = 0
    if len(wanted) <= len(lines):
        for key in wanted:
            mask |= lines.get(key.int, 0)
    else:
        for number, bits in lines.items():
            if UUID(int=number) in wanted:
                mask |= bits
    return mask
