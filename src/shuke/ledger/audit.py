"""The laws of the books, checked on a live database."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of
from shuke.ledger.model import LOT_ASSETS

_LAWS: Mapping[str, str] = MappingProxyType(
    {
        "ledger: balances equal postings": """
            SELECT count(*) FROM (
              SELECT member_id, asset, sum(amount) AS total FROM ledger_postings
              WHERE merchant_id = :merchant GROUP BY member_id, asset) AS p
            FULL JOIN (SELECT * FROM ledger_balances WHERE merchant_id = :merchant) AS b USING (member_id, asset)
            WHERE coalesce(p.total, 0) <> coalesce(b.balance, 0)""",
        "ledger: lots equal balances": """
            SELECT count(*) FROM (
              SELECT member_id, asset, sum(remaining) AS total FROM ledger_lots
              WHERE merchant_id = :merchant GROUP BY member_id, asset) AS l
            FULL JOIN (SELECT * FROM ledger_balances WHERE merchant_id = :merchant AND asset = ANY(:lot_assets)) AS b
              USING (member_id, asset)
            WHERE coalesce(l.total, 0) <> coalesce(b.balance, 0)""",
        "ledger: lot uses equal what is gone from lots": """
            SELECT count(*) FROM ledger_lots AS l
            LEFT JOIN (SELECT lot_id, sum(amount) AS total FROM ledger_lot_uses
                       WHERE merchant_id = :merchant GROUP BY lot_id) AS u USING (lot_id)
            WHERE l.merchant_id = :merchant AND l.granted - l.remaining <> coalesce(u.total, 0)""",
        "ledger: each taking names its lots": """
            SELECT count(*) FROM ledger_postings AS p
            LEFT JOIN (SELECT posting_id, sum(amount) AS total FROM ledger_lot_uses
                       WHERE merchant_id = :merchant GROUP BY posting_id) AS u USING (posting_id)
            LEFT JOIN ledger_lots AS l ON l.merchant_id = p.merchant_id AND l.lot_id = p.posting_id
            WHERE p.merchant_id = :merchant AND p.asset = ANY(:lot_assets)
              AND coalesce(l.granted, -coalesce(u.total, 0)) <> p.amount""",
        "ledger: no transaction without postings": """
            SELECT count(*) FROM ledger_transactions AS t WHERE t.merchant_id = :merchant AND NOT EXISTS (
              SELECT FROM ledger_postings AS p
              WHERE p.merchant_id = t.merchant_id AND p.transaction_id = t.transaction_id)""",
        "ledger: no balance below zero": """
            SELECT count(*) FROM ledger_balances WHERE merchant_id = :merchant AND balance < 0""",
    }
)


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of the books for the unit's merchant."""
    values = {"merchant": unit.merchant_id, "lot_assets": [asset.value for asset in LOT_ASSETS]}
    checks = []
    with whole_tables(unit):
        for name, law in _LAWS.items():
            known = {key: value for key, value in values.items() if f":{key}" in law}
            checks.append(check_of(name, unit.connection.scalar(sa.text(law), known) or 0))
    return checks
