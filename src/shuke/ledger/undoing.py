"""What an earlier transaction took or gave, and how much of that has not been undone yet."""

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger.holding import lot_of
from shuke.ledger.model import Account, Asset, Kind, Lot

_ALL = """
WITH origin AS (
  SELECT transaction_id FROM ledger_transactions
  WHERE merchant_id = :merchant AND reference_id = :reference AND kind = :kind
), entries AS (
  SELECT transaction_id, true AS origin FROM origin
  UNION ALL
  SELECT t.transaction_id, false FROM origin
  JOIN ledger_transactions AS t ON t.merchant_id = :merchant AND t.returns_id = origin.transaction_id
)
"""

_OUT = sa.text(
    f"""{_ALL}, uses AS (
  SELECT use.lot_id, sum(use.amount) AS out FROM entries
  JOIN ledger_postings AS p ON p.merchant_id = :merchant AND p.transaction_id = entries.transaction_id
  JOIN ledger_lot_uses AS use ON use.merchant_id = :merchant AND use.posting_id = p.posting_id
  GROUP BY use.lot_id
)
SELECT (SELECT transaction_id FROM origin) AS transaction_id, lot.*, uses.out
FROM uses JOIN ledger_lots AS lot ON lot.merchant_id = :merchant AND lot.lot_id = uses.lot_id
"""  # noqa: S608 - built from the constant above
)

_GIVEN = sa.text(
    f"""{_ALL}
SELECT entries.transaction_id, entries.origin, p.wallet_id, p.asset, p.amount, p.counter_account,
  lot.lot_id, lot.granted, lot.remaining, lot.earned_at, lot.expires_at, lot.available_at, lot.source_id,
  (SELECT coalesce(sum(use.amount), 0) FROM ledger_lot_uses AS use
   JOIN ledger_postings AS e ON e.merchant_id = :merchant AND e.posting_id = use.posting_id
   WHERE use.merchant_id = :merchant AND use.lot_id = lot.lot_id AND e.counter_account = :expired) AS expired
FROM entries JOIN ledger_postings AS p ON p.merchant_id = :merchant AND p.transaction_id = entries.transaction_id
LEFT JOIN ledger_lots AS lot ON entries.origin AND lot.merchant_id = :merchant AND lot.lot_id = p.posting_id
"""  # noqa: S608 - built from the constant above
)


@dataclass
class Given:
    """What a transaction gave a wallet of one asset and what has been taken back of it; `lots`: those it granted, each
    with how much of it has expired."""

    amount: int = 0
    undone: int = 0
    lots: list[tuple[Lot, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.amount - self.undone


def still_out(
    unit: Unit, kind: Kind, reference_id: UUID
) -> tuple[UUID | None, dict[tuple[UUID, Asset], list[tuple[Lot, int]]]]:
    """The transaction's id, and by wallet and asset the lots it took from with what has not come back to each."""
    rows = unit.connection.execute(_OUT, _of(unit, kind, reference_id)).all()
    out: dict[tuple[UUID, Asset], list[tuple[Lot, int]]] = {}
    for row in rows:
        out.setdefault((row.wallet_id, Asset(row.asset)), []).append((lot_of(row), int(row.out)))
    return (rows[0].transaction_id if rows else None), out


def given(unit: Unit, kind: Kind, reference_id: UUID) -> tuple[UUID | None, dict[tuple[UUID, Asset], Given]]:
    """The transaction's id, and what it gave by wallet and asset. What it paid off of a debt was given too."""
    rows = unit.connection.execute(_GIVEN, {**_of(unit, kind, reference_id), "expired": Account.EXPIRED.value}).all()
    found: dict[tuple[UUID, Asset], Given] = {}
    for row in rows:
        repaid = row.counter_account in (Account.REPAID, Account.OWED)
        of = found.setdefault((row.wallet_id, Asset.POINTS if repaid else Asset(row.asset)), Given())
        if row.origin:
            of.amount += abs(row.amount) if row.amount > 0 or repaid else 0
        elif row.counter_account in (Account.CLAWED_BACK, Account.OWED):
            of.undone += abs(row.amount)
        if row.lot_id is not None:
            of.lots.append((lot_of(row), int(row.expired)))
    return next((row.transaction_id for row in rows if row.origin), None), found


def _of(unit: Unit, kind: Kind, reference_id: UUID) -> dict[str, object]:
    return {"merchant": unit.merchant_id, "kind": kind.value, "reference": reference_id}
