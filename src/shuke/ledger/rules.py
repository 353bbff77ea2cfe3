"""Which lots a spend takes, and where a return goes. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from shuke.kernel.text import Text
from shuke.ledger.errors import MoreThanTaken, NotEnough
from shuke.ledger.model import Asset, Lot, Take

ASSET_NAMES = {Asset.POINTS: Text("积分", "points"), Asset.GROWTH: Text("成长值", "growth")}

_NEVER = datetime.max.replace(tzinfo=UTC)


def not_enough(asset: Asset, wanted: int, available: int) -> NotEnough:
    name = ASSET_NAMES[asset]
    return NotEnough(asset=name.en, asset_zh=name.zh, wanted=wanted, available=available)


def is_live(lot: Lot, at: datetime) -> bool:
    """Whether something of `lot` can be spent at `at`: expiry is the first moment at which it cannot."""
    return lot.remaining > 0 and (lot.expires_at is None or lot.expires_at > at)


def spend_order(lot: Lot) -> tuple[datetime, datetime, str]:
    """Oldest expiry first, never-expiring last; then oldest first."""
    return (lot.expires_at or _NEVER, lot.earned_at, lot.lot_id.hex)


def choose_lots(lots: Iterable[Lot], asset: Asset, amount: int, at: datetime) -> list[Take]:
    """What to take from which lot to spend `amount` at `at`, in spend order. Raises NotEnough."""
    live = sorted((lot for lot in lots if is_live(lot, at)), key=spend_order)
    takes: list[Take] = []
    left = amount
    for lot in live:
        if left == 0:
            break
        take = min(left, lot.remaining)
        takes.append(Take(lot.lot_id, take))
        left -= take
    if left:
        raise not_enough(asset, amount, amount - left)
    return takes


def give_back(still_out: Sequence[tuple[Lot, int]], amount: int) -> list[Take]:
    """Where `amount` goes back to, given each lot and how much of it is still out.

    The lot that lives longest is filled first: what was taken last comes back first, which is also what the
    member would choose. Raises MoreThanTaken.
    """
    takes: list[Take] = []
    left = amount
    for lot, out in sorted(still_out, key=lambda pair: spend_order(pair[0]), reverse=True):
        back = min(left, out)
        if back:
            takes.append(Take(lot.lot_id, -back))
            left -= back
    if left:
        raise MoreThanTaken(wanted=amount, available=amount - left)
    return takes
