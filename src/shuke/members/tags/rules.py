"""What tags may be called, when they lapse, and what their history says. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from shuke.kernel.errors import invalid_field
from shuke.kernel.text import Text
from shuke.members.tags.model import Putting, Tag

NAME_MAX = 40
CODE_MAX = 64
GROUPS_MAX = 100
TAGS_MAX = 1000
"""Of all groups together, archived ones included: they are shown on one page."""
DAYS_MAX = 3650
MEMBERS_MAX = 10_000
"""So many members in one list; more come in a file."""

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise invalid_field(
            "code",
            "编码应为小写字母、数字、- 和 _，最多 64 个字符，例如 vip。",
            "A code is lower-case letters, digits, - and _, at most 64, such as vip.",
        )


def normal_name(zh: str, en: str) -> Text:
    """One space between words; a language left empty says what the other says. Raises Invalid."""
    words = [" ".join(each.split()) for each in (zh, en)]
    filled = [words[0] or words[1], words[1] or words[0]]
    for path, word in zip(("name.zh", "name.en"), filled, strict=True):
        if not word or len(word) > NAME_MAX or not word.isprintable():
            raise invalid_field(
                path, f"名称应为 1 到 {NAME_MAX} 个可见字符。", f"A name is 1 to {NAME_MAX} printable characters."
            )
    return Text(*filled)


def until(tag: Tag, wanted: datetime | None, now: datetime) -> datetime | None:
    """When the tag lapses that is put now: as wanted, else as the tag says. Raises Invalid for a moment gone by."""
    if wanted is not None and wanted <= now:
        raise invalid_field("until", "到期时间应晚于现在。", "The end lies in the future.")
    return wanted or (None if tag.days is None else now + timedelta(days=tag.days))


def clash(puttings: Iterable[Putting], exclusive: Mapping[UUID, UUID]) -> Putting | None:
    """The first that asks for a second tag of one exclusive group on the same member; `exclusive` is tag → group."""
    asked: dict[tuple[UUID, UUID], UUID] = {}
    for putting in puttings:
        group = exclusive.get(putting.tag_id)
        if group is not None and asked.setdefault((putting.member_id, group), putting.tag_id) != putting.tag_id:
            return putting
    return None


class Span(NamedTuple):
    """Since when a tag is had without a break, and until when."""

    since: datetime
    until: datetime | None


def replay(history: Iterable[tuple[bool, datetime, datetime | None]]) -> Span | None:
    """What one member's history of one tag, oldest first as (put, at, until), says she has now."""
    span: Span | None = None
    for put, at, end in history:
        span = Span(span.since if span else at, end) if put else None
    return span
