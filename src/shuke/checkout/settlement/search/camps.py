"""Groups that exclude each other divide the search: within a camp, no two groups do."""

from collections.abc import Iterable, Sequence

from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.stacking import Groups

_MOST = 16
"""Camps that are told apart; where programmes have more, what is left of the conflicts is settled right by right."""


def camps(rights: Iterable[Right], groups: Groups) -> list[int]:
    """Masks of the groups that stay out, one for each largest choice of groups that go together."""
    present = 0
    for right in rights:
        present |= 1 << right.group
    found: list[int] = []
    _divide(present, 0, groups.excludes, found)
    return found


def _divide(present: int, out: int, excludes: Sequence[int], found: list[int]) -> None:
    torn = next((group for group, others in enumerate(excludes) if present >> group & 1 and others & present), None)
    if torn is None or len(found) >= _MOST - 1:
        if not any(out & other == other for other in found):
            found.append(out)
        return
    against = excludes[torn] & present
    _divide(present & ~against, out | against, excludes, found)
    _divide(present & ~(1 << torn), out | 1 << torn, excludes, found)
