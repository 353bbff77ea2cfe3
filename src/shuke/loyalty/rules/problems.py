"""Collecting what is wrong with a document, field by field. Pure."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from shuke.kernel.errors import FieldProblem
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text


@dataclass
class Problems:
    """What is wrong, each with the field and what to do about it."""

    found: list[FieldProblem] = field(default_factory=list)

    def need(self, holds: bool, path: str, zh: str, en: str) -> None:
        if not holds:
            self.found.append(FieldProblem(path, Text(zh, en)))

    def at_least(self, least: int, value: int | None, path: str) -> None:
        """`value` is left out, or not below `least`."""
        self.need(value is None or value >= least, path, f"不能小于 {least}。", f"Use {least} or more.")

    def between(self, least: int, most: int, value: int | None, path: str) -> None:
        self.need(
            value is None or least <= value <= most,
            path,
            f"请填写 {least} 到 {most} 之间的数。",
            f"Use a number from {least} to {most}.",
        )

    def share(self, value: int, path: str) -> None:
        """A part of a whole, in basis points."""
        self.need(
            0 <= value <= BPS,
            path,
            "比例须在 0% 到 100% 之间（0 到 10000）。",
            "Use a share of 0 to 100 percent (0 to 10000).",
        )

    def unique(self, values: Iterable[Hashable], path: str, name: str) -> None:
        """Each of `values` stands once; `path` has a place for the number of the second one."""
        seen: set[Hashable] = set()
        for number, value in enumerate(values):
            self.need(
                value not in seen,
                f"{path}.{number}.{name}",
                f"{value} 重复，请改用另一个。",
                f"{value} stands twice. Use another one.",
            )
            seen.add(value)

    def text(self, value: Text, path: str) -> None:
        for language, words in (("zh", value.zh), ("en", value.en)):
            self.need(bool(words), f"{path}.{language}", "请填写名称。", "Give a name.")
