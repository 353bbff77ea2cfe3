"""A member's tier, benefits of her own, paid plans and families, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.tables import family_people, member_benefits, member_tiers, subscriptions, tiers

_S, _F, _B, _T = subscriptions.c, family_people.c, member_benefits.c, member_tiers.c


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
        _tier(unit, ids),
        _benefits(unit, ids),
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


def _tier(unit: Unit, ids: Sequence[UUID]) -> Chapter:
    same = sa.and_(tiers.c.merchant_id == _T.merchant_id, tiers.c.tier_id == _T.tier_id)
    rows = unit.connection.execute(
        sa.select(tiers.c.name, _T.growth, _T.since, _T.kept_until)
        .join_from(member_tiers, tiers, same)
        .where(_T.merchant_id == unit.merchant_id, _T.member_id.in_(ids))
        .order_by(_T.since.desc(), _T.member_id)
    )
    columns = (
        Column("tier", Text("等级", "Tier")),
        Column("growth", Text("成长值", "Growth"), Shape.NUMBER),
        Column("since", Text("自", "Since"), Shape.MOMENT),
        Column("kept_until", Text("保级至", "Kept until"), Shape.DAY),
    )
    told = [(Text(row.name["zh"], row.name["en"]), row.growth, row.since, row.kept_until) for row in rows]
    return Chapter("tier", Text("等级", "Tier"), columns, told)


def _benefits(unit: Unit, ids: Sequence[UUID]) -> Chapter:
    """Those given to her by hand; of one that is not in the programme any more the name is not known."""
    live = programmes.live(unit)
    names = {each.benefit_id: each.name for each in live.benefits} if live else {}
    rows = unit.connection.execute(
        sa.select(_B.benefit_id, _B.starts_at, _B.ends_at, _B.reason)
        .where(_B.merchant_id == unit.merchant_id, _B.member_id.in_(ids))
        .order_by(_B.starts_at.desc(), _B.benefit_id)
    )
    columns = (
        Column("benefit", Text("权益", "Benefit")),
        Column("starts_at", Text("开始", "From"), Shape.MOMENT),
        Column("ends_at", Text("到期", "To"), Shape.MOMENT),
        Column("reason", Text("事由", "Why")),
    )
    told = [(names.get(row.benefit_id), row.starts_at, row.ends_at, row.reason) for row in rows]
    return Chapter("benefits", Text("个人权益", "Benefits given to you"), columns, told)
