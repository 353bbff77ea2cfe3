"""Debt when two members become one, and when they are two again: who owes points has none to spend."""

from uuid import UUID

from shuke.infra.database import Unit
from shuke.ledger import rules, undoing
from shuke.ledger.draft import Draft
from shuke.ledger.holding import EVERYTHING, Want, hold
from shuke.ledger.model import Account, Asset, Entry, Kind, Move, Take


def pay(unit: Unit, wallet_id: UUID, reference_id: UUID) -> None:
    """Pay off what the wallet owes from the points it has, as far as they reach; those that wait last."""
    at = unit.now()
    held = hold(unit, [wallet_id], [Want(wallet_id, Asset.POINTS, EVERYTHING, at)]).get(wallet_id)
    if held is None:
        return
    takes = rules.repayment(held.lots.get(Asset.POINTS, ()), held.book[Asset.POINTS_OWED], at)
    if paid := sum(take.amount for take in takes):
        moves = (
            Move(wallet_id, Asset.POINTS, -paid, Account.REPAID),
            Move(wallet_id, Asset.POINTS_OWED, -paid, Account.REPAID),
        )
        draft = Draft({wallet_id: held})
        draft.add(Entry(Kind.DEBT_REPAID, reference_id, at, moves), [takes, []])
        draft.write(unit)


def owe_again(unit: Unit, wallet_id: UUID, merge_id: UUID) -> None:
    """Undo what was paid off when two became one: the points are in their lots again, the debt is owed again.

    Where the lots are another wallet's by now, the debt stays paid."""
    repaid_by, out = undoing.still_out(unit, Kind.DEBT_REPAID, merge_id)
    if repaid_by is None or set(out) != {(wallet_id, Asset.POINTS)}:
        return
    takes = [Take(lot.lot_id, -amount) for lot, amount in out[wallet_id, Asset.POINTS] if amount]
    back = -sum(take.amount for take in takes)
    moves = (
        Move(wallet_id, Asset.POINTS, back, Account.REPAID),
        Move(wallet_id, Asset.POINTS_OWED, back, Account.REPAID),
    )
    draft = Draft(hold(unit, [wallet_id]))
    draft.add(Entry(Kind.MERGE_UNDONE, merge_id, unit.now(), moves), [takes, []], repaid_by)
    draft.write(unit)
