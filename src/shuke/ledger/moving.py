"""From wallet to wallet."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import rules
from shuke.ledger.draft import Draft
from shuke.ledger.holding import EVERYTHING, Held, Want, hold
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Entry, Lot, Move, Take, Transfer, WalletKind
from shuke.ledger.posting import pay_off

_OPEN = sa.text(
    """
INSERT INTO ledger_balances (merchant_id, wallet_id, kind)
SELECT :merchant, wallet_id, :kind FROM unnest(CAST(:wallets AS uuid[])) AS w(wallet_id) ORDER BY wallet_id
ON CONFLICT DO NOTHING
"""
)


def open_wallets(unit: Unit, wallet_ids: Collection[UUID], kind: WalletKind) -> None:
    """Make wallets that are no member's, before anything is posted to them; a member's opens with what it gets first.

    Only a member's wallet names her in events by itself.
    """
    unit.connection.execute(_OPEN, {"merchant": unit.merchant_id, "wallets": list(wallet_ids), "kind": kind.value})


def transfer(unit: Unit, *transfers: Transfer) -> list[dict[Asset, int]]:
    """Move assets between wallets, each lot with its age, expiry and source; what each transfer moved.

    Points that come to a wallet in debt pay that off first. Raises NotEnough and AlreadyPosted.
    """
    wants = [
        Want(each.from_wallet, asset, amount or EVERYTHING, each.at)
        for each in transfers
        for asset, amount in each.amounts.items()
    ]
    if len({(want.wallet_id, want.asset) for want in wants}) < len(wants):
        raise ValueError("one call takes an asset of a wallet once; add the amounts up first")
    if any(want.asset not in LOT_ASSETS for want in wants):
        raise ValueError("only what is kept in lots can be moved")
    book = hold(unit, {wallet for each in transfers for wallet in (each.from_wallet, each.to_wallet)}, wants)
    debts = {wallet_id: held.book[Asset.POINTS_OWED] for wallet_id, held in book.items()}
    draft = Draft(book)
    moved = [_move(each, book.get(each.from_wallet), debts, draft) for each in transfers]
    draft.write(unit)
    return moved


def _move(each: Transfer, held: Held | None, debts: dict[UUID, int], draft: Draft) -> dict[Asset, int]:
    moves: list[tuple[Move, list[Take]]] = []
    moved: dict[Asset, int] = {}
    for asset, amount in each.amounts.items():
        lots = [lot for lot in (held.lots.get(asset, []) if held else []) if rules.is_live(lot, each.at)]
        wanted = sum(lot.remaining for lot in lots) if amount is None else amount
        if not wanted:
            continue
        moved[asset] = wanted
        takes = rules.choose_lots(lots, asset, wanted, each.at)
        moves.append((Move(each.from_wallet, asset, -wanted, Account.MOVED), takes))
        by_id = {lot.lot_id: lot for lot in lots}
        for take in takes:
            arriving = _arriving(each.to_wallet, asset, take, by_id[take.lot_id])
            moves += [(move, []) for move in pay_off(arriving, debts)]
    if moves:
        entry = Entry(
            each.kind, each.reference_id, each.at, tuple(move for move, _ in moves), each.note, each.member_id
        )
        draft.add(entry, [takes for _, takes in moves])
    return moved


def _arriving(wallet_id: UUID, asset: Asset, take: Take, lot: Lot) -> Move:
    return Move(
        wallet_id,
        asset,
        take.amount,
        Account.MOVED,
        expires_at=lot.expires_at,
        source_id=lot.source_id,
        earned_at=lot.earned_at,
    )
