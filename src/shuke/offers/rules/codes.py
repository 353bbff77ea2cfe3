"""Coupon codes: three groups of four characters that cannot be mistaken for each other, the last one a check.

31 characters (no 0/O, 1/I/L), a prime number, so that a weighted sum modulo 31 with weights from 1 to 12 notices every
single wrong character and every two that changed places. Eleven random characters are 54 bits: among a million live
codes, one guess in twenty-five thousand million hits.
"""

from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_BASE = len(ALPHABET)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def make_code(draw: Callable[[int], int]) -> str:
    """A code without its dashes; `draw(n)` gives a number below `n` that nobody can foresee."""
    values = [draw(_BASE) for _ in range(LENGTH - 1)]
    # The check character weighs LENGTH (12), which has an inverse modulo the prime 31.
    check = -_sum(values) * pow(LENGTH, -1, _BASE) % _BASE
    return "".join(ALPHABET[value] for value in (*values, check))


def read_code(typed: str) -> str | None:
    """The code as stored, however it was typed; None when it cannot be one."""
    compact = "".join(character for character in typed.upper() if character not in " -\u3000")
    if len(compact) != LENGTH or any(character not in _VALUE for character in compact):
        return None
    return compact if _sum([_VALUE[character] for character in compact]) % _BASE == 0 else None


def shown_code(code: str) -> str:
    """`ABCD-EFGH-JKMN`."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _sum(values: list[int]) -> int:
    return sum(weight * value for weight, value in enumerate(values, 1))
