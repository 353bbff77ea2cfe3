"""By what a message is known again, and write keys.

A message is known by the id its sender gave it; one without an id by all that it says. Both only within its source: the
key of a web page is public, and whoever reads it there must not be able to occupy the ids of the till.
"""

import base64
import binascii
from hashlib import blake2b
from uuid import UUID

import orjson

from shuke.events.rules.shape import dumped
from shuke.infra.crypto import new_secret


def of_message(source_id: UUID, message_id: str) -> UUID:
    return _hashed(source_id, b"id", message_id.encode())


def of_content(source_id: UUID, message: object) -> UUID:
    """When it was sent does not count: a second attempt says the same."""
    said = {name: item for name, item in message.items() if name != "sentAt"} if isinstance(message, dict) else message
    try:
        content = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        content = dumped(said)
    return _hashed(source_id, b"says", content)


def _hashed(source_id: UUID, how: bytes, what: bytes) -> UUID:
    return UUID(bytes=blake2b(what, digest_size=16, key=source_id.bytes, person=how).digest())


def new_write_key(merchant_id: UUID) -> str:
    return f"wk_{merchant_id.hex}_{new_secret()}"


def merchant_of(write_key: str) -> UUID | None:
    """Where to look for the key; None when it is none."""
    kind, _, rest = write_key.partition("_")
    merchant, _, secret = rest.partition("_")
    if kind != "wk" or not secret or len(merchant) != 32:
        return None
    try:
        return UUID(hex=merchant)
    except ValueError:
        return None


def shown(authorization: str) -> str | None:
    """The write key of a Basic authorization: the user's name, whatever the password; also without its colon."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode().partition(":")[0] or None
    except (binascii.Error, UnicodeDecodeError):
        return None
