"""A member's paid plans and families, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.loyalty.tables import family_people, subscriptions

_S, _F = subscriptions.c, family_people.c


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Newest first; who else is in a family is theirs, and not told."""
    ids = list(member_ids)
    plans = unit.connection.execute(
        sa.select(_S.starts_at, _S.ends_on, _S.status, _S.auto_renew, _S.paid_minor)
        .where(_S.merchant_id == unit.merchant_id, _S.member_id.in_(ids))
        .order_by(_S.starts_at.desc(), _S.subscription_id.desc())
    )
    families = unit.connection.execute(
        sa.select(_F.joined_at, _F.left_at)
        .where(_F.merchant_id == unit.merchant_id, _F.member_id.in_(ids))
        .order_by(_F.joined_at.desc(), _F.family_id.desc())
    )
    return [
        Chapter(
            "plans",
            Text("付费会员", "Paid plans"),
            (
                Column("starts_at", Text("开始", "From"), Shape.MOMENT),
                Column("ends_on", Text("到期", "To"), Shape.DAY),
                Column("status", Text("状态", "Status")),
                Column("auto_renew", Text("自动续费", "Renews"), Shape.YES_NO),
                Column("paid", Text("已付", "Paid"), Shape.MONEY),
            ),
            [tuple(row) for row in plans],
        ),
        Chapter(
            "families",
            Text("家庭", "Families"),
            (
                Column("joined_at", Text("加入", "Joined"), Shape.MOMENT),
                Column("left_at", Text("离开", "Left"), Shape.MOMENT),
            ),
            [tuple(row) for row in families],
        ),
    ]
