"""Gathering what is wrong, field by field, each with its remedy."""

from dataclasses import dataclass, field

from shuke.kernel.errors import FieldProblem
from shuke.kernel.money import MAX_MINOR
from shuke.kernel.rounding import BPS
from shuke.kernel.text import Text

Whole = int | None


@dataclass
class Problems:
    """What was found so far; `at` puts a prefix before the paths of what is found in a part."""

    found: list[FieldProblem] = field(default_factory=list)
    prefix: str = ""

    def at(self, part: str) -> "Problems":
        return Problems(self.found, f"{self.prefix}{part}.")

    def need(self, holds: bool, path: str, zh: str, en: str) -> bool:
        """Note a problem at `path` unless what is needed holds; returns whether it does."""
        if not holds:
            self.found.append(FieldProblem(f"{self.prefix}{path}", Text(zh, en)))
        return holds

    def rate(self, value: int, path: str) -> None:
        """Basis points of something: more than nothing, no more than all."""
        self.need(0 < value <= BPS, path, "请填写大于 0、不超过 100% 的比例。", "Give more than 0 and at most 100 %.")

    def count(self, value: Whole, path: str, *, least: int = 1) -> None:
        """None stands for no limit."""
        self.need(
            value is None or least <= value < MAX_MINOR,
            path,
            f"请填写不小于 {least} 的整数，或留空。",
            f"Give a whole number of {least} or more, or leave it empty.",
        )

    def number(self, value: int, path: str, *, least: int = 0) -> None:
        self.need(
            least <= value < MAX_MINOR,
            path,
            f"请填写不小于 {least} 的整数。",
            f"Give a whole number of {least} or more.",
        )

    def between(self, value: int, path: str, least: int, most: int) -> None:
        self.need(least <= value <= most, path, f"请填写 {least} 到 {most} 之间的整数。", f"Give {least} to {most}.")
