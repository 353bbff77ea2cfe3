"""What is due expires: set-based, in bounded batches.

Each member loses what became due at one moment by one posting, dated at that moment and not at the run's, so the
books do not depend on how often expiry runs. Only a lot that was refilled after its time (by a return) expires
later than its date: at the moment of the return.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql, numbered_id_sql
from shuke.ledger.model import EVENT_OF_KIND, Account, Kind, Posted

BATCH = 20_000
"""Lots looked at in one go."""

# First the balances, in the order everybody takes them; only then are the lots read, which nobody can touch now.
_LOCK = sa.text(
    """
SELECT DISTINCT member_id FROM (
  SELECT b.member_id FROM ledger_balances AS b
  WHERE b.merchant_id = :merchant AND b.member_id IN (
    SELECT due.member_id FROM (
      SELECT member_id FROM ledger_lots
      WHERE merchant_id = :merchant AND remaining > 0 AND expires_at <= :at
      ORDER BY expires_at LIMIT :batch
    ) AS due)
  ORDER BY b.member_id, b.asset FOR UPDATE
) AS held
"""
)

_POSTING = numbered_id_sql("transaction_id", "0")

_EXPIRE = sa.text(
    f"""
WITH due AS MATERIALIZED (
  SELECT lot_id, member_id, asset, remaining, greatest(expires_at, (
    SELECT max(p.at) FROM ledger_lot_uses AS u
    JOIN ledger_postings AS p ON p.merchant_id = u.merchant_id AND p.posting_id = u.posting_id
    WHERE u.merchant_id = :merchant AND u.lot_id = lot.lot_id AND u.amount < 0)) AS gone_at
  FROM ledger_lots AS lot
  WHERE merchant_id = :merchant AND member_id = ANY(:members) AND remaining > 0 AND expires_at <= :at
), lost AS MATERIALIZED (
  SELECT member_id, asset, gone_at, sum(remaining) AS amount, {fresh_id_sql("gone_at")} AS transaction_id,
    array_agg(lot_id) AS lots, array_agg(remaining) AS amounts
  FROM due GROUP BY member_id, asset, gone_at ORDER BY gone_at, member_id, asset
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT :merchant, transaction_id, :kind, transaction_id, gone_at FROM lost
), posted AS (
  INSERT INTO ledger_postings
    (merchant_id, posting_id, transaction_id, member_id, asset, amount, counter_account, at)
  SELECT :merchant, {_POSTING}, transaction_id, member_id, asset, -amount, :account, gone_at FROM lost
), used AS (
  INSERT INTO ledger_lot_uses (merchant_id, posting_id, lot_id, amount)
  SELECT :merchant, {_POSTING}, lot_id, taken FROM lost, unnest(lots, amounts) AS each(lot_id, taken)
), emptied AS (
  UPDATE ledger_lots AS lot SET remaining = 0 FROM due
  WHERE lot.merchant_id = :merchant AND lot.lot_id = due.lot_id
), lowered AS (
  UPDATE ledger_balances AS b SET balance = b.balance - l.amount
  FROM (SELECT member_id, asset, sum(amount) AS amount FROM lost GROUP BY member_id, asset) AS l
  WHERE b.merchant_id = :merchant AND b.member_id = l.member_id AND b.asset = l.asset
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, {fresh_id_sql("CAST(:now AS timestamptz)")}, :event, transaction_id, member_id, gone_at,
    jsonb_build_object(asset, -amount) FROM lost
)
SELECT count(*) AS transactions, coalesce(sum(amount), 0)::bigint AS amount FROM lost
"""  # noqa: S608 - built from constants
)


def expire_due(unit: Unit, at: datetime) -> Posted:
    """Expire everything that is due at `at`, in this unit of work."""
    transactions = amount = 0
    while (done := expire_batch(unit, at)).transactions:
        transactions += done.transactions
        amount += done.amount
    return Posted(transactions, amount)


def expire_batch(unit: Unit, at: datetime, batch: int = BATCH) -> Posted:
    """Expire what is due of the members of the next `batch` due lots; nothing posted means nothing was left.

    A crowd is best worked off in one unit of work per batch, so that no wallet is held for long.
    """
    members: list[UUID] = list(unit.connection.scalars(_LOCK, {"merchant": unit.merchant_id, "at": at, "batch": batch}))
    if not members:
        return Posted()
    row = unit.connection.execute(
        _EXPIRE,
        {
            "merchant": unit.merchant_id,
            "members": members,
            "at": at,
            "now": unit.now(),
            "kind": Kind.EXPIRED.value,
            "account": Account.EXPIRED.value,
            "event": EVENT_OF_KIND[Kind.EXPIRED],
        },
    ).one()
    return Posted(row.transactions, row.amount)
