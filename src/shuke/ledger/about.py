"""What came into a member's wallet and left it, told to her."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.ledger.model import Asset
from shuke.ledger.tables import ledger_postings, ledger_transactions

_P, _T = ledger_postings.c, ledger_transactions.c

_ASSETS = {
    Asset.POINTS: Text("积分", "points"),
    Asset.POINTS_OWED: Text("欠积分", "points owed"),
    Asset.GROWTH: Text("成长值", "growth"),
    Asset.STORED_PRINCIPAL: Text("储值本金", "stored value"),
    Asset.STORED_BONUS: Text("储值赠金", "stored bonus"),
    Asset.RED_PACKET: Text("红包", "red packets"),
}
_COUNTED = (Asset.POINTS, Asset.POINTS_OWED, Asset.GROWTH)
"""The others are money."""


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Each movement, newest first. Notes are left out: they may speak of others."""
    rows = unit.connection.execute(
        sa.select(_P.at, _P.asset, _P.amount, _T.kind)
        .join_from(
            ledger_postings,
            ledger_transactions,
            sa.and_(_T.merchant_id == _P.merchant_id, _T.transaction_id == _P.transaction_id),
        )
        .where(_P.merchant_id == unit.merchant_id, _P.wallet_id.in_(list(member_ids)))
        .order_by(_P.at.desc(), _P.posting_id.desc())
    )
    columns = (
        Column("at", Text("时间", "When"), Shape.MOMENT),
        Column("asset", Text("种类", "What")),
        Column("amount", Text("数量", "Number"), Shape.NUMBER),
        Column("money", Text("金额", "Amount"), Shape.MONEY),
        Column("kind", Text("事由", "Why")),
    )
    return [Chapter("wallet", Text("钱包变动", "Your wallet"), columns, [_told(row) for row in rows])]


def _told(row: Any) -> tuple[object, ...]:
    asset = Asset(row.asset)
    number, money = (row.amount, None) if asset in _COUNTED else (None, row.amount)
    return row.at, _ASSETS[asset], number, money, row.kind
