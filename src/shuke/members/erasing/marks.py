"""By what texts are known to be about somebody. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from shuke.members.rules import display_phone

_JOINTS = re.compile(r"[\s\-().+]")
_SHORT = 6
"""Shorter ones are hers where nothing else is said, or as an id: `42` is in many a text, and in many a number."""


@dataclass(frozen=True)
class Marks:
    """`values` in clear, `indexes` blind. Values that say who somebody is: a name does not, others have it too."""

    values: frozenset[str]
    indexes: frozenset[bytes]
    _long: tuple[str, ...] = field(init=False, repr=False)
    _short: re.Pattern[str] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        written = {_compact(value) for value in self.values} | {_compact(display_phone(value)) for value in self.values}
        words = sorted(re.escape(each) for each in written if 0 < len(each) < _SHORT)
        object.__setattr__(self, "_long", tuple(sorted(each for each in written if len(each) >= _SHORT)))
        alone = "|".join(words)
        short = re.compile(rf'"(?:{alone})"|id":(?:{alone})(?!\w)') if words else None
        object.__setattr__(self, "_short", short)

    def in_(self, text: str) -> bool:
        """Whether `text`, which is JSON, names her, however her number is grouped."""
        compact = _compact(text)
        if any(value in compact for value in self._long):
            return True
        return self._short is not None and self._short.search(compact) is not None

    @property
    def hexes(self) -> list[str]:
        return sorted(index.hex() for index in self.indexes)


def marks(values: Iterable[str | None], indexes: Iterable[bytes]) -> Marks:
    return Marks(frozenset(value for value in values if value), frozenset(indexes))


def _compact(text: str) -> str:
    return _JOINTS.sub("", text).casefold()
