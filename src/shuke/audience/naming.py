"""A tree in the merchant's own words: stores, categories, products, tags and segments by their names, amounts in its
currency."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from uuid import UUID

from shuke.audience.model import (
    IDS,
    PROPERTY,
    Attribute,
    ByMeasure,
    Cap,
    Did,
    In,
    Is,
    IsNot,
    Leaf,
    Node,
    Present,
    Tagged,
    Test,
    Top,
    Trait,
)
from shuke.audience.reading.cap_words import capped
from shuke.audience.reading.words import REGISTERED, Named, described
from shuke.audience.rules.walking import behaviours, leaves
from shuke.audience.segments import store as segments
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, parse
from shuke.kernel.money import format_minor
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.model import AttributeType, Definition
from shuke.tenancy import service as tenancy

_YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}
_UPLOADED = Text("按导入的名单", "as imported from files")


def described_for(unit: Unit, tree: Node | None, cap: Cap | None = None) -> Text:
    """None: files say who is in it."""
    if tree is None:
        return _UPLOADED
    name = namer(unit, tree, cap)
    said = described(tree, name)
    if cap is None:
        return said
    few = capped(cap, name)
    return Text(f"{said.zh}；{few.zh}", f"{said.en}; {few.en}")


def namer(unit: Unit, tree: Node, cap: Cap | None = None) -> Named:
    """How values in `tree` and in its parts are called, and in `cap`."""
    currency = tenancy.merchant(unit).currency
    decided = members.attribute_definitions(unit)
    names = _names(unit, [*leaves(tree), *_ranking(cap)])

    def name(property: str, value: str | int) -> Text:
        if property == REGISTERED:
            return decided[str(value)].label if value in decided else _same(str(value))
        if property.startswith(f"{REGISTERED}."):
            return registered_value(decided.get(property.removeprefix(f"{REGISTERED}.")), value)
        if property.startswith(PROPERTY):
            return _same(f"{Decimal(value) / 1000:,}" if isinstance(value, int) else value)
        if property in IDS:
            return names.get((IDS[property], str(value)), Text(str(value), str(value)))
        if property.endswith("_minor") and isinstance(value, int):
            return _same(format_minor(value, currency))
        return _same(f"{value:,}" if isinstance(value, int) and property != "birth_year" else str(value))

    return name


def registered_value(decided: Definition | None, value: str | int) -> Text:
    """A value of a registered attribute as people call it."""
    kind = decided.type if decided else None
    if kind is AttributeType.YES_NO:
        return _YES_NO.get(str(value), _same(str(value)))
    if kind is AttributeType.DATE:
        day = f"{value:>08}"
        return _same(f"{day[:-4]}-{day[-4:-2]}-{day[-2:]}")
    labels = {choice.value: choice.label for choice in decided.choices} if decided else {}
    return labels.get(str(value)) or _same(f"{value:,}" if isinstance(value, int) else value)


def _names(unit: Unit, conditions: Iterable[Leaf]) -> dict[tuple[Prefix, str], Text]:
    """Names of everything that is named by id."""
    ids = {named: parse(*named) for leaf in conditions for named in _named(leaf)}

    def of(prefix: Prefix) -> set[UUID]:
        return {found for (kind, _), found in ids.items() if kind is prefix}

    known: dict[UUID, Text] = {}
    known |= {key: _same(store.name) for key, store in tenancy.store_refs(unit, of(Prefix.STORE)).items()}
    if of(Prefix.CATEGORY):
        known |= {category.category_id: _same(category.name) for category in catalog.categories(unit)}
    known |= {key: _same(product.name) for key, product in catalog.get_many(unit, of(Prefix.PRODUCT)).items()}
    known |= {key: _same(segment.name) for key, segment in segments.refs(unit, of(Prefix.SEGMENT)).items()}
    known |= members.tag_names(unit, of(Prefix.TAG))
    return {key: known[found] for key, found in ids.items() if found in known}


def _ranking(cap: Cap | None) -> list[Leaf]:
    match cap:
        case Top(_, ByMeasure(what)):
            return [Did(what, Present())]
        case _:
            return []


def _named(leaf: Leaf) -> Iterator[tuple[Prefix, str]]:
    """What a condition names by id."""
    match leaf:
        case In(id):
            yield Prefix.SEGMENT, id
        case Tagged(id):
            yield Prefix.TAG, id
        case Attribute(name, test) | Trait(name, test):
            yield from _values(name, test)
        case _:
            for what in behaviours(leaf):
                for each in what.where:
                    yield from _values(each.property, each.test)


def _values(name: str, test: Test) -> Iterator[tuple[Prefix, str]]:
    if name in IDS and isinstance(test, Is | IsNot):
        yield from ((IDS[name], str(value)) for value in test.values)


def _same(said: str) -> Text:
    return Text(said, said)
