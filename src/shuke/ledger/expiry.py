"""What is due expires, and what is kept alive does not: set-based, in bounded batches.

Each wallet loses what became due at one moment by one posting, dated at that moment and not at the run's, so the
books do not depend on how often expiry runs. Only a lot that was refilled after its time (by a return) expires
later than its date: at the moment of the return. Everybody's losses of one moment are one transaction.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Kind, Posted
from shuke.ledger.telling import event_type

BATCH = 20_000
"""Lots looked at in one go."""

# First the wallets, in the order everybody takes them; only then are the lots read, which nobody can touch now.
_LOCK = sa.text(
    """
SELECT wallet_id FROM ledger_balances AS b
WHERE b.merchant_id = :merchant AND b.wallet_id IN (
  SELECT due.wallet_id FROM (
    SELECT wallet_id FROM ledger_lots
    WHERE merchant_id = :merchant AND remaining > 0 AND expires_at <= :at
    ORDER BY expires_at LIMIT :batch
  ) AS due)
ORDER BY wallet_id FOR UPDATE
"""
)

_TYPES = " ".join(f"WHEN '{asset}' THEN '{event_type(asset, Kind.EXPIRED)}'" for asset in sorted(LOT_ASSETS))
_LOWER = ", ".join(f"{asset} = b.{asset} - l.{asset}" for asset in sorted(LOT_ASSETS))
_SUMS = ", ".join(
    f"coalesce(sum(amount) FILTER (WHERE asset = '{asset}'), 0) AS {asset}" for asset in sorted(LOT_ASSETS)
)

_EXPIRE = sa.text(
    f"""
WITH due AS MATERIALIZED (
  SELECT lot_id, wallet_id, asset, remaining, greatest(expires_at, (
    SELECT max(p.at) FROM ledger_lot_uses AS u
    JOIN ledger_postings AS p ON p.merchant_id = u.merchant_id AND p.posting_id = u.posting_id
    WHERE u.merchant_id = :merchant AND u.lot_id = lot.lot_id AND u.amount < 0)) AS gone_at
  FROM ledger_lots AS lot
  WHERE merchant_id = :merchant AND wallet_id = ANY(:wallets) AND remaining > 0 AND expires_at <= :at
), moments AS MATERIALIZED (
  SELECT gone_at, {fresh_id_sql("gone_at")} AS transaction_id FROM due GROUP BY gone_at
), lost AS MATERIALIZED (
  SELECT wallet_id, asset, gone_at, sum(remaining)::bigint AS amount, {fresh_id_sql("gone_at")} AS posting_id,
    array_agg(lot_id) AS lots, array_agg(remaining) AS amounts
  FROM due GROUP BY wallet_id, asset, gone_at ORDER BY gone_at, wallet_id, asset
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT :merchant, transaction_id, :kind, transaction_id, gone_at FROM moments
), posted AS (
  INSERT INTO ledger_postings
    (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT :merchant, posting_id, transaction_id, wallet_id, asset, -amount, :account, gone_at
  FROM lost JOIN moments USING (gone_at)
), used AS (
  INSERT INTO ledger_lot_uses (merchant_id, posting_id, lot_id, amount)
  SELECT :merchant, posting_id, lot_id, taken FROM lost, unnest(lots, amounts) AS each(lot_id, taken)
), emptied AS (
  UPDATE ledger_lots AS lot SET remaining = 0 FROM due
  WHERE lot.merchant_id = :merchant AND lot.lot_id = due.lot_id
), lowered AS (
  UPDATE ledger_balances AS b SET {_LOWER}
  FROM (SELECT wallet_id, {_SUMS} FROM lost GROUP BY wallet_id) AS l
  WHERE b.merchant_id = :merchant AND b.wallet_id = l.wallet_id
  RETURNING b.wallet_id, b.kind
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, {fresh_id_sql("CAST(:now AS timestamptz)")}, CASE asset {_TYPES} END, posting_id,
    CASE WHEN kind = 'member' THEN wallet_id END, gone_at, jsonb_build_object(asset, -amount)
  FROM lost JOIN lowered USING (wallet_id)
)
SELECT count(*) AS postings, coalesce(sum(amount), 0)::bigint AS amount FROM lost
"""  # noqa: S608 - built from constants
)

_EXTEND = sa.text(
    f"""
WITH longer AS (
  UPDATE ledger_lots AS lot SET expires_at = :until
  WHERE merchant_id = :merchant AND wallet_id = ANY(:wallets) AND asset = :asset AND remaining > 0
    AND expires_at > :now AND expires_at < :until
  RETURNING wallet_id, remaining
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, {fresh_id_sql("CAST(:now AS timestamptz)")}, :event, longer.wallet_id,
    CASE WHEN b.kind = 'member' THEN longer.wallet_id END, :now,
    jsonb_build_object(CAST(:asset AS text), sum(remaining), 'until', CAST(:until AS timestamptz))
  FROM longer JOIN ledger_balances AS b ON b.merchant_id = :merchant AND b.wallet_id = longer.wallet_id
  GROUP BY longer.wallet_id, b.kind
)
SELECT count(*) AS postings, coalesce(sum(remaining), 0)::bigint AS amount FROM longer
"""  # noqa: S608 - built from constants
)

_HOLD = sa.text(
    """
SELECT count(*) FROM (SELECT 1 FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(:wallets) ORDER BY wallet_id FOR UPDATE) AS held
"""
)


def expire_due(unit: Unit, at: datetime) -> Posted:
    """Expire everything that is due at `at`, in this unit of work."""
    count = amount = 0
    while (done := expire_batch(unit, at)).count:
        count += done.count
        amount += done.amount
    return Posted(count, amount)


def expire_batch(unit: Unit, at: datetime, batch: int = BATCH) -> Posted:
    """Expire what is due in the wallets of the next `batch` due lots; the postings made, none if nothing was left.

    A crowd is best worked off in one unit of work per batch, so that no wallet is held for long.
    """
    wallets: list[UUID] = list(unit.connection.scalars(_LOCK, {"merchant": unit.merchant_id, "at": at, "batch": batch}))
    if not wallets:
        return Posted()
    row = unit.connection.execute(
        _EXPIRE,
        {
            "merchant": unit.merchant_id,
            "wallets": wallets,
            "at": at,
            "now": unit.now(),
            "kind": Kind.EXPIRED.value,
            "account": Account.EXPIRED.value,
        },
    ).one()
    return Posted(row.postings, row.amount)


def extend(unit: Unit, wallet_ids: Collection[UUID], asset: Asset, until: datetime) -> Posted:
    """Let what these wallets hold of `asset`, and would lose earlier, live until `until`: expiry by activity. What has
    expired stays expired, what never expires never does. The lots that live longer now, and what is left in them.
    """
    wallets = {"merchant": unit.merchant_id, "wallets": list(wallet_ids)}
    unit.connection.execute(_HOLD, wallets)
    event = f"{event_type(asset, Kind.EXPIRED).partition('.')[0]}.extended"
    row = unit.connection.execute(
        _EXTEND, {**wallets, "asset": asset.value, "until": until, "now": unit.now(), "event": event}
    ).one()
    return Posted(row.postings, row.amount)
