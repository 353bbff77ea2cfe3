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
    lots = [Want(claw.wallet_id, claw.asset, EVERYTHING, claw.at) for claw in claws if claw.asset in LOT_ASSETS]
    book = hold(unit, {claw.wallet_id for claw in claws}, lots)
    draft = Draft(book)
    results: list[Clawed] = []
    for group in _together(claws):
        first = group[0]
        given_by, given = undoing.given(unit, first.of_kind, first.of_reference)
        moves: _Moves = []
        for claw in group:
            of = given.get((claw.wallet_id, claw.asset), Given())
            results.append(_claw(claw, of, book.get(claw.wallet_id), moves))
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
    """The moves of one claw, put behind `moves`."""
    if claw.amount > of.left:
        raise MoreThanGiven(wanted=claw.amount, available=of.left)
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
    if taken:
        moves.append((Move(claw.wallet_id, claw.asset, -taken, Account.CLAWED_BACK), reach.takes))
    if not (reach.short and claw.asset is Asset.POINTS and claw.shortfall is Shortfall.NEGATIVE):
        return Clawed(taken, 0, reach.short)
    moves.append((Move(claw.wallet_id, Asset.POINTS_OWED, reach.short, Account.OWED), ()))
    return Clawed(taken, reach.short, 0)
