"""One wallet becomes two again: what was granted to her is hers, what cannot be told apart is settled.

Postings that had been hers go back, and those of what happened in her name since. Growth and debt are counted posting
by posting; where that would leave either with less than nothing, the difference is moved between them. So every sum
over both is what it was, and every law of the books holds.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.ledger import owing
from shuke.ledger.draft import Draft
from shuke.ledger.holding import lot_of
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Entry, Kind, Move, Take
from shuke.ledger.parting import Owned, Parted, Use, part, spent
from shuke.ledger.recounting import recount
from shuke.ledger.tables import ledger_lot_uses, ledger_lots, ledger_postings, ledger_transactions
from shuke.members.service import Merge, Moved, Pair, Share

_COUNTED = (Asset.GROWTH, Asset.POINTS_OWED)
_LOT, _POSTING, _ENTRY, _USE = ledger_lots.c, ledger_postings.c, ledger_transactions.c, ledger_lot_uses.c

References = sa.Select[Any]
"""Of what the books know the things that are hers: her orders, their refunds, her top-ups."""


def divide(unit: Unit, merge: Merge, moved: Moved, hers: References) -> list[Share]:
    """Give back what is hers; by asset, what that came to. `moved`: primary keys of what had been hers, by place."""
    pair = merge.pair
    owing.owe_again(unit, pair.survivor, merge.merge_id)
    were_hers = {UUID(key[0]) for key in moved.get("ledger_postings.wallet_id", ())}
    lots, uses = _lots_and_uses(unit, merge, were_hers, hers)
    parted = part(lots, uses)
    _give(unit, pair, parted, were_hers, hers)
    moves, takes = _moved_on(unit, pair, parted)
    balancing = _balancing(unit, pair)
    draft = Draft()
    if moves or balancing:
        entry = Entry(Kind.MERGE_DIVIDED, merge.merge_id, unit.now(), (*moves, *balancing))
        draft.add(entry, [*takes, *([] for _ in balancing)])
    draft.write_uncounted(unit)
    recount(unit, pair.both)
    for wallet_id in pair.both:
        owing.pay(unit, wallet_id, new_id(unit.now()))
    return _shares(unit, pair, lots, uses, parted, [*moves, *balancing])


def _told(hers: References) -> sa.ColumnElement[bool]:
    return _ENTRY.reference_id.in_(hers)


def _of_entry(entry_of: Any) -> sa.ColumnElement[bool]:
    return sa.and_(_ENTRY.merchant_id == entry_of.merchant_id, _ENTRY.transaction_id == entry_of.transaction_id)


def _lots_and_uses(
    unit: Unit, merge: Merge, were_hers: set[UUID], hers: References
) -> tuple[dict[UUID, Owned], list[Use]]:
    """All lots of the wallet, with whose they are, and all takings from them. What the survivor had before the merge is
    hers, also what an earlier undoing left with her of the other's."""
    wallet = (_POSTING.merchant_id == unit.merchant_id, _POSTING.wallet_id == merge.pair.survivor)
    told = sa.and_(_told(hers), _ENTRY.at >= merge.at).label("told")
    undoing = ledger_transactions.alias("undoing")
    undone = sa.exists().where(
        undoing.c.merchant_id == _ENTRY.merchant_id,
        undoing.c.returns_id == _ENTRY.transaction_id,
        undoing.c.kind == Kind.MERGE_UNDONE,
    )
    nobody_s = sa.or_(_ENTRY.kind.in_([Kind.EXPIRED, Kind.MERGE_UNDONE]), _ENTRY.at < merge.at, undone)
    taken = unit.connection.execute(
        sa.select(_USE.posting_id, _USE.lot_id, _USE.amount, _ENTRY.transaction_id, told, nobody_s)
        .join(
            ledger_postings, sa.and_(_POSTING.merchant_id == _USE.merchant_id, _POSTING.posting_id == _USE.posting_id)
        )
        .join(ledger_transactions, _of_entry(_POSTING))
        .where(*wallet)
        .order_by(_USE.posting_id, _USE.lot_id)
    ).all()
    granted = unit.connection.execute(
        sa.select(ledger_lots, _ENTRY.transaction_id, _ENTRY.kind, told)
        .join(ledger_postings, sa.and_(_POSTING.merchant_id == _LOT.merchant_id, _POSTING.posting_id == _LOT.lot_id))
        .join(ledger_transactions, _of_entry(_POSTING))
        .where(*wallet)
        .order_by(_LOT.lot_id)
    ).all()
    uses, by_entry = [], defaultdict(list)
    for posting_id, lot_id, amount, transaction_id, by_her, nobody in taken:
        since = None if nobody or posting_id in were_hers else by_her
        uses.append(Use(posting_id, lot_id, amount, since))
        by_entry[transaction_id].append(lot_id)
    lots: dict[UUID, Owned] = {}
    for row in granted:
        owned = row.lot_id in were_hers or row.told
        if row.kind == Kind.RETURN_GRACED and row.lot_id not in were_hers:
            owned = _lives_on(row, lots, by_entry[row.transaction_id])
        lots[row.lot_id] = Owned(lot_of(row), Asset(row.asset), owned)
    return lots, uses


def _lives_on(row: Any, lots: dict[UUID, Owned], from_lots: Sequence[UUID]) -> bool:
    """Whether a lot is hers that was made of what came back too late to others: as those are that it is like."""
    like = [lots[lot_id] for lot_id in from_lots if lot_id in lots]
    same = [old for old in like if (old.lot.source_id, old.lot.earned_at) == (row.source_id, row.earned_at)]
    return bool(same) and all(old.hers for old in same)


def _give(unit: Unit, pair: Pair, parted: Parted, were_hers: set[UUID], hers: References) -> None:
    mine = (_POSTING.merchant_id == unit.merchant_id, _POSTING.wallet_id == pair.survivor)
    in_her_name = sa.select(_ENTRY.transaction_id).where(_ENTRY.merchant_id == unit.merchant_id, _told(hers))
    counted = sa.and_(
        _POSTING.asset.in_(_COUNTED),
        sa.or_(_any(_POSTING.posting_id, were_hers), _POSTING.transaction_id.in_(in_her_name)),
    )
    back = sa.or_(_any(_POSTING.posting_id, parted.postings), counted)
    unit.connection.execute(ledger_postings.update().where(*mine, back).values(wallet_id=pair.absorbed))
    unit.connection.execute(
        ledger_lots.update()
        .where(_LOT.merchant_id == unit.merchant_id, _any(_LOT.lot_id, parted.lots))
        .values(wallet_id=pair.absorbed)
    )
    unit.connection.execute(
        ledger_transactions.update()
        .where(_ENTRY.merchant_id == unit.merchant_id, _ENTRY.member_id == pair.survivor, _told(hers))
        .values(member_id=pair.absorbed)
    )


def _any(column: sa.ColumnElement[Any], ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.bindparam(None, sorted(ids), type_=ARRAY(sa.Uuid)))


def _moved_on(unit: Unit, pair: Pair, parted: Parted) -> tuple[list[Move], list[list[Take]]]:
    """What remains of her lots that cannot go back: out of them, and to her as lots of the same age, end and source.
    What is over already stays, and expires there."""
    moves: list[Move] = []
    takes: list[list[Take]] = []
    left = [each for each in parted.left if each.lot.remaining]
    live = [each for each in left if each.lot.expires_at is None or each.lot.expires_at > unit.now()]
    for asset in sorted({each.asset for each in live}):
        lots = [each.lot for each in live if each.asset is asset]
        out = sum(lot.remaining for lot in lots)
        moves.append(Move(pair.survivor, asset, -out, Account.MOVED))
        takes.append([Take(lot.lot_id, lot.remaining) for lot in lots])
        for lot in lots:
            to_her = Move(pair.absorbed, asset, lot.remaining, Account.MOVED, lot.expires_at, lot.available_at)
            moves.append(replace(to_her, source_id=lot.source_id, earned_at=lot.earned_at))
            takes.append([])
    return moves, takes


def _balancing(unit: Unit, pair: Pair) -> list[Move]:
    """Of growth and debt, what one would have less than none of comes from the other."""
    rows = unit.connection.execute(
        sa.select(_POSTING.wallet_id, _POSTING.asset, sa.cast(sa.func.sum(_POSTING.amount), sa.BigInteger).label("sum"))
        .where(
            _POSTING.merchant_id == unit.merchant_id,
            _POSTING.wallet_id.in_(pair.both),
            _POSTING.asset.in_(_COUNTED),
        )
        .group_by(_POSTING.wallet_id, _POSTING.asset)
        .order_by(_POSTING.asset, _POSTING.wallet_id)
    )
    moves: list[Move] = []
    for row in rows:
        if row.sum < 0:
            other = pair.absorbed if row.wallet_id == pair.survivor else pair.survivor
            moves.append(Move(other, Asset(row.asset), row.sum, Account.MOVED))
            moves.append(Move(row.wallet_id, Asset(row.asset), -row.sum, Account.MOVED))
    return moves


def _shares(
    unit: Unit, pair: Pair, lots: dict[UUID, Owned], uses: list[Use], parted: Parted, moves: list[Move]
) -> list[Share]:
    whole = set(parted.lots)
    counted = unit.connection.execute(
        sa.select(_POSTING.asset, sa.cast(sa.func.sum(_POSTING.amount), sa.BigInteger).label("sum"))
        .where(
            _POSTING.merchant_id == unit.merchant_id,
            _POSTING.wallet_id == pair.absorbed,
            _POSTING.asset.in_(_COUNTED),
        )
        .group_by(_POSTING.asset)
    )
    back = {Asset(row.asset): row.sum for row in counted}
    for lot_id in whole:
        back[lots[lot_id].asset] = back.get(lots[lot_id].asset, 0) + lots[lot_id].lot.remaining
    shares = []
    for asset in Asset:
        moved = sum(move.amount for move in moves if move.asset is asset and move.wallet_id == pair.absorbed)
        hers, theirs = (spent(lots, uses, asset, hers=who) if asset in LOT_ASSETS else 0 for who in (True, False))
        exact = back.get(asset, 0) - (moved if asset in _COUNTED else 0)
        share = Share(asset, exact, moved, hers, theirs)
        if any((share.back, share.moved, share.spent, share.spent_by_her)):
            shares.append(share)
    return shares
