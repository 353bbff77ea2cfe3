"""What a member paid in, and the cards bound to her, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.stored_value.tables import cards, top_ups

_T, _C = top_ups.c, cards.c


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Her top-ups, newest first, and her cards."""
    ids = list(member_ids)
    paid = unit.connection.execute(
        sa.select(_T.at, _T.principal_minor, _T.bonus_minor)
        .where(_T.merchant_id == unit.merchant_id, _T.member_id.in_(ids))
        .order_by(_T.at.desc(), _T.top_up_id.desc())
    )
    bound = unit.connection.execute(
        sa.select(_C.number, _C.status, _C.expires_at)
        .where(_C.merchant_id == unit.merchant_id, _C.member_id.in_(ids))
        .order_by(_C.number)
    )
    return [
        Chapter(
            "top_ups",
            Text("充值", "Top-ups"),
            (
                Column("at", Text("时间", "When"), Shape.MOMENT),
                Column("principal", Text("本金", "Paid in"), Shape.MONEY),
                Column("bonus", Text("赠金", "Bonus"), Shape.MONEY),
            ),
            [tuple(row) for row in paid],
        ),
        Chapter(
            "cards",
            Text("储值卡", "Gift cards"),
            (
                Column("number", Text("卡号", "Number")),
                Column("status", Text("状态", "Status")),
                Column("expires_at", Text("有效期至", "Valid until"), Shape.MOMENT),
            ),
            [tuple(row) for row in bound],
        ),
    ]
