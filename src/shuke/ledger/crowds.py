"""Giving to crowds: campaigns, packs, imports, a whole past. Any number of grants in one statement."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql, numbered_id_sql
from shuke.infra.planning import whole_tables
from shuke.ledger.draft import ONCE
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Kind, Posted
from shuke.ledger.telling import event_type

_LOTS = ", ".join(f"'{asset}'" for asset in sorted(LOT_ASSETS))
_SUMS = ", ".join(f"coalesce(sum(amount) FILTER (WHERE asset = '{asset}'), 0)::bigint AS {asset}" for asset in Asset)

_MANY = f"""
given AS MATERIALIZED (
  SELECT rows.*, {fresh_id_sql("rows.at")} AS transaction_id FROM rows
  WHERE amount > 0 AND (
    SELECT true FROM ledger_transactions AS t
    WHERE t.merchant_id = %(merchant)s AND t.reference_id = rows.reference_id AND t.kind = %(kind)s) IS NULL
  ORDER BY rows.at, rows.reference_id
), moves AS MATERIALIZED (
  SELECT given.*, {numbered_id_sql("given.transaction_id", "0")} AS posting_id FROM given
)"""  # noqa: S608 - built from our own words


def tail(told: str) -> str:
    """What is written of `given` (a row per transaction) and `moves` (a row per grant); `told` selects the events.

    Wallets that are there are held in the order of their ids; who owes points has them paid off from hers first.

    How many rows there are the planner cannot know; it would go through one step's rows once for each of another's.
    So it is told to join in sets (`write`), and what lies in tables is looked up by lists, which are no joins.
    """
    owed = numbered_id_sql("posting_id", "128 + get_byte(uuid_send(posting_id), 15) %% 128")
    added = ", ".join(f"{asset} = b.{asset} + excluded.{asset}" for asset in Asset)
    return f"""
held AS MATERIALIZED (
  SELECT b.wallet_id, b.kind, b.points_owed FROM ledger_balances AS b
  WHERE b.merchant_id = %(merchant)s AND b.wallet_id = ANY(ARRAY(SELECT wallet_id FROM given))
  ORDER BY b.wallet_id FOR UPDATE
), repaying AS MATERIALIZED (
  SELECT moves.posting_id, least(amount, greatest(0, points_owed - (sum(amount) OVER (
    PARTITION BY moves.wallet_id ORDER BY at, moves.posting_id) - amount)))::bigint AS repaid
  FROM moves JOIN held ON held.wallet_id = moves.wallet_id AND held.points_owed > 0 AND moves.asset = 'points'
), parts AS MATERIALIZED (
  SELECT posting_id, transaction_id, wallet_id, asset, amount - coalesce(repaid, 0) AS amount,
    CAST(%(account)s AS text) AS account, at, expires_at, available_at, source_id
  FROM moves LEFT JOIN repaying USING (posting_id) WHERE amount > coalesce(repaid, 0)
  UNION ALL
  SELECT {owed}, transaction_id, wallet_id, 'points_owed', -repaid, '{Account.REPAID}', at, NULL, NULL, NULL
  FROM moves JOIN repaying USING (posting_id) WHERE repaid > 0
), entered AS (
  INSERT INTO ledger_transactions (merchant_id, transaction_id, kind, reference_id, at)
  SELECT %(merchant)s, transaction_id, %(kind)s, reference_id, at FROM given
), posted AS (
  INSERT INTO ledger_postings (merchant_id, posting_id, transaction_id, wallet_id, asset, amount, counter_account, at)
  SELECT %(merchant)s, posting_id, transaction_id, wallet_id, asset, amount, account, at FROM parts
), granted AS (
  INSERT INTO ledger_lots
    (merchant_id, lot_id, wallet_id, asset, granted, remaining, earned_at, available_at, expires_at, source_id)
  SELECT %(merchant)s, posting_id, wallet_id, asset, amount, amount, at, available_at, expires_at, source_id
  FROM parts WHERE asset IN ({_LOTS})
), sums AS MATERIALIZED (
  SELECT wallet_id, {_SUMS} FROM parts GROUP BY wallet_id
), changed AS (
  UPDATE ledger_balances AS b SET {", ".join(f"{asset} = b.{asset} + sums.{asset}" for asset in Asset)}
  FROM sums WHERE b.merchant_id = %(merchant)s AND b.wallet_id = sums.wallet_id
    AND b.wallet_id = ANY(ARRAY(SELECT wallet_id FROM held))
), opened AS (
  INSERT INTO ledger_balances AS b (merchant_id, wallet_id, {", ".join(Asset)})
  SELECT %(merchant)s, wallet_id, {", ".join(Asset)} FROM sums
  WHERE wallet_id NOT IN (SELECT wallet_id FROM held) ORDER BY wallet_id
  ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET {added}
), told AS (
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  {told}
)"""  # noqa: S608 - built from our own words


def post_many(unit: Unit, kind: Kind, account: Account, rows: sa.Select[Any]) -> Posted:
    """Grant what `rows` say, each row a transaction of its own; how many were posted, and their sum.

    `rows` gives `reference_id`, `wallet_id`, `asset`, `amount`, `at`, `expires_at`, `available_at` and `source_id` (the
    last three may be null; nothing is posted for what is not above 0). A reference posted before for this kind is left
    alone, so a repeated call does no harm; one that comes twice in `rows` is an error. Each row is told of by an event.
    Raises AlreadyPosted when another does the same at this moment: then do it again.
    """
    types = " ".join(f"WHEN '{asset}' THEN '{event_type(asset, kind)}'" for asset in Asset)
    told = f"""SELECT %(merchant)s, posting_id, CASE asset {types} END, reference_id,
    CASE WHEN coalesce(held.kind, 'member') = 'member' THEN moves.wallet_id END, at, jsonb_build_object(asset, amount)
  FROM moves LEFT JOIN held ON held.wallet_id = moves.wallet_id"""  # noqa: S608 - built from our own words
    return write(unit, rows, f"{_MANY}, {tail(told)}", {"kind": kind.value, "account": account.value})


def write(unit: Unit, rows: sa.Select[Any], parts: str, values: dict[str, object]) -> Posted:
    """Run the statement `parts`, common table expressions that build on `rows` and count by `given` and `moves`."""
    compiled = rows.compile(unit.connection, compile_kwargs={"render_postcompile": True})
    sums = "SELECT (SELECT count(*) FROM given) AS count, coalesce(sum(amount), 0)::bigint AS amount FROM moves"
    statement = f"WITH rows AS ({compiled}), {parts} {sums} WHERE asset <> '{Asset.GROWTH}'"
    try:
        with whole_tables(unit):
            row = unit.connection.exec_driver_sql(
                statement, {**compiled.params, "merchant": unit.merchant_id, "now": unit.now(), **values}
            ).one()
    except IntegrityError as error:
        if ONCE in str(error.orig):
            raise AlreadyPosted from error
        raise
    return Posted(*row)
