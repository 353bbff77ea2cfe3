"""What of the books goes with a member: what is left in her wallet is forfeited, and notes are emptied. What was posted
stays, under her number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.ledger.draft import Draft
from shuke.ledger.holding import hold
from shuke.ledger.model import Account, Asset, Entry, Kind, Move, Take
from shuke.ledger.tables import (
    ledger_balances,
    ledger_lots,
    ledger_postings,
    ledger_transactions,
)
from shuke.members.service import Goes, Her, Loss, Obstacle, Part, Stays, emptied

_B, _L, _P, _T = ledger_balances.c, ledger_lots.c, ledger_postings.c, ledger_transactions.c
_LOST = (Asset.POINTS, Asset.POINTS_OWED, Asset.STORED_PRINCIPAL, Asset.STORED_BONUS, Asset.RED_PACKET)
"""Growth only counts: it is worth nothing, and stays."""
_COUNTED = (Asset.POINTS, Asset.POINTS_OWED)


def _hold(unit: Unit, her: Her) -> None:
    hold(unit, her.names)


def _left(unit: Unit, her: Her) -> dict[Asset, int]:
    """What all her wallets have of each asset, what has expired or waits as well."""
    row = unit.connection.execute(
        sa.select(*(sa.func.coalesce(sa.func.sum(_B[asset]), 0).label(asset) for asset in _LOST)).where(
            _B.merchant_id == unit.merchant_id, _B.wallet_id.in_(her.names)
        )
    ).one()
    return {asset: int(amount) for asset, amount in zip(_LOST, row, strict=True) if amount}


def _losses(unit: Unit, her: Her) -> Iterable[Loss]:
    """Principal is not lost: it stands in the way until it was paid out. What of it had expired is gone already."""
    return [
        Loss(asset.value, amount, asset not in _COUNTED)
        for asset, amount in _left(unit, her).items()
        if asset is not Asset.STORED_PRINCIPAL
    ]


def _own(unit: Unit, wallet_ids: Collection[UUID]) -> dict[UUID, list[Take]]:
    """All principal in these that has not expired, by wallet."""
    return {
        wallet_id: [Take(lot_id, remaining) for lot_id, remaining in lots]
        for (wallet_id, asset, gone_at), lots in _lots(unit, wallet_ids).items()
        if asset is Asset.STORED_PRINCIPAL and gone_at is None
    }


def _principal(unit: Unit, her: Her) -> Iterable[Obstacle]:
    amount = sum(take.amount for takes in _own(unit, her.names).values() for take in takes)
    if amount:
        yield Obstacle(
            "stored_principal",
            Text(
                "储值本金是会员的钱：请先退充值；无法按充值退的，把余额交还给她并在此确认。",
                "Stored value she paid for is her money: refund her top-ups first; what cannot be refunded that way, "
                "hand over to her, and confirm it here.",
            ),
            amount,
            payable=True,
        )


def _count(unit: Unit, her: Her) -> int:
    return len(_left(unit, her))


def _forfeit(unit: Unit, her: Her) -> int:
    paid_out = pay_out(unit, her.names, her.erasure_id) if her.paid_out_minor else 0
    return (paid_out > 0) + forfeit(unit, her.names, her.erasure_id)


def pay_out(unit: Unit, wallet_ids: Collection[UUID], reference_id: UUID) -> int:
    """All principal that these have and that has not expired leaves the books in money; how much. It is their own,
    which nobody loses by being erased."""
    held = hold(unit, wallet_ids)
    own = _own(unit, wallet_ids)
    if not own:
        return 0
    amounts = {wallet_id: sum(take.amount for take in takes) for wallet_id, takes in own.items()}
    moves = tuple(
        Move(wallet_id, Asset.STORED_PRINCIPAL, -amount, Account.PAID_OUT) for wallet_id, amount in amounts.items()
    )
    draft = Draft(held)
    draft.add(Entry(Kind.PAID_OUT, reference_id, unit.now(), moves), list(own.values()))
    draft.write(unit)
    return sum(amounts.values())


def forfeit(unit: Unit, wallet_ids: Collection[UUID], reference_id: UUID) -> int:
    """All that these have and owe, in so many moves. What had expired before the nightly run came to it has expired;
    the rest is forfeited now."""
    held = hold(unit, wallet_ids)
    moves: dict[datetime | None, list[tuple[Move, list[Take]]]] = defaultdict(list)
    for (wallet_id, asset, gone_at), lots in _lots(unit, wallet_ids).items():
        account = Account.FORFEITED if gone_at is None else Account.EXPIRED
        takes = [Take(lot_id, remaining) for lot_id, remaining in lots]
        moves[gone_at].append((Move(wallet_id, asset, -sum(take.amount for take in takes), account), takes))
    for wallet_id, wallet in held.items():
        if owed := wallet.book[Asset.POINTS_OWED]:
            moves[None].append((Move(wallet_id, Asset.POINTS_OWED, -owed, Account.FORFEITED), []))
    draft = Draft(held)
    for gone_at, parts in moves.items():
        kind, reference = (Kind.FORFEITED, reference_id) if gone_at is None else (Kind.EXPIRED, new_id())
        entry = Entry(kind, reference, gone_at or unit.now(), tuple(move for move, _ in parts))
        draft.add(entry, [takes for _, takes in parts])
    draft.write(unit)
    return sum(len(parts) for parts in moves.values())


def _lots(
    unit: Unit, wallet_ids: Collection[UUID]
) -> dict[tuple[UUID, Asset, datetime | None], list[tuple[UUID, int]]]:
    """Lots by wallet, asset, and when they expired."""
    gone_at = sa.case((_L.expires_at <= unit.now(), sa.func.greatest(_L.expires_at, _L.refilled_at)))
    rows = unit.connection.execute(
        sa.select(_L.wallet_id, _L.asset, gone_at.label("gone_at"), _L.lot_id, _L.remaining)
        .where(_L.merchant_id == unit.merchant_id, _L.wallet_id.in_(list(wallet_ids)), _L.remaining > 0)
        .order_by(_L.wallet_id, _L.asset, _L.lot_id)
    )
    found: dict[tuple[UUID, Asset, datetime | None], list[tuple[UUID, int]]] = defaultdict(list)
    for row in rows:
        found[row.wallet_id, Asset(row.asset), row.gone_at].append((row.lot_id, row.remaining))
    return found


def _noted(unit: Unit, her: Her) -> sa.ColumnElement[Any]:
    """Transactions that touched her wallets, or in which she acted."""
    touched = sa.select(_P.transaction_id).where(_P.merchant_id == unit.merchant_id, _P.wallet_id.in_(her.names))
    return sa.or_(_T.member_id.in_(her.names), _T.transaction_id.in_(touched))


ERASES = Part(
    goes=(
        Goes(
            "wallet",
            Text("积分、红包、赠金等余额（作废）", "What is left in her wallet (forfeited)"),
            (),
            _count,
            _forfeit,
        ),
        emptied(ledger_transactions, "note", Text("账目备注", "Notes in the books"), _noted),
    ),
    stays=(
        Stays(
            Text("账目", "The books"),
            Text(
                "法律要求保存会计记录；只以会员号为键。",
                "The law asks for them to be kept; they are kept by her number alone.",
            ),
            ("ledger_transactions", "ledger_postings", "ledger_balances", "ledger_lots"),
        ),
    ),
    nobodys=("ledger_lot_uses",),
    holds=(_hold,),
    obstacles=(_principal,),
    losses=(_losses,),
)
