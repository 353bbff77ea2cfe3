"""By which rules people are recognised where a merchant decided nothing, and what a policy may say."""

from collections.abc import Sequence

from shuke.kernel.errors import Invalid, invalid_field
from shuke.members.identity.model import Space, SpaceRule

SPACES = (
    SpaceRule(Space.PHONE, ever=1),
    SpaceRule(Space.UNIONID, ever=1),
    SpaceRule(Space.CARD, ever=5),
    SpaceRule(Space.EMAIL, ever=5),
    SpaceRule(Space.OPENID, ever=10),
    SpaceRule(Space.USER_ID, ever=1),
    SpaceRule(Space.DEVICE, ever=50, month=10),
    SpaceRule(Space.ANONYMOUS_ID, ever=500, day=20),
)

_WORDS = ("null", "undefined", "none", "nil", "nan", "unknown", "anonymous", "guest", "test", "user", "default", "true")
_SIGNS = ("0", "-1", "-", "[object Object]", "00000000-0000-0000-0000-000000000000", "0" * 32)
NOBODY = tuple(spelled for word in _WORDS for spelled in (word, word.upper(), word.capitalize())) + _SIGNS
"""What programs send where they know nobody."""
OF_PROGRAMS = (Space.USER_ID, Space.DEVICE, Space.ANONYMOUS_ID)
"""Where they send it: these values of these namespaces never link."""

LIMIT_MAX = 10_000
BLOCKED_MAX = 1_000


def check_spaces(spaces: Sequence[SpaceRule]) -> None:
    """Raises Invalid."""
    if len({rule.space for rule in spaces}) < len(spaces):
        raise _wrong("同一种标识只能出现一次。", "A kind of identifier may be named once.")
    if not spaces:
        raise _wrong("请至少保留一种标识。", "Keep at least one kind of identifier.")
    for rule in spaces:
        given = [limit for limit in (rule.day, rule.month, rule.ever) if limit is not None]
        if given != sorted(given):
            raise _wrong(
                "每日上限不能超过每月，每月不能超过累计。",
                "The limit of a day is at most that of a month, and that at most the one for ever.",
            )


def _wrong(zh: str, en: str) -> Invalid:
    return invalid_field("spaces", zh, en)
