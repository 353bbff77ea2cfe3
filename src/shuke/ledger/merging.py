"""What a merge does to the books: postings and lots become the survivor's, and balances follow from them."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.ledger.errors import OwesWhatTheOtherHas, SpentTogether
from shuke.ledger.holding import hold
from shuke.ledger.model import Asset
from shuke.ledger.tables import ledger_balances, ledger_lots, ledger_postings, ledger_transactions
from shuke.members.service import Moved, Moves, Pair, Plain, reckoned

_SUMS = ", ".join(f"coalesce(sum(p.amount) FILTER (WHERE p.asset = '{asset}'), 0)" for asset in Asset)
_SET = ", ".join(f"{asset} = excluded.{asset}" for asset in Asset)
_BALANCES = sa.text(
    f"""
INSERT INTO ledger_balances AS b (merchant_id, wallet_id, {", ".join(Asset)})
SELECT :merchant, w.wallet_id, {_SUMS}
FROM unnest(CAST(:both AS uuid[])) AS w(wallet_id)
LEFT JOIN ledger_postings AS p ON p.merchant_id = :merchant AND p.wallet_id = w.wallet_id
GROUP BY w.wallet_id HAVING count(p.posting_id) > 0
  OR EXISTS (SELECT FROM ledger_balances AS o WHERE o.merchant_id = :merchant AND o.wallet_id = w.wallet_id)
ON CONFLICT (merchant_id, wallet_id) DO UPDATE SET {_SET}
"""  # noqa: S608 - assets are ours
)

_OWES = sa.text(
    """
SELECT EXISTS (
  SELECT FROM ledger_balances WHERE merchant_id = :merchant AND wallet_id = ANY(:both) AND points_owed > 0
) AND EXISTS (
  SELECT FROM ledger_lots WHERE merchant_id = :merchant AND wallet_id = ANY(:both) AND asset = 'points'
    AND remaining > 0 AND (expires_at IS NULL OR expires_at > :now))
"""
)

_MIXED = sa.text(
    """
SELECT EXISTS (
  SELECT FROM ledger_lot_uses AS u
  WHERE u.merchant_id = :merchant AND u.lot_id = ANY(:lots) AND u.posting_id <> ALL(:postings)
) OR EXISTS (
  SELECT FROM ledger_postings AS p
  WHERE p.merchant_id = :merchant AND p.wallet_id = :survivor AND p.posting_id <> ALL(:postings)
  GROUP BY p.asset HAVING sum(p.amount) < 0)
"""
)


def _hold(unit: Unit, member_ids: Collection[UUID]) -> None:
    hold(unit, member_ids)


def _debt(unit: Unit, pair: Pair) -> None:
    """Whoever owes points has none to spend: so it would have to be paid off, and that could not be taken apart."""
    if unit.connection.scalar(_OWES, {"merchant": unit.merchant_id, "both": pair.both, "now": unit.now()}):
        raise OwesWhatTheOtherHas


def _unmixed(unit: Unit, pair: Pair, moved: Moved) -> None:
    """What was taken from her lots since names them: a lot and its takings are of one wallet."""
    values = {
        "merchant": unit.merchant_id,
        "survivor": pair.survivor,
        "lots": [key[0] for key in moved.get("ledger_lots.wallet_id", ())],
        "postings": [key[0] for key in moved.get("ledger_postings.wallet_id", ())],
    }
    uuids = [sa.bindparam(name, type_=sa.ARRAY(sa.Uuid(as_uuid=False))) for name in ("lots", "postings")]
    if unit.connection.scalar(_MIXED.bindparams(*uuids), values):
        raise SpentTogether


def _recount(unit: Unit, member_ids: Collection[UUID]) -> None:
    unit.connection.execute(_BALANCES, {"merchant": unit.merchant_id, "both": list(member_ids)})


MOVES = Moves(
    moves=(
        Plain(ledger_transactions, "member_id"),
        Plain(ledger_postings, "wallet_id"),
        Plain(ledger_lots, "wallet_id"),
        reckoned(ledger_balances, "wallet_id", _recount),
    ),
    holds=(_hold,),
    refuses=(_debt,),
    keeps=(_unmixed,),
)
