"""Giving back what was taken, to the lots it was taken from."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.ledger import rules, undoing
from shuke.ledger.draft import Draft
from shuke.ledger.holding import hold
from shuke.ledger.model import Account, Asset, Entry, GiveBack, Kind, Lot, Move, Take

_Moves = list[tuple[Move, list[Take]]]


@dataclass
class _Backs:
    """What the backs of one reference come to: up to three transactions."""

    returned: _Moves = field(default_factory=list)
    repaid: _Moves = field(default_factory=list)
    graced: _Moves = field(default_factory=list)


def give_back(unit: Unit, *backs: GiveBack) -> None:
    """Return part or all of earlier takings to the lots they came from, with the expiry those have.

    A lot that has expired meanwhile takes its part too, and loses it again when expiry runs next; with `grace` that
    part lives on as a lot of its own for so long. Points that come back to a wallet in debt pay that off first.
    Backs of one kind and reference are one transaction and undo one. Raises MoreThanTaken and AlreadyPosted.
    """
    book = hold(unit, {back.wallet_id for back in backs})
    debts = {wallet_id: held.book[Asset.POINTS_OWED] for wallet_id, held in book.items()}
    draft = Draft(book)
    for group in _together(backs):
        first = group[0]
        taken_by, out = undoing.still_out(unit, first.of_kind, first.of_reference)
        done = _Backs()
        for back in group:
            _undo(back, out.get((back.wallet_id, back.asset), []), debts, done)
        _add(draft, first, first.kind, done.returned, taken_by)
        _add(draft, first, Kind.DEBT_REPAID, done.repaid, None)
        _add(draft, first, Kind.RETURN_GRACED, done.graced, None)
    draft.write(unit)


def _together(backs: tuple[GiveBack, ...]) -> list[list[GiveBack]]:
    groups: dict[tuple[Kind, UUID], list[GiveBack]] = {}
    for back in backs:
        groups.setdefault((back.kind, back.reference_id), []).append(back)
    for group in groups.values():
        if len({(back.of_kind, back.of_reference, back.at, back.member_id) for back in group}) > 1:
            raise ValueError("what one reference gives back comes from one taking, at one moment")
        if len({(back.wallet_id, back.asset) for back in group}) < len(group):
            raise ValueError("one reference gives an asset back to a wallet once; add the amounts up first")
    return list(groups.values())


def _undo(back: GiveBack, out: list[tuple[Lot, int]], debts: dict[UUID, int], done: _Backs) -> None:
    takes = rules.give_back(out, back.amount)
    done.returned.append((Move(back.wallet_id, back.asset, back.amount, Account.SPENT), takes))
    lots = {lot.lot_id: lot for lot, _ in out}
    there = [(lots[take.lot_id], -take.amount) for take in takes]
    live = [(lot, amount) for lot, amount in there if not _gone(lot, back.at)]
    late = [(lot, amount) for lot, amount in there if _gone(lot, back.at)] if back.grace else []
    if back.asset is Asset.POINTS and debts.get(back.wallet_id):
        late = _pay_off(back, live + late, debts, done, late)
    if late and back.grace:
        _live_on(back, late, back.at + back.grace, done)


def _gone(lot: Lot, at: datetime) -> bool:
    return lot.expires_at is not None and lot.expires_at <= at


def _pay_off(
    back: GiveBack,
    there: list[tuple[Lot, int]],
    debts: dict[UUID, int],
    done: _Backs,
    late: list[tuple[Lot, int]],
) -> list[tuple[Lot, int]]:
    """Pay debt from what came back and can be spent; what of `late` is left."""
    left = debts[back.wallet_id]
    takes: dict[UUID, int] = {}
    for lot, amount in there:
        if part := min(left, amount):
            takes[lot.lot_id] = part
            left -= part
    paid = sum(takes.values())
    if paid:
        debts[back.wallet_id] = left
        points = Move(back.wallet_id, Asset.POINTS, -paid, Account.REPAID)
        done.repaid.append((points, [Take(lot_id, part) for lot_id, part in takes.items()]))
        done.repaid.append((Move(back.wallet_id, Asset.POINTS_OWED, -paid, Account.REPAID), []))
    rest = [(lot, amount - takes.get(lot.lot_id, 0)) for lot, amount in late]
    return [(lot, amount) for lot, amount in rest if amount]


def _live_on(back: GiveBack, late: list[tuple[Lot, int]], until: datetime, done: _Backs) -> None:
    takes = [Take(lot.lot_id, amount) for lot, amount in late]
    total = sum(amount for _, amount in late)
    done.graced.append((Move(back.wallet_id, back.asset, -total, Account.MOVED), takes))
    for lot, amount in late:
        move = Move(
            back.wallet_id,
            back.asset,
            amount,
            Account.MOVED,
            expires_at=until,
            source_id=lot.source_id,
            earned_at=lot.earned_at,
        )
        done.graced.append((move, []))


def _add(draft: Draft, of: GiveBack, kind: Kind, moves: _Moves, returns_id: UUID | None) -> None:
    if moves:
        entry = Entry(kind, of.reference_id, of.at, tuple(move for move, _ in moves), member_id=of.member_id)
        draft.add(entry, [takes for _, takes in moves], returns_id)
