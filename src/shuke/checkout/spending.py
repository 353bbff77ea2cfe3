"""What an order takes from wallets: posted when it is placed, given back when it is let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Entry, GiveBack, Kind, Move
from shuke.loyalty import service as loyalty
from shuke.stored_value import service as stored_value


@dataclass(frozen=True, slots=True)
class Taken:
    """`amount` of an asset that an order took from a wallet; `member_id` is who acted, with a wallet not her own."""

    wallet_id: UUID
    asset: Asset
    amount: int
    member_id: UUID | None


def spending(order_id: UUID, moves: Sequence[Move], at: datetime, acting: UUID | None = None) -> list[Entry]:
    """What an order takes, as one entry of the books, or none. `acting`: who, where a wallet is not her own."""
    return [Entry(Kind.ORDER_SPENT, order_id, at, tuple(moves), member_id=acting)] if moves else []


def spend(unit: Unit, entries: Sequence[Entry]) -> None:
    """Take it. Raises NotEnough, LotsDiffer and AlreadyPosted."""
    if entries:
        ledger.post(unit, *entries)


def taken(unit: Unit, order_id: UUID) -> list[Taken]:
    """What an order took, wallet by wallet, before anything came back."""
    posting = ledger.postings_relation().c
    rows = unit.connection.execute(
        sa.select(posting.wallet_id, posting.asset, posting.member_id, sa.func.sum(-posting.amount).label("amount"))
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.reference_id == order_id,
            posting.kind == Kind.ORDER_SPENT,
        )
        .group_by(posting.wallet_id, posting.asset, posting.member_id)
        .order_by(posting.wallet_id, posting.asset)
    )
    return [Taken(row.wallet_id, Asset(row.asset), int(row.amount), row.member_id) for row in rows]


def give_all_back(unit: Unit, order_id: UUID, at: datetime, grace: timedelta | None) -> None:
    """Return everything that a pending order took, to where it came from. The caller holds the order."""
    backs = [
        GiveBack(
            kind=Kind.ORDER_CANCELLED,
            reference_id=order_id,
            at=at,
            wallet_id=part.wallet_id,
            asset=part.asset,
            amount=part.amount,
            of_kind=Kind.ORDER_SPENT,
            of_reference=order_id,
            grace=grace,
            member_id=part.member_id,
        )
        for part in taken(unit, order_id)
    ]
    return_all(unit, backs)


def return_all(unit: Unit, backs: Sequence[GiveBack]) -> set[UUID]:
    """Post what comes back. From the wallet of a family that is closed by now it goes on to who owned it, and from that
    of a card to the member to whom it was bound meanwhile. Returns the wallets that have it then."""
    if backs:
        ledger.give_back(unit, *backs)
    wallets = {back.wallet_id for back in backs}
    others = {back.wallet_id for back in backs if back.member_id != back.wallet_id}
    if others:
        wallets |= loyalty.pass_over(unit, others) | stored_value.pass_over(unit, others)
    return wallets
