"""What can go wrong, in four kinds.

    ShukeError
    ├── Invalid      the request itself is wrong: correct it and send it again
    ├── Missing      the thing named is not there (or not yours)
    │   └── Gone         it was there, and was erased
    ├── Conflict     right in itself, but not with what is: look again, then decide
    └── Forbidden    you may not do this
        ├── SignInNeeded   nobody is known to be asking
        └── TooManyTries   wait before the next attempt

Each error class has a stable `code` (its name in snake case) and words in both languages that say
what to do next. How a kind becomes an HTTP status is known only at the edge.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from shuke.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One wrong field: `path` as in JSON (`lines.0.sku`), and what to do about it."""

    path: str
    message: Text


class ShukeError(Exception):
    """Base of every error that is the caller's business."""

    text: ClassVar[Text] = Text("出错了。", "Something went wrong.")

    def __init__(self, *, fields: tuple[FieldProblem, ...] = (), **values: object) -> None:
        self.values = values
        self.fields = fields
        self.message = self.text.fill(**values)
        super().__init__(self.message.en)

    @property
    def code(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class Invalid(ShukeError):
    text = Text(
        "请求有误，请按字段提示修改后重试。",
        "The request is not valid. Correct the fields named and send it again.",
    )


class Missing(ShukeError):
    text = Text("没有找到{what}。", "{what} was not found.")


class Conflict(ShukeError):
    text = Text("与现有数据冲突，请刷新后重试。", "This conflicts with what is stored. Reload and decide again.")


class Forbidden(ShukeError):
    text = Text(
        "您没有“{permission}”权限，请联系店主开通。",
        "You lack the permission {permission}. Ask an owner to grant it.",
    )


class SignInNeeded(Forbidden):
    text = Text("请先登录，或提供有效的 API 密钥。", "Sign in first, or send a valid API key.")


class TooManyTries(Forbidden):
    text = Text("尝试次数过多，请在 {seconds} 秒后再试。", "Too many attempts. Try again in {seconds} seconds.")


class NotFound(Missing):
    """Something named by id is not there, or belongs to somebody else: the two look the same."""


class Stale(Conflict):
    text = Text("内容已被他人修改，请刷新后重试。", "Somebody changed this meanwhile. Reload and try again.")


class Gone(Missing):
    """What is named was there, and was erased for good."""


def invalid_field(path: str, zh: str, en: str) -> Invalid:
    """An `Invalid` about a single field."""
    return Invalid(fields=(FieldProblem(path, Text(zh, en)),))
