"""Tax by line, rounded half up on each: the part of the price that is tax, or what comes on top of it."""

from shuke.kernel.rounding import BPS, divide, share_bps


def included(paid_minor: int, tax_bps: int) -> int:
    """The tax in a price that includes it."""
    return divide(paid_minor * tax_bps, BPS + tax_bps)


def added(due_minor: int, tax_bps: int) -> int:
    """The tax on a price without it."""
    return share_bps(due_minor, tax_bps)
