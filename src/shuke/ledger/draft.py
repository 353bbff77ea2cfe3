"""Writing to the books: any number of entries in one statement."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.model import LOT_ASSETS, Asset, Entry, Take
from shuke.ledger.telling import event_type

ONCE = "uq_ledger_transactions_merchant_id_reference_id_kind"

_COLUMNS = {
    "t_id": "uuid",
    "t_kind": "text",
    "t_reference": "uuid",
    "t_at": "timestamptz",
    "t_note": "text",
    "t_returns": "uuid",
    "t_member": "uuid",
    "p_id": "uuid",
    "p_transaction": "uuid",
    "p_wallet": "uuid",
    "p_asset": "text",
    "p_amount": "bigint",
    "p_account": "text",
    "p_at": "timestamptz",
    "l_id": "uuid",
    "l_wallet": "uuid",
    "l_asset": "text",
    "l_amount": "bigint",
    "l_earned": "timestamptz",
    "l_available": "timestamptz",
    "l_expires": "timestamptz",
    "l_source": "uuid",
    "u_posting": "uuid",
    "u_lot": "uuid",
    "u_amount": "bigint",
    "b_wallet": "uuid",
    **{f"b_{asset}": "bigint" for asset in Asset},
    "e_id": "uuid",
    "e_type": "text",
    "e_subject": "uuid",
    "e_wallet": "uuid",
    "e_actor": "uuid",
    "e_at": "timestamptz",
    "e_payload": "text",
}


def _unnest(prefix: str) -> str:
    names = [name for name in _COLUMNS if name.startswith(prefix)]
    arrays = ", ".join(f"CAST(:{name} AS {_COLUMNS[name]}[])" for name in names)
    return f"unnest({arrays}) AS r({', '.join(names)})"


_BALANCES = ", ".join(Asset)
_DELTAS = ", ".join(f"b_{asset}" for asset in Asset)

# Wallets that are there are held first, in the order of their ids; then everything is written, unless one that was
# not looked at before owes what it now earns: then nothing is, and the caller looks and tries again.
_WRITE = sa.text(
    f"""
WITH held AS MATERIALIZED (
  SELECT wallet_id, kind, points_owed FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(CAST(:b_wallet AS uuid[])) ORDER BY wallet_id FOR UPDATE
), clear AS MATERIALIZED (
  SELECT 1 AS ok WHERE NOT EXISTS (
    SELECT FROM held WHERE points_owed > 0 AND wallet_id = ANY(CAST(:earning AS uuid[])))
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at, note, returns_id, member_id)
  SELECT :merchant, t_id, t_kind, t_reference, t_at, t_note, t_returns, t_member FROM clear, {_unnest("t_")}
), posted AS (
  INSERT INTO ledger_postings
    (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT :merchant, p_id, p_transaction, p_wallet, p_asset, p_amount, p_account, p_at FROM clear, {_unnest("p_")}
), granted AS (
  INSERT INTO ledger_lots
    (merchant_id, lot_id, wallet_id, asset, granted, remaining, earned_at, available_at, expires_at, source_id)
  SELECT :merchant, l_id, l_wallet, l_asset, l_amount, l_amount, l_earned, l_available, l_expires, l_source
  FROM clear, {_unnest("l_")}
), used AS (
  INSERT INTO ledger_lot_uses (merchant_id, posting_id, lot_id, amount)
  SELECT :merchant, u_posting, u_lot, u_amount FROM clear, {_unnest("u_")}
), taken AS (
  UPDATE ledger_lots AS lot SET remaining = lot.remaining - used.amount
  FROM clear, (SELECT u_lot, sum(u_amount) AS amount FROM {_unnest("u_")} GROUP BY u_lot HAVING sum(u_amount) <> 0)
    AS used
  WHERE lot.merchant_id = :merchant AND lot.lot_id = used.u_lot
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, e_id, e_type, e_subject,
    CASE WHEN coalesce(held.kind, 'member') = 'member' THEN e_wallet ELSE e_actor END, e_at, CAST(e_payload AS jsonb)
  FROM clear, {_unnest("e_")} LEFT JOIN held ON held.wallet_id = e_wallet
), changed AS (
  UPDATE ledger_balances AS b SET {", ".join(f"{asset} = b.{asset} + b_{asset}" for asset in Asset)}
  FROM clear, {_unnest("b_")}
  WHERE b.merchant_id = :merchant AND b.wallet_id = b_wallet
), opened AS (
  INSERT INTO ledger_balances AS b (merchant_id, wallet_id, {_BALANCES})
  SELECT :merchant, b_wallet, {_DELTAS} FROM clear, {_unnest("b_")}
  WHERE b_wallet NOT IN (SELECT wallet_id FROM held) ORDER BY b_wallet
  ON CONFLICT (merchant_id, wallet_id) DO UPDATE
    SET {", ".join(f"{asset} = b.{asset} + excluded.{asset}" for asset in Asset)}
)
SELECT count(*) FROM clear
"""  # noqa: S608 - built from the constants above
)


@dataclass
class Draft:
    """Rows about to be written, column by column."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    deltas: dict[UUID, dict[Asset, int]] = field(default_factory=dict)

    def add(self, entry: Entry, takes: Sequence[Sequence[Take]], returns_id: UUID | None = None) -> None:
        """Put in `entry`, whose n-th move takes from (or gives back to) the lots in `takes[n]`."""
        transaction_id = new_id(entry.at)
        self._append(
            t_id=transaction_id,
            t_kind=entry.kind,
            t_reference=entry.reference_id,
            t_at=entry.at,
            t_note=entry.note,
            t_returns=returns_id,
            t_member=entry.member_id,
        )
        for move, from_lots in zip(entry.moves, takes, strict=True):
            posting_id = new_id(entry.at)
            self._append(
                p_id=posting_id,
                p_transaction=transaction_id,
                p_wallet=move.wallet_id,
                p_asset=move.asset,
                p_amount=move.amount,
                p_account=move.account,
                p_at=entry.at,
            )
            if move.asset in LOT_ASSETS and move.amount > 0 and not from_lots:
                self._append(
                    l_id=posting_id,
                    l_wallet=move.wallet_id,
                    l_asset=move.asset,
                    l_amount=move.amount,
                    l_earned=move.earned_at or entry.at,
                    l_available=move.available_at,
                    l_expires=move.expires_at,
                    l_source=move.source_id,
                )
            for take in from_lots:
                self._append(u_posting=posting_id, u_lot=take.lot_id, u_amount=take.amount)
            delta = self.deltas.setdefault(move.wallet_id, dict.fromkeys(Asset, 0))
            delta[move.asset] += move.amount
        self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        """One event for each wallet and sort of asset."""
        told: dict[tuple[UUID, str], dict[str, int]] = {}
        for move in entry.moves:
            payload = told.setdefault((move.wallet_id, event_type(move.asset, entry.kind)), {})
            payload[move.asset] = payload.get(move.asset, 0) + move.amount
        for (wallet_id, type_), payload in told.items():
            self._append(
                e_id=new_id(),
                e_type=type_,
                e_subject=entry.reference_id,
                e_wallet=wallet_id,
                e_actor=entry.member_id,
                e_at=entry.at,
                e_payload=json.dumps(payload),
            )

    def write(self, unit: Unit, unread: Collection[UUID] = ()) -> bool:
        """All of it, or nothing: nothing and False when one of the `unread` wallets owes points.

        Raises AlreadyPosted; the surrounding unit of work can then only be left.
        """
        balances = {name: column for name, column in self.columns.items() if not name.startswith("b_")}
        balances["b_wallet"] = list(self.deltas)
        for asset in Asset:
            balances[f"b_{asset}"] = [delta[asset] for delta in self.deltas.values()]
        values = {"merchant": unit.merchant_id, "earning": list(unread), **balances}
        try:
            return bool(unit.connection.scalar(_WRITE, values))
        except IntegrityError as error:
            if ONCE in str(error.orig):
                raise AlreadyPosted from error
            raise

    def _append(self, **values: object) -> None:
        for name, value in values.items():
            self.columns[name].append(value.value if isinstance(value, StrEnum) else value)
