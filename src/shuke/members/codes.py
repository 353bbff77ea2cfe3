"""The dynamic member code: eighteen digits on a member's screen that name her for at most a minute.

    8 | ten digits: the member number's body, masked | seven digits: a seal over body and half-minute

A code is sealed for one half-minute and accepted in that one and the next, so it lives 30 to 60 seconds. The mask
is derived from the seal: two codes of one member have nothing in common, and a photographed one says nothing.
Pure: time is handed in, and so is the keyed function of the merchant. The leading 8 keeps clear of the codes
of WeChat Pay (10–15), Alipay (25–30) and UnionPay (62).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from shuke.members import rules

Keyed = Callable[[str], bytes]
"""A pseudo-random function under a key of the merchant's: 16 bytes for a text."""

STEP_SECONDS = 30
_STEPS_LIVED = 2
_SEALS = 10**7
_BODIES = 10**10
_CODE = re.compile(r"8(\d{10})(\d{7})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    expires_at: datetime


def issue(number: str, now: datetime, keyed: Keyed) -> Code:
    """The code that stands for the member with this number at `now`."""
    body, step = int(number[:-1]), _step(now)
    seal = _seal(body, step, keyed)
    masked = (body + _mask(seal, step, keyed)) % _BODIES
    expires_at = datetime.fromtimestamp((step + _STEPS_LIVED) * STEP_SECONDS, UTC)
    return Code(f"8{masked:010d}{seal:07d}", expires_at)


def looks_like(text: str) -> bool:
    """Whether a scan is such a code at all, valid or not."""
    return _CODE.fullmatch(text) is not None


def verify(code: str, now: datetime, keyed: Keyed) -> str | None:
    """The member number a code stands for at `now`; None when it is no code of this merchant's, or too old."""
    parts = _CODE.fullmatch(code)
    if parts is None:
        return None
    masked, seal = int(parts[1]), int(parts[2])
    for step in range(_step(now), _step(now) - _STEPS_LIVED, -1):
        body = (masked - _mask(seal, step, keyed)) % _BODIES
        if body >= rules.SMALLEST_BODY and _seal(body, step, keyed) == seal:
            return rules.member_number(body)
    return None


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def _seal(body: int, step: int, keyed: Keyed) -> int:
    return int.from_bytes(keyed(f"seal:{step}:{body}"), "big") % _SEALS


def _mask(seal: int, step: int, keyed: Keyed) -> int:
    return int.from_bytes(keyed(f"mask:{step}:{seal}"), "big") % _BODIES
