"""Holding wallets still, and reading what a decision about them needs, in one round trip.

Whoever takes from a wallet first locks its row of balances; whoever only gives meets the same row; wallets are met
in the order of their ids. Hence two settlements of one member wait for each other, and two transfers in opposite
directions never deadlock.

Lots are read by the very statement that locks. What it sees may then be older than the lock for which it waited:
that shows in the row's version, and then it is read once more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger.model import Asset, Lot

EVERYTHING = 2**62
"""More than any wallet has."""

_HOLD = sa.text(
    f"""
WITH seen AS (
  SELECT wallet_id, xmin AS version FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(CAST(:wallets AS uuid[]))
), held AS MATERIALIZED (
  SELECT wallet_id, xmin AS version, {", ".join(Asset)} FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(CAST(:wallets AS uuid[])) ORDER BY wallet_id FOR UPDATE
)
SELECT held.*, seen.version IS DISTINCT FROM held.version AS stale, want.asset,
  lot.lot_id, lot.granted, lot.remaining, lot.earned_at, lot.expires_at, lot.available_at, lot.source_id
FROM held LEFT JOIN seen USING (wallet_id)
LEFT JOIN unnest(CAST(:w_wallet AS uuid[]), CAST(:w_asset AS text[]), CAST(:w_amount AS bigint[]),
    CAST(:w_at AS timestamptz[])) AS want(wallet_id, asset, amount, at) ON want.wallet_id = held.wallet_id
LEFT JOIN LATERAL (
  SELECT * FROM (
    SELECT lot_id, granted, remaining, earned_at, expires_at, available_at, source_id,
      sum(remaining) OVER (ORDER BY available_at > want.at IS TRUE, expires_at NULLS LAST, earned_at, lot_id
        ROWS UNBOUNDED PRECEDING) - remaining AS before
    FROM ledger_lots
    WHERE merchant_id = :merchant AND wallet_id = want.wallet_id AND asset = want.asset AND remaining > 0
      AND (expires_at IS NULL OR expires_at > want.at)
      AND (available_at IS NULL OR available_at <= want.at OR want.amount = {EVERYTHING})
  ) AS live WHERE before < want.amount
) AS lot ON true
"""  # noqa: S608 - built from the constants above
)


@dataclass(frozen=True, slots=True)
class Want:
    """Lots of `asset` that are live at `at`, in spend order, as many as `amount` needs; for EVERYTHING also those
    that wait to be available."""

    wallet_id: UUID
    asset: Asset
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A wallet that nobody else can touch until the transaction ends: book balances, and the lots wanted."""

    book: dict[Asset, int]
    lots: dict[Asset, list[Lot]] = field(default_factory=dict)


def hold(unit: Unit, wallet_ids: Collection[UUID], wants: Sequence[Want] = ()) -> dict[UUID, Held]:
    """Hold these wallets, and read the lots wanted of them; a wallet that never had anything is not in the answer."""
    values = {
        "merchant": unit.merchant_id,
        "wallets": list(wallet_ids),
        "w_wallet": [want.wallet_id for want in wants],
        "w_asset": [want.asset.value for want in wants],
        "w_amount": [want.amount for want in wants],
        "w_at": [want.at for want in wants],
    }
    rows = unit.connection.execute(_HOLD, values).all()
    if any(row.stale for row in rows):
        rows = unit.connection.execute(_HOLD, values).all()
    found: dict[UUID, Held] = {}
    for row in rows:
        wallet = found.get(row.wallet_id)
        if wallet is None:
            book = {asset: getattr(row, asset.value) for asset in Asset}
            wallet = found[row.wallet_id] = Held(book)
        if row.lot_id is not None:
            wallet.lots.setdefault(Asset(row.asset), []).append(lot_of(row))
    return found


def lot_of(row: sa.Row[*tuple[Any, ...]], order_id: UUID | None = None) -> Lot:
    """A lot from a row that has the columns of ledger_lots."""
    return Lot(
        lot_id=row.lot_id,
        granted=row.granted,
        remaining=row.remaining,
        earned_at=row.earned_at,
        expires_at=row.expires_at,
        order_id=order_id,
        available_at=row.available_at,
        source_id=row.source_id,
    )
