"""A wallet's statement for its member: each line with what it left, why, and how long it lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.paging import Page
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Kind, Posting

_WORDS: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.ORDER_EARNED: Text("消费获得", "Earned by an order"),
        Kind.ORDER_SPENT: Text("消费抵扣", "Spent on an order"),
        Kind.ORDER_CANCELLED: Text("订单取消退回", "Back from a cancelled order"),
        Kind.ORDER_RETURNED: Text("退款退回", "Back from a refund"),
        Kind.ORDER_REFUNDED: Text("退款扣回", "Taken back with a refund"),
        Kind.RETURN_GRACED: Text("退回部分延长有效期", "Returned, and good a while longer"),
        Kind.DEBT_REPAID: Text("抵还欠分", "Paid off what was owed"),
        Kind.EXPIRED: Text("到期失效", "Expired"),
        Kind.ADJUSTED: Text("人工调整", "Adjusted by hand"),
        Kind.MERGE_UNDONE: Text("撤销合并，恢复原状", "As it was before a merge"),
        Kind.MERGE_DIVIDED: Text("撤销合并时划分", "Divided when a merge was undone"),
        Kind.TRANSFERRED: Text("家庭内转移", "Moved within the family"),
        Kind.BENEFIT_GRANTED: Text("权益赠送", "Given as a benefit"),
        Kind.CAMPAIGN_GRANTED: Text("活动赠送", "Given in a campaign"),
        Kind.IMPORTED: Text("历史导入", "Imported"),
    }
)
_OTHER = Text("变动", "Changed")


@dataclass(frozen=True, slots=True)
class Line:
    """A posting; `balance` is what the wallet held of the asset when it was made, in the books. What was given can be
    spent from `available_at` on and until `expires_at`."""

    posting: Posting
    balance: int
    text: Text
    available_at: datetime | None
    expires_at: datetime | None


def statement(unit: Unit, wallet_id: UUID, asset: Asset, cursor: str | None, limit: int) -> Page[Line]:
    """Newest first. Raises BadCursor."""
    found = ledger.statement(unit, wallet_id, asset=asset, cursor=cursor, limit=limit)
    if not found.items:
        return Page([], found.next_cursor)
    balance = _balance_at(unit, wallet_id, asset, found.items[0])
    lots = _lots(unit, [posting.posting_id for posting in found.items])
    lines = []
    for posting in found.items:
        lines.append(Line(posting, balance, _text(posting), *lots.get(posting.posting_id, (None, None))))
        balance -= posting.amount
    return Page(lines, found.next_cursor)


def _text(posting: Posting) -> Text:
    words = _WORDS.get(posting.kind, _OTHER)
    return Text(f"{words.zh}：{posting.note}", f"{words.en}: {posting.note}") if posting.note else words


def _balance_at(unit: Unit, wallet_id: UUID, asset: Asset, newest: Posting) -> int:
    """What the wallet held after `newest`: all that was posted up to it."""
    posting = ledger.postings_relation().c
    up_to = sa.tuple_(posting.at, posting.posting_id) <= sa.tuple_(
        sa.literal(newest.at, posting.at.type), sa.literal(newest.posting_id, posting.posting_id.type)
    )
    total = sa.cast(sa.func.coalesce(sa.func.sum(posting.amount), 0), sa.BigInteger)
    mine = (posting.merchant_id == unit.merchant_id, posting.wallet_id == wallet_id, posting.asset == asset.value)
    return unit.connection.scalar(sa.select(total).where(*mine, up_to)) or 0


def _lots(unit: Unit, posting_ids: list[UUID]) -> dict[UUID, tuple[datetime | None, datetime | None]]:
    lot = ledger.lots_relation().c
    rows = unit.connection.execute(
        sa.select(lot.lot_id, lot.available_at, lot.expires_at).where(
            lot.merchant_id == unit.merchant_id, lot.lot_id.in_(posting_ids)
        )
    )
    return {row.lot_id: (row.available_at, row.expires_at) for row in rows}
