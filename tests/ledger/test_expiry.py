"""Expiry: by the date of the lot, whenever it runs."""

from datetime import timedelta

from shuke.infra.outbox import domain_events
from shuke.kernel.clock import SimulatedClock
from shuke.ledger import service as ledger
from shuke.ledger.model import Expiring, Kind, Posted
from tests.support.wallets import broken, earn, give_back, spend
from tests.support.world import World

DAY = timedelta(days=1)


def test_what_is_due_expires_dated_at_its_own_moment(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=clock.now() + DAY)
        earn(unit, member_id, 5, expires=clock.now() + DAY)
        earn(unit, member_id, 7, expires=clock.now() + 2 * DAY)
        earn(unit, member_id, 100)
        spend(unit, member_id, 4)
    expected = [(clock.now() + 2 * DAY, -7), (clock.now() + DAY, -11)]
    clock.advance(9 * DAY)
    with shop.unit() as unit:
        assert ledger.expire_due(unit, unit.now()) == Posted(count=2, amount=18)
        assert ledger.balances(unit, member_id).points == 100
        lines = [line for line in ledger.statement(unit, member_id).items if line.kind is Kind.EXPIRED]
        assert [(line.at, line.amount) for line in lines] == expected
        assert ledger.expire_due(unit, unit.now()) == Posted(), "a second run finds nothing"
        assert broken(unit) == []
        told = unit.connection.execute(domain_events.select().where(domain_events.c.type == "points.expired")).all()
        assert sorted(event.payload["points"] for event in told) == [-11, -7]


def test_the_moment_of_expiry_itself_is_too_late(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=clock.now() + DAY)
    clock.advance(DAY - timedelta(microseconds=1))
    with shop.unit() as unit:
        assert ledger.expire_due(unit, unit.now()) == Posted()
        assert ledger.balances(unit, member_id).points == 10
    clock.advance(timedelta(microseconds=1))
    with shop.unit() as unit:
        assert ledger.balances(unit, member_id).points == 0
        assert ledger.expire_due(unit, unit.now()).amount == 10


def test_a_return_into_an_expired_lot_expires_again_at_the_return(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        earn(unit, member_id, 10, expires=clock.now() + DAY)
        order_id = spend(unit, member_id, 6)
    clock.advance(5 * DAY)
    with shop.unit() as unit:
        ledger.expire_due(unit, unit.now())
        give_back(unit, member_id, 6, order_id)
        assert ledger.balances(unit, member_id).points == 0
    returned_at = clock.now()
    clock.advance(DAY)
    with shop.unit() as unit:
        assert ledger.expire_due(unit, unit.now()).amount == 6
        assert ledger.statement(unit, member_id).items[0].at == returned_at
        assert broken(unit) == []


def test_batches_work_off_a_crowd(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    members = [shop.member().member_id for _ in range(5)]
    with shop.unit() as unit:
        for member_id in members:
            earn(unit, member_id, 3, expires=clock.now() + DAY)
    clock.advance(2 * DAY)
    done, last = [], None
    with shop.unit() as unit:
        while (expired := ledger.expire_batch(unit, unit.now(), last, batch=2)).count:
            done.append(expired.count)
            last = expired.last
        assert expired.last is None
        assert broken(unit) == []
    assert done == [2, 2, 1]


def test_one_merchants_expiry_leaves_another_alone(world: World, clock: SimulatedClock) -> None:
    ours, theirs = world.merchant("甲"), world.merchant("乙")
    for shop in (ours, theirs):
        with shop.unit() as unit:
            earn(unit, shop.member().member_id, 3, expires=clock.now() + DAY)
    clock.advance(2 * DAY)
    with ours.unit() as unit:
        assert ledger.expire_due(unit, unit.now()).amount == 3
    with theirs.unit() as unit:
        assert ledger.expire_due(unit, unit.now()).amount == 3


def test_what_expires_soon_is_told_by_its_last_day(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    midnight = clock.now().replace(hour=16, minute=0)
    with shop.unit() as unit:
        earn(unit, member_id, 3, expires=midnight + 10 * DAY)
        earn(unit, member_id, 4, expires=midnight + 10 * DAY)
        earn(unit, member_id, 5, expires=midnight + 3 * DAY)
        earn(unit, member_id, 6)
        found = ledger.expiring(ledger.lots(unit, member_id), shop.merchant.timezone)
    today = clock.now().date()
    assert found == [Expiring(today + 3 * DAY, 5), Expiring(today + 10 * DAY, 7)]
