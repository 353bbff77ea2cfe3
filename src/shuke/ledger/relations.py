"""What read models of other domains may join with. Always the same objects: alias them to join one twice.

Where a relation says `member_id`, it shows members' wallets only.
"""

from functools import cache

import sqlalchemy as sa

from shuke.ledger.model import Asset, Kind, WalletKind
from shuke.ledger.tables import ledger_balances, ledger_lot_uses, ledger_lots, ledger_postings, ledger_transactions


@cache
def holdings_relation(asset: Asset) -> sa.Subquery:
    """One row per member who ever had anything: merchant_id, member_id, balance of `asset` (the book balance)."""
    table = ledger_balances.c
    return (
        sa.select(table.merchant_id, table.wallet_id.label("member_id"), table[asset.value].label("balance"))
        .where(table.kind == WalletKind.MEMBER)
        .subquery(f"{asset}_held")
    )


@cache
def balances_relation() -> sa.Subquery:
    """One row per member with postings: merchant_id, member_id, and a column for each asset (book balances)."""
    table = ledger_balances.c
    return (
        sa.select(table.merchant_id, table.wallet_id.label("member_id"), *(table[asset.value] for asset in Asset))
        .where(table.kind == WalletKind.MEMBER)
        .subquery("balances")
    )


@cache
def wallets_relation() -> sa.Subquery:
    """One row per wallet of whatever kind: merchant_id, wallet_id, kind, and a column for each asset."""
    table = ledger_balances.c
    return sa.select(table.merchant_id, table.wallet_id, table.kind, *(table[asset.value] for asset in Asset)).subquery(
        "wallets"
    )


@cache
def lots_relation() -> sa.Subquery:
    """One row per lot: merchant_id, lot_id (its granting posting), wallet_id, asset, granted, remaining, earned_at,
    available_at, expires_at, source_id."""
    return sa.select(ledger_lots).subquery("lots")


@cache
def movements_relation() -> sa.Subquery:
    """One row per posting, without its transaction: merchant_id, member_id (the wallet), asset, amount, account,
    at."""
    posting = ledger_postings.c
    return sa.select(
        posting.merchant_id,
        posting.wallet_id.label("member_id"),
        posting.asset,
        posting.amount,
        posting.counter_account.label("account"),
        posting.at,
    ).subquery("movements")


@cache
def postings_relation() -> sa.Subquery:
    """One row per posting: merchant_id, posting_id, transaction_id, wallet_id, asset, amount, account, at, kind,
    reference_id, member_id (who acted, where that is not the wallet's own member)."""
    posting, entry = ledger_postings.c, ledger_transactions.c
    return (
        sa.select(
            posting.merchant_id,
            posting.posting_id,
            posting.transaction_id,
            posting.wallet_id,
            posting.asset,
            posting.amount,
            posting.counter_account.label("account"),
            posting.at,
            entry.kind,
            entry.reference_id,
            entry.member_id,
        )
        .join(
            ledger_transactions,
            sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
        )
        .subquery("postings")
    )


@cache
def order_points_relation() -> sa.Subquery:
    """One row per order with postings of points: merchant_id, order_id, points_earned, points_spent.

    `points_earned` counts what paid off debt too; `points_spent` is what the settlement took, before any return.
    """
    posting, entry = ledger_postings.c, ledger_transactions.c
    return (
        sa.select(
            entry.merchant_id,
            entry.reference_id.label("order_id"),
            _of_kind(sa.func.abs(posting.amount), Kind.ORDER_EARNED).label("points_earned"),
            _of_kind(-posting.amount, Kind.ORDER_SPENT).label("points_spent"),
        )
        .join(
            ledger_transactions,
            sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
        )
        .where(
            posting.asset.in_((Asset.POINTS, Asset.POINTS_OWED)), entry.kind.in_((Kind.ORDER_EARNED, Kind.ORDER_SPENT))
        )
        .group_by(entry.merchant_id, entry.reference_id)
        .subquery("order_points")
    )


@cache
def uses_relation() -> sa.Subquery:
    """One row per lot that a posting took from or gave back to: merchant_id, transaction_id, kind, reference_id, at,
    wallet_id, asset, account, lot_id, amount (negative: given back), and of the lot source_id, earned_at and
    expires_at.

    So clearing knows whose money was spent where: the source is the top-up, card or campaign that granted it.
    """
    from_ = postings_relation()
    return (
        sa.select(
            from_.c.merchant_id,
            from_.c.transaction_id,
            from_.c.kind,
            from_.c.reference_id,
            from_.c.at,
            from_.c.wallet_id,
            from_.c.asset,
            from_.c.account,
            ledger_lot_uses.c.lot_id,
            ledger_lot_uses.c.amount,
            ledger_lots.c.source_id,
            ledger_lots.c.earned_at,
            ledger_lots.c.expires_at,
        )
        .join(
            ledger_lot_uses,
            sa.and_(
                ledger_lot_uses.c.merchant_id == from_.c.merchant_id, ledger_lot_uses.c.posting_id == from_.c.posting_id
            ),
        )
        .join(
            ledger_lots,
            sa.and_(
                ledger_lots.c.merchant_id == ledger_lot_uses.c.merchant_id,
                ledger_lots.c.lot_id == ledger_lot_uses.c.lot_id,
            ),
        )
        .subquery("uses")
    )


def _of_kind(amount: sa.ColumnElement[int], kind: Kind) -> sa.ColumnElement[int]:
    """PostgreSQL adds 64-bit integers up to a numeric; ours stay integers."""
    return sa.cast(sa.func.coalesce(sa.func.sum(amount).filter(ledger_transactions.c.kind == kind), 0), sa.BigInteger)
