"""What a merge does to the books: postings and lots become the survivor's, and balances follow from them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from shuke.infra.database import Unit
from shuke.ledger.dividing import divide
from shuke.ledger.holding import hold
from shuke.ledger.model import Asset
from shuke.ledger.owing import pay
from shuke.ledger.recounting import recount
from shuke.ledger.tables import ledger_balances, ledger_lots, ledger_postings, ledger_transactions
from shuke.members.service import Merge, Moves, Plain, reckoned


def _hold(unit: Unit, member_ids: Collection[UUID]) -> None:
    hold(unit, member_ids)


def _pay_off(unit: Unit, merges: Sequence[Merge]) -> None:
    """Where one owed points and the other had some."""
    held = hold(unit, [merge.pair.survivor for merge in merges])
    for merge in merges:
        wallet = held.get(merge.pair.survivor)
        if wallet is not None and wallet.book[Asset.POINTS_OWED]:
            pay(unit, merge.pair.survivor, merge.merge_id)


MOVES = Moves(
    moves=(
        Plain(ledger_transactions, "member_id"),
        Plain(ledger_postings, "wallet_id", divided=True),
        Plain(ledger_lots, "wallet_id", divided=True),
        reckoned(ledger_balances, "wallet_id", recount),
    ),
    holds=(_hold,),
    settles=(_pay_off,),
    divides=(divide,),
)
