"""What read models of other domains may join with. Always the same objects: alias them to join one twice."""

from functools import cache

import sqlalchemy as sa

from shuke.ledger.model import Asset, Kind
from shuke.ledger.tables import ledger_balances, ledger_postings, ledger_transactions


@cache
def holdings_relation(asset: Asset) -> sa.Subquery:
    """One row per member who ever had some of `asset`: merchant_id, member_id, balance (the book balance)."""
    table = ledger_balances.c
    return (
        sa.select(table.merchant_id, table.member_id, table.balance)
        .where(table.asset == asset)
        .subquery(f"{asset}_held")
    )


def balances_relation() -> sa.Subquery:
    """One row per member with postings: merchant_id, member_id, points, growth (book balances)."""
    table = ledger_balances.c
    return (
        sa.select(
            table.merchant_id,
            table.member_id,
            _total(table.asset, table.balance, Asset.POINTS),
            _total(table.asset, table.balance, Asset.GROWTH),
        )
        .group_by(table.merchant_id, table.member_id)
        .subquery("balances")
    )


@cache
def movements_relation() -> sa.Subquery:
    """One row per posting, without its transaction: merchant_id, member_id, asset, amount, at."""
    posting = ledger_postings.c
    return sa.select(posting.merchant_id, posting.member_id, posting.asset, posting.amount, posting.at).subquery(
        "movements"
    )


@cache
def postings_relation() -> sa.Subquery:
    """One row per posting: merchant_id, posting_id, member_id, asset, amount, at, kind, reference_id."""
    posting, entry = ledger_postings.c, ledger_transactions.c
    return (
        sa.select(
            posting.merchant_id,
            posting.posting_id,
            posting.member_id,
            posting.asset,
            posting.amount,
            posting.at,
            entry.kind,
            entry.reference_id,
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

    `points_spent` is what the settlement took, before any return.
    """
    posting, entry = ledger_postings.c, ledger_transactions.c
    return (
        sa.select(
            entry.merchant_id,
            entry.reference_id.label("order_id"),
            _of_kind(posting.amount, Kind.ORDER_EARNED).label("points_earned"),
            _of_kind(-posting.amount, Kind.ORDER_SPENT).label("points_spent"),
        )
        .join(
            ledger_transactions,
            sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
        )
        .where(posting.asset == Asset.POINTS, entry.kind.in_((Kind.ORDER_EARNED, Kind.ORDER_SPENT)))
        .group_by(entry.merchant_id, entry.reference_id)
        .subquery("order_points")
    )


def _total(asset: sa.ColumnElement[str], amount: sa.ColumnElement[int], which: Asset) -> sa.Label[int]:
    return _int(sa.func.coalesce(sa.func.sum(amount).filter(asset == which), 0)).label(which.value)


def _of_kind(amount: sa.ColumnElement[int], kind: Kind) -> sa.ColumnElement[int]:
    return _int(sa.func.coalesce(sa.func.sum(amount).filter(ledger_transactions.c.kind == kind), 0))


def _int(value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """PostgreSQL adds 64-bit integers up to a numeric; ours stay integers."""
    return sa.cast(value, sa.BigInteger)
