"""What the books say of a month: movements, what is left of lots, what became of cohorts. SQL over sets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.insight.liability.model import ASSETS, ISSUING, Cohort, Left, LotState, Month, Movement, movement
from shuke.ledger import service as ledger
from shuke.ledger.model import LOT_ASSETS, Account, Asset, WalletKind

_LOT_ASSETS = [str(asset) for asset in ASSETS if asset in LOT_ASSETS]


def movements(unit: Unit, month: Month) -> list[Movement]:
    """Each asset's movement over the month, also where nothing moved."""
    posting = ledger.movements_relation().c
    before = posting.at < month.start
    query = (
        sa.select(posting.asset, posting.account, _sum(posting.amount, before), _sum(posting.amount, ~before))
        .where(
            posting.merchant_id == unit.merchant_id,
            posting.asset.in_([str(asset) for asset in ASSETS]),
            posting.at <= month.at,
        )
        .group_by(posting.asset, posting.account)
    )
    opening = dict.fromkeys(ASSETS, 0)
    within: dict[Asset, dict[Account, int]] = {asset: {} for asset in ASSETS}
    for asset, account, past, now in unit.connection.execute(query):
        opening[Asset(asset)] += past
        within[Asset(asset)][Account(account)] = now
    return [movement(asset, opening[asset], within[asset]) for asset in ASSETS]


def left(unit: Unit, month: Month, timezone: str) -> list[Left]:
    """What was left of every lot at the month's last moment, added up where lots are alike."""
    lots = _lots(unit, month)
    lot, wallet = lots.c, ledger.wallets_relation().c
    expired, waits = lot.expires_at <= month.at, lot.available_at > month.at
    state = sa.case((expired, str(LotState.OVERDUE)), (waits, str(LotState.PENDING)), else_=str(LotState.SPENDABLE))
    expires_in = _month_of(lot.expires_at - sa.text("interval '1 microsecond'"), timezone)
    groups = [
        column.label(name)
        for name, column in (
            ("asset", lot.asset),
            ("wallet", wallet.kind),
            ("state", state),
            ("expires_in", expires_in),
            ("cohort", _month_of(lot.earned_at, timezone)),
        )
    ]
    each = (
        sa.select(*groups, lot.remaining)
        .join(
            ledger.wallets_relation(),
            sa.and_(wallet.merchant_id == unit.merchant_id, wallet.wallet_id == lot.wallet_id),
        )
        .where(lot.remaining > 0)
        .subquery("each")
    )
    keys = [each.c[group.name] for group in groups]
    rows = unit.connection.execute(sa.select(*keys, _sum(each.c.remaining).label("amount")).group_by(*keys))
    return [
        Left(Asset(row.asset), WalletKind(row.wallet), LotState(row.state), row.expires_in, row.cohort, row.amount)
        for row in rows
    ]


def _lots(unit: Unit, month: Month) -> sa.Subquery:
    """Lots with what remained of them then: what remains now, and what was taken since."""
    found = ledger.lots_relation()
    lot = found.c
    mine = (lot.merchant_id == unit.merchant_id, lot.asset.in_(_LOT_ASSETS))
    columns = (lot.wallet_id, lot.asset, lot.earned_at, lot.available_at, lot.expires_at)
    if not month.over:
        return sa.select(*columns, lot.remaining).where(*mine, lot.remaining > 0).subquery("lots_then")
    granted, use = ledger.postings_relation().c, ledger.uses_relation().c
    since = (
        sa.select(use.lot_id, sa.func.sum(use.amount).label("amount"))
        .where(use.merchant_id == unit.merchant_id, use.at > month.at)
        .group_by(use.lot_id)
        .subquery("since")
    )
    remained = sa.cast(lot.remaining + sa.func.coalesce(since.c.amount, 0), sa.BigInteger).label("remaining")
    return (
        sa.select(*columns, remained)
        .join(
            ledger.postings_relation(),
            sa.and_(granted.merchant_id == lot.merchant_id, granted.posting_id == lot.lot_id),
        )
        .outerjoin(since, since.c.lot_id == lot.lot_id)
        .where(*mine, granted.at <= month.at)
        .subquery("lots_then")
    )


def cohorts(unit: Unit, month: Month, timezone: str, remaining: Sequence[Left]) -> list[Cohort]:
    """What was issued in each month so far, and how much of it expired; `remaining` says what is left."""
    issued, expired = _issued(unit, month, timezone), _expired(unit, month, timezone)
    still: dict[tuple[Asset, date], int] = {}
    for each in remaining:
        key = (each.asset, each.cohort)
        still[key] = still.get(key, 0) + each.amount
    order = {asset: number for number, asset in enumerate(ASSETS)}
    keys = sorted(issued.keys() | expired.keys() | still.keys(), key=lambda key: (order[key[0]], key[1]))
    return [Cohort(*key, issued.get(key, 0), expired.get(key, 0), still.get(key, 0)) for key in keys]


def _issued(unit: Unit, month: Month, timezone: str) -> dict[tuple[Asset, date], int]:
    lots, postings = ledger.lots_relation(), ledger.postings_relation()
    lot, granted = lots.c, postings.c
    return _by_cohort(
        unit,
        sa.select(lot.asset, _month_of(lot.earned_at, timezone).label("cohort"), lot.granted.label("amount"))
        .join(postings, sa.and_(granted.merchant_id == lot.merchant_id, granted.posting_id == lot.lot_id))
        .where(
            lot.merchant_id == unit.merchant_id,
            lot.asset.in_(_LOT_ASSETS),
            granted.account.in_([str(account) for account in ISSUING]),
            granted.at <= month.at,
        ),
    )


def _expired(unit: Unit, month: Month, timezone: str) -> dict[tuple[Asset, date], int]:
    use = ledger.uses_relation().c
    return _by_cohort(
        unit,
        sa.select(use.asset, _month_of(use.earned_at, timezone).label("cohort"), use.amount).where(
            use.merchant_id == unit.merchant_id,
            use.asset.in_(_LOT_ASSETS),
            use.account == str(Account.EXPIRED),
            use.at <= month.at,
        ),
    )


def _by_cohort(unit: Unit, each: sa.Select[Any]) -> dict[tuple[Asset, date], int]:
    found = each.subquery("each").c
    query = sa.select(found.asset, found.cohort, _sum(found.amount)).group_by(found.asset, found.cohort)
    return {(Asset(asset), cohort): amount for asset, cohort, amount in unit.connection.execute(query)}


def _sum(amount: sa.ColumnElement[Any], which: sa.ColumnElement[bool] | None = None) -> sa.ColumnElement[int]:
    total: sa.ColumnElement[Any] = sa.func.sum(amount)
    if which is not None:
        total = sa.func.sum(amount).filter(which)
    return sa.cast(sa.func.coalesce(total, 0), sa.BigInteger)


def _month_of(moment: sa.ColumnElement[Any], timezone: str) -> sa.ColumnElement[date]:
    """The first day of the month, on the merchant's calendar, that a moment lies in."""
    return sa.cast(sa.func.date_trunc("month", sa.func.timezone(timezone, moment)), sa.Date)
