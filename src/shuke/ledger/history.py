"""Posting a whole past at once.

What many orders earned goes into the books in one statement, as if each had been posted on its own when it
happened; then what has expired since is expired with postings of its own. A property test holds this against
posting order by order.
"""

from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id_sql, numbered_id_sql
from shuke.ledger.crowds import tail, write
from shuke.ledger.expiry import expire_due
from shuke.ledger.model import Account, Kind, Posted

_PAST = f"""
given AS MATERIALIZED (
  SELECT reference_id, wallet_id, at, greatest(points, 0) AS points, greatest(growth, 0) AS growth, expires_at,
    {fresh_id_sql("rows.at")} AS transaction_id
  FROM rows
  WHERE (points > 0 OR growth > 0) AND (
    SELECT true FROM ledger_transactions AS t
    WHERE t.merchant_id = %(merchant)s AND t.reference_id = rows.reference_id AND t.kind = %(kind)s) IS NULL
  ORDER BY rows.at, rows.reference_id
), moves AS MATERIALIZED (
  SELECT {numbered_id_sql("given.transaction_id", "each.number")} AS posting_id, given.transaction_id, given.wallet_id,
    given.at, each.asset, each.amount, given.expires_at, CAST(NULL AS timestamptz) AS available_at,
    given.reference_id AS source_id
  FROM given, LATERAL (VALUES (0, 'points', points), (1, 'growth', growth)) AS each(number, asset, amount)
  WHERE each.amount > 0
)"""  # noqa: S608 - built from our own words

_TOLD = f"""SELECT %(merchant)s, {fresh_id_sql("max(given.at)")}, 'points.history_posted', wallet_id, wallet_id,
    %(now)s, jsonb_build_object('orders', count(*), 'points', sum(points), 'growth', sum(growth))
  FROM given GROUP BY wallet_id"""  # noqa: S608 - built from our own words


def post_history(unit: Unit, earned: sa.Select[Any]) -> Posted:
    """Post what past orders earned, and expire what is due by now.

    `earned` gives one row per order: `reference_id`, `wallet_id` (a member's), `at`, `points`, `growth` (nothing is
    posted for what is not above 0) and `expires_at` of the points (or null). Orders that have been posted already are
    left alone, so that a broken-off or repeated call does no harm. One event per member tells of it. The answer counts
    orders posted and their points, before expiry.
    """
    values: dict[str, object] = {"kind": Kind.ORDER_EARNED.value, "account": Account.EARNED.value}
    done = write(unit, earned, f"{_PAST}, {tail(_TOLD)}", values)
    expire_due(unit, unit.now())
    return done
