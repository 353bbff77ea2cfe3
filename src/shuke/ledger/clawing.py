"""Taking back what was given."""

from collections.abc import Sequence
from uuid import UUID

from shuke.infra.database import Unit
from shuke.ledger import rules, undoing
from shuke.ledger.draft import Draft
from shuke.ledger.errors import MoreThanGiven
from shuke.ledger.holding import EVERYTHING, Held, Want, hold
from shuke.ledger.model import (
    LOT_ASSETS,
    Account,
    Asset,
    ClawBack,
    Clawed,
    Entry,
    Kind,
    Move,
    Shortfall,
    Take,
)
from shuke.ledger.undoing import Given

_Moves = list[tuple[Move, Sequence[Take]]]


def claw_back(unit: Unit, *claws: ClawBack) -> list[Clawed]:
    """Take back part or all of what earlier transactions gave; what each claw came to.

    First from the very lots that were granted, whether or not they can be spent; what of them expired unspent counts
    as taken back. Then elsewhere in spend order, last from what is pending. What is not there is owed (points only), or
    reported as short, as the claw says. Claws of one kind and reference are one transaction and undo one.
    Raises MoreThanGiven and AlreadyPosted.
    """
    lots = [Want(claw.rest, claw.asset, EVERYTHING, claw.at) for claw in claws if claw.asset in LOT_ASSETS]
    book = hold(unit, {wallet_id for claw in claws for wallet_id in (claw.wallet_id, claw.rest)}, lots)
    draft = Draft(book)
    results: list[Clawed] = []
    for group in _together(claws):
        first = group[0]
        given_by, given = undoing.given(unit, first.of_kind, first.of_reference)
        moves: _Moves = []
        for claw in group:
            of = {wallet_id: given.get((wallet_id, claw.asset), Given()) for wallet_id in (claw.wallet_id, claw.rest)}
            left = sum(each.left for each in of.values())
            if claw.amount > left:
                raise MoreThanGiven(wanted=claw.amount, available=left)
            results.append(_claw(claw, of[claw.wallet_id], book.get(claw.rest), moves))
        if moves:
            entry = Entry(
                first.kind, first.reference_id, first.at, tuple(move for move, _ in moves), member_id=first.member_id
            )
            draft.add(entry, [takes for _, takes in moves], given_by)
    draft.write(unit)
    return results


def _together(claws: tuple[ClawBack, ...]) -> list[list[ClawBack]]:
    groups: dict[tuple[Kind, UUID], list[ClawBack]] = {}
    for claw in claws:
        groups.setdefault((claw.kind, claw.reference_id), []).append(claw)
    for group in groups.values():
        if len({(claw.of_kind, claw.of_reference, claw.at, claw.member_id) for claw in group}) > 1:
            raise ValueError("what one reference takes back was given by one transaction, at one moment")
    if len({(claw.wallet_id, claw.asset) for claw in claws}) < len(claws):
        raise ValueError("one call takes an asset of a wallet back once; add the amounts up first")
    return list(groups.values())


def _claw(claw: ClawBack, of: Given, held: Held | None, moves: _Moves) -> Clawed:
    """The moves of one claw, put behind `moves`. `held` is the wallet that the rest comes from."""
    if claw.asset in LOT_ASSETS:
        others = held.lots.get(claw.asset, []) if held else []
        reach = rules.claw(of.lots, others, claw.amount, claw.at)
    else:
        there = held.book[claw.asset] if held else 0
        reach = rules.Reach((), (), max(claw.amount - there, 0))
    if reach.revived:
        back = -sum(take.amount for take in reach.revived)
        moves.append((Move(claw.wallet_id, claw.asset, back, Account.EXPIRED), reach.revived))
    taken = claw.amount - reach.short
    for wallet_id, amount, takes in _out_of(claw, of, taken, reach.takes):
        moves.append((Move(wallet_id, claw.asset, -amount, Account.CLAWED_BACK), takes))
    if not (reach.short and claw.asset is Asset.POINTS and claw.shortfall is Shortfall.NEGATIVE):
        return Clawed(taken, 0, reach.short)
    moves.append((Move(claw.rest, Asset.POINTS_OWED, reach.short, Account.OWED), ()))
    return Clawed(taken, reach.short, 0)


def _out_of(claw: ClawBack, of: Given, taken: int, takes: Sequence[Take]) -> list[tuple[UUID, int, Sequence[Take]]]:
    """Which wallets lose how much of what is taken: what the lots have that were granted, and the rest."""
    if claw.rest == claw.wallet_id or claw.asset not in LOT_ASSETS:
        return [(claw.rest, taken, takes)] if taken else []
    granted = {lot.lot_id for lot, _ in of.lots}
    there = [take for take in takes if take.lot_id in granted]
    rest = [take for take in takes if take.lot_id not in granted]
    parts = ((claw.wallet_id, there), (claw.rest, rest))
    return [(wallet_id, sum(take.amount for take in part), part) for wallet_id, part in parts if part]
