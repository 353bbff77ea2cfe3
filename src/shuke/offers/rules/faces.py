"""What a coupon is worth, where that can be said without a basket. Pure."""

from shuke.offers.model import Effect, ItemAmount, Measure, Threshold


def face_minor(effect: Effect | None) -> int | None:
    """The amount printed on it: of 30−5 and of a cash voucher of 5 it is 5; of several steps the highest. None where it
    depends on what is bought (percent, exchange, free pieces) or repeats without an end."""
    match effect:
        case Threshold(measure=Measure.AMOUNT, every=False, steps=steps) if steps:
            return max(step.off for step in steps)
        case ItemAmount(max_quantity=int() as pieces, off_minor=off):
            return pieces * off
    return None
