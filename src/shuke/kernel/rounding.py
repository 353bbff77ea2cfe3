"""The one module that rounds.

Everything that turns a fraction of a cent, or of a point, into a whole one goes through here,
so that a policy is chosen by name and never by accident.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heapreplace

from shuke.kernel.roundings import Rounding as Rounding

BPS = 10_000
"""Basis points in one: a rate of 500 is 5 %."""


def divide(numerator: int, denominator: int, how: Rounding = Rounding.HALF_UP) -> int:
    """`numerator / denominator` as a whole number; the denominator is positive. DOWN and UP mean towards and away
    from zero. Plain integers, because this is done for every line of every quote."""
    if how is Rounding.HALF_UP and numerator >= 0:  # nearly always
        return (2 * numerator + denominator) // (2 * denominator)
    whole, rest = divmod(abs(numerator), denominator)
    match how:
        case Rounding.DOWN:
            up = False
        case Rounding.UP:
            up = rest > 0
        case Rounding.HALF_UP:
            up = 2 * rest >= denominator
        case Rounding.HALF_EVEN:
            up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return -(whole + up) if numerator < 0 else whole + up


def to_int(value: Fraction | int, how: Rounding = Rounding.HALF_UP) -> int:
    """A whole number from an exact one."""
    return divide(value.numerator, value.denominator, how)


def share_bps(amount: int, rate_bps: int, how: Rounding = Rounding.HALF_UP) -> int:
    """`rate_bps` basis points of `amount`, in the unit of `amount`."""
    return divide(amount * rate_bps, BPS, how)


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` over `weights` by largest remainder; the parts always add up to `total`.

    Equal remainders go to the earlier part, so the same input gives the same split. Weights are not
    negative; when all are zero the first part takes everything. Raises ValueError on no weights at all
    for a total that is not zero, and on a negative weight.
    """
    if not weights:
        if total:
            raise ValueError("nothing to allocate to")
        return []
    if min(weights) < 0:
        raise ValueError("weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1)
    sign = -1 if total < 0 else 1
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(abs(total) * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    missing = abs(total) - sum(parts)
    if missing:
        for index in sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)[:missing]:  # stable
            parts[index] += 1
    return parts if sign > 0 else [-part for part in parts]


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` over `weights` so that a larger total gives nobody less (Webster's method).

    `allocate` is closer to exact shares, but one more cent to share out may cost a part a cent it had. Where a
    whole is given out in steps, as by refunds, parts must only grow: the difference of two splits is never negative.
    The sum of the weights gives each part exactly its weight. Equal claims go to the earlier part. Neither total nor
    weights are negative; raises ValueError if they are, or if there is something to give and nobody to take it.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither total nor weights may be negative")
    if whole == 0:
        if total:
            raise ValueError("nothing to apportion to")
        return [0] * len(weights)
    # Nobody ends up further below the exact share than there are parts; from there unit by unit to the greatest claim.
    parts = [max(0, total * weight // whole - len(weights)) for weight in weights]
    claims = [
        (-Fraction(weight, 2 * part + 1), index)
        for index, (weight, part) in enumerate(zip(weights, parts, strict=True))
    ]
    heapify(claims)
    for _ in range(total - sum(parts)):
        _, index = claims[0]
        parts[index] += 1
        heapreplace(claims, (-Fraction(weights[index], 2 * parts[index] + 1), index))
    return parts
