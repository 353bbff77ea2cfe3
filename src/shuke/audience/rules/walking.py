"""Walks over a tree: its conditions, the behaviours in them, the lists that they name."""

from collections.abc import Iterator

from shuke.audience.model import (
    All,
    AnyOf,
    Behaviour,
    ByRegistered,
    Cap,
    Dated,
    Did,
    Leaf,
    Listed,
    Measure,
    Node,
    Not,
    Percentile,
    Registered,
    Sequence,
    Top,
    Trait,
)


def leaves(node: Node) -> Iterator[Leaf]:
    """The conditions of a tree, from left to right."""
    match node:
        case All(of) | AnyOf(of):
            for child in of:
                yield from leaves(child)
        case Not(of):
            yield from leaves(of)
        case _:
            yield node


def behaviours(leaf: Leaf) -> tuple[Behaviour, ...]:
    match leaf:
        case Did(what) | Measure(what):
            return (what,)
        case Sequence(steps):
            return steps
        case _:
            return ()


def lists(tree: Node) -> set[Listed]:
    """Segments and tags that a tree names."""
    return {leaf for leaf in leaves(tree) if isinstance(leaf, Listed)}


def traits(tree: Node) -> list[str]:
    """The traits that a tree asks for, by name."""
    return sorted({leaf.name for leaf in leaves(tree) if isinstance(leaf, Trait)})


def registered(tree: Node) -> set[str]:
    """The registered attributes that a tree asks for, by name."""
    return {leaf.name for leaf in leaves(tree) if isinstance(leaf, Registered | Dated) and leaf.name is not None}


def ranking(cap: Cap | None) -> set[str]:
    """The registered attributes that a cap asks for, by name."""
    return {cap.by.name} if isinstance(cap, Top) and isinstance(cap.by, ByRegistered) else set()


def percentiles(tree: Node) -> set[Percentile]:
    return {leaf for leaf in leaves(tree) if isinstance(leaf, Percentile)}


def below(node: Node) -> tuple[Node, ...]:
    """The nodes right below one."""
    match node:
        case All(of) | AnyOf(of):
            return of
        case Not(of):
            return (of,)
        case _:
            return ()
