"""Segments that are asked of other segments: a cycle has no answer, and those below are looked at first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")


def cycle(start: Key, uses: Mapping[Key, Iterable[Key]]) -> Sequence[Key] | None:
    """A way from `start` back to it; None if there is none."""
    ways: list[tuple[Key, ...]] = [(start,)]
    seen: set[Key] = set()
    while ways:
        way = ways.pop()
        for used in uses.get(way[-1], ()):
            if used == start:
                return (*way, start)
            if used not in seen:
                seen.add(used)
                ways.append((*way, used))
    return None


def inner_first(keys: Iterable[Key], uses: Mapping[Key, Iterable[Key]]) -> list[Key]:
    """`keys` in an order in which each comes after all that it uses, however far below."""
    wanted, done, order = list(keys), set[Key](), list[Key]()

    def visit(key: Key) -> None:
        if key in done:
            return
        done.add(key)
        for used in uses.get(key, ()):
            visit(used)
        order.append(key)

    for key in wanted:
        visit(key)
    return [key for key in order if key in set(wanted)]
