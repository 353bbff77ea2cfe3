"""Cursor pages: a cursor is the sort key of the last row seen, signed by nothing because it grants nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shuke.kernel.errors import Invalid
from shuke.kernel.text import Text, storable

T = TypeVar("T")
JsonScalar = str | int | bool | None

MAX_LIMIT = 200
MAX_CURSOR_LENGTH = 1000
_MAX_INT = 2**63


class BadCursor(Invalid):
    text = Text("分页游标无效，请从第一页重新开始。", "The cursor is not valid. Start again from the first page.")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    next_cursor: str | None


def encode_cursor(key: Sequence[JsonScalar]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(text: str, length: int) -> list[JsonScalar]:
    """The sort key in a cursor of `length` parts; raises BadCursor."""
    if len(text) > MAX_CURSOR_LENGTH:
        raise BadCursor
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(key, list) or len(key) != length or not all(_storable(part) for part in key):
        raise BadCursor
    return key


def _storable(part: object) -> bool:
    """Whether a database can compare with it: whoever writes cursors by hand must not reach further than that."""
    match part:
        case None | bool():
            return True
        case int():
            return -_MAX_INT <= part < _MAX_INT
        case str():
            return storable(part)
    return False
