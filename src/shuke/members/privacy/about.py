"""What members themselves keep about a person, told to her."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.members import store
from shuke.members.consent import store as consent_store
from shuke.members.erasing.store import whole
from shuke.members.identity.about import recognised
from shuke.members.model import Channel, Member
from shuke.members.privacy.tables import access_log
from shuke.members.tables import members
from shuke.members.tags.tables import tag_history, tags
from shuke.members.telling.tables import member_fields

_AT = Column("at", Text("时间", "When"), Shape.MOMENT)
_FIELD, _VALUE = Column("field", Text("项目", "Item")), Column("value", Text("内容", "Content"))

_NAMES = {
    "number": Text("会员号", "Member number"),
    "name": Text("姓名", "Name"),
    "phone": Text("手机号", "Phone"),
    "email": Text("邮箱", "Email"),
    "card": Text("卡号", "Card"),
    "gender": Text("性别", "Gender"),
    "birthday": Text("生日", "Birthday"),
    "status": Text("状态", "Status"),
    "external_ref": Text("外部编号", "Reference elsewhere"),
    "joined_at": Text("入会时间", "Joined"),
    "join_channel": Text("入会渠道", "Joined through"),
}


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """Her fields and who told them, by what she is recognised, what she agreed to, her tags, and who looked at her
    data (not by name: they are people too)."""
    people = store.read(unit, members.c.member_id.in_(list(member_ids)))
    return [
        _profile(people),
        _told(unit, member_ids),
        *recognised(unit, whole(unit, next(iter(member_ids)))),
        _consents(unit, member_ids),
        _tags(unit, member_ids),
        _looks(unit, member_ids),
    ]


def _profile(people: Sequence[Member]) -> Chapter:
    rows: list[tuple[object, object]] = []
    for member in people:
        rows += [(name, value) for field, name in _NAMES.items() if (value := getattr(member, field)) is not None]
        rows += [(Text(name, name), member.attributes[name]) for name in sorted(member.attributes)]
    return Chapter("profile", Text("基本资料", "Who you are"), (_FIELD, _VALUE), rows)


def _told(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    """Of fields that changed since she joined."""
    said = member_fields.c
    rows = unit.connection.execute(
        sa.select(said.said_at, said.field, said.source_name)
        .where(said.merchant_id == unit.merchant_id, said.member_id.in_(list(member_ids)))
        .order_by(said.said_at.desc(), said.field, said.member_id)
    )
    columns = (_AT, _FIELD, Column("source", Text("来源", "By")))
    by_hand = Text("人工填写", "entered by hand")
    told = [
        (row.said_at, _NAMES.get(row.field) or row.field.partition(".")[2], row.source_name or by_hand) for row in rows
    ]
    return Chapter("told", Text("资料各项的来源", "Where these came from"), columns, told)


def _consents(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    columns = (
        _AT,
        Column("purpose", Text("用途", "Purpose")),
        Column("channel", Text("渠道", "Channel")),
        Column("step", Text("事项", "What")),
        Column("source", Text("来源", "By")),
        Column("text_version", Text("文本版本", "Version of the text"), Shape.NUMBER),
        Column("text", Text("文本", "Text")),
    )
    words = {(text.purpose, text.version): text.text for text in consent_store.texts(unit)}
    rows = [
        (
            entry.at,
            entry.purpose,
            Text("全部", "all") if entry.channel is Channel.ALL else entry.channel,
            entry.step,
            entry.source,
            entry.text_version,
            None if entry.text_version is None else words.get((entry.purpose, entry.text_version)),
        )
        for member_id in member_ids
        for entry in consent_store.history(unit, member_id)
    ]
    return Chapter("consents", Text("授权记录", "What you agreed to"), columns, rows)


def _tags(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    history, tag = tag_history.c, tags.c
    rows = unit.connection.execute(
        sa.select(history.at, tag.name, history.put, history.until)
        .join_from(tag_history, tags, sa.and_(tag.merchant_id == history.merchant_id, tag.tag_id == history.tag_id))
        .where(history.merchant_id == unit.merchant_id, history.member_id.in_(list(member_ids)))
        .order_by(history.at.desc(), history.entry_id.desc())
    )
    columns = (
        _AT,
        Column("tag", Text("标签", "Tag")),
        Column("put", Text("打上", "Put"), Shape.YES_NO),
        Column("until", Text("到期", "Until"), Shape.MOMENT),
    )
    told = [(row.at, Text(row.name["zh"], row.name["en"]), row.put, row.until) for row in rows]
    return Chapter("tags", Text("标签", "Tags"), columns, told)


def _looks(unit: Unit, member_ids: Collection[UUID]) -> Chapter:
    log = access_log.c
    rows = unit.connection.execute(
        sa.select(log.at, log.actor_kind, log.place, log.fields)
        .where(log.merchant_id == unit.merchant_id, log.member_id.in_(list(member_ids)))
        .order_by(log.at.desc(), log.entry_id.desc())
    )
    columns = (
        _AT,
        Column("actor", Text("查看方", "By")),
        Column("place", Text("位置", "Where")),
        Column("fields", Text("内容", "What")),
    )
    told = [(row.at, row.actor_kind, row.place, ", ".join(row.fields)) for row in rows]
    return Chapter("access", Text("个人信息访问记录", "Who looked at your data"), columns, told)
