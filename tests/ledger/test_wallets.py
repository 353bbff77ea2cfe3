"""Wallets of several kinds: pending, named lots, debt, transfers, grace, expiry by activity."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.outbox import domain_events
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import LotsDiffer, MoreThanGiven, NotEnough
from shuke.ledger.model import (
    Account,
    Asset,
    Balances,
    ClawBack,
    Clawed,
    Entry,
    Kind,
    Move,
    Posted,
    Shortfall,
    Take,
    Transfer,
    WalletKind,
)
from tests.support.wallets import broken, earn, give_back, spend
from tests.support.world import World

DAY = timedelta(days=1)


def claw(unit: Unit, member_id: UUID, points: int, order_id: UUID, shortfall: Shortfall = Shortfall.NEGATIVE) -> Clawed:
    back = ClawBack(
        kind=Kind.ORDER_REFUNDED,
        reference_id=new_id(),
        at=unit.now(),
        wallet_id=member_id,
        asset=Asset.POINTS,
        amount=points,
        of_kind=Kind.ORDER_EARNED,
        of_reference=order_id,
        shortfall=shortfall,
    )
    (done,) = ledger.claw_back(unit, back)
    return done


def test_what_is_pending_waits(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    until = clock.now() + 7 * DAY
    with shop.unit() as unit:
        move = Move(member_id, Asset.POINTS, 40, Account.EARNED, available_at=until)
        ledger.post(unit, Entry(Kind.ORDER_EARNED, new_id(), unit.now(), (move,)))
        earn(unit, member_id, 5)
        assert ledger.balances(unit, member_id) == Balances(points=5, points_pending=40)
        with pytest.raises(NotEnough):
            spend(unit, member_id, 6)
        assert [lot.available_at for lot in ledger.pending_lots(unit, member_id)] == [until]
    clock.advance(7 * DAY)
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id) == Balances(points=45)
        spend(unit, member_id, 45)
        assert broken(unit) == []


def test_a_move_may_name_its_lots(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id, other = shop.member().member_id, shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=clock.now() + DAY)
        earn(unit, member_id, 20)
        earn(unit, other, 50)
        soon, forever = ledger.lots(unit, member_id)
        (hers,) = ledger.lots(unit, other)

        def take(*lots: Take, amount: int = 8) -> None:
            move = Move(member_id, Asset.POINTS, -amount, Account.SPENT, lots=lots)
            ledger.post(unit, Entry(Kind.ORDER_SPENT, new_id(), unit.now(), (move,)))

        take(Take(forever.lot_id, 5), Take(forever.lot_id, 3))
        assert [lot.remaining for lot in ledger.lots(unit, member_id)] == [10, 12]
        with pytest.raises(LotsDiffer):
            take(Take(forever.lot_id, 7))
        with pytest.raises(NotEnough, match="8 wanted, 2 available"):
            take(Take(forever.lot_id, 2), Take(hers.lot_id, 6))
        with pytest.raises(NotEnough):
            take(Take(soon.lot_id, 11), amount=11)
        assert broken(unit) == []


def test_what_is_clawed_back_and_not_there_is_owed_and_paid_off_first(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        order_id = earn(unit, member_id, 100)
        earn(unit, member_id, 10)
        paid_with = spend(unit, member_id, 95)
        assert claw(unit, member_id, 60, order_id) == Clawed(taken=15, owed=45)
        held = ledger.balances(unit, member_id)
        assert (held, held.points_shown) == (Balances(points_owed=45), -45)
        with pytest.raises(MoreThanGiven, match="At most 40"):
            claw(unit, member_id, 41, order_id)
        earn(unit, member_id, 30)
        assert ledger.balances(unit, member_id) == Balances(points_owed=15)
        give_back(unit, member_id, 20, paid_with)
        assert ledger.balances(unit, member_id) == Balances(points=5)
        earn(unit, member_id, 7)
        assert claw(unit, member_id, 40, order_id, Shortfall.DEDUCT_FROM_REFUND) == Clawed(taken=12, short=28)
        assert ledger.balances(unit, member_id) == Balances()
        assert broken(unit) == []


def test_what_expired_unspent_counts_as_taken_back_whenever_expiry_runs(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    swept, unswept = shop.member().member_id, shop.member().member_id
    with shop.unit() as unit:
        orders = {member_id: earn(unit, member_id, 100, expires=clock.now() + DAY) for member_id in (swept, unswept)}
        for member_id in orders:
            spend(unit, member_id, 30)
    clock.advance(2 * DAY)
    for member_id, order_id in orders.items():
        with shop.unit() as unit:
            if member_id == swept:
                ledger.expire_due(unit, unit.now())
            assert claw(unit, member_id, 100, order_id) == Clawed(taken=70, owed=30)
            ledger.expire_due(unit, unit.now())
            assert ledger.balances(unit, member_id) == Balances(points_owed=30)
            assert broken(unit) == []


def test_with_grace_what_comes_back_too_late_lives_on(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=clock.now() + DAY)
        earn(unit, member_id, 10, expires=clock.now() + 9 * DAY)
        order_id = spend(unit, member_id, 14)
    clock.advance(5 * DAY)
    with shop.unit() as unit:
        give_back(unit, member_id, 12, order_id, grace=3 * DAY)
        left = [(lot.remaining, lot.expires_at) for lot in ledger.lots(unit, member_id)]
        assert left == [(8, clock.now() + 3 * DAY), (10, clock.now() + 4 * DAY)]
        give_back(unit, member_id, 2, order_id, grace=3 * DAY)
        assert ledger.balances(unit, member_id).points == 20
        assert broken(unit) == []


def test_a_transfer_keeps_expiry_age_and_source(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    card, member_id, top_up, expires = new_id(), shop.member().member_id, new_id(), clock.now() + 30 * DAY
    with shop.unit() as unit:
        ledger.open_wallets(unit, [card], WalletKind.CARD)
        bonus = Move(card, Asset.STORED_BONUS, 5, Account.GRANTED, expires, None, top_up)
        principal = Move(card, Asset.STORED_PRINCIPAL, 50, Account.PAID_IN, None, None, top_up)
        ledger.post(unit, Entry(Kind.CARD_LOADED, top_up, unit.now(), (principal, bonus)))
    loaded_at = clock.now()
    clock.advance(DAY)
    with shop.unit() as unit:
        whole = {Asset.STORED_PRINCIPAL: None, Asset.STORED_BONUS: None, Asset.RED_PACKET: None}
        (moved,) = ledger.transfer(unit, Transfer(Kind.CARD_MOVED, new_id(), unit.now(), card, member_id, whole))
        assert moved == {Asset.STORED_PRINCIPAL: 50, Asset.STORED_BONUS: 5}
        (lot,) = ledger.lots(unit, member_id, Asset.STORED_BONUS)
        assert (lot.expires_at, lot.earned_at, lot.source_id) == (expires, loaded_at, top_up)
        assert ledger.balances(unit, card) == Balances()
        assert broken(unit) == []
        table = domain_events.c
        told = unit.connection.execute(sa.select(table.type, table.member_id).where(table.type.like("stored%"))).all()
    assert {(event.type, event.member_id) for event in told} == {
        ("stored_value.loaded", None),
        ("stored_value.moved", None),
        ("stored_value.moved", member_id),
    }


def test_activity_prolongs_what_lives(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        for days in (1, 5, 30):
            earn(unit, member_id, days, expires=clock.now() + days * DAY)
        earn(unit, member_id, 100)
    clock.advance(2 * DAY)
    with shop.unit() as unit:
        until = clock.now() + 10 * DAY
        assert ledger.extend(unit, [member_id], Asset.POINTS, until) == Posted(count=1, amount=5)
        assert [lot.expires_at for lot in ledger.lots(unit, member_id)] == [until, clock.now() + 28 * DAY, None]
        assert ledger.expire_due(unit, unit.now()).amount == 1
        assert broken(unit) == []
