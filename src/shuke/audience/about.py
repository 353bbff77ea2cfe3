"""In which segments a member is and what is reckoned of her, told to her."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from shuke.audience.model.portrait import Portrait, Preference
from shuke.audience.segments.tables import segment_members, segments
from shuke.audience.traits.portraying import portrait
from shuke.audience.traits.tables import trait_states
from shuke.audience.traits.words import GRADES, STAGES
from shuke.catalog import service as catalog
from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.money import format_minor
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

_M, _S, _T = segment_members.c, segments.c, trait_states.c
_ITEM, _VALUE = Column("item", Text("项目", "Item")), Column("value", Text("内容", "Content"))


def tell_about(root: Path, unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """`root`: where the lake is, which holds what is reckoned. Raises TooSlow."""
    found = portrait(unit, root, next(iter(member_ids)))
    rows = list(_reckoned(unit, found)) if found else []
    columns = (_ITEM, _VALUE, Column("why", Text("依据", "Why")))
    return [
        _segments(unit, member_ids),
        _states(unit, member_ids),
        Chapter("traits", Text("推算的特征与预测", "What is reckoned and expected of you"), columns, rows),
    ]


def _segments(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    same = sa.and_(_S.merchant_id == _M.merchant_id, _S.segment_id == _M.segment_id)
    rows = unit.connection.execute(
        sa.select(_S.name, _M.since)
        .join_from(segment_members, segments, same)
        .where(_M.merchant_id == unit.merchant_id, _M.member_id.in_(list(member_ids)))
        .order_by(_M.since.desc(), _S.name, _S.segment_id)
    )
    columns = (Column("segment", Text("人群", "Segment")), Column("since", Text("自", "Since"), Shape.MOMENT))
    return Chapter("segments", Text("所在人群", "Segments you are in"), columns, [tuple(row) for row in rows])


def _states(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    rows = unit.connection.execute(
        sa.select(trait_states)
        .where(_T.merchant_id == unit.merchant_id, _T.member_id.in_(list(member_ids)))
        .order_by(_T.member_id)
    )
    told: list[tuple[object, ...]] = []
    for row in rows:
        told.append((Text("生命周期", "Lifecycle"), STAGES[row.lifecycle], row.lifecycle_since))
        told.append((Text("活跃度", "Activity"), GRADES[row.grade], row.grade_since))
    columns = (_ITEM, _VALUE, Column("since", Text("自", "Since"), Shape.DAY))
    return Chapter("states", Text("生命周期与活跃度", "Lifecycle and activity"), columns, told)


_PLAIN = {
    "as_of": Text("截至", "As of"),
    "days": Text("购买天数", "Days with a purchase"),
    "orders": Text("订单数", "Orders"),
    "net_minor": Text("消费合计", "Spent"),
    "since": Text("距最近一次购买（天）", "Days since the last purchase"),
    "rhythm": Text("购买节奏（天）", "Rhythm in days"),
    "next_day": Text("预计下次购买", "Next purchase expected on"),
    "next_from": Text("预计最早", "At the earliest"),
    "next_upto": Text("预计最晚", "At the latest"),
    "recency": Text("最近购买得分（R）", "Score of recency (R)"),
    "frequency": Text("购买频次得分（F）", "Score of frequency (F)"),
    "monetary": Text("消费金额得分（M）", "Score of spending (M)"),
    "loyalty_bps": Text("有购买的期数占比", "Share of periods with a purchase"),
    "alive_bps": Text("仍会再来的概率", "Probability that you come again"),
    "expected_milli": Text("预期购买次数", "Purchases expected"),
    "worth_minor": Text("每次预期金额", "What a purchase is expected to be worth"),
    "clv_minor": Text("会员价值", "Value"),
}
_WORDS = {
    "lifecycle": Text("生命周期", "Lifecycle"),
    "grade": Text("活跃度", "Activity"),
    "loyalty": Text("忠诚", "Loyalty"),
}
_LIKES = {
    "category": Text("偏好品类", "Preferred category"),
    "brand": Text("偏好品牌", "Preferred brand"),
    "price": Text("偏好价位", "Preferred price"),
    "store": Text("偏好门店", "Preferred store"),
    "channel": Text("偏好渠道", "Preferred channel"),
    "hour": Text("偏好时段", "Preferred hours"),
}


def _reckoned(unit: Unit, found: Portrait) -> Iterator[tuple[object, ...]]:
    """What cannot be known of her is not there."""
    currency = tenancy.merchant(unit).currency
    for name, said in _WORDS.items():
        if (word := getattr(found, name)) is not None:
            yield said, word.name, found.why.get(name, word.means)
    for name, said in _PLAIN.items():
        if (value := getattr(found, name)) is not None:
            yield said, _shown(name, value, currency), found.why.get(name)
    if found.cluster_description is not None:
        yield Text("自动分群", "Cluster"), found.cluster_description, None
    for liked in found.preferences:
        share = Text(f"占 {liked.share_bps / 100:g}%", f"{liked.share_bps / 100:g} % of all")
        yield _LIKES[liked.kind], _named(unit, liked), share


def _named(unit: Unit, liked: Preference) -> str | Text:
    match liked.kind:
        case "category":
            names = {str(each.category_id): each.name for each in catalog.categories(unit)}
        case "store":
            names = {str(key): store.name for key, store in tenancy.store_refs(unit, [UUID(liked.value)]).items()}
        case _:
            return _BANDS.get((liked.kind, liked.value), liked.value)
    return names.get(liked.value, liked.value)


_BANDS = {
    ("price", "low"): Text("低价位", "low"),
    ("price", "middle"): Text("中价位", "middle"),
    ("price", "high"): Text("高价位", "high"),
    ("hour", "night"): Text("凌晨", "night"),
    ("hour", "morning"): Text("上午", "morning"),
    ("hour", "midday"): Text("中午", "midday"),
    ("hour", "afternoon"): Text("下午", "afternoon"),
    ("hour", "evening"): Text("晚上", "evening"),
}


def _shown(name: str, value: int | object, currency: str) -> object:
    if not isinstance(value, int):
        return value
    if name.endswith("_minor"):
        return f"{format_minor(value, currency)} {currency}"
    if name.endswith("_bps"):
        return f"{value / 100:g}%"
    return f"{value / 1000:g}" if name.endswith("_milli") else value
