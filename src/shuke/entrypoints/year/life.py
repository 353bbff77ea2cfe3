"""What whoever plays a year knows: the shop, the people, and what they were told so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from shuke.checkout.model import Order, OrderLine, OrderStatus
from shuke.entrypoints.year.reckoning import Reckoning
from shuke.infra.database import Database, Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.principal import Principal
from shuke.offers.model import Returns
from shuke.stored_value.model import TopUp

START_DAY = date(2026, 1, 1)
T = TypeVar("T")
TIMEZONE = "Asia/Shanghai"


class NothingToDo(Exception):
    """The act needs something that there is not just now."""


@dataclass(frozen=True)
class Premises:
    """The shop as it was set up: who acts, where, and what there is to be had. `templates`: how their coupons come
    back; `gifts` of red packets: what joining brings, and what a purchase of so much does."""

    merchant_id: UUID
    owner: Principal
    second: Principal
    stores: tuple[UUID, ...]
    pieces: tuple[str, ...]
    weighed: tuple[str, ...]
    delivery: str
    promotions: tuple[UUID, ...]
    templates: dict[UUID, Returns]
    claimable: tuple[UUID, ...]
    printed: UUID
    shared: UUID
    joining_minor: int
    purchase_minor: int
    purchase_from_minor: int
    plans: tuple[str, ...]


@dataclass
class Sale:
    """An order, and the coupons it used with the templates they are of."""

    order: Order
    lines: tuple[OrderLine, ...]
    coupons: dict[UUID, UUID]

    @property
    def settled(self) -> bool:
        return self.order.status in (OrderStatus.PAID, OrderStatus.PARTIALLY_REFUNDED)


@dataclass
class Family:
    family_id: UUID
    people: list[UUID]


@dataclass
class Life:
    """One year being played. Lists are in the order in which things happened, so that a seed chooses the same again."""

    database: Database
    clock: SimulatedClock
    random: Random
    premises: Premises
    books: Reckoning = field(default_factory=Reckoning)
    people: list[UUID] = field(default_factory=list)
    blocked: set[UUID] = field(default_factory=set)
    sales: list[Sale] = field(default_factory=list)
    pending: list[Sale] = field(default_factory=list)
    top_ups: list[TopUp] = field(default_factory=list)
    unsold_cards: list[tuple[str, str]] = field(default_factory=list)
    cards: list[tuple[str, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    gifts: list[str] = field(default_factory=list)
    packets: list[str] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    subscriptions: list[UUID] = field(default_factory=list)
    requests: list[tuple[UUID, int]] = field(default_factory=list)
    paused: list[UUID] = field(default_factory=list)
    joined: int = 0

    @contextmanager
    def unit(self, principal: Principal | None = None) -> Iterator[Unit]:
        with self.database.unit(principal or self.premises.owner) as unit:
            yield unit

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(TIMEZONE)).date()

    def pass_time(self, at_most: timedelta) -> None:
        self.clock.advance(timedelta(seconds=self.random.randint(1, int(at_most.total_seconds()))))

    def somebody(self) -> UUID:
        return self.one_of(self.people)

    def store(self) -> UUID:
        return self.random.choice(self.premises.stores)

    def one_of(self, things: list[T], *, recent: int | None = None) -> T:
        """One of them, or of the last `recent`. Raises NothingToDo where there are none."""
        found = things if recent is None else things[-recent:]
        if not found:
            raise NothingToDo
        return self.random.choice(found)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent
