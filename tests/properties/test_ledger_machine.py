"""The books against a small model of them: whatever happens in whatever order, both say the same."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shuke.kernel.clock import SimulatedClock
from shuke.ledger import service as ledger
from shuke.ledger.errors import MoreThanTaken, NotEnough
from shuke.ledger.model import Asset
from tests.support.wallets import broken, earn, give_back, spend
from tests.support.world import Shop, World

FOREVER = datetime(9999, 1, 1)  # noqa: DTZ001 - naive like every moment of the model
Key = tuple[datetime, datetime]
"""When a lot expires (naive, FOREVER for never) and when it was earned; lots that share both are one to the model."""


@dataclass
class Wallet:
    """A member as the model sees her: what is left by lot, and what each spend still has out."""

    member_id: UUID
    left: Counter[Key] = field(default_factory=Counter)
    out: dict[UUID, Counter[Key]] = field(default_factory=dict)

    def live(self, now: datetime) -> list[tuple[Key, int]]:
        return [(key, self.left[key]) for key in sorted(self.left) if key[0] > now and self.left[key]]

    def points(self, now: datetime) -> int:
        return sum(amount for _, amount in self.live(now))

    def spend(self, order_id: UUID, amount: int, now: datetime) -> None:
        taken: Counter[Key] = Counter()
        for key, there in self.live(now):
            taken[key] = min(there, amount - taken.total())
        self.left -= taken
        self.out[order_id] = +taken

    def give_back(self, order_id: UUID, amount: int) -> None:
        for key in sorted(self.out[order_id], reverse=True):
            back = min(self.out[order_id][key], amount)
            self.out[order_id][key] -= back
            self.left[key] += back
            amount -= back

    def expire(self, now: datetime) -> None:
        self.left = Counter({key: amount for key, amount in self.left.items() if key[0] > now})


class Books(RuleBasedStateMachine):
    """Two members of one shop, so that one member's lots could be mistaken for the other's."""

    shop: Shop
    clock: SimulatedClock

    @initialize()
    def join(self) -> None:
        self.wallets = [Wallet(self.shop.member().member_id) for _ in range(2)]

    @property
    def now(self) -> datetime:
        return self.clock.now().replace(tzinfo=None)

    @rule(who=st.integers(0, 1), amount=st.integers(1, 300), days=st.none() | st.integers(1, 40))
    def earn(self, who: int, amount: int, days: int | None) -> None:
        expires = None if days is None else self.clock.now() + timedelta(days=days)
        with self.shop.unit() as unit:
            earn(unit, self.wallets[who].member_id, amount, expires=expires)
        key = (expires.replace(tzinfo=None) if expires else FOREVER, self.now)
        self.wallets[who].left[key] += amount

    @rule(who=st.integers(0, 1), amount=st.integers(1, 500))
    def spend(self, who: int, amount: int) -> None:
        wallet = self.wallets[who]
        enough = amount <= wallet.points(self.now)
        try:
            with self.shop.unit() as unit:
                order_id = spend(unit, wallet.member_id, amount)
        except NotEnough as refused:
            available = refused.values["available"]
            assert not enough and available == wallet.points(self.now)  # noqa: PT018
        else:
            assert enough
            wallet.spend(order_id, amount, self.now)

    @rule(who=st.integers(0, 1), which=st.integers(0, 20), amount=st.integers(1, 300))
    def give_back(self, who: int, which: int, amount: int) -> None:
        wallet = self.wallets[who]
        if not wallet.out:
            return
        order_id = list(wallet.out)[which % len(wallet.out)]
        possible = amount <= wallet.out[order_id].total()
        try:
            with self.shop.unit() as unit:
                give_back(unit, wallet.member_id, amount, order_id)
        except MoreThanTaken:
            assert not possible
        else:
            assert possible
            wallet.give_back(order_id, amount)

    @rule()
    def expire(self) -> None:
        with self.shop.unit() as unit:
            ledger.expire_due(unit, unit.now())
        for wallet in self.wallets:
            wallet.expire(self.now)

    @rule(hours=st.integers(1, 24 * 15))
    def wait(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))

    @invariant()
    def agrees(self) -> None:
        with self.shop.unit() as unit:
            for wallet in getattr(self, "wallets", []):
                assert ledger.balances(unit, wallet.member_id).points == wallet.points(self.now) >= 0
                found: Counter[Key] = Counter()
                for lot in ledger.lots(unit, wallet.member_id):
                    expires = lot.expires_at.replace(tzinfo=None) if lot.expires_at else FOREVER
                    found[expires, lot.earned_at.replace(tzinfo=None)] += lot.remaining
                assert sorted(found.items()) == wallet.live(self.now)
                lines = ledger.statement(unit, wallet.member_id, asset=Asset.POINTS, limit=500).items
                assert sum(line.amount for line in lines) == wallet.left.total(), "the statement adds up to the books"

    def teardown(self) -> None:
        with self.shop.unit() as unit:
            assert broken(unit) == []


def test_the_books_agree_with_the_model(world: World) -> None:
    class Here(Books):
        shop = world.merchant()
        clock = world.clock

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
