"""Which lots a spend takes, where a return goes, what a claw-back finds. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shuke.kernel.text import Text
from shuke.ledger.errors import LotsDiffer, MoreThanTaken, NotEnough
from shuke.ledger.model import Asset, Lot, Take

ASSET_NAMES: Mapping[Asset, Text] = {
    Asset.POINTS: Text("积分", "points"),
    Asset.POINTS_OWED: Text("积分欠款", "points owed"),
    Asset.GROWTH: Text("成长值", "growth"),
    Asset.STORED_PRINCIPAL: Text("储值本金", "stored value"),
    Asset.STORED_BONUS: Text("储值赠金", "stored bonus"),
    Asset.RED_PACKET: Text("红包", "red packet money"),
}

_NEVER = datetime.max.replace(tzinfo=UTC)


def not_enough(asset: Asset, wanted: int, available: int) -> NotEnough:
    name = ASSET_NAMES[asset]
    return NotEnough(asset=name.en, asset_zh=name.zh, wanted=wanted, available=available)


def is_live(lot: Lot, at: datetime) -> bool:
    """Whether something of `lot` can be spent at `at`: not before it is available, not from its expiry on."""
    return (
        lot.remaining > 0
        and (lot.expires_at is None or lot.expires_at > at)
        and (lot.available_at is None or lot.available_at <= at)
    )


def spend_order(lot: Lot) -> tuple[datetime, datetime, str]:
    """Oldest expiry first, never-expiring last; then oldest first."""
    return (lot.expires_at or _NEVER, lot.earned_at, lot.lot_id.hex)


def choose_lots(lots: Iterable[Lot], asset: Asset, amount: int, at: datetime) -> list[Take]:
    """What to take from which lot to spend `amount` at `at`, in spend order. Raises NotEnough."""
    takes, left = _fill(sorted((lot for lot in lots if is_live(lot, at)), key=spend_order), amount)
    if left:
        raise not_enough(asset, amount, amount - left)
    return takes


def named_lots(lots: Iterable[Lot], named: Sequence[Take], asset: Asset, amount: int, at: datetime) -> list[Take]:
    """The takes that a move named, if the lots have as much at `at`. Raises LotsDiffer, NotEnough."""
    live = {lot.lot_id: lot.remaining for lot in lots if is_live(lot, at)}
    wanted: dict[UUID, int] = {}
    for take in named:
        wanted[take.lot_id] = wanted.get(take.lot_id, 0) + take.amount
    if sum(wanted.values()) != amount or any(each <= 0 for each in wanted.values()):
        raise LotsDiffer(wanted=amount, named=sum(wanted.values()))
    available = sum(min(each, live.get(lot_id, 0)) for lot_id, each in wanted.items())
    if available < amount:
        raise not_enough(asset, amount, available)
    return [Take(lot_id, each) for lot_id, each in wanted.items()]


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a claw-back reaches: `revived` is brought back from expiry first, `takes` come out, `short` is not
    there."""

    revived: tuple[Take, ...]
    takes: tuple[Take, ...]
    short: int


def claw(own: Sequence[tuple[Lot, int]], others: Iterable[Lot], amount: int, at: datetime) -> Reach:
    """What taking `amount` back finds: first in the very lots that were granted (each with how much of it expired),
    whether or not they can be spent; then elsewhere in spend order; last what still waits to be available.

    What expired unspent of the grant itself is as good as taken back: it did nobody any good.
    """
    left, takes = amount, dict[UUID, int]()
    revived: list[Take] = []
    for lot, _ in sorted(own, key=lambda pair: spend_order(pair[0])):
        left -= _put(takes, lot.lot_id, min(left, lot.remaining))
    for lot, expired in sorted(own, key=lambda pair: spend_order(pair[0])):
        if back := _put(takes, lot.lot_id, min(left, expired)):
            revived.append(Take(lot.lot_id, -back))
            left -= back
    mine = {lot.lot_id for lot, _ in own}
    rest = [lot for lot in others if lot.lot_id not in mine]
    live = sorted((lot for lot in rest if is_live(lot, at)), key=spend_order)
    waiting = sorted((lot for lot in rest if _waits(lot, at)), key=spend_order)
    for lot in (*live, *waiting):
        left -= _put(takes, lot.lot_id, min(left, lot.remaining))
    return Reach(tuple(revived), tuple(Take(lot_id, each) for lot_id, each in takes.items()), left)


def repayment(lots: Iterable[Lot], owed: int, at: datetime) -> list[Take]:
    """What of the lots pays off a debt, as far as they reach: in spend order, last what still waits."""
    found = list(lots)
    live = sorted((lot for lot in found if is_live(lot, at)), key=spend_order)
    waiting = sorted((lot for lot in found if _waits(lot, at)), key=spend_order)
    return _fill((*live, *waiting), owed)[0]


def _waits(lot: Lot, at: datetime) -> bool:
    return lot.remaining > 0 and lot.available_at is not None and lot.available_at > at


def _put(takes: dict[UUID, int], lot_id: UUID, amount: int) -> int:
    if amount:
        takes[lot_id] = takes.get(lot_id, 0) + amount
    return amount


def _fill(lots: Iterable[Lot], amount: int) -> tuple[list[Take], int]:
    """Takes from `lots` in this order until `amount` is reached, and what is missing then."""
    takes: list[Take] = []
    left = amount
    for lot in lots:
        if left == 0:
            break
        take = min(left, lot.remaining)
        takes.append(Take(lot.lot_id, take))
        left -= take
    return takes, left
