"""Writing to the books: any number of entries in one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.model import EVENT_OF_KIND, LOT_ASSETS, Asset, Entry, Take

_ONCE = "uq_ledger_transactions_merchant_id_reference_id_kind"

_COLUMNS = {
    "t_id": "uuid",
    "t_kind": "text",
    "t_reference": "uuid",
    "t_at": "timestamptz",
    "t_note": "text",
    "t_returns": "uuid",
    "p_id": "uuid",
    "p_transaction": "uuid",
    "p_member": "uuid",
    "p_asset": "text",
    "p_amount": "bigint",
    "p_account": "text",
    "p_at": "timestamptz",
    "p_grants": "boolean",
    "p_expires": "timestamptz",
    "u_posting": "uuid",
    "u_lot": "uuid",
    "u_amount": "bigint",
    "b_member": "uuid",
    "b_asset": "text",
    "b_delta": "bigint",
    "e_id": "uuid",
    "e_type": "text",
    "e_subject": "uuid",
    "e_member": "uuid",
    "e_at": "timestamptz",
    "e_payload": "text",
}


def _unnest(prefix: str) -> str:
    names = [name for name in _COLUMNS if name.startswith(prefix)]
    arrays = ", ".join(f"CAST(:{name} AS {_COLUMNS[name]}[])" for name in names)
    return f"unnest({arrays}) AS r({', '.join(names)})"


# Balances that shrink were locked and are there; balances that grow may be new. A proposed row with a negative
# balance would break the table's check before its conflict were even looked at, hence the two ways.
_WRITE = sa.text(
    f"""
WITH entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at, note, returns_id)
  SELECT :merchant, t_id, t_kind, t_reference, t_at, t_note, t_returns FROM {_unnest("t_")}
), posted AS (
  INSERT INTO ledger_postings
    (merchant_id, posting_id, transaction_id, member_id, asset, amount, counter_account, at)
  SELECT :merchant, p_id, p_transaction, p_member, p_asset, p_amount, p_account, p_at FROM {_unnest("p_")}
), granted AS (
  INSERT INTO ledger_lots (merchant_id, lot_id, member_id, asset, granted, remaining, earned_at, expires_at)
  SELECT :merchant, p_id, p_member, p_asset, p_amount, p_amount, p_at, p_expires FROM {_unnest("p_")} WHERE p_grants
), used AS (
  INSERT INTO ledger_lot_uses (merchant_id, posting_id, lot_id, amount)
  SELECT :merchant, u_posting, u_lot, u_amount FROM {_unnest("u_")}
), taken AS (
  UPDATE ledger_lots AS lot SET remaining = lot.remaining - used.amount
  FROM (SELECT u_lot, sum(u_amount) AS amount FROM {_unnest("u_")} GROUP BY u_lot) AS used
  WHERE lot.merchant_id = :merchant AND lot.lot_id = used.u_lot
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, e_id, e_type, e_subject, e_member, e_at, CAST(e_payload AS jsonb) FROM {_unnest("e_")}
), shrunk AS (
  UPDATE ledger_balances AS b SET balance = b.balance + b_delta FROM {_unnest("b_")}
  WHERE b.merchant_id = :merchant AND b.member_id = b_member AND b.asset = b_asset AND b_delta < 0
)
INSERT INTO ledger_balances AS b (merchant_id, member_id, asset, balance)
SELECT :merchant, b_member, b_asset, b_delta FROM {_unnest("b_")}
WHERE b_delta > 0 OR (b_delta = 0 AND NOT EXISTS (
  SELECT FROM ledger_balances AS there
  WHERE there.merchant_id = :merchant AND there.member_id = b_member AND there.asset = b_asset))
ORDER BY b_member, b_asset
ON CONFLICT (merchant_id, member_id, asset) DO UPDATE SET balance = b.balance + excluded.balance
"""  # noqa: S608 - built from the constants above
)


@dataclass
class Draft:
    """Rows about to be written, column by column."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    deltas: dict[tuple[UUID, Asset], int] = field(default_factory=dict)

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
        )
        for move, from_lots in zip(entry.moves, takes, strict=True):
            posting_id = new_id(entry.at)
            self._append(
                p_id=posting_id,
                p_transaction=transaction_id,
                p_member=move.member_id,
                p_asset=move.asset,
                p_amount=move.amount,
                p_account=move.account,
                p_at=entry.at,
                p_grants=move.asset in LOT_ASSETS and move.amount > 0 and not from_lots,
                p_expires=move.expires_at,
            )
            for take in from_lots:
                self._append(u_posting=posting_id, u_lot=take.lot_id, u_amount=take.amount)
            for asset in Asset:
                self.deltas.setdefault((move.member_id, asset), 0)
            self.deltas[move.member_id, move.asset] += move.amount
        self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        for member_id in dict.fromkeys(move.member_id for move in entry.moves):
            payload: dict[str, int] = {}
            for move in entry.moves:
                if move.member_id == member_id:
                    payload[move.asset] = payload.get(move.asset, 0) + move.amount
            self._append(
                e_id=new_id(),
                e_type=EVENT_OF_KIND[entry.kind],
                e_subject=entry.reference_id,
                e_member=member_id,
                e_at=entry.at,
                e_payload=json.dumps(payload),
            )

    def write(self, unit: Unit) -> None:
        """All of it, or nothing. Raises AlreadyPosted; the surrounding unit of work can then only be left."""
        for (member_id, asset), delta in self.deltas.items():
            self._append(b_member=member_id, b_asset=asset, b_delta=delta)
        try:
            unit.connection.execute(_WRITE, {"merchant": unit.merchant_id, **self.columns})
        except IntegrityError as error:
            if _ONCE in str(error.orig):
                raise AlreadyPosted from error
            raise

    def _append(self, **values: object) -> None:
        for name, value in values.items():
            self.columns[name].append(value.value if isinstance(value, StrEnum) else value)
