"""Reading one member's books, and holding them still.

Whoever takes from a wallet first locks all of its balance rows, in the order (member, asset); whoever only gives
meets the same rows in the same order. The first posting of a member makes a row for every asset, so that there is
always something to lock. Hence two settlements of one member wait for each other and never deadlock.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.ledger.model import ORDER_KINDS, Account, Asset, Balances, Kind, Lot, Posting
from shuke.ledger.tables import ledger_balances, ledger_lot_uses, ledger_lots, ledger_postings, ledger_transactions


def lock_wallets(unit: Unit, member_ids: Collection[UUID]) -> dict[tuple[UUID, Asset], int]:
    """Hold every balance of these members until the transaction ends; their book balances."""
    table = ledger_balances.c
    rows = unit.connection.execute(
        sa.select(table.member_id, table.asset, table.balance)
        .where(table.merchant_id == unit.merchant_id, table.member_id.in_(member_ids))
        .order_by(table.member_id, table.asset)
        .with_for_update()
    )
    return {(row.member_id, Asset(row.asset)): row.balance for row in rows}


def lots_for(unit: Unit, member_id: UUID, asset: Asset, amount: int, at: datetime) -> list[Lot]:
    """As many live lots, in spend order, as `amount` needs (all of them when they do not suffice)."""
    table = ledger_lots.c
    order = (table.expires_at.asc().nulls_last(), table.earned_at, table.lot_id)
    before = sa.func.sum(table.remaining).over(order_by=order, rows=(None, 0)) - table.remaining
    live = (
        sa.select(*_lot_columns(), before.label("before"))
        .where(
            table.merchant_id == unit.merchant_id,
            table.member_id == member_id,
            table.asset == asset,
            table.remaining > 0,
            sa.or_(table.expires_at.is_(None), table.expires_at > at),
        )
        .subquery()
    )
    rows = unit.connection.execute(sa.select(live).where(live.c.before < amount))
    return [_lot(row) for row in rows]


def still_out(unit: Unit, transaction_id: UUID, member_id: UUID, asset: Asset) -> list[tuple[Lot, int]]:
    """The lots a transaction took from, with what has not been given back to each by returns of it."""
    entry, posting, use = ledger_transactions.c, ledger_postings.c, ledger_lot_uses.c
    taken = (
        sa.select(use.lot_id, sa.func.sum(use.amount).label("out"))
        .select_from(
            ledger_transactions.join(
                ledger_postings,
                sa.and_(
                    posting.merchant_id == entry.merchant_id,
                    posting.transaction_id == entry.transaction_id,
                    posting.member_id == member_id,
                    posting.asset == asset,
                ),
            ).join(
                ledger_lot_uses,
                sa.and_(use.merchant_id == posting.merchant_id, use.posting_id == posting.posting_id),
            )
        )
        .where(
            entry.merchant_id == unit.merchant_id,
            sa.or_(entry.transaction_id == transaction_id, entry.returns_id == transaction_id),
        )
        .group_by(use.lot_id)
        .subquery()
    )
    rows = unit.connection.execute(
        sa.select(*_lot_columns(), taken.c.out)
        .join(taken, taken.c.lot_id == ledger_lots.c.lot_id)
        .where(ledger_lots.c.merchant_id == unit.merchant_id)
    )
    return [(_lot(row), int(row.out)) for row in rows]


def transaction_id(unit: Unit, kind: Kind, reference_id: UUID) -> UUID | None:
    table = ledger_transactions.c
    return unit.connection.scalar(
        sa.select(table.transaction_id).where(
            table.merchant_id == unit.merchant_id, table.reference_id == reference_id, table.kind == kind
        )
    )


def balances(unit: Unit, member_ids: Collection[UUID], at: datetime) -> dict[UUID, Balances]:
    """What may be spent or counts at `at`; members without postings are not in the answer."""
    balance, lot = ledger_balances.c, ledger_lots.c
    gone = (
        sa.select(sa.func.coalesce(sa.func.sum(lot.remaining), 0))
        .where(
            lot.merchant_id == balance.merchant_id,
            lot.member_id == balance.member_id,
            lot.asset == balance.asset,
            lot.remaining > 0,
            lot.expires_at <= at,
        )
        .scalar_subquery()
    )
    rows = unit.connection.execute(
        sa.select(balance.member_id, balance.asset, (balance.balance - gone).label("amount")).where(
            balance.merchant_id == unit.merchant_id, balance.member_id.in_(member_ids)
        )
    )
    found: dict[UUID, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.member_id, {})[row.asset] = int(row.amount)
    return {member_id: Balances(**amounts) for member_id, amounts in found.items()}


def live_lots(unit: Unit, member_id: UUID, asset: Asset, at: datetime) -> list[Lot]:
    """What can be spent at `at`, in spend order, each lot with the order that earned it."""
    lot, posting, entry = ledger_lots.c, ledger_postings.c, ledger_transactions.c
    order_id = sa.case((entry.kind.in_(ORDER_KINDS), entry.reference_id))
    rows = unit.connection.execute(
        sa.select(*_lot_columns(), order_id.label("order_id"))
        .select_from(
            ledger_lots.join(
                ledger_postings,
                sa.and_(posting.merchant_id == lot.merchant_id, posting.posting_id == lot.lot_id),
            ).join(
                ledger_transactions,
                sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
            )
        )
        .where(
            lot.merchant_id == unit.merchant_id,
            lot.member_id == member_id,
            lot.asset == asset,
            lot.remaining > 0,
            sa.or_(lot.expires_at.is_(None), lot.expires_at > at),
        )
        .order_by(lot.expires_at.asc().nulls_last(), lot.earned_at, lot.lot_id)
    )
    return [_lot(row, row.order_id) for row in rows]


def statement(
    unit: Unit, member_id: UUID, asset: Asset | None, cursor: str | None, limit: int
) -> tuple[list[Posting], str | None]:
    """Postings, newest first."""
    posting, entry = ledger_postings.c, ledger_transactions.c
    query = (
        sa.select(
            posting.posting_id,
            posting.at,
            posting.asset,
            posting.amount,
            posting.counter_account,
            entry.kind,
            entry.reference_id,
            entry.note,
        )
        .join(
            ledger_transactions,
            sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
        )
        .where(posting.merchant_id == unit.merchant_id, posting.member_id == member_id)
    )
    if asset is not None:
        query = query.where(posting.asset == asset)
    rows, following = page(unit, query, Sort(posting.at, posting.posting_id, descending=True), cursor, limit)
    return [_posting(row) for row in rows], following


def _posting(row: sa.Row[*tuple[Any, ...]]) -> Posting:
    kind = Kind(row.kind)
    return Posting(
        posting_id=row.posting_id,
        at=row.at,
        asset=Asset(row.asset),
        amount=row.amount,
        kind=kind,
        account=Account(row.counter_account),
        order_id=row.reference_id if kind in ORDER_KINDS else None,
        note=row.note,
    )


def _lot_columns() -> tuple[sa.ColumnElement[Any], ...]:
    table = ledger_lots.c
    return (table.lot_id, table.granted, table.remaining, table.earned_at, table.expires_at)


def _lot(row: sa.Row[*tuple[Any, ...]], order_id: UUID | None = None) -> Lot:
    return Lot(row.lot_id, row.granted, row.remaining, row.earned_at, row.expires_at, order_id)
