"""Whose lots and takings are when one wallet becomes two again. Pure.

A lot is whose it was granted to, and what was taken from it goes with it, whoever took it: so what comes back later
comes back to its owner. Only a taking out of lots of both ties them together. What hangs together like that cannot be
told apart: it stays with the survivor, and what remains in the other's lots is moved on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shuke.ledger.model import Asset, Lot


@dataclass(frozen=True, slots=True)
class Owned:
    """A lot of the wallet. `hers`: granted to her who was absorbed, or to her name since."""

    lot: Lot
    asset: Asset
    hers: bool


@dataclass(frozen=True, slots=True)
class Use:
    """`amount` that a posting took from a lot (negative: gave back). `by_her`: in her name; None: by nobody, or
    before the two were one."""

    posting_id: UUID
    lot_id: UUID
    amount: int
    by_her: bool | None


@dataclass(frozen=True, slots=True)
class Parted:
    """`lots` go back with `postings`; of `left`, her other lots, what remains is to be moved on."""

    lots: tuple[UUID, ...]
    postings: tuple[UUID, ...]
    left: tuple[Owned, ...]


def part(lots: Mapping[UUID, Owned], uses: Sequence[Use]) -> Parted:
    """What goes back to her of a wallet with these lots and takings."""
    whole: set[UUID] = set()
    left: list[Owned] = []
    for together in _together(lots, uses):
        hers = [lot_id for lot_id in together if lots[lot_id].hers]
        if len(hers) == len(together):
            whole.update(together)
        else:
            left += [lots[lot_id] for lot_id in hers]
    postings = whole | {use.posting_id for use in uses if use.lot_id in whole}
    return Parted(tuple(sorted(whole)), tuple(sorted(postings)), tuple(left))


def spent(lots: Mapping[UUID, Owned], uses: Sequence[Use], asset: Asset, *, hers: bool) -> int:
    """What the other of the two took from her lots (or, `hers` False, she from the other's) while they were one."""
    return sum(
        use.amount
        for use in uses
        if use.by_her is (not hers) and lots[use.lot_id].hers is hers and lots[use.lot_id].asset is asset
    )


def _together(lots: Mapping[UUID, Owned], uses: Sequence[Use]) -> list[list[UUID]]:
    """Lots that takings tie together, each group in order."""
    parent = {lot_id: lot_id for lot_id in lots}

    def root(lot_id: UUID) -> UUID:
        while parent[lot_id] != lot_id:
            parent[lot_id] = lot_id = parent[parent[lot_id]]
        return lot_id

    first: dict[UUID, UUID] = {}
    for use in uses:
        parent[root(use.lot_id)] = root(first.setdefault(use.posting_id, use.lot_id))
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for lot_id in sorted(lots):
        groups[root(lot_id)].append(lot_id)
    return list(groups.values())
