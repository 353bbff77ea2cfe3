"""Offers as documents: what JSON can hold, made from the model's own declarations. Pure.

A document names what differs from the defaults and nothing else, so a field that is added later reads as its default
in every document written before. An effect says its `kind`. `plain` leaves ids and moments as they are, as the API
wants them (it shows ids its own way); `written` makes text of them for the database; `build` reads either.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from shuke.offers.model import (
    Bundle,
    BuyGet,
    Effect,
    FreeDelivery,
    Gift,
    ItemAmount,
    ItemPercent,
    NForM,
    NthItem,
    OrderPercent,
    Threshold,
    UnitPrice,
)

T = TypeVar("T")
Read = Callable[[Any], Any]

EFFECTS: Mapping[str, type] = MappingProxyType(
    {
        "unit_price": UnitPrice,
        "item_percent": ItemPercent,
        "item_amount": ItemAmount,
        "n_for_m": NForM,
        "nth_item": NthItem,
        "buy_get": BuyGet,
        "bundle": Bundle,
        "threshold": Threshold,
        "order_percent": OrderPercent,
        "gift": Gift,
        "free_delivery": FreeDelivery,
    }
)
"""What an effect's document calls itself."""

KIND_OF: Mapping[type, str] = {effect: kind for kind, effect in EFFECTS.items()}


def plain(value: object) -> Any:
    """`value` as mappings and lists; ids, moments and days stay what they are."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = KIND_OF.get(type(value))
        named = {"kind": kind} if kind else {}
        return named | {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    match value:
        case frozenset():
            return sorted((plain(item) for item in value), key=str)
        case tuple():
            return [plain(item) for item in value]
        case StrEnum():
            return str(value)
    return value


def written(value: object) -> Any:
    """`value` as JSON can hold it."""
    return _texts(plain(value))


def _texts(value: Any) -> Any:
    match value:
        case dict():
            return {name: _texts(item) for name, item in value.items()}
        case list():
            return [_texts(item) for item in value]
        case UUID():
            return value.hex
        case datetime() | date():
            return value.isoformat()
    return value


def build(kind: type[T], document: Mapping[str, Any]) -> T:
    """The value of a dataclass that `plain` or `written` made `document` from."""
    read: Any = _reader
    value: T = read(kind)(document)
    return value


@cache
def _reader(hint: Any) -> Read:
    """How a value of the type `hint` is read."""
    if hint == Effect:
        return lambda document: _reader(EFFECTS[document["kind"]])(document)
    if isinstance(hint, UnionType):
        return _reader_of_union(hint)
    origin = get_origin(hint)
    if origin is frozenset:
        item = _reader(get_args(hint)[0])
        return lambda items: frozenset(item(one) for one in items)
    if origin is tuple:
        return _reader_of_tuple(get_args(hint))
    if is_dataclass(hint):
        return _reader_of_dataclass(hint)
    if hint is UUID:
        return lambda value: value if isinstance(value, UUID) else UUID(value)
    if hint is datetime:
        return lambda value: value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda value: value


def _reader_of_union(hint: Any) -> Read:
    """Of an optional type: what is not None."""
    members = set(get_args(hint))
    inner = Effect if set(get_args(Effect)) < members else next(iter(members - {NoneType}))
    read = _reader(inner)
    return lambda value: None if value is None else read(value)


def _reader_of_tuple(items: tuple[Any, ...]) -> Read:
    if len(items) == 2 and items[1] is Ellipsis:
        every = _reader(items[0])
        return lambda values: tuple(every(value) for value in values)
    each = [_reader(item) for item in items]
    return lambda values: tuple(read(value) for read, value in zip(each, values, strict=True))


def _reader_of_dataclass(hint: Any) -> Read:
    hints = get_type_hints(hint)
    readers = {field.name: _reader(hints[field.name]) for field in fields(hint)}
    return lambda document: hint(**{name: readers[name](item) for name, item in document.items() if name in readers})
