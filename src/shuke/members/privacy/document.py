"""What a merchant keeps about a member, as JSON and as a page to read. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.money import format_minor
from shuke.kernel.text import Language, Text


@dataclass(frozen=True, slots=True)
class Disclosure:
    """All that a merchant tells a member about herself."""

    merchant: str
    currency: str
    timezone: str
    number: str
    made_at: datetime
    chapters: Sequence[Chapter]


_TITLE = Text("您的个人信息", "Your personal data")
_MADE = Text("由“{merchant}”为会员 {number} 整理于 {at}", "Put together by {merchant} for member {number} on {at}")
_NOTHING = Text("没有记录", "Nothing is kept")
_YES, _NO = Text("是", "yes"), Text("否", "no")
_STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:900px;margin:32px auto;padding:0 16px;color:#1c1f1d}"
    "h1{font-size:24px;margin:0}h2{font-size:17px;margin:32px 0 8px}p{color:#666;margin:4px 0}"
    "div{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:6px 10px;border-bottom:1px solid #ddd;vertical-align:top}"
    "th{color:#666;font-weight:500}"
)


def as_json(told: Disclosure) -> str:
    """Amounts of money in minor units, moments in UTC."""
    document = {
        "merchant": told.merchant,
        "currency": told.currency,
        "member": told.number,
        "made_at": told.made_at.isoformat(),
        "chapters": [
            {
                "code": chapter.code,
                "title": _both(chapter.title),
                "columns": [
                    {"code": column.code, "name": _both(column.name), "shape": str(column.shape)}
                    for column in chapter.columns
                ],
                "rows": [[_plain(value) for value in row] for row in chapter.rows],
                **({"note": _both(chapter.note)} if chapter.note else {}),
            }
            for chapter in told.chapters
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_html(told: Disclosure, language: Language) -> str:
    """One file that needs nothing else; whatever people typed shows as text."""
    title = escape(_TITLE.in_(language))
    at = _shown(told.made_at, Shape.MOMENT, told, language)
    made = _MADE.fill(merchant=told.merchant, number=told.number, at=at).in_(language)
    chapters = "".join(_chapter(chapter, told, language) for chapter in told.chapters)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{title}</h1><p>{escape(made)}</p>{chapters}</body></html>"
    )


def _chapter(chapter: Chapter, told: Disclosure, language: Language) -> str:
    heading = f"<h2>{escape(chapter.title.in_(language))}</h2>"
    if chapter.note:
        heading += f"<p>{escape(chapter.note.in_(language))}</p>"
    if not chapter.rows:
        return f"{heading}<p>{escape(_NOTHING.in_(language))}</p>"
    head = "".join(f"<th>{escape(column.name.in_(language))}</th>" for column in chapter.columns)
    rows = "".join(f"<tr>{_cells(row, chapter.columns, told, language)}</tr>" for row in chapter.rows)
    return f"{heading}<div><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _cells(row: Sequence[object], columns: Sequence[Column], told: Disclosure, language: Language) -> str:
    shown = (_shown(value, column.shape, told, language) for value, column in zip(row, columns, strict=True))
    return "".join(f"<td>{escape(cell)}</td>" for cell in shown)


def _shown(value: object, shape: Shape, told: Disclosure, language: Language) -> str:
    match value:
        case None:
            return "—"
        case Text():
            return value.in_(language)
        case bool():
            return (_YES if value else _NO).in_(language)
        case int() if shape is Shape.MONEY:
            return f"{format_minor(value, told.currency)} {told.currency}"
        case datetime():
            return f"{value.astimezone(ZoneInfo(told.timezone)):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
    return str(value)


def _both(text: Text) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(value: object) -> object:
    match value:
        case Text():
            return _both(value)
        case None | bool() | int():
            return value
        case datetime() | date():
            return value.isoformat()
    return str(value)
