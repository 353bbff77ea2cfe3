"""Reading wallets: balances, lots, statements."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.questions import Query, Question
from shuke.ledger.holding import lot_of
from shuke.ledger.model import LOT_ASSETS, ORDER_KINDS, Account, Asset, Balances, Kind, Lot, Posting
from shuke.ledger.tables import ledger_balances, ledger_lots, ledger_postings, ledger_transactions


def balances(unit: Unit, wallet_ids: Collection[UUID], at: datetime) -> dict[UUID, Balances]:
    """What may be spent or counts at `at`; wallets without postings are not in the answer."""
    return asking_balances(unit, wallet_ids, at).answer(unit)


def asking_balances(unit: Unit, wallet_ids: Collection[UUID], at: datetime) -> Question[dict[UUID, Balances]]:
    """`balances`, for whoever has other things to ask at once."""
    return Question(_BALANCES.ask(merchant=unit.merchant_id, wallets=list(wallet_ids), at=at), _balances)


def _balances(rows: Sequence[Any]) -> dict[UUID, Balances]:
    return {
        row.wallet_id: Balances(
            **{asset.value: getattr(row, asset.value) for asset in Asset}, points_pending=row.points_pending
        )
        for row in rows
    }


def _sum(amount: sa.ColumnElement[int], *where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """PostgreSQL adds 64-bit integers up to a numeric; ours stay integers."""
    return sa.cast(sa.func.coalesce(sa.func.sum(amount).filter(*where), 0), sa.BigInteger)


def _of_wallets() -> sa.Select[Any]:
    """Balances less what has expired or still waits in lots."""
    balance, lot, at = ledger_balances.c, ledger_lots.c, sa.bindparam("at", type_=ledger_lots.c.expires_at.type)
    gone, waits = lot.expires_at <= at, sa.func.coalesce(lot.available_at > at, False)
    aside = (
        sa.select(
            *(_sum(lot.remaining, lot.asset == asset.value).label(f"{asset}_aside") for asset in sorted(LOT_ASSETS)),
            _sum(lot.remaining, lot.asset == Asset.POINTS.value, waits, sa.not_(sa.func.coalesce(gone, False))).label(
                "points_pending"
            ),
        )
        .where(
            lot.merchant_id == balance.merchant_id,
            lot.wallet_id == balance.wallet_id,
            lot.remaining > 0,
            sa.or_(gone, lot.available_at > at),
        )
        .lateral("aside")
    )
    shown = [
        (balance[asset.value] - aside.c[f"{asset}_aside"] if asset in LOT_ASSETS else balance[asset.value]).label(asset)
        for asset in Asset
    ]
    wallets = sa.bindparam("wallets", type_=ARRAY(sa.Uuid))
    return (
        sa.select(balance.wallet_id, *shown, aside.c.points_pending)
        .join_from(ledger_balances, aside, sa.true())
        .where(balance.merchant_id == sa.bindparam("merchant"), balance.wallet_id == sa.any_(wallets))
    )


_BALANCES = Query(_of_wallets())


def live_lots(unit: Unit, wallet_id: UUID, asset: Asset, at: datetime, *, pending: bool) -> list[Lot]:
    """What can be spent at `at`, in spend order, each lot with the order that earned it; or what is pending then."""
    lot, posting, entry = ledger_lots.c, ledger_postings.c, ledger_transactions.c
    order_id = sa.case((entry.kind.in_(ORDER_KINDS), entry.reference_id))
    available = sa.func.coalesce(lot.available_at <= at, True)
    rows = unit.connection.execute(
        sa.select(ledger_lots, order_id.label("order_id"))
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
            lot.wallet_id == wallet_id,
            lot.asset == asset,
            lot.remaining > 0,
            sa.or_(lot.expires_at.is_(None), lot.expires_at > at),
            sa.not_(available) if pending else available,
        )
        .order_by(lot.expires_at.asc().nulls_last(), lot.earned_at, lot.lot_id)
    )
    return [lot_of(row, row.order_id) for row in rows]


def statement(
    unit: Unit, wallet_id: UUID, asset: Asset | None, cursor: str | None, limit: int
) -> tuple[list[Posting], str | None]:
    """Postings, newest first."""
    posting, entry = ledger_postings.c, ledger_transactions.c
    undone = ledger_transactions.alias("undone")
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
            entry.member_id,
            sa.case(
                (entry.kind.in_(ORDER_KINDS), entry.reference_id),
                (undone.c.kind.in_(ORDER_KINDS), undone.c.reference_id),
            ).label("order_id"),
        )
        .join(
            ledger_transactions,
            sa.and_(entry.merchant_id == posting.merchant_id, entry.transaction_id == posting.transaction_id),
        )
        .outerjoin(
            undone, sa.and_(undone.c.merchant_id == entry.merchant_id, undone.c.transaction_id == entry.returns_id)
        )
        .where(posting.merchant_id == unit.merchant_id, posting.wallet_id == wallet_id)
    )
    if asset is not None:
        query = query.where(posting.asset == asset)
    rows, following = page(unit, query, Sort(posting.at, posting.posting_id, descending=True), cursor, limit)
    return [_posting(row) for row in rows], following


def _posting(row: sa.Row[*tuple[Any, ...]]) -> Posting:
    return Posting(
        posting_id=row.posting_id,
        at=row.at,
        asset=Asset(row.asset),
        amount=row.amount,
        kind=Kind(row.kind),
        account=Account(row.counter_account),
        order_id=row.order_id,
        note=row.note,
        reference_id=row.reference_id,
        member_id=row.member_id,
    )
