"""Balances reckoned anew from postings, when these become another's."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger.model import Asset

_SUMS = ", ".join(f"coalesce(sum(p.amount) FILTER (WHERE p.asset = '{asset}'), 0)" for asset in Asset)
_SET = ", ".join(f"{asset} = excluded.{asset}" for asset in Asset)
_BALANCES = sa.text(
    f"""
INSERT INTO ledger_balances AS b (merchant_id, wallet_id, {", ".join(Asset)})
SELECT :merchant, w.wallet_id, {_SUMS}
FROM unnest(CAST(:wallets AS uuid[])) AS w(wallet_id)
LEFT JOIN ledger_postings AS p ON p.merchant_id = :merchant AND p.wallet_id = w.wallet_id
GROUP BY w.wallet_id HAVING count(p.posting_id) > 0
  OR EXISTS (SELECT FROM ledger_balances AS o WHERE o.merchant_id = :merchant AND o.wallet_id = w.wallet_id)
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET {_SET}
"""  # noqa: S608 - assets are ours
)


def recount(unit: Unit, wallet_ids: Collection[UUID]) -> None:
    """What each of them has is the sum of what was posted to it."""
    unit.connection.execute(_BALANCES, {"merchant": unit.merchant_id, "wallets": list(wallet_ids)})
