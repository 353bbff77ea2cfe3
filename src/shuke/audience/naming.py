"""A tree in the merchant's own words: stores, categories and products by their names, amounts in its currency."""

from collections.abc import Iterator
from uuid import UUID

from shuke.audience.model import IDS, Attribute, Did, Is, IsNot, Measure, Node, Test
from shuke.audience.reading.words import described
from shuke.audience.rules.checking import leaves
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, parse
from shuke.kernel.money import format_minor
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy


def described_for(unit: Unit, tree: Node) -> Text:
    currency = tenancy.merchant(unit).currency
    names = _names(unit, tree)

    def name(property: str, value: str | int) -> Text:
        if property in IDS:
            said = names.get((IDS[property], str(value)), str(value))
        elif property.endswith("_minor") and isinstance(value, int):
            said = format_minor(value, currency)
        else:
            said = f"{value:,}" if isinstance(value, int) and property != "birth_year" else str(value)
        return Text(said, said)

    return described(tree, name)


def _names(unit: Unit, tree: Node) -> dict[tuple[Prefix, str], str]:
    """Names of everything that the tree names by id."""
    asked = {(IDS[name], value) for name, test in _tests(tree) if name in IDS for value in _values(test)}
    ids = {(prefix, value): parse(prefix, value) for prefix, value in asked}

    def of(prefix: Prefix) -> set[UUID]:
        return {found for (kind, _), found in ids.items() if kind is prefix}

    known: dict[UUID, str] = {}
    known |= {key: store.name for key, store in tenancy.store_refs(unit, of(Prefix.STORE)).items()}
    if of(Prefix.CATEGORY):
        known |= {category.category_id: category.name for category in catalog.categories(unit)}
    known |= {key: product.name for key, product in catalog.get_many(unit, of(Prefix.PRODUCT)).items()}
    return {key: known[found] for key, found in ids.items() if found in known}


def _tests(tree: Node) -> Iterator[tuple[str, Test]]:
    for leaf in leaves(tree):
        match leaf:
            case Attribute(name, test):
                yield name, test
            case Did(what) | Measure(what):
                yield from ((each.property, each.test) for each in what.where)


def _values(test: Test) -> list[str]:
    return [str(value) for value in test.values] if isinstance(test, Is | IsNot) else []
