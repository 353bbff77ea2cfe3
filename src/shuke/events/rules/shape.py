"""How large, deep and wide a message may be, and that it is text throughout.

Almost every message is small and flat: a look at its bytes shows that. Only where it does not, is it walked.
"""

import json
from collections.abc import Mapping

import orjson

from shuke.events.model import Problem, Reason
from shuke.kernel.text import storable

BYTES_MAX = 32 * 1024
KEYS_MAX = 500
DEPTH_MAX = 10
"""Objects and lists within each other, the message itself not counted."""


def dumped(message: object) -> bytes:
    """The message as compact JSON; also one with halves of characters, which no reader of text would take."""
    try:
        return orjson.dumps(message)
    except TypeError:
        return json.dumps(message, separators=(",", ":")).encode()


def misshapen(message: Mapping[str, object], raw: bytes) -> Problem | None:
    """What is wrong with the shape of `message`, which is `raw` as JSON."""
    if len(raw) > BYTES_MAX:
        return Problem(Reason.TOO_LARGE)
    few = raw.count(b'":') <= KEYS_MAX
    flat = raw.count(b"{") + raw.count(b"[") <= DEPTH_MAX
    if few and flat and b"\\u" not in raw:
        return None
    return _walked(message)


def _walked(message: Mapping[str, object]) -> Problem | None:
    keys = 0
    waiting: list[tuple[str, int, object]] = [("", 0, message)]
    while waiting:
        field, depth, value = waiting.pop()
        match value:
            case str() if not storable(value):
                return Problem(Reason.NOT_TEXT, field)
            case dict() | list() if depth > DEPTH_MAX:
                return Problem(Reason.TOO_DEEP, field)
            case dict():
                keys += len(value)
                if keys > KEYS_MAX:
                    return Problem(Reason.TOO_MANY_KEYS, field)
                if not all(storable(name) for name in value):
                    return Problem(Reason.NOT_TEXT, field)
                waiting += [(field or _plain(name), depth + 1, item) for name, item in value.items()]
            case list():
                waiting += [(field, depth + 1, item) for item in value]
    return None


_FIELDS = frozenset({"properties", "traits", "context", "integrations", "event", "userId", "anonymousId", "messageId"})


def _plain(name: str) -> str:
    """The fields of the protocol are named; what a sender made up is not repeated to the reader of a list."""
    return name if name in _FIELDS else ""
