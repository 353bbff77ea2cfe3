"""What a question about a tree will read, before it is asked: the facts on the days of its windows, and the members."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from shuke.audience.asking import Lake
from shuke.audience.model import Behaviour, ByMeasure, Cap, Fact, Leaf, Node, Percentile, Rfm, SinceLastOrder, Top
from shuke.audience.reading.tables import TABLES
from shuke.audience.rules.walking import behaviours, leaves
from shuke.audience.rules.windows import span
from shuke.infra.lake.engine import engine_of

DEAR = 50_000_000
"""Rows of which a question is told to be dear beforehand; on two cores they take about a second."""

_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """On which days facts lie: the days there are, and how many rows lie before each, and in all."""

    days: Sequence[date]
    before: Sequence[int]

    def rows(self, first: date | None, last: date | None) -> int:
        begin = 0 if first is None else bisect_left(self.days, first)
        end = len(self.days) if last is None else bisect_right(self.days, last)
        return max(0, self.before[end] - self.before[begin])


def estimate(lake: Lake, tree: Node, cap: Cap | None = None) -> int:
    """How many rows are read at most; conditions that leave few members spare some."""
    spread, everybody = _spread(lake.native)
    whats = [what for leaf in leaves(tree) for what in _read(leaf)]
    if isinstance(cap, Top) and isinstance(cap.by, ByMeasure):
        whats.append(cap.by.what)
    rows = everybody
    for what in whats:
        days = span(what.window, lake.today)
        rows += spread[what.fact].rows(days.first, days.last)
        if isinstance(what.window, SinceLastOrder):
            rows += spread[Fact.ORDER].rows(None, None)
    return rows


def _read(leaf: Leaf) -> Sequence[Behaviour]:
    if not isinstance(leaf, Percentile):
        return behaviours(leaf)
    facts = (Fact.ORDER, Fact.REFUND) if leaf.by is Rfm.MONETARY else (Fact.ORDER,)
    return [Behaviour(fact, (), leaf.window) for fact in facts]


@lru_cache(maxsize=32)
def _spread(native: Path) -> tuple[Mapping[Fact, Spread], int]:
    """Of each kind of fact, and how many members there are."""
    engine = engine_of(native)
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in engine.rows("FROM days ORDER BY day", _SECONDS).to_pylist():
        found[row["facts"]].append((row["day"], row["rows"]))
    spread = {}
    for fact, table in TABLES.items():
        days = found[table.get_name()]
        spread[fact] = Spread([day for day, _ in days], [0, *accumulate(rows for _, rows in days)])
    everybody = engine.rows("SELECT count(*) AS n FROM members", _SECONDS).column("n")[0].as_py()
    return spread, everybody
