"""Points pay for a part of the order, in whole points only and never for less than they are worth."""

from shuke.checkout.settlement.model import PointsRight, PointsUse
from shuke.kernel.rounding import Rounding, share_bps


def useful(right: PointsRight, due_minor: int, wanted: int) -> tuple[int, int]:
    """How many points to take, and what they pay, when `wanted` may be spent on an order of `due_minor`.

    At most the balance and the share of the order that points may pay; of those, only as many as buy a whole
    minor unit: with 100 points to the cent, 250 points pay two cents and 50 points stay. Never less than the
    programme's minimum, and in its steps.
    """
    if not (wanted and right.balance and right.unit_minor):
        return 0, 0
    cap = share_bps(due_minor, right.max_share_bps, Rounding.DOWN)
    most = min(wanted, right.balance, cap * right.per_unit // right.unit_minor)
    most -= most % right.step
    worth = most * right.unit_minor // right.per_unit
    if worth == 0 or most < right.minimum:
        return 0, 0
    used = max(-(-worth * right.per_unit // right.unit_minor), right.minimum)
    return -(-used // right.step) * right.step, worth


def points_in(right: PointsRight, due_minor: int, wanted: int) -> PointsUse:
    """What a quote says of points, `due_minor` being due before them."""
    usable, _ = useful(right, due_minor, right.balance)
    used, worth = useful(right, due_minor, wanted)
    return PointsUse(usable, used, worth)
