"""Cursor pages: a cursor is the sort key of the last row seen, signed by nothing because it grants nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shuke.kernel.errors import Invalid
from shuke.kernel.text import Text

T = TypeVar("T")
JsonScalar = str | int | bool | None

MAX_LIMIT = 200


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
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(key, list) or len(key) != length:
        raise BadCursor
    return key
