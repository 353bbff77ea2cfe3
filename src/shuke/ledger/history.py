"""Posting a whole past at once.

What many orders earned goes into the books in one statement, as if each had been posted on its own when it
happened; then what has expired since is expired with postings of its own. A property test holds this against
posting order by order.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.fresh_ids import fresh_id, numbered_id
from shuke.infra.outbox import domain_events
from shuke.ledger.expiry import expire_due
from shuke.ledger.model import LOT_ASSETS, Account, Asset, Kind, Posted
from shuke.ledger.tables import ledger_balances, ledger_lots, ledger_postings, ledger_transactions


def post_history(unit: Unit, earned: sa.Select[Any]) -> Posted:
    """Post what past orders earned, and expire what is due by now.

    `earned` gives one row per order: `reference_id`, `member_id`, `at`, `points`, `growth` (nothing is posted for
    what is not above 0) and `expires_at` of the points (or null). Orders that have been posted already are left
    alone, so that a broken-off or repeated call does no harm. One event per member tells of it. The answer counts
    orders posted and their points, before expiry.
    """
    given = _given(unit, earned)
    moves = _moves(given)
    done = unit.connection.execute(
        sa.select(
            sa.func.count(),
            sa.cast(sa.func.coalesce(sa.func.sum(given.c.points), 0), sa.BigInteger),
        ).add_cte(
            _entered(unit, given),
            _posted(unit, moves),
            _granted(unit, moves),
            _raised(unit, given),
            _told(unit, given),
        )
    ).one()
    expire_due(unit, unit.now())
    return Posted(*done)


def _given(unit: Unit, earned: sa.Select[Any]) -> sa.CTE:
    """The orders to post, oldest first, each with its transaction's id."""
    order = earned.subquery("earned").c
    entry = ledger_transactions.c
    posted = (
        sa.select(sa.literal(1))
        .where(
            entry.merchant_id == unit.merchant_id,
            entry.reference_id == order.reference_id,
            entry.kind == Kind.ORDER_EARNED,
        )
        .exists()
    )
    return (
        sa.select(
            order.reference_id,
            order.member_id,
            order.at,
            sa.func.greatest(order.points, 0).label("points"),
            sa.func.greatest(order.growth, 0).label("growth"),
            order.expires_at,
            fresh_id("earned.at").label("transaction_id"),
        )
        .where(sa.or_(order.points > 0, order.growth > 0), ~posted)
        .order_by(order.at, order.reference_id)
        .cte("given")
        .prefix_with("MATERIALIZED")
    )


def _moves(given: sa.CTE) -> sa.CTE:
    """One row per posting."""
    amounts = (
        sa.values(
            sa.column("number", sa.Integer),
            sa.column("asset", sa.Text),
            sa.column("amount", sa.BigInteger),
            name="each",
        )
        .data([(number, asset.value, given.c[asset.value]) for number, asset in enumerate(Asset)])
        .lateral()
    )
    return (
        sa.select(
            given.c.transaction_id,
            given.c.member_id,
            given.c.at,
            given.c.expires_at,
            amounts.c.asset,
            amounts.c.amount,
            numbered_id("given.transaction_id", "each.number").label("posting_id"),
        )
        .join_from(given, amounts, sa.true())
        .where(amounts.c.amount > 0)
        .cte("moves")
        .prefix_with("MATERIALIZED")
    )


def _entered(unit: Unit, given: sa.CTE) -> sa.CTE:
    row = given.c
    columns = ["merchant_id", "transaction_id", "kind", "reference_id", "at"]
    rows = sa.select(
        sa.literal(unit.merchant_id), row.transaction_id, sa.literal(Kind.ORDER_EARNED.value), row.reference_id, row.at
    )
    return ledger_transactions.insert().from_select(columns, rows).cte("entered")


def _posted(unit: Unit, moves: sa.CTE) -> sa.CTE:
    row = moves.c
    columns = ["merchant_id", "posting_id", "transaction_id", "member_id", "asset", "amount", "counter_account", "at"]
    rows = sa.select(
        sa.literal(unit.merchant_id),
        row.posting_id,
        row.transaction_id,
        row.member_id,
        row.asset,
        row.amount,
        sa.literal(Account.EARNED.value),
        row.at,
    )
    return ledger_postings.insert().from_select(columns, rows).cte("posted")


def _granted(unit: Unit, moves: sa.CTE) -> sa.CTE:
    row = moves.c
    columns = ["merchant_id", "lot_id", "member_id", "asset", "granted", "remaining", "earned_at", "expires_at"]
    rows = sa.select(
        sa.literal(unit.merchant_id),
        row.posting_id,
        row.member_id,
        row.asset,
        row.amount,
        row.amount,
        row.at,
        row.expires_at,
    ).where(row.asset.in_([asset.value for asset in LOT_ASSETS]))
    return ledger_lots.insert().from_select(columns, rows).cte("granted")


def _raised(unit: Unit, given: sa.CTE) -> sa.CTE:
    """Balances of all members met, with a row for every asset."""
    row = given.c
    totals = (
        sa.select(row.member_id, *(sa.func.sum(row[asset.value]).label(asset.value) for asset in Asset))
        .group_by(row.member_id)
        .subquery("totals")
    )
    each = (
        sa.values(sa.column("asset", sa.Text), sa.column("amount", sa.BigInteger), name="each")
        .data([(asset.value, totals.c[asset.value]) for asset in Asset])
        .lateral()
    )
    rows = (
        sa.select(sa.literal(unit.merchant_id), totals.c.member_id, each.c.asset, each.c.amount)
        .join_from(totals, each, sa.true())
        .order_by(totals.c.member_id, each.c.asset)
    )
    statement = insert(ledger_balances).from_select(["merchant_id", "member_id", "asset", "balance"], rows)
    return statement.on_conflict_do_update(
        index_elements=["merchant_id", "member_id", "asset"],
        set_={"balance": ledger_balances.c.balance + statement.excluded.balance},
    ).cte("raised")


def _told(unit: Unit, given: sa.CTE) -> sa.CTE:
    row = given.c
    now = sa.literal(unit.now())
    columns = ["merchant_id", "event_id", "type", "subject_id", "member_id", "occurred_at", "payload"]
    payload = sa.func.jsonb_build_object(
        "orders", sa.func.count(), "points", sa.func.sum(row.points), "growth", sa.func.sum(row.growth)
    )
    rows = sa.select(
        sa.literal(unit.merchant_id),
        fresh_id("max(given.at)"),
        sa.literal("points.history_posted"),
        row.member_id,
        row.member_id,
        now,
        payload,
    ).group_by(row.member_id)
    return domain_events.insert().from_select(columns, rows).cte("told")
