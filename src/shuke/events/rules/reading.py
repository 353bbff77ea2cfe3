"""One message of the protocol: what it says, or why it is set aside. Whoever sends it decides nothing but its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from shuke.events.model import Event, EventType, Namespace, Problem, Reason
from shuke.events.rules.bots import is_bot
from shuke.events.rules.clock import corrected, moment
from shuke.events.rules.personal import parted
from shuke.events.rules.shape import misshapen

TEXT_MAX = 200
"""Letters of an identifier, and of an event's name."""
AHEAD = timedelta(hours=24)
"""A clock may be wrong, and who corrects it may have slept: until then the future is taken."""
_TYPES = {str(kind): kind for kind in EventType}
_OBJECTS = ("properties", "traits", "context", "integrations")
_KEPT = ("properties", "traits", "context", "category", "groupId")
_NUMBERS = (int, float)
_SEALED = ("userId", "previousId")
"""Who she is to the sender. The id of a browser says nothing without the browser: its index is enough."""
_IDS = (
    ("userId", Namespace.USER_ID),
    ("anonymousId", Namespace.ANONYMOUS_ID),
    ("previousId", Namespace.PREVIOUS_ID),
    ("groupId", Namespace.GROUP_ID),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When messages came, and between which moments (by our clock) they may have happened."""

    received: datetime
    earliest: datetime | None
    latest: datetime


def arrival(received: datetime, late_days: int | None) -> Arrival:
    """`late_days` None: however long ago it happened."""
    earliest = None if late_days is None else received - timedelta(days=late_days)
    return Arrival(received, earliest, received + AHEAD)


class _Refused(Exception):
    def __init__(self, reason: Reason, field: str = "") -> None:
        self.problem = Problem(reason, field)


def read(message: object, raw: bytes, came: Arrival) -> Event | Problem:
    """What `message`, which is `raw` as JSON, says."""
    if not isinstance(message, dict):
        return Problem(Reason.WRONG_TYPE)
    wrong = misshapen(message, raw)
    if wrong is not None:
        return wrong
    try:
        return _event(message, came)
    except _Refused as refused:
        return refused.problem


def _event(message: Mapping[str, object], came: Arrival) -> Event:
    named = message.get("type")
    kind = _TYPES.get(named) if isinstance(named, str) else None
    if kind is None:
        raise _Refused(Reason.UNKNOWN_TYPE, "type")
    for field in _OBJECTS:
        if message.get(field) is not None and not isinstance(message[field], dict):
            raise _Refused(Reason.WRONG_TYPE, field)
    if is_bot(message.get("context")):
        raise _Refused(Reason.BOT, "context")
    identifiers = _identifiers(kind, message)
    sent_for, occurred_at = _times(message, came)
    body, taken = parted({name: message[name] for name in _KEPT if message.get(name) is not None})
    personal = {f"/{name}": message[name] for name in _SEALED if message.get(name) is not None} | taken
    return Event(
        type=kind,
        name=_name(kind, message),
        message_id=_text(message, "messageId"),
        occurred_at=occurred_at,
        sent_for=sent_for,
        identifiers=identifiers,
        body=orjson.dumps(body),
        personal=orjson.dumps(personal) if personal else None,
    )


def _identifiers(kind: EventType, message: Mapping[str, object]) -> tuple[tuple[Namespace, str], ...]:
    """Strongest first."""
    found = tuple((space, text) for field, space in _IDS if (text := _text(message, field)) is not None)
    spaces = [space for space, _ in found]
    user = Namespace.USER_ID in spaces
    if not user and (kind is EventType.ALIAS or Namespace.ANONYMOUS_ID not in spaces):
        raise _Refused(Reason.NO_IDENTIFIER, "userId")
    if kind is EventType.ALIAS and Namespace.PREVIOUS_ID not in spaces:
        raise _Refused(Reason.NO_IDENTIFIER, "previousId")
    if kind is EventType.GROUP and Namespace.GROUP_ID not in spaces:
        raise _Refused(Reason.NO_IDENTIFIER, "groupId")
    return found


def _text(message: Mapping[str, object], field: str) -> str | None:
    """A text, or a number as one; None when there is none, or nothing in it."""
    value = message.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, _NUMBERS):
            raise _Refused(Reason.WRONG_TYPE, field)
        value = str(value)
    if len(value) > TEXT_MAX:
        raise _Refused(Reason.TOO_LARGE, field)
    return value


def _name(kind: EventType, message: Mapping[str, object]) -> str:
    if kind is EventType.TRACK:
        event = message.get("event")
        if event is not None and not isinstance(event, str):
            raise _Refused(Reason.WRONG_TYPE, "event")
        if event is None or not event.strip():
            raise _Refused(Reason.NO_EVENT_NAME, "event")
        return _text(message, "event") or ""
    if kind in (EventType.PAGE, EventType.SCREEN):
        return _text(message, "name") or _text(message, "category") or ""
    return ""


def _times(message: Mapping[str, object], came: Arrival) -> tuple[datetime | None, datetime]:
    """When it happened by its sender's clock, and by ours."""
    given = message.get("timestamp")
    if given is None:
        return None, came.received
    original = moment(given)
    if original is None:
        raise _Refused(Reason.BAD_TIMESTAMP, "timestamp")
    occurred = corrected(original, moment(message.get("sentAt")), came.received)
    if occurred > came.latest:
        raise _Refused(Reason.FUTURE, "timestamp")
    if came.earliest is not None and occurred < came.earliest:
        raise _Refused(Reason.TOO_OLD, "timestamp")
    return original, occurred
