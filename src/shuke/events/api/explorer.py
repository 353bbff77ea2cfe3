"""Events as they arrive, and the quarantine."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from shuke.events import exploring, replaying, retention
from shuke.events.exploring import EventFilter, Seen, SetAside
from shuke.events.model import EventType, Namespace, Reason
from shuke.infra.http import Body, Call, Cursor, Limit, SearchText, TextView, View, allow
from shuke.infra.http_ids import EventSourceId, MemberId, QuarantinedId
from shuke.kernel.paging import MAX_CURSOR_LENGTH, MAX_LIMIT
from shuke.kernel.text import Text
from shuke.tenancy.model import Permission

router = APIRouter(tags=["events"])

WORDS: Mapping[Reason, Text] = MappingProxyType(
    {
        Reason.WRONG_TYPE: Text("字段类型不对。", "A field is of the wrong type."),
        Reason.UNKNOWN_TYPE: Text("不认识的消息类型。", "There is no such type of message."),
        Reason.NO_IDENTIFIER: Text("没有说明是谁。", "It does not say who."),
        Reason.NO_EVENT_NAME: Text("没有事件名。", "It does not name the event."),
        Reason.TOO_LARGE: Text(
            "过大：消息不超过 32 KiB，名称不超过 200 字。", "Too large: 32 KiB, and 200 letters a name."
        ),
        Reason.TOO_MANY_KEYS: Text("字段过多：不超过 500 个。", "Too many fields: at most 500."),
        Reason.TOO_DEEP: Text("嵌套过深：不超过 10 层。", "Nested too deep: at most 10 levels."),
        Reason.NOT_TEXT: Text("含有无法保存的字符。", "It holds characters that are no text."),
        Reason.BAD_TIMESTAMP: Text("时间无法识别，请用 ISO 8601。", "The time cannot be read. Write it as ISO 8601."),
        Reason.FUTURE: Text(
            "时间在一天以后，请校准发送方时钟。", "It is more than a day ahead. Set the sender's clock."
        ),
        Reason.TOO_OLD: Text("发生过久，请用 import 导入历史。", "It is too old. Send history to import."),
        Reason.SCHEMA: Text("与规定的事件结构不符。", "It does not fit the event's schema."),
        Reason.TRAIT: Text(
            "会员资料填不进这个值；事件本身已接收。",
            "No field of a member can have this value. The event itself was taken.",
        ),
        Reason.BOT: Text("来自爬虫或工具，不是顾客。", "A crawler or a tool sent it, no customer."),
    }
)


class EventSourceRef(View):
    id: EventSourceId
    name: str


class TrackedEvent(View):
    """`key` is by what the message is known; `occurred_at` by our clock, `sent_for` by its sender's. Without what is
    personal in it."""

    key: UUID
    source: EventSourceRef
    type: EventType
    name: str
    occurred_at: datetime
    sent_for: datetime | None
    received_at: datetime
    namespaces: list[Namespace]
    body: dict[str, Any]

    @classmethod
    def of(cls, event: Seen) -> "TrackedEvent":
        return cls(
            key=event.message_key,
            source=EventSourceRef(id=event.source_id, name=event.source_name),
            type=event.type,
            name=event.name,
            occurred_at=event.occurred_at,
            sent_for=event.sent_for,
            received_at=event.received_at,
            namespaces=list(event.namespaces),
            body=dict(event.body),
        )


class TrackedEventList(View):
    items: list[TrackedEvent]
    next_cursor: str | None


class LatestEvents(View):
    """`position` is for the next time one asks."""

    items: list[TrackedEvent]
    position: str


class EventRetention(Body):
    """Days for which events and what was set aside are kept after they came."""

    model_config = ConfigDict(from_attributes=True)

    events_days: Annotated[int, Field(ge=2, le=36_500)]
    quarantine_days: Annotated[int, Field(ge=1, le=36_500)]


class QuarantinedMessage(View):
    """`field` is where the reason lies, empty for the whole; `message` is null for whoever may not see contact data."""

    id: QuarantinedId
    source: EventSourceRef
    received_at: datetime
    reason: Reason
    words: TextView
    field: str
    message: str | None

    @classmethod
    def of(cls, aside: SetAside) -> "QuarantinedMessage":
        return cls(
            id=aside.quarantined_id,
            source=EventSourceRef(id=aside.source_id, name=aside.source_name),
            received_at=aside.received_at,
            reason=aside.reason,
            words=TextView.of(WORDS[aside.reason]),
            field=aside.field,
            message=aside.message,
        )


class QuarantineList(View):
    items: list[QuarantinedMessage]
    next_cursor: str | None


class Replay(Body):
    ids: Annotated[list[QuarantinedId], Field(min_length=1, max_length=MAX_LIMIT)]
    preview: Annotated[bool, Field(description="Only say what would come of it.")] = False


class Replayed(View):
    """How many messages became events, and how many stay in quarantine."""

    replayed: int
    left: int


@router.get("/events")
def list_tracked_events(
    call: Annotated[Call, allow(Permission.EVENTS_READ)],
    source_id: EventSourceId | None = None,
    type: EventType | None = None,
    name: Annotated[SearchText | None, Query(description="The whole name.")] = None,
    member_id: Annotated[
        MemberId | None, Query(description="Events of this member, by whatever she was recognised.")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TrackedEventList:
    """Events, the latest to arrive first."""
    with call.unit() as unit:
        found, following = exploring.list_events(unit, EventFilter(source_id, type, name, member_id), cursor, limit)
    return TrackedEventList(items=[TrackedEvent.of(event) for event in found], next_cursor=following)


@router.get("/events/latest")
def list_latest_events(
    call: Annotated[Call, allow(Permission.EVENTS_READ)],
    source_id: EventSourceId | None = None,
    type: EventType | None = None,
    name: Annotated[SearchText | None, Query(description="The whole name.")] = None,
    after: Annotated[str | None, Query(max_length=MAX_CURSOR_LENGTH, description="The last `position`.")] = None,
    limit: Limit = 50,
) -> LatestEvents:
    """Events that came since the last time, for whoever watches: no event twice, and none missed as long as not more
    came than are asked for."""
    with call.unit() as unit:
        found, position = exploring.latest(unit, EventFilter(source_id, type, name), after, limit)
    return LatestEvents(items=[TrackedEvent.of(event) for event in found], position=position)


@router.get("/events/retention")
def get_event_retention(call: Annotated[Call, allow(Permission.EVENTS_READ)]) -> EventRetention:
    with call.unit() as unit:
        return EventRetention.model_validate(retention.retention(unit))


@router.put("/events/retention")
def set_event_retention(body: EventRetention, call: Annotated[Call, allow(Permission.EVENTS_WRITE)]) -> EventRetention:
    """How long events are kept. What is over is deleted every night."""
    with call.unit() as unit:
        wanted = retention.Retention(body.events_days, body.quarantine_days)
        return EventRetention.model_validate(retention.keep_for(unit, wanted))


@router.get("/events/quarantine")
def list_quarantined(
    call: Annotated[Call, allow(Permission.EVENTS_READ)],
    source_id: EventSourceId | None = None,
    reason: Reason | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> QuarantineList:
    """Messages that were set aside, and why; the latest first."""
    with call.unit() as unit:
        personal = unit.principal.may(Permission.MEMBERS_CONTACT)
        found, following = exploring.list_quarantine(unit, source_id, reason, personal, cursor, limit)
    return QuarantineList(items=[QuarantinedMessage.of(aside) for aside in found], next_cursor=following)


@router.post("/events/quarantine/replay")
def replay_quarantined(body: Replay, call: Annotated[Call, allow(Permission.EVENTS_WRITE)]) -> Replayed:
    """Read messages again: what is an event by now becomes one and leaves the quarantine, the rest stays."""
    if body.preview:
        with call.unit() as unit:
            return Replayed.model_validate(replaying.preview(unit, body.ids))
    return call.once(Replayed, body, lambda unit: Replayed.model_validate(replaying.replay(unit, body.ids)))
