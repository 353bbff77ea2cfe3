"""A small model of the books, to hold the real ones against: plain lists, no database, no cleverness."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shuke.ledger.model import Asset

POINTS = Asset.POINTS


@dataclass(eq=False)
class ModelLot:
    asset: Asset
    granted: int
    earned: datetime
    expires: datetime | None
    available: datetime | None = None
    source: UUID | None = None
    remaining: int = 0
    expired: int = 0
    """How much of it was lost by expiry."""
    lot_id: UUID | None = None
    """What the books call it."""

    def ended(self, now: datetime) -> bool:
        return self.expires is not None and self.expires <= now

    def waits(self, now: datetime) -> bool:
        return self.available is not None and self.available > now

    def live(self, now: datetime) -> bool:
        return self.remaining > 0 and not self.ended(now) and not self.waits(now)

    def order(self) -> tuple[bool, datetime, datetime, str]:
        return (self.expires is None, self.expires or self.earned, self.earned, self.lot_id.hex if self.lot_id else "")


@dataclass
class ModelWallet:
    wallet_id: UUID
    lots: list[ModelLot] = field(default_factory=list)
    owed: int = 0

    def sorted(self, asset: Asset, test: Callable[[ModelLot], bool]) -> list[ModelLot]:
        return sorted((lot for lot in self.lots if lot.asset is asset and test(lot)), key=ModelLot.order)

    def live(self, asset: Asset, now: datetime) -> list[ModelLot]:
        return self.sorted(asset, lambda lot: lot.live(now))

    def can_spend(self, asset: Asset, now: datetime) -> int:
        return sum(lot.remaining for lot in self.live(asset, now))

    def pending(self, now: datetime) -> int:
        waiting = self.sorted(POINTS, lambda lot: lot.remaining > 0 and lot.waits(now) and not lot.ended(now))
        return sum(lot.remaining for lot in waiting)

    def grant(self, lot: ModelLot) -> ModelLot | None:
        """What is left of `lot` after debt was paid off from it goes into the wallet."""
        paid = min(self.owed, lot.granted) if lot.asset is POINTS else 0
        self.owed -= paid
        lot.granted -= paid
        if not lot.granted:
            return None
        lot.remaining = lot.granted
        self.lots.append(lot)
        return lot

    def expire(self, now: datetime) -> None:
        for lot in self.lots:
            if lot.ended(now):
                lot.expired += lot.remaining
                lot.remaining = 0


def take(lots: list[ModelLot], amount: int) -> list[tuple[ModelLot, int]]:
    """Take `amount`, or as much as there is, from `lots` in this order."""
    taken = []
    for lot in lots:
        part = min(lot.remaining, amount)
        if part:
            lot.remaining -= part
            amount -= part
            taken.append((lot, part))
    return taken


@dataclass
class Spent:
    """What a spend still has out, by lot."""

    wallet: ModelWallet
    asset: Asset
    out: list[tuple[ModelLot, int]]

    def give_back(self, amount: int, now: datetime, grace_until: datetime | None) -> None:
        """`amount`, at most what is out, back to its lots: the longest-lived first."""
        back: list[tuple[ModelLot, int]] = []
        rest: list[tuple[ModelLot, int]] = []
        for lot, out in sorted(self.out, key=lambda pair: pair[0].order(), reverse=True):
            part = min(out, amount)
            amount -= part
            lot.remaining += part
            back.append((lot, part))
            rest.append((lot, out - part))
        self.out = [(lot, out) for lot, out in rest if out]
        good = [(lot, part) for lot, part in back if not lot.ended(now)]
        late = [(lot, part) for lot, part in back if lot.ended(now)] if grace_until else []
        if self.asset is POINTS:
            good, late = self._pay_off(good), self._pay_off(late)
        for lot, part in late:
            if part:
                lot.remaining -= part
                self.wallet.lots.append(
                    ModelLot(self.asset, part, lot.earned, grace_until, None, lot.source, remaining=part)
                )

    def _pay_off(self, back: list[tuple[ModelLot, int]]) -> list[tuple[ModelLot, int]]:
        left = []
        for lot, part in back:
            paid = min(self.wallet.owed, part)
            self.wallet.owed -= paid
            lot.remaining -= paid
            left.append((lot, part - paid))
        return left


@dataclass
class Earned:
    """What an order gave: how much, what of it was taken back, and the lot that is left of it."""

    wallet: ModelWallet
    amount: int
    lot: ModelLot | None
    undone: int = 0

    def claw_back(self, amount: int, now: datetime, *, owe: bool) -> tuple[int, int, int]:
        """Taken, owed, short."""
        left, wallet, own = amount, self.wallet, self.lot
        if own:
            left -= sum(part for _, part in take([own], left))
            revived = min(own.expired, left)
            own.expired -= revived
            left -= revived
        elsewhere = wallet.live(POINTS, now) + wallet.sorted(
            POINTS, lambda lot: lot.remaining > 0 and lot.waits(now) and not lot.ended(now)
        )
        left -= sum(part for _, part in take([lot for lot in elsewhere if lot is not own], left))
        if owe:
            wallet.owed += left
        self.undone += amount if owe else amount - left
        return (amount - left, left, 0) if owe else (amount - left, 0, left)


def move(from_: ModelWallet, to: ModelWallet, asset: Asset, amount: int, now: datetime) -> None:
    for lot, part in take(from_.live(asset, now), amount):
        to.grant(ModelLot(asset, part, lot.earned, lot.expires, None, lot.source))
