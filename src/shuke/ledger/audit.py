"""The laws of the books, checked on a live database."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of
from shuke.ledger.model import LOT_ASSETS, Asset, Kind, WalletKind
from shuke.ledger.tables import ledger_balances
from shuke.members import service as members

_BOOK = f"""
  SELECT wallet_id, asset, balance FROM ledger_balances, LATERAL (VALUES
    {", ".join(f"('{asset}', {asset})" for asset in Asset)}) AS each(asset, balance)
  WHERE merchant_id = :merchant AND balance <> 0"""  # noqa: S608 - assets are ours

_LAWS: Mapping[str, str] = MappingProxyType(
    {
        "ledger: balances equal postings": f"""
            SELECT count(*) FROM (
              SELECT wallet_id, asset, sum(amount) AS total FROM ledger_postings
              WHERE merchant_id = :merchant GROUP BY wallet_id, asset) AS p
            FULL JOIN ({_BOOK}) AS b USING (wallet_id, asset)
            WHERE coalesce(p.total, 0) <> coalesce(b.balance, 0)""",  # noqa: S608
        "ledger: lots equal balances": f"""
            SELECT count(*) FROM (
              SELECT wallet_id, asset, sum(remaining) AS total FROM ledger_lots
              WHERE merchant_id = :merchant GROUP BY wallet_id, asset) AS l
            FULL JOIN (SELECT * FROM ({_BOOK}) AS book WHERE asset = ANY(:lot_assets)) AS b USING (wallet_id, asset)
            WHERE coalesce(l.total, 0) <> coalesce(b.balance, 0)""",  # noqa: S608
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
        "ledger: lots are of the wallet and asset that used them": """
            SELECT count(*) FROM ledger_lot_uses AS u
            LEFT JOIN ledger_postings AS p ON p.merchant_id = u.merchant_id AND p.posting_id = u.posting_id
            LEFT JOIN ledger_lots AS l ON l.merchant_id = u.merchant_id AND l.lot_id = u.lot_id
            WHERE u.merchant_id = :merchant
              AND (l.wallet_id <> p.wallet_id OR l.asset <> p.asset) IS NOT FALSE""",
        "ledger: lots are what a posting granted": """
            SELECT count(*) FROM ledger_lots AS l
            LEFT JOIN ledger_postings AS p ON p.merchant_id = l.merchant_id AND p.posting_id = l.lot_id
            WHERE l.merchant_id = :merchant
              AND (p.wallet_id, p.asset, p.amount) IS DISTINCT FROM (l.wallet_id, l.asset, l.granted)""",
        "ledger: postings are parts of a transaction of their moment": """
            SELECT count(*) FROM ledger_postings AS p
            LEFT JOIN ledger_transactions AS t ON t.merchant_id = p.merchant_id AND t.transaction_id = p.transaction_id
            WHERE p.merchant_id = :merchant AND t.at IS DISTINCT FROM p.at""",
        "ledger: what is moved arrives, or pays off debt": """
            SELECT count(*) FROM (
              SELECT 1 FROM ledger_transactions AS t
              JOIN ledger_postings AS p ON p.merchant_id = t.merchant_id AND p.transaction_id = t.transaction_id
              WHERE t.merchant_id = :merchant AND t.kind = ANY(:moving)
              GROUP BY t.transaction_id, replace(p.asset, '_owed', '')
              HAVING sum(CASE p.asset WHEN 'points_owed' THEN -p.amount ELSE p.amount END) <> 0) AS lost""",
        "ledger: no transaction without postings": """
            SELECT count(*) FROM ledger_transactions AS t WHERE t.merchant_id = :merchant AND NOT EXISTS (
              SELECT FROM ledger_postings AS p
              WHERE p.merchant_id = t.merchant_id AND p.transaction_id = t.transaction_id)""",
        "ledger: no balance below zero": f"""
            SELECT count(*) FROM ledger_balances
            WHERE merchant_id = :merchant AND least({", ".join(Asset)}) < 0""",  # noqa: S608
        "ledger: who owes points has none to spend": """
            SELECT count(*) FROM ledger_balances AS b WHERE b.merchant_id = :merchant AND b.points_owed > 0 AND EXISTS (
              SELECT FROM ledger_lots AS l WHERE l.merchant_id = :merchant AND l.wallet_id = b.wallet_id
                AND l.asset = 'points' AND l.remaining > 0
                AND (l.expires_at IS NULL OR l.expires_at > :now))""",
        "ledger: cards hold stored value only": """
            SELECT count(*) FROM ledger_balances AS b
            WHERE b.merchant_id = :merchant AND b.kind = 'card' AND b.points + b.growth + b.points_owed > 0""",
    }
)

_MOVING = (
    Kind.TRANSFERRED,
    Kind.CARD_MOVED,
    Kind.RETURN_GRACED,
    Kind.DEBT_REPAID,
    Kind.MERGE_UNDONE,
    Kind.MERGE_DIVIDED,
)


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of the books for the unit's merchant."""
    values: dict[str, object] = {
        "merchant": unit.merchant_id,
        "lot_assets": [asset.value for asset in LOT_ASSETS],
        "moving": [kind.value for kind in _MOVING],
        "now": unit.now(),
    }
    checks = [check_of("ledger: members' wallets are members'", unit.connection.scalar(_orphans(unit)) or 0)]
    with whole_tables(unit):
        for name, law in _LAWS.items():
            known = {key: value for key, value in values.items() if f":{key}" in law}
            checks.append(check_of(name, unit.connection.scalar(sa.text(law), known) or 0))
    return checks


def _orphans(unit: Unit) -> sa.Select[int]:
    """How many wallets that are said to be a member's belong to nobody."""
    wallet, member = ledger_balances.c, members.members_relation().c
    known = sa.exists().where(member.merchant_id == wallet.merchant_id, member.member_id == wallet.wallet_id)
    return sa.select(sa.func.count()).where(
        wallet.merchant_id == unit.merchant_id, wallet.kind == WalletKind.MEMBER, ~known
    )
