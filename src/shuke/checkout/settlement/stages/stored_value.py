"""Stored value pays for what is left, if the member wants it to. It is a payment: what it pays has been paid."""

from shuke.checkout.settlement.model import MoneyUse, StoredValueRight


def stored_value_in(right: StoredValueRight, due_minor: int, wanted: int) -> MoneyUse:
    """What a quote says of stored value, `due_minor` being due before it."""
    usable = min(right.balance_minor, due_minor)
    return MoneyUse(usable, min(usable, wanted))
