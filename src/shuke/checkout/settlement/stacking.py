"""How offers get along: which come first, how many of a group, and which groups never meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shuke.offers.model import TIER_GROUP, StackingGroup


class Stacking:
    """A merchant's stacking groups. A group nobody declared stacks with everything."""

    def __init__(self, groups: Iterable[StackingGroup] = ()) -> None:
        declared = {group.code: group for group in groups}
        self.declared: Mapping[str, StackingGroup] = declared
        self._levels: dict[str, int] = {}
        for code in declared:
            self._level(code, frozenset())
        self._excludes: dict[str, set[str]] = {}
        for group in declared.values():
            for other in group.excludes - {group.code}:
                self._excludes.setdefault(group.code, set()).add(other)
                self._excludes.setdefault(other, set()).add(group.code)

    def level(self, code: str) -> int:
        """How many groups come before it."""
        return self._levels.get(code, 0)

    def at_most(self, code: str) -> int | None:
        group = self.declared.get(code)
        limit = group.at_most if group is not None else None
        if code == TIER_GROUP:  # never more than one rate
            return 1 if limit is None else min(1, limit)
        return limit

    def excluded_by(self, code: str) -> Iterable[str]:
        return self._excludes.get(code, ())

    def among(self, codes: Sequence[str]) -> "Groups":
        """The rules between the groups that take part in one settlement, by their place in `codes`."""
        numbers = {code: number for number, code in enumerate(codes)}
        return Groups(
            tuple(codes),
            tuple(self.at_most(code) for code in codes),
            tuple(sum(1 << numbers[other] for other in self.excluded_by(code) if other in numbers) for code in codes),
        )

    def _level(self, code: str, above: frozenset[str]) -> int:
        """How many groups must come before. Programmes with cycles cannot be published; one that is cyclic all the same
        is read as if the link that closes the cycle were not there."""
        known = self._levels.get(code)
        if known is not None:
            return known
        group = self.declared.get(code)
        before = (group.after - above - {code}) if group is not None else frozenset()
        level = max((self._level(other, above | {code}) + 1 for other in sorted(before)), default=0)
        self._levels[code] = level
        return level


@dataclass(frozen=True, slots=True)
class Groups:
    """`at_most[g]` rights of group g may be used, and while one is, none of the groups in the mask `excludes[g]`."""

    codes: tuple[str, ...]
    at_most: tuple[int | None, ...]
    excludes: tuple[int, ...]
