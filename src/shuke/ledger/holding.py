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

from shuke.infra.database import Unit, directly
from shuke.ledger.model import Asset, Lot, WalletKind

EVERYTHING = 2**62
"""More than any wallet has."""

_LOT = ("lot_id", "granted", "remaining", "earned_at", "expires_at", "available_at", "source_id")

_HELD = f"""
held AS MATERIALIZED (
  SELECT wallet_id, xmin AS version, kind, {", ".join(Asset)} FROM ledger_balances
  WHERE merchant_id = %s::uuid AND wallet_id = ANY(%s::uuid[]) ORDER BY wallet_id FOR UPDATE
)"""  # noqa: S608 - built from the constants above

_BOOK = ", ".join(("held.wallet_id", "held.kind", *(f"held.{asset}" for asset in Asset)))

_HOLD = f"WITH {_HELD} SELECT {_BOOK} FROM held"  # noqa: S608

_HOLD_LOTS = f"""
WITH seen AS (
  SELECT wallet_id, xmin AS version FROM ledger_balances
  WHERE merchant_id = %s::uuid AND wallet_id = ANY(%s::uuid[])
), {_HELD}
SELECT {_BOOK}, seen.version IS DISTINCT FROM held.version AS stale, want.asset, {", ".join(f"lot.{c}" for c in _LOT)}
FROM held LEFT JOIN seen USING (wallet_id)
LEFT JOIN unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[]) AS want(wallet_id, asset, amount, at)
  ON want.wallet_id = held.wallet_id
LEFT JOIN LATERAL (
  SELECT * FROM (
    SELECT {", ".join(_LOT)},
      sum(remaining) OVER (ORDER BY available_at > want.at IS TRUE, expires_at NULLS LAST, earned_at, lot_id
        ROWS UNBOUNDED PRECEDING) - remaining AS before
    FROM ledger_lots
    WHERE merchant_id = %s::uuid AND wallet_id = want.wallet_id AND asset = want.asset AND remaining > 0
      AND (expires_at IS NULL OR expires_at > want.at)
      AND (available_at IS NULL OR available_at <= want.at OR want.amount = {EVERYTHING})
  ) AS live WHERE before < want.amount
) AS lot ON true
"""  # noqa: S608 - built from the constants above


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

    kind: WalletKind
    book: dict[Asset, int]
    lots: dict[Asset, list[Lot]] = field(default_factory=dict)


def hold(unit: Unit, wallet_ids: Collection[UUID], wants: Sequence[Want] = ()) -> dict[UUID, Held]:
    """Hold these wallets, and read the lots wanted of them; a wallet that never had anything is not in the answer."""
    here: tuple[object, ...] = (unit.merchant_id.hex, [wallet_id.hex for wallet_id in wallet_ids])
    if not wants:
        return {row[0]: Held(*_book(row)) for row in directly(unit.connection, _HOLD, here)}
    wanted = (
        [want.wallet_id.hex for want in wants],
        [want.asset.value for want in wants],
        [str(want.amount) for want in wants],
        [want.at.isoformat() for want in wants],
    )
    values = (*here, *here, *wanted, unit.merchant_id.hex)
    rows = directly(unit.connection, _HOLD_LOTS, values)
    if any(row[_STALE] for row in rows):
        rows = directly(unit.connection, _HOLD_LOTS, values)
    found: dict[UUID, Held] = {}
    for row in rows:
        wallet = found.get(row[0])
        if wallet is None:
            wallet = found[row[0]] = Held(*_book(row))
        lot_id, granted, remaining, earned_at, expires_at, available_at, source_id = row[_STALE + 2 :]
        if lot_id is not None:
            lot = Lot(lot_id, granted, remaining, earned_at, expires_at, None, available_at, source_id)
            wallet.lots.setdefault(Asset(row[_STALE + 1]), []).append(lot)
    return found


_ASSETS = tuple(Asset)
_STALE = 2 + len(_ASSETS)


def _book(row: tuple[Any, ...]) -> tuple[WalletKind, dict[Asset, int]]:
    return WalletKind(row[1]), dict(zip(_ASSETS, row[2:_STALE], strict=True))


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
