"""What is due expires, and what is kept alive does not: set-based, in bounded batches.

Each wallet loses what became due at one moment by one posting, dated at that moment and not at the run's, so the
books do not depend on how often expiry runs. Only a lot that was refilled after its time (by a return) expires
later than its date: at the moment of the return. Everybody's losses of one moment are one transaction.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import following_id_sql, following_ids_sql, fresh_id_sql
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Due, Expired, Kind, Posted
from shuke.ledger.telling import event_type

BATCH = 20_000
"""Lots looked at in one go."""

_START: Due = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))

# First the wallets, in the order everybody takes them; only then are the lots read, which nobody can touch now.
# Their ids come as one text and go back as it is: nobody here looks at them one by one.
_LOCK = sa.text(
    """
WITH due AS MATERIALIZED (
  SELECT expires_at, wallet_id FROM ledger_lots
  WHERE merchant_id = :merchant AND remaining > 0 AND expires_at <= :at
    AND (expires_at, wallet_id) > (CAST(:after_at AS timestamptz), CAST(:after AS uuid))
  ORDER BY expires_at, wallet_id LIMIT :batch
), held AS MATERIALIZED (
  SELECT wallet_id FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(ARRAY(SELECT wallet_id FROM due))
  ORDER BY wallet_id FOR UPDATE
)
SELECT (SELECT array_agg(wallet_id)::text FROM held) AS wallets, last.*
FROM (SELECT expires_at, wallet_id FROM due ORDER BY expires_at DESC, wallet_id DESC LIMIT 1) AS last
"""
)

_TYPES = " ".join(f"WHEN '{asset}' THEN '{event_type(asset, Kind.EXPIRED)}'" for asset in sorted(LOT_ASSETS))
_LOWER = ", ".join(f"{asset} = b.{asset} - l.{asset}" for asset in sorted(LOT_ASSETS))
_SUMS = ", ".join(
    f"coalesce(sum(remaining) FILTER (WHERE asset = '{asset}'), 0)::bigint AS {asset}" for asset in sorted(LOT_ASSETS)
)

_HEAD, _START_OF = following_ids_sql("transaction_id")

# Rows that are held stay where they are, so that they are found again by their place. That each is looked for under
# its merchant too lets the server ask once, not row by row, whether they are his to see. Everything written is read
# from `due`, a row a lot: rows of thousands that would have to find each other again are half of what writing costs.
_EXPIRE = sa.text(
    f"""
WITH wallets AS MATERIALIZED (
  SELECT ctid AS wallet_place, wallet_id, kind FROM ledger_balances
  WHERE merchant_id = :merchant AND wallet_id = ANY(CAST(:wallets AS uuid[]))
), found AS MATERIALIZED (
  SELECT ctid AS place, lot_id, wallet_id, asset, remaining, greatest(expires_at, refilled_at) AS gone_at
  FROM ledger_lots
  WHERE merchant_id = :merchant AND wallet_id = ANY(CAST(:wallets AS uuid[])) AND remaining > 0 AND expires_at <= :at
), moments AS MATERIALIZED (
  SELECT gone_at, transaction_id, {_HEAD} AS head, {_START_OF} AS start
  FROM (SELECT gone_at, {fresh_id_sql("gone_at")} AS transaction_id FROM found GROUP BY gone_at) AS m
), due AS MATERIALIZED (
  SELECT found.*, transaction_id, wallet_place, kind = 'member' AS of_member,
    {following_id_sql("head", "start", "dense_rank() OVER moves")} AS posting_id,
    (sum(remaining) OVER move)::bigint AS amount, row_number() OVER move = 1 AS first
  FROM found JOIN moments USING (gone_at) JOIN wallets USING (wallet_id)
  WINDOW moves AS (ORDER BY gone_at, wallet_id, asset), move AS (PARTITION BY gone_at, wallet_id, asset)
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT :merchant, transaction_id, :kind, transaction_id, gone_at FROM moments
), posted AS (
  INSERT INTO ledger_postings
    (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT :merchant, posting_id, transaction_id, wallet_id, asset, -amount, :account, gone_at FROM due WHERE first
), used AS (
  INSERT INTO ledger_lot_uses (merchant_id, posting_id, lot_id, amount)
  SELECT :merchant, posting_id, lot_id, remaining FROM due
), emptied AS (
  UPDATE ledger_lots SET remaining = 0
  WHERE merchant_id = :merchant AND ctid = ANY(ARRAY(SELECT place FROM found))
), lowered AS (
  UPDATE ledger_balances AS b SET {_LOWER}
  FROM (SELECT wallet_place, {_SUMS} FROM due GROUP BY wallet_place) AS l
  WHERE b.merchant_id = :merchant AND b.ctid = wallet_place
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT :merchant, posting_id, CASE asset {_TYPES} END, posting_id, CASE WHEN of_member THEN wallet_id END,
    gone_at, jsonb_build_object(asset, -amount)
  FROM due WHERE first
)
SELECT count(*) AS postings, coalesce(sum(amount), 0)::bigint AS amount FROM due WHERE first
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
    last: Due | None = _START
    while last is not None:
        done = expire_batch(unit, at, last)
        count, amount, last = count + done.count, amount + done.amount, done.last
    return Posted(count, amount)


def expire_batch(unit: Unit, at: datetime, after: Due | None = None, batch: int = BATCH) -> Expired:
    """Expire what is due in the wallets of the next `batch` due lots behind `after`; None starts.

    A crowd is best worked off in one unit of work per batch, so that no wallet is held for long.
    """
    after_at, after_wallet = after or _START
    here = {"merchant": unit.merchant_id, "at": at, "after_at": after_at, "after": after_wallet, "batch": batch}
    held = unit.connection.execute(_LOCK, here).first()
    if held is None:
        return Expired()
    row = unit.connection.execute(
        _EXPIRE,
        {
            "merchant": unit.merchant_id,
            "wallets": held.wallets,
            "at": at,
            "kind": Kind.EXPIRED.value,
            "account": Account.EXPIRED.value,
        },
    ).one()
    return Expired(row.postings, row.amount, (held.expires_at, held.wallet_id))


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
