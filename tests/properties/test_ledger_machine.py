"""The books against a small model of them: whatever happens in whatever order, both say the same."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import MoreThanGiven, MoreThanTaken, NotEnough
from shuke.ledger.model import (
    STORED_ASSETS,
    Account,
    Asset,
    ClawBack,
    Clawed,
    Entry,
    Kind,
    Move,
    Shortfall,
    Transfer,
    WalletKind,
)
from shuke.ledger.tables import ledger_lots
from tests.support import books
from tests.support.books import Earned, ModelLot, ModelWallet, Spent
from tests.support.wallets import broken, give_back
from tests.support.world import Shop, World

MEMBERS = st.integers(0, 1)
WALLETS = st.integers(0, 2)
SPENDABLE = st.sampled_from([Asset.POINTS, Asset.POINTS, *STORED_ASSETS])
DAYS = st.none() | st.integers(1, 40)


class Books(RuleBasedStateMachine):
    """Two members of one shop and a card, so that one wallet's lots could be mistaken for another's."""

    shop: Shop
    clock: SimulatedClock

    @initialize()
    def join(self) -> None:
        self.wallets = [ModelWallet(self.shop.member().member_id) for _ in range(2)]
        card = ModelWallet(new_id())
        with self.shop.unit() as unit:
            ledger.open_wallets(unit, [card.wallet_id], WalletKind.CARD)
        self.wallets.append(card)
        self.spends: dict[UUID, Spent] = {}
        self.earnings: dict[UUID, Earned] = {}

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def _until(self, days: int | None) -> datetime | None:
        return None if days is None else self.now + timedelta(days=days)

    @rule(who=MEMBERS, amount=st.integers(1, 300), days=DAYS, pending=st.none() | st.integers(1, 100))
    def earn(self, who: int, amount: int, days: int | None, pending: int | None) -> None:
        wallet, order_id = self.wallets[who], new_id()
        expires = self._until(days)
        available = None if pending is None else self.now + timedelta(hours=pending)
        lot = ModelLot(Asset.POINTS, amount, self.now, expires, available, order_id)
        move = Move(wallet.wallet_id, Asset.POINTS, amount, Account.EARNED, expires, available, order_id)
        with self.shop.unit() as unit:
            ledger.post(unit, Entry(Kind.ORDER_EARNED, order_id, unit.now(), (move,)))
        self.earnings[order_id] = Earned(wallet, amount, wallet.grant(lot))

    @rule(who=WALLETS, principal=st.integers(1, 200), bonus=st.integers(0, 50), days=DAYS)
    def top_up(self, who: int, principal: int, bonus: int, days: int | None) -> None:
        wallet, reference, expires = self.wallets[who], new_id(), self._until(days)
        lots = [ModelLot(Asset.STORED_PRINCIPAL, principal, self.now, None, None, reference)]
        if bonus:
            lots.append(ModelLot(Asset.STORED_BONUS, bonus, self.now, expires, None, reference))
        moves = [
            Move(wallet.wallet_id, lot.asset, lot.granted, Account.PAID_IN, lot.expires, None, reference)
            for lot in lots
        ]
        with self.shop.unit() as unit:
            ledger.post(unit, Entry(Kind.TOPPED_UP, reference, unit.now(), tuple(moves)))
        for lot in lots:
            wallet.grant(lot)

    @rule(who=WALLETS, asset=SPENDABLE, amount=st.integers(1, 500))
    def spend(self, who: int, asset: Asset, amount: int) -> None:
        wallet, order_id = self.wallets[who], new_id()
        there = wallet.can_spend(asset, self.now)
        move = Move(wallet.wallet_id, asset, -amount, Account.SPENT)
        try:
            with self.shop.unit() as unit:
                ledger.post(unit, Entry(Kind.ORDER_SPENT, order_id, unit.now(), (move,)))
        except NotEnough as refused:
            assert refused.values["available"] == there < amount  # noqa: PT017
        else:
            assert there >= amount
            self.spends[order_id] = Spent(wallet, asset, books.take(wallet.live(asset, self.now), amount))

    @rule(which=st.integers(0, 20), amount=st.integers(1, 300), grace=st.none() | st.integers(1, 10))
    def give_back(self, which: int, amount: int, grace: int | None) -> None:
        if not self.spends:
            return
        order_id = list(self.spends)[which % len(self.spends)]
        spent = self.spends[order_id]
        possible = amount <= sum(out for _, out in spent.out)
        days = timedelta(days=grace) if grace else None
        try:
            with self.shop.unit() as unit:
                give_back(unit, spent.wallet.wallet_id, amount, order_id, asset=spent.asset, grace=days)
        except MoreThanTaken:
            assert not possible
        else:
            assert possible
            spent.give_back(amount, self.now, self._until(grace))

    @rule(which=st.integers(0, 20), amount=st.integers(1, 300), shortfall=st.sampled_from(Shortfall))
    def claw_back(self, which: int, amount: int, shortfall: Shortfall) -> None:
        if not self.earnings:
            return
        order_id = list(self.earnings)[which % len(self.earnings)]
        earned = self.earnings[order_id]
        claw = ClawBack(
            kind=Kind.ORDER_REFUNDED,
            reference_id=new_id(),
            at=self.now,
            wallet_id=earned.wallet.wallet_id,
            asset=Asset.POINTS,
            amount=amount,
            of_kind=Kind.ORDER_EARNED,
            of_reference=order_id,
            shortfall=shortfall,
        )
        try:
            with self.shop.unit() as unit:
                (done,) = ledger.claw_back(unit, claw)
        except MoreThanGiven as refused:
            assert refused.values["available"] == earned.amount - earned.undone < amount  # noqa: PT017
        else:
            assert amount <= earned.amount - earned.undone
            owe = shortfall is Shortfall.NEGATIVE
            assert done == Clawed(*earned.claw_back(amount, self.now, owe=owe))

    @rule(from_=WALLETS, to=WALLETS, asset=SPENDABLE, amount=st.none() | st.integers(1, 300))
    def transfer(self, from_: int, to: int, asset: Asset, amount: int | None) -> None:
        source, target = self.wallets[from_], self.wallets[to]
        if from_ == to or (asset is Asset.POINTS and 2 in (from_, to)):
            return
        there = source.can_spend(asset, self.now)
        each = Transfer(Kind.TRANSFERRED, new_id(), self.now, source.wallet_id, target.wallet_id, {asset: amount})
        try:
            with self.shop.unit() as unit:
                (moved,) = ledger.transfer(unit, each)
        except NotEnough:
            assert amount is not None
            assert amount > there
        else:
            assert moved.get(asset, 0) == (there if amount is None else amount) <= there
            books.move(source, target, asset, moved.get(asset, 0), self.now)

    @rule(days=st.integers(1, 60), asset=SPENDABLE)
    def extend(self, days: int, asset: Asset) -> None:
        until = self.now + timedelta(days=days)
        members = self.wallets[:2]
        with self.shop.unit() as unit:
            ledger.extend(unit, [wallet.wallet_id for wallet in members], asset, until)
        for lot in (lot for wallet in members for lot in wallet.lots):
            if lot.asset is asset and lot.remaining and lot.expires and self.now < lot.expires < until:
                lot.expires = until

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
                self._learn_ids(unit, wallet)
                held = ledger.balances(unit, wallet.wallet_id)
                for asset in (Asset.POINTS, *STORED_ASSETS):
                    assert getattr(held, asset) == wallet.can_spend(asset, self.now) >= 0
                    found = [(lot.lot_id, lot.remaining) for lot in ledger.lots(unit, wallet.wallet_id, asset)]
                    assert found == [(lot.lot_id, lot.remaining) for lot in wallet.live(asset, self.now)]
                assert (held.points_pending, held.points_owed) == (wallet.pending(self.now), wallet.owed)
                lines = ledger.statement(unit, wallet.wallet_id, limit=2000).items
                booked = sum(line.amount for line in lines if line.asset is not Asset.POINTS_OWED)
                assert booked == sum(lot.remaining for lot in wallet.lots), "the statement adds up to the books"

    def _learn_ids(self, unit: Unit, wallet: ModelWallet) -> None:
        """What the books call the lots that the model has not named yet; those alike are interchangeable."""
        table = ledger_lots.c
        rows = unit.connection.execute(sa.select(ledger_lots).where(table.wallet_id == wallet.wallet_id)).all()
        known = {lot.lot_id for lot in wallet.lots}
        fresh = [row for row in rows if row.lot_id not in known]
        for lot in (lot for lot in wallet.lots if lot.lot_id is None):
            row = next(
                row
                for row in fresh
                if (row.asset, row.granted, row.earned_at, row.expires_at, row.source_id)
                == (lot.asset, lot.granted, lot.earned, lot.expires, lot.source)
            )
            fresh.remove(row)
            lot.lot_id = row.lot_id
        assert not fresh

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
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
