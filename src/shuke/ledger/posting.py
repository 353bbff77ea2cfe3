"""Posting entries: taking from lots, granting new ones, paying off debt first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from shuke.infra.database import Unit
from shuke.ledger import rules
from shuke.ledger.draft import Books, Draft
from shuke.ledger.holding import EVERYTHING, Held, Want, hold
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Entry, Move, Take

_Book = dict[UUID, Held]


def post(unit: Unit, *entries: Entry) -> Books:
    """Post entries, all or none. What they take comes from the lots named, else from those that expire first; points
    that come to a wallet in debt pay that off first.

    Raises NotEnough and LotsDiffer (before anything is written) and AlreadyPosted (the unit of work can then only be
    left). What one entry gives cannot be taken by another of the same call. The answer is what these wallets come to:
    book balances, of what has expired or waits as well.
    """
    moves = [move for entry in entries for move in entry.moves]
    wallets = {move.wallet_id for move in moves}
    gives = all(move.amount > 0 for move in moves) and not any(entry.member_id for entry in entries)
    if gives and len(wallets) == 1 and (books := _draft(entries, {}).write_unseen(unit)):
        return books
    return _draft(entries, hold(unit, wallets, _wants(entries))).write(unit)


def _wants(entries: Sequence[Entry]) -> list[Want]:
    wants: dict[tuple[UUID, Asset], Want] = {}
    for entry in entries:
        for move in entry.moves:
            key = (move.wallet_id, move.asset)
            if move.amount >= 0:
                continue
            if key in wants and not (move.lots and wants[key].amount == EVERYTHING):
                raise ValueError("without naming lots, one call takes an asset of a wallet once")
            wants[key] = Want(*key, EVERYTHING if move.lots else -move.amount, entry.at)
    return [want for want in wants.values() if want.asset in LOT_ASSETS]


def _draft(entries: Sequence[Entry], book: _Book) -> Draft:
    draft = Draft(book)
    debts = {wallet_id: held.book[Asset.POINTS_OWED] for wallet_id, held in book.items()}
    gone: Counter[UUID] = Counter()
    for entry in entries:
        moves = [part for move in entry.moves for part in pay_off(move, debts)]
        draft.add(replace(entry, moves=tuple(moves)), [_takes(entry, move, book, gone) for move in moves])
    return draft


def pay_off(move: Move, debts: dict[UUID, int]) -> list[Move]:
    """`move`, less what of it pays off what its wallet owes; `debts` go down by as much."""
    owed = debts.get(move.wallet_id, 0)
    if move.asset is not Asset.POINTS or move.amount <= 0 or not owed:
        return [move]
    repaid = min(owed, move.amount)
    debts[move.wallet_id] = owed - repaid
    moves = [Move(move.wallet_id, Asset.POINTS_OWED, -repaid, Account.REPAID)]
    if move.amount > repaid:
        moves.append(replace(move, amount=move.amount - repaid))
    return moves


def _takes(entry: Entry, move: Move, book: _Book, gone: Counter[UUID]) -> list[Take]:
    """`gone`: what earlier moves of the call took from lots they named; this one's comes on top."""
    if move.amount >= 0 or move.account is Account.REPAID:
        return []
    held, wanted = book.get(move.wallet_id), -move.amount
    if move.asset in LOT_ASSETS:
        lots = held.lots.get(move.asset, []) if held else []
        if move.lots:
            left = [replace(lot, remaining=lot.remaining - gone[lot.lot_id]) for lot in lots]
            takes = rules.named_lots(left, move.lots, move.asset, wanted, entry.at)
            gone.update({take.lot_id: take.amount for take in takes})
            return takes
        return rules.choose_lots(lots, move.asset, wanted, entry.at)
    there = held.book[move.asset] if held else 0
    if there < wanted:
        raise rules.not_enough(move.asset, wanted, there)
    return []
