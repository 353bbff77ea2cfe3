"""Ids in a tree, from the way the API spells them to the way they lie in the lake."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from shuke.audience.model import (
    IDS,
    All,
    AnyOf,
    Attribute,
    Behaviour,
    ByMeasure,
    ByRegistered,
    Cap,
    Consented,
    Dated,
    Did,
    In,
    Is,
    IsNot,
    Joined,
    Measure,
    Node,
    Not,
    Percentile,
    Registered,
    RegisteredAs,
    Sequence,
    Tagged,
    Test,
    Top,
    Trait,
)
from shuke.kernel.ids import Prefix, parse


def in_the_lake(node: Node, registered: Mapping[str, RegisteredAs]) -> Node:
    """`node` with ids as in the lake, but for those of lists, which do not lie there, and registered attributes by
    their columns. It is known to have an answer (checking.problems)."""
    match node:
        case All(of) | AnyOf(of):
            return replace(node, of=tuple(in_the_lake(child, registered) for child in of))
        case Not(of):
            return Not(in_the_lake(of, registered))
        case Attribute(name, test):
            return Attribute(name, _test(name, test))
        case Registered(name, test):
            return Registered(registered[name].column, test)
        case Dated(name=str(name)):
            return replace(node, name=registered[name].column)
        case Trait(name, test):
            return Trait(name, _test(name, test))
        case Did(what):
            return replace(node, what=_behaviour(what))
        case Measure(what):
            return replace(node, what=_behaviour(what))
        case Sequence(steps):
            return replace(node, steps=tuple(_behaviour(what) for what in steps))
        case Dated() | Joined() | In() | Tagged() | Consented() | Percentile():
            return node


def cap_in_the_lake(cap: Cap, registered: Mapping[str, RegisteredAs]) -> Cap:
    match cap:
        case Top(_, ByRegistered(name)):
            return replace(cap, by=ByRegistered(registered[name].column))
        case Top(_, ByMeasure(what) as by):
            return replace(cap, by=replace(by, what=_behaviour(what)))
        case _:
            return cap


def well_formed(name: str, value: str | int) -> bool:
    """Whether a value of the property `name` is an id where it has to be one."""
    prefix = IDS.get(name)
    return prefix is None or (isinstance(value, str) and _parsed(prefix, value) is not None)


def _behaviour(what: Behaviour) -> Behaviour:
    return replace(what, where=tuple(replace(each, test=_test(each.property, each.test)) for each in what.where))


def _test(name: str, test: Test) -> Test:
    prefix = IDS.get(name)
    if prefix is None or not isinstance(test, Is | IsNot):
        return test
    return replace(test, values=tuple(str(parse(prefix, str(value))) for value in test.values))


def _parsed(prefix: Prefix, value: str) -> UUID | None:
    try:
        return parse(prefix, value)
    except ValueError:
        return None
