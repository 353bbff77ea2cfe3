"""Card numbers, PINs, and how long to wait after wrong ones."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

Draw = Callable[[int], int]
"""A number from 0 up to, not including, the argument, from a source nobody can guess."""

Keyed = Callable[[str], bytes]
"""A pseudo-random function under a key of the merchant's: 16 bytes for a text."""

NUMBER_LENGTH = 16
PIN_LENGTH = 8
FREE_TRIES = 5
"""Wrong PINs in a row before waiting begins."""
LONGEST_WAIT = timedelta(days=1)
PASS_LIVES = timedelta(minutes=15)


def make_number(draw: Draw) -> str:
    """Sixteen digits: a 2 (no bank card begins so for a balance of its own), fourteen drawn, and a check digit."""
    body = f"2{draw(10 ** (NUMBER_LENGTH - 2)):0{NUMBER_LENGTH - 2}d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Luhn's: finds any digit misread and nearly all neighbours exchanged."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def read_number(text: str) -> str | None:
    """The number somebody typed, without blanks and dashes; None when it cannot be one."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != NUMBER_LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if check_digit(digits[:-1]) == digits[-1] else None


def make_pin(draw: Draw) -> str:
    return f"{draw(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def wait(tries: int, last_try: datetime | None, now: datetime) -> timedelta:
    """How long until the next PIN may be tried: a minute after the fifth wrong one, then twice as long each time."""
    if tries < FREE_TRIES or last_try is None:
        return timedelta(0)
    pause = min(timedelta(minutes=2 ** min(tries - FREE_TRIES, 12)), LONGEST_WAIT)
    return max(last_try + pause - now, timedelta(0))


def make_pass(card_id: UUID, now: datetime, keyed: Keyed) -> str:
    """Who showed the right PIN a moment ago: the till sends this along instead of the PIN."""
    until = int((now + PASS_LIVES).timestamp())
    return f"{card_id.hex}.{until}.{_seal(card_id, until, keyed)}"


def read_pass(text: str, now: datetime, keyed: Keyed) -> UUID | None:
    """The card that a pass opens at `now`; None when it was never one, or is too old."""
    try:
        card, until, seal = text.split(".")
        card_id, ends = UUID(hex=card), int(until)
        expired = datetime.fromtimestamp(ends, UTC) <= now
    except (ValueError, OverflowError, OSError):
        return None
    return card_id if compare_digest(seal, _seal(card_id, ends, keyed)) and not expired else None


def _seal(card_id: UUID, until: int, keyed: Keyed) -> str:
    return keyed(f"{card_id.hex}.{until}").hex()
