"""How a bench says what it found."""

from collections.abc import Sequence
from statistics import median

from rich.console import Console

console = Console(highlight=False)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def verdict(name: str, unit: str, ours: Sequence[float], yardstick: Sequence[float]) -> None:
    """Print the closing line from the figures of the rounds (more is better)."""
    mine, theirs = median(ours), median(yardstick)
    print(f"{name} ratio={mine / theirs:.4f} unit={unit} ours={mine:.1f} yardstick={theirs:.1f}")
