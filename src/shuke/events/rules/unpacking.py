"""A request's body: undone from its packing, as messages. What cannot be read at all is refused as a whole."""

import json
import zlib
from dataclasses import dataclass
from math import isfinite

import orjson

from shuke.events.errors import BodyTooLarge, NotReadable

BATCH_BYTES = 500 * 1024
MESSAGES_MAX = 2_500
CONTEXT_BYTES = 4 * 1024
"""Of a context that all messages of a batch share: it is kept with each."""

Parts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Letter:
    """Messages as they are read: each with what the batch says for all. `write_key` is what the body shows."""

    messages: list[object]
    write_key: str | None


def unpacked(body: bytes, gzip: bool) -> bytes:
    """Raises BodyTooLarge before a bomb unfolds, and NotReadable."""
    if not gzip:
        return _small(body)
    stream = zlib.decompressobj(31)
    try:
        plain = _small(stream.decompress(body, BATCH_BYTES + 1))
    except zlib.error as error:
        raise NotReadable from error
    if not stream.eof:
        raise NotReadable
    return plain


def _small(body: bytes) -> bytes:
    if len(body) > BATCH_BYTES:
        raise _too_large()
    return body


def _too_large() -> BodyTooLarge:
    return BodyTooLarge(kib=BATCH_BYTES // 1024, messages=MESSAGES_MAX, context_kib=CONTEXT_BYTES // 1024)


def opened(plain: bytes, call: str) -> Letter:
    """The messages of a body sent to `call`. Raises BodyTooLarge, NotReadable."""
    body = parsed(plain)
    if not isinstance(body, dict):
        raise NotReadable
    key = body.pop("writeKey", None)
    write_key = key if isinstance(key, str) else None
    if call not in ("batch", "import"):
        return Letter([{**body, "type": call}], write_key)
    messages = body.get("batch")
    if not isinstance(messages, list):
        raise NotReadable
    if len(messages) > MESSAGES_MAX:
        raise _too_large()
    common = {name: body[name] for name in ("context", "integrations") if body.get(name) is not None}
    if common and len(json.dumps(common)) > CONTEXT_BYTES:
        raise _too_large()
    sent = {} if call == "import" or body.get("sentAt") is None else {"sentAt": body["sentAt"]}
    return Letter([_completed(message, common, sent, call) for message in messages], write_key)


def _completed(message: object, common: Parts, sent: Parts, call: str) -> object:
    """What is said for all lies under what a message says itself; history is told by clocks long put right."""
    if not isinstance(message, dict):
        return message
    for name, shared in common.items():
        own = message.get(name)
        if own is None:
            message[name] = shared
        elif isinstance(own, dict) and isinstance(shared, dict):
            message[name] = {**shared, **own}
    message.pop("writeKey", None)
    if call == "import":
        message.pop("sentAt", None)
        return message
    return {**sent, **message}


def parsed(plain: bytes) -> object:
    """Raises NotReadable."""
    try:
        return orjson.loads(plain)
    except orjson.JSONDecodeError:
        return _with_broken_letters(plain)


def _with_broken_letters(plain: bytes) -> object:
    """Half of a character spelled as an escape is JSON, if no text: one such message must not sink its batch."""
    try:
        body = json.loads(plain.decode(), parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise NotReadable from error
    if _deeper(body, _DEPTH_READ):
        raise NotReadable
    return body


_DEPTH_READ = 200


def _deeper(value: object, most: int) -> bool:
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > most:
            return True
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        waiting += [(each, depth + 1) for each in inner]
    return False


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(digits)
    return number


def _whole(digits: str) -> float:
    return int(digits) if len(digits) < 19 else _finite(digits)
