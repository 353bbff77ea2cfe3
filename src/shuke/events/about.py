"""A member's tracked events and messages set aside, told to her: what was sealed of them is opened."""

from collections.abc import Collection, Sequence
from itertools import islice
from uuid import UUID

import orjson
import sqlalchemy as sa

from shuke.events.erasing import hers, message
from shuke.events.model import EventType
from shuke.events.sealing import PERSONAL, unsealed
from shuke.events.tables import event_personal, event_quarantine, event_sources, tracked_events
from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.service import Her

MOST = 10_000
"""Rows of a chapter: so many fit in a file that a browser opens."""

_event, _source = tracked_events.c, event_sources.c
_RECEIVED = Column("received_at", Text("收到时间", "Received"), Shape.MOMENT)
_BY = Column("source", Text("来源", "From"))
_SORTS = {
    EventType.IDENTIFY: Text("识别", "identify"),
    EventType.TRACK: Text("行为", "track"),
    EventType.PAGE: Text("页面", "page"),
    EventType.SCREEN: Text("屏幕", "screen"),
    EventType.GROUP: Text("群组", "group"),
    EventType.ALIAS: Text("别名", "alias"),
}


def tell_about(unit: Unit, member_ids: Collection[UUID]) -> Sequence[Chapter]:
    """What an erasure would find: also of visitors who turned out to be her, and what is not followed yet. Newest
    first; of more than `MOST` it is said how many there are."""
    her = members.whole(unit, next(iter(member_ids)))
    return [_events(unit, her), _set_aside(unit, her)]


def _events(unit: Unit, her: Her) -> Chapter:
    mine = (_event.merchant_id == unit.merchant_id, hers(unit, her))
    same = (event_personal.c.merchant_id == _event.merchant_id, event_personal.c.message_key == _event.message_key)
    by = (_source.merchant_id == _event.merchant_id, _source.source_id == _event.source_id)
    rows = unit.connection.execute(
        sa.select(tracked_events, event_personal.c.sealed, _source.name.label("source"))
        .outerjoin(event_personal, sa.and_(*same))
        .outerjoin(event_sources, sa.and_(*by))
        .where(*mine)
        .order_by(_event.occurred_at.desc(), _event.message_key)
        .limit(MOST)
    ).all()
    of = len(rows)
    if of == MOST:
        of = unit.connection.scalar(sa.select(sa.func.count()).select_from(tracked_events).where(*mine)) or of
    told = [
        (
            row.occurred_at,
            row.received_at,
            _SORTS[EventType(row.type)],
            row.name or None,
            row.source,
            _written(row.body),
            None if row.sealed is None else _written(orjson.loads(unsealed(unit, PERSONAL, row.sealed))),
        )
        for row in rows
    ]
    columns = (
        Column("at", Text("时间", "When"), Shape.MOMENT),
        _RECEIVED,
        Column("type", Text("类型", "Kind")),
        Column("name", Text("名称", "Name")),
        _BY,
        Column("says", Text("内容", "What it says")),
        Column("personal", Text("个人部分（加密保存）", "What is personal (kept sealed)")),
    )
    return Chapter("events", Text("行为事件", "What you did"), columns, told, _note(len(told), of))


def _set_aside(unit: Unit, her: Her) -> Chapter:
    names = {row.source_id: row.name for row in unit.connection.execute(_names(unit))}
    naming = members.naming(unit, event_quarantine, "sealed", message, her)
    found = list(islice(naming, MOST + 1))
    newest = sorted(found[:MOST], key=lambda each: (each[0].received_at, each[0].quarantined_id), reverse=True)
    columns = (
        _RECEIVED,
        _BY,
        Column("reason", Text("原因", "Why")),
        Column("field", Text("字段", "Field")),
        Column("message", Text("消息", "Message")),
    )
    told = [(row.received_at, names.get(row.source_id), row.reason, row.field or None, text) for row, text in newest]
    more = _TOO_MANY.fill(most=MOST) if len(found) > MOST else None
    return Chapter("set_aside", Text("隔离区中提到您的消息", "Messages set aside that name you"), columns, told, more)


def _names(unit: Unit) -> sa.Select[tuple[UUID, str]]:
    return sa.select(_source.source_id, _source.name).where(_source.merchant_id == unit.merchant_id)


_MORE = Text(
    "共 {of} 条，此处为最近 {told} 条；其余可另行索取。",
    "There are {of}; here are the latest {told}. Ask for the others.",
)
_TOO_MANY = Text(
    "超过 {most} 条，此处只有其中 {most} 条；其余可另行索取。",
    "There are more than {most}; here are {most} of them. Ask for the others.",
)


def _note(told: int, of: int) -> Text | None:
    return _MORE.fill(of=of, told=told) if told < of else None


def _written(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
