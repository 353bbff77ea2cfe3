"""What makes a product well-formed. Pure."""

import re

from shuke.kernel.errors import FieldProblem, Invalid, invalid_field
from shuke.kernel.money import MAX_MINOR
from shuke.kernel.text import Text

CODE_MAX = 64
NAME_MAX = 200

_CODE = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,62}[^\s\x00-\x1f\x7f])?")


def check_code(path: str, code: str) -> None:
    """Raises Invalid unless `code` can be printed on a label and scanned again."""
    if not _CODE.fullmatch(code):
        raise invalid_field(
            path,
            f"应为 1 到 {CODE_MAX} 个可见字符，首尾不能是空格。",
            f"1 to {CODE_MAX} visible characters, no space at either end.",
        )


def check_name(name: str) -> None:
    if not name.strip() or len(name) > NAME_MAX or not name.isprintable():
        raise invalid_field(
            "name", f"名称应为 1 到 {NAME_MAX} 个可见字符。", f"A name is 1 to {NAME_MAX} printable characters."
        )


def check_prices(list_price_minor: int | None, member_price_minor: int | None) -> None:
    """Raises Invalid for a negative or absurd price, or a member price that is no advantage."""
    problems = [
        FieldProblem(path, Text("价格不能为负，也不能过大。", "A price is not negative and not absurdly large."))
        for path, price in (("list_price_minor", list_price_minor), ("member_price_minor", member_price_minor))
        if price is not None and not 0 <= price < MAX_MINOR
    ]
    if member_price_minor is not None and (list_price_minor is None or member_price_minor > list_price_minor):
        problems.append(
            FieldProblem(
                "member_price_minor",
                Text(
                    "会员价不能高于标价；请先填写标价。",
                    "A member price cannot exceed the list price, which must be set first.",
                ),
            )
        )
    if problems:
        raise Invalid(fields=tuple(problems))
