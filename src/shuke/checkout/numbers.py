"""Order numbers: `261121-7K2QF-9XM4D`, the business day and ten characters that can be read out loud.

They are taken from the order's id, so no counter is fought over; 50 random bits a day and merchant do not meet.
"""

from datetime import date
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""


def order_number(day: date, order_id: UUID) -> str:
    random = order_id.int & ((1 << 50) - 1)
    letters = "".join(_ALPHABET[random >> shift & 31] for shift in range(45, -1, -5))
    return f"{day:%y%m%d}-{letters[:5]}-{letters[5:]}"
