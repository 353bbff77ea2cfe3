"""Posting: balances, lots and statements move together, or not at all."""

from datetime import timedelta

import pytest

from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import AlreadyPosted, MoreThanTaken, NotEnough
from shuke.ledger.model import Account, Asset, Balances, Entry, Kind, Move
from tests.support.wallets import broken, earn, give_back, spend
from tests.support.world import World


def test_earning_raises_the_balance_and_makes_a_lot(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    expires = clock.now() + timedelta(days=10)
    with shop.unit() as unit:
        order_id = earn(unit, member_id, 120, expires=expires)
        assert ledger.balances(unit, member_id) == Balances(points=120, growth=0)
        (lot,) = ledger.lots(unit, member_id)
        assert (lot.granted, lot.remaining, lot.expires_at, lot.order_id) == (120, 120, expires, order_id)
        assert broken(unit) == []


def test_a_spend_takes_the_oldest_expiry_first_and_never_expiring_last(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10)
        earn(unit, member_id, 10, expires=clock.now() + timedelta(days=20))
        earn(unit, member_id, 10, expires=clock.now() + timedelta(days=5))
        spend(unit, member_id, 15)
        left = [(lot.expires_at, lot.remaining) for lot in ledger.lots(unit, member_id)]
        assert left == [(clock.now() + timedelta(days=20), 5), (None, 10)]
        assert ledger.balances(unit, member_id).points == 15
        assert broken(unit) == []


def test_more_than_there_is_is_refused_with_what_there_is(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 30)
        earn(unit, member_id, 100, expires=clock.now() + timedelta(days=1))
    clock.advance(timedelta(days=2))
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 30, "what has expired no longer counts"
        with pytest.raises(NotEnough) as refused:
            spend(unit, member_id, 31)
        assert refused.value.message.en == "Not enough points: 31 wanted, 30 available. Use fewer."
        spend(unit, member_id, 30)
        assert ledger.balances(unit, member_id).points == 0
        assert broken(unit) == []


def test_a_member_without_points_cannot_spend_and_nothing_is_written(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        with pytest.raises(NotEnough):
            spend(unit, member_id, 1)
        assert ledger.statement(unit, member_id).items == []


def test_growth_cannot_be_taken_below_zero(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        gain = Move(member_id, Asset.GROWTH, 5, Account.EARNED)
        ledger.post(unit, Entry(Kind.ORDER_EARNED, new_id(), unit.now(), (gain,)))
        loss = Move(member_id, Asset.GROWTH, -6, Account.ADJUSTED)
        with pytest.raises(NotEnough, match="6 wanted, 5 available"):
            ledger.post(unit, Entry(Kind.ADJUSTED, new_id(), unit.now(), (loss,), note="counted twice"))


def test_the_same_reference_is_posted_once(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        order_id = earn(unit, member_id, 10)
    with pytest.raises(AlreadyPosted), shop.unit() as unit:
        earn(unit, member_id, 10, order_id=order_id)
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 10
        assert len(ledger.statement(unit, member_id).items) == 1


def test_what_one_entry_gives_another_of_the_same_call_cannot_take(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10)
        order_id = new_id()
        taking = Entry(Kind.ORDER_SPENT, order_id, unit.now(), (Move(member_id, Asset.POINTS, -10, Account.SPENT),))
        giving = Entry(Kind.ORDER_EARNED, order_id, unit.now(), (Move(member_id, Asset.POINTS, 90, Account.EARNED),))
        ledger.post(unit, giving, taking)
        assert ledger.balances(unit, member_id).points == 90
        assert [lot.granted for lot in ledger.lots(unit, member_id)] == [90]
        assert broken(unit) == []


def test_a_return_goes_back_to_the_lots_it_came_from_longest_life_first(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    soon, late = clock.now() + timedelta(days=5), clock.now() + timedelta(days=50)
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=soon)
        earn(unit, member_id, 10, expires=late)
        order_id = spend(unit, member_id, 18)
        give_back(unit, member_id, 9, order_id)
        assert [(lot.expires_at, lot.remaining) for lot in ledger.lots(unit, member_id)] == [(soon, 1), (late, 10)]
        with pytest.raises(MoreThanTaken, match="At most 9"):
            give_back(unit, member_id, 10, order_id)
        give_back(unit, member_id, 9, order_id)
        assert [(lot.expires_at, lot.remaining) for lot in ledger.lots(unit, member_id)] == [(soon, 10), (late, 10)]
        assert broken(unit) == []


def test_nothing_comes_back_of_what_was_never_spent(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit, pytest.raises(MoreThanTaken, match="At most 0"):
        give_back(unit, member_id, 1, new_id())


def test_a_statement_is_read_page_by_page_newest_first(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    for _ in range(5):
        with shop.unit() as unit:
            earn(unit, member_id, 7)
        clock.advance(timedelta(hours=1))
    with shop.unit() as unit:
        order_id = spend(unit, member_id, 20)
        seen, cursor = [], None
        while True:
            page = ledger.statement(unit, member_id, cursor=cursor, limit=2)
            seen += page.items
            if (cursor := page.next_cursor) is None:
                break
    assert [line.amount for line in seen] == [-20, 7, 7, 7, 7, 7]
    assert (seen[0].order_id, seen[0].kind) == (order_id, Kind.ORDER_SPENT)
