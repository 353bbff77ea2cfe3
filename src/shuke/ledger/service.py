"""The books as other domains use them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.questions import Question
from shuke.kernel.clock import business_day
from shuke.kernel.paging import Page
from shuke.ledger import store
from shuke.ledger.about import tell_about
from shuke.ledger.audit import audit
from shuke.ledger.clawing import claw_back
from shuke.ledger.crowds import post_many
from shuke.ledger.erasing import ERASES, forfeit, pay_out
from shuke.ledger.expiry import expire_batch, expire_due, extend
from shuke.ledger.history import post_history
from shuke.ledger.holding import hold
from shuke.ledger.merging import MOVES
from shuke.ledger.model import Asset, Balances, Expiring, Lot, Posting
from shuke.ledger.moving import open_wallets, transfer
from shuke.ledger.posting import post
from shuke.ledger.relations import (
    balances_relation,
    holdings_relation,
    lots_relation,
    movements_relation,
    order_points_relation,
    postings_relation,
    uses_relation,
    wallets_relation,
)
from shuke.ledger.returning import give_back

__all__ = [
    "ERASES",
    "MOVES",
    "asking_balances",
    "audit",
    "balances",
    "balances_of",
    "balances_relation",
    "claw_back",
    "expire_batch",
    "expire_due",
    "expiring",
    "extend",
    "forfeit",
    "give_back",
    "hold",
    "holdings_relation",
    "lots",
    "lots_relation",
    "movements_relation",
    "open_wallets",
    "order_points_relation",
    "pay_out",
    "pending_lots",
    "post",
    "post_history",
    "post_many",
    "postings_relation",
    "statement",
    "tell_about",
    "transfer",
    "uses_relation",
    "wallets_relation",
]


def balances(unit: Unit, wallet_id: UUID) -> Balances:
    """What a wallet has now; what has expired by now does not count, even before expiry has run."""
    return balances_of(unit, [wallet_id]).get(wallet_id, Balances())


def asking_balances(unit: Unit, wallet_ids: Collection[UUID], at: datetime) -> Question[dict[UUID, Balances]]:
    """`balances_of` at `at`, for whoever has other things to ask at once."""
    return store.asking_balances(unit, wallet_ids, at)


def balances_of(unit: Unit, wallet_ids: Collection[UUID]) -> dict[UUID, Balances]:
    """Balances of many wallets; who never had anything is not in the answer."""
    return store.balances(unit, wallet_ids, unit.now())


def lots(unit: Unit, wallet_id: UUID, asset: Asset = Asset.POINTS) -> list[Lot]:
    """What can be spent now, in the order in which it will be."""
    return store.live_lots(unit, wallet_id, asset, unit.now(), pending=False)


def pending_lots(unit: Unit, wallet_id: UUID, asset: Asset = Asset.POINTS) -> list[Lot]:
    """What has been granted and cannot be spent yet."""
    return store.live_lots(unit, wallet_id, asset, unit.now(), pending=True)


def expiring(lots: Collection[Lot], timezone: str) -> list[Expiring]:
    """What is left of `lots`, by the last business day on which it can be spent; soonest first."""
    days: dict[date, int] = {}
    for lot in lots:
        if lot.expires_at is not None and lot.remaining:
            last = business_day(lot.expires_at - timedelta(microseconds=1), timezone)
            days[last] = days.get(last, 0) + lot.remaining
    return sorted((Expiring(on, amount) for on, amount in days.items()), key=lambda item: item.on)


def statement(
    unit: Unit, wallet_id: UUID, *, asset: Asset | None = None, cursor: str | None = None, limit: int = 50
) -> Page[Posting]:
    """A wallet's postings, newest first. Raises BadCursor."""
    return Page(*store.statement(unit, wallet_id, asset, cursor, limit))
